"""Constraints and indexes of the first release."""

from __future__ import annotations

from typing import LiteralString

STATEMENTS: tuple[LiteralString, ...] = (
    "CREATE CONSTRAINT agency_id IF NOT EXISTS FOR (n:Agency) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT user_id IF NOT EXISTS FOR (n:User) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT session_id IF NOT EXISTS FOR (n:Session) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT membership_id IF NOT EXISTS FOR (n:Membership) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT space_id IF NOT EXISTS FOR (n:Space) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT agreement_id IF NOT EXISTS FOR (n:Agreement) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT marking_id IF NOT EXISTS FOR (n:Marking) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT class_id IF NOT EXISTS FOR (n:VisibilityClass) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT case_id IF NOT EXISTS FOR (n:Case) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT record_id IF NOT EXISTS FOR (n:Record) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT identifier_id IF NOT EXISTS FOR (n:Identifier) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT event_id IF NOT EXISTS FOR (n:Event) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT clock_id IF NOT EXISTS FOR (n:Clock) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT mutation_id IF NOT EXISTS FOR (n:Mutation) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT import_id IF NOT EXISTS FOR (n:Import) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT release_id IF NOT EXISTS FOR (n:Release) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT decoy_id IF NOT EXISTS FOR (n:Decoy) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT deployment_id IF NOT EXISTS FOR (n:Deployment) REQUIRE n.id IS UNIQUE",
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
