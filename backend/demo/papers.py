"""The exhibits behind the wide network: bank statements, call data, registers … in each country, and how each sort is cited and graded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.demo.telling import Cite, Source

if TYPE_CHECKING:
    import random

    from backend.demo.telling import Draft

CASE = {"it": "na", "nl": "nl", "lt": "lt", "ma": "na"}
WRITERS = {
    "it": {"statements": "furio", "register": "livia", "": "rita"}, "nl": {"device": "pim", "": "maarten"},
    "lt": {"observation": "vilma", "": "egle"}, "ma": {"": "yassine"},
}  # fmt: skip
# Sort: (what it is, grades of its records, handling, how many in each country)
SORTS: dict[str, tuple[str, tuple[str | None, ...], str, int]] = {
    "statements": ("Bank statements", ("A1", "A1", "A2"), "H0", 4),
    "calls": ("Call data", ("A1", "B1", "A2"), "H0", 3),
    "register": ("Register extracts", ("A1", "A2", "B2"), "H0", 3),
    "observation": ("Observation log", ("B2", "B3", "C3"), "H1", 3),
    "intercept": ("Intercepted calls", ("B2", "B3", "C3", "D4"), "H1", 1),
    "device": ("Extract of a seized telephone", ("A2", "B2", "B2", "B3"), "H0", 2),
    "source": ("Report of a source", ("C3", "D4", "E5", "F6", None), "H2", 1),
}
NUMBERS = range(118, 979)
OLDEST, NEWEST = 231.0, 1.5


class Papers:
    """Every exhibit of the wide network, to be cited by country and sort."""

    def __init__(self, d: Draft, dice: random.Random) -> None:
        self._dice = dice
        self._kept: dict[tuple[str, str], list[Source]] = {}
        wanted = [(country, sort) for country in CASE for sort, (_, _, _, count) in SORTS.items() for _ in range(count)]
        days = sorted((dice.uniform(NEWEST + 1, OLDEST) for _ in wanted), reverse=True)
        numbers = sorted(dice.sample(NUMBERS, len(wanted)))
        dice.shuffle(wanted)
        for (country, sort), number, ago in zip(wanted, numbers, days, strict=True):
            self._receive(d, country, sort, f"E-{number}", ago)

    def _receive(self, d: Draft, country: str, sort: str, title: str, ago: float) -> None:
        name, _, handling, _ = SORTS[sort]
        by = WRITERS[country].get(sort, WRITERS[country][""])
        source = Source(title, by, round(ago, 3), CASE[country], "A1", handling)
        self._kept.setdefault((country, sort), []).append(source)
        d.entity(title, "Exhibit", source.at("p.1"), exhibitNumber=title, title=f"{name}, {country.upper()}", country=country)

    def cite(self, country: str, sort: str) -> Cite:
        """Cite a place in one of the exhibits of that sort; entered on the day it came or soon after."""
        source = self._dice.choice(self._kept[country, sort])
        ago = max(NEWEST, source.days_ago - self._dice.expovariate(1 / 5))
        return source.at(self._locator(sort), self._dice.choice(SORTS[sort][1]), days_ago=round(ago, 3))

    def any(self, country: str) -> Cite:
        """Cite a place in any exhibit of the country."""
        return self.cite(country, self._dice.choice(tuple(SORTS)))

    def _locator(self, sort: str) -> str:
        if sort in {"statements", "calls"}:
            return f"row {self._dice.randint(2, 4200)}"
        if sort == "intercept":
            return f"{self._dice.randint(0, 1):02d}:{self._dice.randint(0, 59):02d}:{self._dice.randint(0, 59):02d}"
        return f"p.{self._dice.randint(1, 40)}" + self._dice.choice(("", "", f" §{self._dice.randint(1, 6)}"))
