"""Identifiers: what a value identifies, checked and brought into one notation, so that the same number written twice is the same.

Types and their normal form: `iban` and `account` (no spaces, upper case), `phone` (E.164), `plate` (letters and digits, upper case),
`email` (lower case), `wallet`, `passport` and `id` (letters and digits, upper case), `company`, `vat`, `lei`, `imo`, `isin`, `card`,
`bic` (first eight characters), `imei` (fifteen digits), `imsi`, `mac`, `serial`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import phonenumbers
from stdnum import bic, iban, imei, imo, imsi, isin, lei, luhn, mac
from stdnum.eu import vat
from stdnum.exceptions import ValidationError

from backend.entities.wallets import wallet
from graph import ontology

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST = 128
_TYPES: dict[str, str] = {
    "iban": "iban", "ibanMentioned": "iban", "accountNumber": "account", "phone": "phone", "phoneMentioned": "phone", "email": "email",
    "emailMentioned": "email", "publicKey": "wallet", "cryptoAddress": "wallet", "passportNumber": "passport", "idNumber": "id",
    "personalNumber": "id", "socialSecurityNumber": "id", "taxNumber": "id", "innCode": "id", "registrationNumber": "company",
    "ogrnCode": "company", "dunsCode": "company", "bvdId": "company", "vatCode": "vat", "leiCode": "lei", "swiftBic": "bic",
    "imoNumber": "imo", "isin": "isin", "isinCode": "isin", "cardNumber": "card", "imei": "imei", "imsi": "imsi", "macAddress": "mac",
    "serialNumber": "serial",
}  # fmt: skip
# By kind where the property's name alone does not tell. None: the property has that name and identifies something else.
_BY_KIND: tuple[tuple[str, str, str | None], ...] = (
    ("Vehicle", "registrationNumber", "plate"), ("RealEstate", "registrationNumber", "serial"),
    ("Security", "registrationNumber", "serial"),
    ("Passport", "number", "passport"), ("Identification", "number", "id"), ("Phone", "number", "phone"),
)  # fmt: skip
_IMEI_DIGITS = 14
_IMEI_LENGTHS = frozenset({14, 15, 16})


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier in its normal form. Where it is not `valid`, `reason` says why and the value must not join anything."""

    type: str
    value: str
    valid: bool = True
    reason: str = ""


class _Refused(Exception):
    """The value is no identifier of the type; the text says why."""


def identifiers_of(kind: str, name: str, value: str, country_hint: str | None = None) -> list[Identifier]:
    """Return the identifiers that one value of a property of an entity or link kind states; empty where the property identifies nothing.

    `country_hint` is an ISO 3166 two-letter code, for telephone and VAT numbers written without their country.
    """
    sort = _type(kind, name)
    if sort is None or not value.strip():
        return []
    found = [_read(sort, value, country_hint)]
    if sort == "account" and (as_iban := _read("iban", value, None)).valid:
        found.append(as_iban)
    return found


def guesses(text: str, country_hint: str | None = None) -> list[Identifier]:
    """Return every identifier that a typed text may be, in any notation; only valid ones."""
    if not any(each.isdigit() or each == "@" for each in text):
        return []
    every = [_read(sort, text, country_hint) for sort in _READERS]
    return [each for each in every if each.valid]


def normal(sort: str, value: str, country_hint: str | None = None) -> Identifier:
    """Return one value as an identifier of a type of which the caller knows that it is one (`KEY_READERS`)."""
    return _read(sort, value, country_hint)


def _type(kind: str, name: str) -> str | None:
    if ontology.is_entity_kind(kind):
        for parent, property_name, sort in _BY_KIND:
            if name == property_name and ontology.is_a(kind, parent):
                return sort
    return _TYPES.get(name)


def _read(sort: str, value: str, country: str | None) -> Identifier:
    try:
        if len(value) > _LONGEST:
            raise _Refused("too long")
        return Identifier(sort, _READERS[sort](value, country))
    except (ValidationError, _Refused) as refused:
        return Identifier(sort, _plain(value)[:_LONGEST], valid=False, reason=str(refused))


def _plain(value: str) -> str:
    return re.sub(r"[\W_]", "", value).upper()


def _phone(value: str, country: str | None) -> str:
    text = value.strip().removeprefix("tel:")
    text = re.sub(r"^00(?=[1-9])", "+", text) if text.startswith("00") else text
    try:
        number = phonenumbers.parse(text.replace("(0)", ""), country.upper() if country else None)
    except phonenumbers.NumberParseException as refused:
        raise _Refused("no telephone number, or one without its country code") from refused
    if not phonenumbers.is_possible_number(number):
        raise _Refused("not as long as telephone numbers of that country")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _email(value: str, _: str | None) -> str:
    text = value.strip().removeprefix("mailto:").strip("<>").lower()
    if not re.fullmatch(r"[^@\s<>\"']+@[^@\s.<>]+(\.[^@\s.<>]+)+", text):
        raise _Refused("no e-mail address")
    return text


def _wallet(value: str, _: str | None) -> str:
    address = wallet(value)
    if address is None:
        raise _Refused("no wallet address, or its check sum is wrong")
    return address


def _number(shortest: int, longest: int) -> Callable[[str, str | None], str]:
    def read(value: str, _: str | None) -> str:
        text = _plain(value)
        if not shortest <= len(text) <= longest or not any(each.isdigit() for each in text):
            raise _Refused(f"not {shortest} to {longest} letters and digits with a digit among them")
        return text

    return read


def _vat(value: str, country: str | None) -> str:
    text = _plain(value)
    if not text[:2].isalpha() and country:
        text = country.upper() + text
    return vat.validate(text)


def _imei(value: str, _: str | None) -> str:
    digits = _plain(value)
    if not digits.isdecimal() or len(digits) not in _IMEI_LENGTHS:
        raise _Refused("not 14 to 16 digits")
    imei.validate(digits)
    return digits[:_IMEI_DIGITS] + luhn.calc_check_digit(digits[:_IMEI_DIGITS])


def _bic(value: str, _: str | None) -> str:
    return bic.validate(value)[:8]


def _card(value: str, _: str | None) -> str:
    text = _plain(value)
    if len(text) not in range(13, 20):
        raise _Refused("not 13 to 19 digits")
    return luhn.validate(text)


def _mac(value: str, _: str | None) -> str:
    return mac.validate(value).replace(":", "").upper()


_READERS: dict[str, Callable[[str, str | None], str]] = {
    "iban": lambda value, _: iban.validate(_plain(value), check_country=False), "account": _number(5, 34), "phone": _phone,
    "plate": _number(4, 12), "email": _email, "wallet": _wallet, "passport": _number(5, 20), "id": _number(5, 24),
    "company": _number(4, 32), "vat": _vat, "lei": lambda value, _: lei.validate(_plain(value)), "bic": _bic, "imei": _imei,
    "imsi": lambda value, _: imsi.validate(_plain(value)), "isin": lambda value, _: isin.validate(_plain(value)),
    "imo": lambda value, _: imo.validate(value.strip()), "card": _card, "mac": _mac, "serial": _number(4, 40),
}  # fmt: skip
KEY_READERS = frozenset(_READERS)
"""The types of identifiers."""
