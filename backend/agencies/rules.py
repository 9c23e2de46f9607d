"""What an authority and its people may be called, as pure checks: each returns what is stored, or raises `Invalid` with the field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backend.core.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_NAME, MOST_LANGUAGES = 120, 20
LANGUAGE = re.compile(r"[a-z]{2}")
# ISO 3166-1 alpha-2, with EU for bodies of the Union and XK as Europol and the Union use it.
_CODES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI"
    " CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET EU FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP"
    " GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR"
    " LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF"
    " PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ"
    " TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
)
COUNTRIES = frozenset(_CODES.split())


def country(code: str, field: str = "country") -> str:
    """Return a country code."""
    if code not in COUNTRIES:
        raise Invalid("A country is given as its two capital letters, such as IT; EU is a body of the Union.", field)
    return code


def languages(codes: Iterable[str]) -> list[str]:
    """Return language codes, each once."""
    said = list(dict.fromkeys(codes))
    if len(said) > MOST_LANGUAGES or not all(LANGUAGE.fullmatch(code) for code in said):
        raise Invalid("A language is given as its two small letters, such as it.", "languages")
    return said


def name(text: str, field: str = "name") -> str:
    """Return a name without the spaces around it."""
    if not text.strip() or len(text) > LONGEST_NAME:
        raise Invalid(f"Give a {field} of at most {LONGEST_NAME} characters.", field)
    return text.strip()
