"""Identifiers in any notation become one, and wrong ones join nothing."""

import pytest

from backend.entities.identifiers import guesses, identifiers_of


def normal(kind: str, name: str, value: str, country: str | None = None) -> list[tuple[str, str]]:
    return [(each.type, each.value) for each in identifiers_of(kind, name, value, country) if each.valid]


@pytest.mark.parametrize(
    "written", ["LT121000011101001000", "lt12 1000 0111 0100 1000", "LT12-1000-0111-0100-1000", "LT12.1000 0111 0100 1000"]
)
def test_an_iban_is_one_in_every_notation(written: str) -> None:
    assert normal("BankAccount", "iban", written) == [("iban", "LT121000011101001000")]


def test_an_iban_with_a_wrong_check_digit_is_not_valid_and_says_so() -> None:
    [found] = identifiers_of("BankAccount", "iban", "LT13 1000 0111 0100 1000")
    assert not found.valid
    assert "check" in found.reason


def test_an_account_number_that_is_an_iban_is_both() -> None:
    assert ("iban", "LT121000011101001000") in normal("BankAccount", "accountNumber", "LT12 1000 0111 0100 1000")


@pytest.mark.parametrize("written", ["+31 6 5550 1187", "0031 6 5550 1187", "+31 (0)6 5550-1187", "06 5550 1187", "tel:+31-655501187"])
def test_a_telephone_number_is_one_in_every_notation(written: str) -> None:
    assert normal("Phone", "number", written, "nl") == [("phone", "+31655501187")]


def test_a_national_number_without_its_country_joins_nothing() -> None:
    assert normal("Person", "phone", "06 5550 1187") == []


@pytest.mark.parametrize(
    ("kind", "name", "written", "found"),
    [
        ("Vehicle", "registrationNumber", "rx-114-t", ("plate", "RX114T")),
        ("Company", "registrationNumber", "MI 0001/234", ("company", "MI0001234")),
        ("Company", "vatCode", "IT 00743110157", ("vat", "IT00743110157")),
        ("Company", "leiCode", "213800kuD8LAJWSQ9D15", ("lei", "213800KUD8LAJWSQ9D15")),
        ("Company", "swiftBic", "DEUTDEFF500", ("bic", "DEUTDEFF")),
        ("Person", "email", "<I.Dravec@Mail.Example>", ("email", "i.dravec@mail.example")),
        ("Passport", "number", "K0 553 7718", ("passport", "K05537718")),
        ("Person", "passportNumber", "K0-553-7718", ("passport", "K05537718")),
        ("Device", "imei", "35-686800-004141-8", ("imei", "356868000041418")),
        ("Device", "imei", "35686800004141", ("imei", "356868000041418")),
        ("Phone", "imsi", "222 01 5550142999", ("imsi", "222015550142999")),
        ("Vessel", "imoNumber", "IMO 9319466", ("imo", "9319466")),
    ],
)
def test_each_type_has_one_notation(kind: str, name: str, written: str, found: tuple[str, str]) -> None:
    assert normal(kind, name, written) == [found]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
        ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
        ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",) * 2,
        ("0x52908400098527886E0F7030069857D2E4169EE7", "0x52908400098527886e0f7030069857d2e4169ee7"),
    ],
)
def test_wallets_of_each_form_are_known(written: str, address: str) -> None:
    assert normal("CryptoWallet", "publicKey", written) == [("wallet", address)]


@pytest.mark.parametrize("written", ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "0x5290", "hello"])
def test_a_wallet_with_a_wrong_check_sum_joins_nothing(written: str) -> None:
    assert normal("CryptoWallet", "publicKey", written) == []


def test_the_bank_of_an_account_does_not_join_its_accounts() -> None:
    assert identifiers_of("BankAccount", "bic", "DEUTDEFF") == []


def test_a_property_that_identifies_nothing_gives_nothing() -> None:
    assert identifiers_of("Person", "name", "Ilian Dravec 1979") == []


def test_a_typed_text_is_read_as_whatever_it_may_be() -> None:
    assert ("phone", "+393335550142") in {(each.type, each.value) for each in guesses("0039 333 555 0142")}
    assert guesses("Ilian Dravec") == []


def test_what_is_far_too_long_is_refused_and_cut() -> None:
    [found] = identifiers_of("BankAccount", "iban", "1" * 10_000)
    assert (found.valid, len(found.value)) == (False, 128)
