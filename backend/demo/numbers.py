"""Identifiers as the countries write them, from ranges and bank codes that belong to nobody, with right check digits, each drawn once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stdnum import iban, luhn

from backend.entities.wallets import polymod

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

BANKS = {"it": "0994177301", "nl": "ZOUT", "lt": "99417", "cy": "99400128", "hr": "9994177"}
_ITALIAN_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
_LETTERS = "ABCEFGHJKLMNPRSTVXZ"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_SPREAD = (3, 3, 0, 2, 3)


def italian_check_letter(body: str) -> str:
    """Return the CIN over bank, branch and account (22 digits)."""
    total = sum(_ITALIAN_ODD[int(digit)] if place % 2 == 0 else int(digit) for place, digit in enumerate(body))
    return chr(ord("A") + total % 26)


def iban_of(country: str, account: str) -> str:
    """Return the IBAN of an account number of the country's length at the country's invented bank."""
    body = BANKS[country] + account
    body = italian_check_letter(body) + body if country == "it" else body
    head = country.upper()
    return head + iban.calc_check_digits(head + "00" + body) + body


def bitcoin_address(places: list[int]) -> str:
    """Return the bech32 address (version 0) of 32 values of five bits."""
    check = polymod([*_SPREAD, 0, *places, 0, 0, 0, 0, 0, 0]) ^ 1
    return "bc1q" + "".join(_BECH32[it] for it in (*places, *(check >> 5 * (5 - place) & 31 for place in range(6))))


class Numbers:
    """Draws identifiers, never the same one twice: a shared one would tie two items together."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._seen: set[str] = set()

    def _once(self, draw: Callable[[], str]) -> str:
        while (found := draw()) in self._seen:
            pass
        self._seen.add(found)
        return found

    def _digits(self, count: int) -> str:
        return f"{self._dice.randrange(10**count):0{count}d}"

    def _letters(self, count: int) -> str:
        return "".join(self._dice.choices(_LETTERS, k=count))

    def account(self, country: str) -> dict[str, str]:
        """Draw the number of an account; Morocco has no IBAN."""
        if country == "ma":
            return {"accountNumber": self._once(lambda: f"994 640 {self._digits(16)} {self._digits(2)}")}
        size = {"it": 12, "nl": 10, "lt": 11, "cy": 16, "hr": 10}[country]
        return {"iban": self._once(lambda: iban_of(country, self._digits(size)))}

    def phone(self, country: str) -> str:
        """Draw a mobile number."""
        draw = {
            "it": lambda: f"+39 333 555 {self._digits(4)}", "nl": lambda: f"+31 6 5550 {self._digits(4)}",
            "lt": lambda: f"+370 612 0{self._digits(4)}", "ma": lambda: f"+212 600 00{self._digits(4)}",
        }[country]  # fmt: skip
        return self._once(draw)

    def plate(self, country: str) -> str:
        """Draw a number plate."""
        draw = {
            "it": lambda: f"{self._letters(2)} {self._digits(3)} {self._letters(2)}",
            "nl": lambda: f"{self._letters(2)}-{self._digits(3)}-{self._letters(1)}",
            "lt": lambda: f"{self._letters(3)} {self._digits(3)}", "ma": lambda: f"{self._digits(5)}-A-{self._dice.randint(10, 89)}",
        }[country]  # fmt: skip
        return self._once(draw)

    def company(self, country: str) -> str:
        """Draw a number in the commercial register."""
        form = {"it": "REA PS-9{}", "nl": "909{}", "lt": "3099{}", "ma": "RC 9{}", "cy": "HE 9{}", "hr": "0899{}"}[country]
        return self._once(lambda: form.format(self._digits(5)))

    def passport(self) -> str:
        """Draw the number of a passport."""
        return self._once(lambda: f"{self._letters(2)}{self._digits(7)}")

    def imei(self) -> str:
        """Draw the number of a device."""
        return self._once(lambda: (body := "35693803" + self._digits(6)) + luhn.calc_check_digit(body))

    def card(self) -> str:
        """Draw the number of a card."""
        return self._once(lambda: (body := "9994177" + self._digits(8)) + luhn.calc_check_digit(body))

    def imo(self) -> str:
        """Draw the number of a ship."""
        return self._once(lambda: _imo("94" + self._digits(4)))

    def wallet(self) -> str:
        """Draw a Bitcoin address."""
        return self._once(lambda: bitcoin_address([self._dice.randrange(32) for _ in range(32)]))

    def cadastre(self) -> str:
        """Draw the number of a parcel."""
        return self._once(lambda: f"F.{self._dice.randint(2, 98)} p.{self._digits(4)}/{self._dice.randint(1, 9)}")


def _imo(body: str) -> str:
    return body + str(sum(int(digit) * (7 - place) for place, digit in enumerate(body)) % 10)
