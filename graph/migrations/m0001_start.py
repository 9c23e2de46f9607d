"""Constraints and indexes of the first release."""

from __future__ import annotations

from typing import LiteralString

STATEMENTS: tuple[LiteralString, ...] = (
    *(
        "CREATE CONSTRAINT " + name + " IF NOT EXISTS FOR (n:" + label + ") REQUIRE n.id IS UNIQUE"
        for name, label in (
            ("agency_id", "Agency"),
            ("user_id", "User"),
            ("session_id", "Session"),
            ("membership_id", "Membership"),
            ("space_id", "Space"),
            ("agreement_id", "Agreement"),
            ("marking_id", "Marking"),
            ("class_id", "VisibilityClass"),
            ("case_id", "Case"),
            ("entity_id", "Entity"),
            ("record_id", "Record"),
            ("identifier_id", "Identifier"),
            ("event_id", "Event"),
            ("clock_id", "Clock"),
            ("mutation_id", "Mutation"),
            ("import_id", "Import"),
            ("release_id", "Release"),
        )
    ),
    "CREATE CONSTRAINT user_login IF NOT EXISTS FOR (n:User) REQUIRE n.login IS UNIQUE",
    "CREATE INDEX entity_space IF NOT EXISTS FOR (n:Entity) ON (n.space)",
    "CREATE INDEX record_about IF NOT EXISTS FOR (n:Record) ON (n.about)",
    "CREATE INDEX record_case IF NOT EXISTS FOR (n:Record) ON (n.case)",
    "CREATE INDEX record_import IF NOT EXISTS FOR (n:Record) ON (n.import)",
    "CREATE INDEX record_same_as IF NOT EXISTS FOR (n:Record) ON (n.same_as_space)",
    "CREATE INDEX identifier_value IF NOT EXISTS FOR (n:Identifier) ON (n.value)",
    "CREATE INDEX event_position IF NOT EXISTS FOR (n:Event) ON (n.space, n.seq)",
    "CREATE INDEX class_space IF NOT EXISTS FOR (n:VisibilityClass) ON (n.space)",
    "CREATE INDEX case_space IF NOT EXISTS FOR (n:Case) ON (n.space)",
    "CREATE INDEX import_space IF NOT EXISTS FOR (n:Import) ON (n.space)",
    "CREATE INDEX refused_import IF NOT EXISTS FOR (n:RefusedRows) ON (n.import)",
    "CREATE INDEX marking_space IF NOT EXISTS FOR (n:Marking) ON (n.space)",
    "CREATE INDEX session_user IF NOT EXISTS FOR (n:Session) ON (n.user)",
)
