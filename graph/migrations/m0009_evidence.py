"""Exhibits, their files and parts, custody, uploads that are under way."""

from __future__ import annotations

from typing import LiteralString

STATEMENTS: tuple[LiteralString, ...] = (
    "CREATE CONSTRAINT exhibit_id IF NOT EXISTS FOR (n:EvidenceItem) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT exhibit_number IF NOT EXISTS FOR (n:EvidenceItem) REQUIRE n.space_number IS UNIQUE",
    "CREATE CONSTRAINT stored_file_id IF NOT EXISTS FOR (n:StoredFile) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT file_part_id IF NOT EXISTS FOR (n:FilePart) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT custody_event_id IF NOT EXISTS FOR (n:CustodyEvent) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT upload_id IF NOT EXISTS FOR (n:Upload) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT viewing_id IF NOT EXISTS FOR (n:Viewing) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT exhibit_page_id IF NOT EXISTS FOR (n:ExhibitPage) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX record_exhibit IF NOT EXISTS FOR (n:Record) ON (n.exhibit)",
    "CREATE CONSTRAINT challenge_id IF NOT EXISTS FOR (n:Challenge) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX challenge_exhibit IF NOT EXISTS FOR (n:Challenge) ON (n.exhibit)",
    "CREATE INDEX exhibit_standing IF NOT EXISTS FOR (n:EvidenceItem) ON (n.standing)",
    "CREATE INDEX exhibit_space IF NOT EXISTS FOR (n:EvidenceItem) ON (n.space)",
    "CREATE INDEX exhibit_case IF NOT EXISTS FOR (n:EvidenceItem) ON (n.case)",
    "CREATE INDEX exhibit_import IF NOT EXISTS FOR (n:EvidenceItem) ON (n.import)",
    "CREATE INDEX exhibit_reading IF NOT EXISTS FOR (n:EvidenceItem) ON (n.reading)",
    "CREATE INDEX exhibit_page_exhibit IF NOT EXISTS FOR (n:ExhibitPage) ON (n.exhibit)",
    "CREATE INDEX exhibit_parent IF NOT EXISTS FOR (n:EvidenceItem) ON (n.parent)",
    "CREATE INDEX exhibit_sha256 IF NOT EXISTS FOR (n:EvidenceItem) ON (n.sha256)",
    "CREATE INDEX stored_file_exhibit IF NOT EXISTS FOR (n:StoredFile) ON (n.exhibit)",
    "CREATE INDEX file_part_file IF NOT EXISTS FOR (n:FilePart) ON (n.file)",
    "CREATE INDEX file_part_state IF NOT EXISTS FOR (n:FilePart) ON (n.state)",
    "CREATE INDEX custody_event_exhibit IF NOT EXISTS FOR (n:CustodyEvent) ON (n.exhibit)",
    "CREATE INDEX upload_state IF NOT EXISTS FOR (n:Upload) ON (n.state)",
    "CREATE INDEX upload_space IF NOT EXISTS FOR (n:Upload) ON (n.space)",
    "CREATE INDEX stored_file_space IF NOT EXISTS FOR (n:StoredFile) ON (n.space)",
    "CREATE INDEX viewing_exhibit IF NOT EXISTS FOR (n:Viewing) ON (n.exhibit)",
)
