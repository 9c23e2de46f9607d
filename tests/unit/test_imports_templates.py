"""Tables of payments and of calls are recognised in several languages, and what they say of the same thing has the same key."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from backend.entities.imports import mapped, trial
from backend.entities.imports.layouts import Layout
from backend.entities.imports.preview import Preview, preview

if TYPE_CHECKING:
    from backend.entities.imports.rules import Row

GERMAN = """Zahler;IBAN Zahler;Empfänger;IBAN Empfänger;Betrag;Währung;Buchungstag
Ilian Dravec;LT12 1000 0111 0100 1000;Meridia Holding;DE89370400440532013000;1.234,56;EUR;12.02.2026
Meridia Holding;DE89 3704 0044 0532 0130 00;Anna Rossi;IT60X0542811101000000123456;99,00;EUR;28.02.2026
"""
FRENCH = """Donneur d'ordre;Compte du donneur d'ordre;Bénéficiaire;Compte bénéficiaire;Montant;Devise;Date
Ilian Dravec;LT121000011101001000;Anna Rossi;IT60X0542811101000000123456;12,00;EUR;28/02/2026
"""
ENGLISH = "date,from account,to account,amount\n2026-02-12,A000001,A000002,12.50\n"
CALLS = """caller,caller name,called,called name,date,time,duration
+31 6 5550 1187,ILIAN  Dravec,+393331234567,Anna Rossi,2026-02-12,14:05,00:03:25
+393331234567,Anna Rossi,0031655501187,Ilian Dravec,2026-02-13,09:00,65
"""
SHARES = """shareholder id,shareholder,company id,company,share
17,Rigmor Holding AG,18,Verlag Nord GmbH,100
18,Verlag Nord GmbH,19,Blatt GmbH,38.85
"""
GERMAN_SHARES = "Gesellschafter;Gesellschaft;Anteil in Prozent\nNeubert, Rolf;Blatt GmbH;61,15\nVerlag Nord GmbH;Blatt GmbH;38,85\n"
GERMAN_CALLS = "Anrufer;Angerufener;Datum;Uhrzeit;Dauer\n+4930123456;+4930123457;13.02.2026;14:05:10;65\n"


def seen(text: str) -> Preview:
    return preview(io.BytesIO(text.encode()), "csv", Layout())


def read(text: str, mapping: str | None = None) -> list[Row]:
    mapping = mapping or seen(text).mapping
    assert mapping
    steps = list(mapped.steps(io.BytesIO(text.encode()), mapping))
    assert not [step.refused for step in steps if step.refused]
    return [row for step in steps for row in step.rows]


@pytest.mark.parametrize(
    ("text", "template", "links"),
    [
        (GERMAN, "payments", {"AccountHolder", "Payment"}),
        (FRENCH, "payments", {"AccountHolder", "Payment"}),
        (ENGLISH, "payments", {"Payment"}),
        (CALLS, "calls", {"UsesPhone", "Call"}),
        (GERMAN_CALLS, "calls", {"Call"}),
        (SHARES, "shareholdings", {"Ownership"}),
        (GERMAN_SHARES, "shareholdings", {"Ownership"}),
    ],
)
def test_a_table_is_recognised_and_every_row_of_it_taken(text: str, template: str, links: set[str]) -> None:
    assert seen(text).template == template
    assert {row.kind for row in read(text) if row.is_link} == links


@pytest.mark.parametrize("text", ["name,city\nAnna,Kaunas\n", "date,amount\n2026-02-12,1\n", "id,from,since\n1,A,2026\n"])
def test_another_table_is_left_to_the_person(text: str) -> None:
    assert seen(text).template is None


def test_amounts_dates_and_durations_come_in_one_notation() -> None:
    [payment, _] = [row for row in read(GERMAN) if row.kind == "Payment"]
    assert (payment.values["amount"], payment.values["date"]) == (["1234.56"], ["2026-02-12"])
    [call, second] = [row for row in read(CALLS) if row.kind == "Call"]
    assert (call.values["date"], call.values["duration"], second.values["duration"]) == (["2026-02-12T14:05"], ["205"], ["65"])


def test_the_same_thing_has_the_same_key_in_any_notation_column_and_table() -> None:
    rows = [*read(GERMAN), *read(CALLS), *read(FRENCH)]
    names = {row.key for row in rows if row.kind == "LegalEntity" and row.values["name"][0].casefold().split() == ["ilian", "dravec"]}
    assert len(names) == 1
    assert len({row.key for row in rows if row.kind == "BankAccount"}) == 3
    assert {row.key for row in rows if row.kind == "Phone"} == {"phone:+31655501187", "phone:+393331234567"}


@pytest.mark.parametrize("text", [SHARES, GERMAN_SHARES])
def test_an_owner_that_is_owned_elsewhere_is_one_company(text: str) -> None:
    rows = read(text)
    assert {(row.source_key, row.target_key) for row in rows if row.is_link} <= {(a, b) for a in _keys(rows) for b in _keys(rows)}
    assert len(_keys(rows)) == 3


def _keys(rows: list[Row]) -> set[str]:
    return {row.key for row in rows if not row.is_link}


def test_each_row_is_a_payment_of_its_own_unless_the_table_numbers_them() -> None:
    twice = ENGLISH + "2026-02-12,A000001,A000002,12.50\n"
    assert len({row.key for row in read(twice) if row.kind == "Payment"}) == 2
    numbered = "reference,from account,to account,amount\nR1,A000001,A000002,1\nR1,A000001,A000002,1\n"
    assert len({row.key for row in read(numbered) if row.kind == "Payment"}) == 1


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ("LT121000011101001001;+37060000000;lt;12.02.2026;1,5", "iban", "no valid IBAN"),
        ("LT121000011101001000;12;lt;12.02.2026;1,5", "phone", "not as long as"),
        ("LT121000011101001000;;atlantis;12.02.2026;1,5", "country", "no country"),
        ("LT121000011101001000;;lt;31.02.2026;1,5", "since", "no day of the calendar"),
        ("LT121000011101001000;;lt;12.02.26;1,5", "since", "century is meant is not guessed"),
        ("LT121000011101001000;;lt;;1.5", "sum", "not an amount with a decimal comma"),
    ],
)
def test_what_does_not_hold_is_counted_by_column_with_its_rows(cells: str, column: str, reason: str) -> None:
    mapping = """
queries:
- strict: true
  entities:
    A:
      schema: BankAccount
      keys: [iban]
      key_type: iban
      properties:
        iban: {column: iban}
        country: {column: country}
        openingDate: {column: since, dates: dmy}
        balance: {column: sum, decimal: comma}
    B:
      schema: Person
      keys: [iban]
      country: lt
      properties: {phone: {column: phone}}
"""
    good = "LT121000011101001000;860000000;Litauen;12.02.2026;1.234,5"
    text = f"iban;phone;country;since;sum\n{good}\n{cells}\n{cells}\n"
    found = trial.tried(io.BytesIO(text.encode()), "csv", mapping)
    [fault] = found.faults
    assert (found.read, fault.column, fault.rows, fault.first) == (3, column, 2, [3, 4])
    assert reason in fault.reason
    account, person = found.rows[0][1]
    assert (account.values["country"], account.values["balance"], person.values["phone"]) == (["lt"], ["1234.5"], ["+37060000000"])


def test_a_thing_that_is_only_referred_to_is_not_stated() -> None:
    mapping = """
queries:
- entities:
    A: {schema: Person, keys: [id], properties: {name: {column: name}}}
    B: {schema: BankAccount, keys: [iban], key_type: iban, refers: true}
    link1: {schema: AccountHolder, properties: {source: {entity: A}, target: {entity: B}}}
"""
    [person, holder] = read("id,name,iban\n1,Anna,LT12 1000 0111 0100 1000\n", mapping)
    [account] = [row for row in read(GERMAN) if row.values.get("iban") == ["LT12 1000 0111 0100 1000"]]
    assert (person.kind, holder.target_key) == ("Person", account.key)


@pytest.mark.parametrize(
    "said",
    ["key_type: shoe", "country: xx", "properties: {name: {column: id, dates: ydm}}", "properties: {name: {column: id, decimal: dot}}"],
)
def test_a_word_that_a_mapping_does_not_know_is_refused_with_its_place(said: str) -> None:
    with pytest.raises(Exception, match=r"queries\[0\]\.entities\.A\..* is not known here"):
        list(mapped.steps(io.BytesIO(b"id\n1\n"), f"queries: [{{entities: {{A: {{schema: Person, keys: [id], {said}}}}}}}]"))
