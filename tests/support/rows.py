"""Files to import, as large as a test wants them: invented, and the same for the same size."""

from __future__ import annotations

import json

MAPPING = """
payments:
  queries:
    - entities:
        payer: {schema: BankAccount, keys: [from], key_literal: account, properties: {accountNumber: {column: from}}}
        payee: {schema: BankAccount, keys: [to], key_literal: account, properties: {accountNumber: {column: to}}}
        payment:
          schema: Payment
          keys: [id]
          properties:
            payerAccount: {entity: payer}
            beneficiaryAccount: {entity: payee}
            amount: {column: amount}
            date: {column: date}
"""


def payments(rows: int, *, every_bad: int = 1000) -> bytes:
    """A table of payments between about a tenth as many accounts; one row in `every_bad` has no date that can be read."""
    accounts = max(7, rows // 10)
    lines = ["id,from,to,amount,date"]
    for n in range(rows):
        day = "yesterday" if n % every_bad == every_bad - 1 else f"2026-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
        payer = n * 7919 % accounts
        payee = (payer + 1 + n * 104729 % (accounts - 1)) % accounts
        lines.append(f"p{n},A{payer:06d},A{payee:06d},{n % 9973}.{n % 100:02d},{day}")
    return ("\n".join(lines) + "\n").encode()


def ftm_lines(rows: int, *, every_bad: int = 1000) -> bytes:
    """FollowTheMoney lines: of five, a person, a company, their link, which comes first, a telephone and its user."""
    return b"".join(json.dumps(_entity(n, bad=n % every_bad == every_bad - 1)).encode() + b"\n" for n in range(rows))


def _entity(n: int, *, bad: bool) -> dict[str, object]:
    group = n - n % 5
    match n % 5:
        case 0:
            schema, said = "Ownership", {"owner": [f"e{group + 1}"], "asset": [f"e{group + 2}"], "percentage": [str(n % 100)]}
        case 1:
            schema, said = "Person", {"name": [f"Ilian Nr{n} Dravec", f"Илиан {n}"], "birthDate": [f"19{n % 90 + 10}-04-12"]}
        case 2:
            schema, said = "Company", {"name": [f"Meridia {n} Holding"], "registrationNumber": [f"LT{n:08d}"], "country": ["lt"]}
        case 3:
            schema, said = "Person", {"name": [f"Chiara Nr{n} Bellandi"], "phone": [f"+3933355{n % 100_000:05d}"], "nationality": ["it"]}
        case _:
            schema, said = "Associate", {"person": [f"e{group + 1}"], "associate": [f"e{group + 3}"]}
    return {"id": f"e{n}", "schema": "Perzon" if bad else schema, "properties": said}
