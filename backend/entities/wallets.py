"""Addresses of crypto wallets, checked by their own check sums: Bitcoin and Tron in base 58, Bitcoin in bech32, Ethereum by form."""

from __future__ import annotations

import hashlib
import re

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CONSTANTS = {0: 1, 1: 0x2BC830A3}
_VERSIONS = {0x00: "bitcoin", 0x05: "bitcoin", 0x41: "tron"}
_ETHEREUM = re.compile(r"0x[0-9a-f]{40}", re.IGNORECASE)
_PAYLOAD = 25
_LONGEST_BECH32 = 90


def wallet(text: str) -> str | None:
    """Return the address in its one spelling, or None where it is no wallet address.

    Base 58 keeps its case, bech32 and Ethereum are lower case. The mixed-case check sum of Ethereum is not checked.
    """
    address = re.sub(r"\s", "", text).removeprefix("bitcoin:").removeprefix("ethereum:")
    if _ETHEREUM.fullmatch(address):
        return address.lower()
    if address[:3].lower() in {"bc1", "tb1"}:
        return address.lower() if _bech32(address) else None
    return address if _base58(address) else None


def polymod(values: list[int]) -> int:
    """Return the bech32 check sum (BIP 173) over values of five bits."""
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATOR):
            check ^= generator if top >> place & 1 else 0
    return check


def _bech32(address: str) -> bool:
    if address not in {address.lower(), address.upper()} or len(address) > _LONGEST_BECH32:
        return False
    prefix, data = address.lower().split("1", 1)
    if len(data) < len("qxxxxxx") or any(each not in _BECH32 for each in data):
        return False
    values = [_BECH32.index(each) for each in data]
    spread = [ord(each) >> 5 for each in prefix] + [0] + [ord(each) & 31 for each in prefix]
    return polymod(spread + values) == _CONSTANTS.get(values[0], _CONSTANTS[1])


def _base58(address: str) -> bool:
    if not 26 <= len(address) <= 35 or any(each not in _BASE58 for each in address):  # noqa: PLR2004 - lengths of a base 58 address
        return False
    number = 0
    for each in address:
        number = number * 58 + _BASE58.index(each)
    if number.bit_length() > _PAYLOAD * 8:
        return False
    payload = number.to_bytes(_PAYLOAD, "big")
    check = hashlib.sha256(hashlib.sha256(payload[:-4]).digest()).digest()[:4]
    return check == payload[-4:] and payload[0] in _VERSIONS
