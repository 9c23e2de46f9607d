"""Consents of providers. What carries a handling code is reserved to the courts of its own authority's country until they consent."""

from __future__ import annotations

from typing import LiteralString

STATEMENTS: tuple[LiteralString, ...] = (
    "CREATE CONSTRAINT consent_id IF NOT EXISTS FOR (n:Consent) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX consent_exhibit IF NOT EXISTS FOR (n:Consent) ON (n.exhibit)",
    "MATCH (r:Record) WHERE r.handling <> 'H0' MATCH (g:Agency {id: r.authority}) SET r.courts = [g.country] RETURN count(r)",
    "MATCH (x:EvidenceItem) WHERE x.handling <> 'H0' OR x.parent IS NOT NULL SET x.standing = 'follows' RETURN count(x)",
)
