"""The ontology as the rest of the program relies on it."""

import re

import pytest

from graph import ontology

KINDS = [kind.name for kind in ontology.ENTITY_KINDS]
LINKS = [kind.name for kind in ontology.LINK_KINDS]


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_entity_is_a_label_and_has_a_caption(name: str) -> None:
    assert re.fullmatch(r"[A-Z][A-Za-z]+", ontology.label_of(name))
    assert ontology.caption(name, {}) == ontology.entity_kind(name).label


@pytest.mark.parametrize("name", LINKS)
def test_each_kind_of_link_is_found_again_by_its_relationship(name: str) -> None:
    relationship = ontology.relationship_of(name)
    assert re.fullmatch(r"[A-Z_]+", relationship)
    assert ontology.link_kind_of(relationship).name == name


@pytest.mark.parametrize("name", ["Perzon", "Ownership", "Thing", "Person {id: 1}) DETACH DELETE (n"])
def test_what_is_no_kind_of_entity_never_becomes_a_label(name: str) -> None:
    with pytest.raises(ontology.UnknownKind):
        ontology.label_of(name)


def test_what_is_no_kind_of_link_never_becomes_a_relationship() -> None:
    with pytest.raises(ontology.UnknownKind):
        ontology.relationship_of("Person")


def test_extends_lists_every_ancestor_nearest_first() -> None:
    assert ontology.entity_kind("Company").extends == ("Organization", "Asset", "LegalEntity", "Thing", "Value")


def test_properties_come_from_every_ancestor() -> None:
    names = {each.name for each in ontology.entity_kind("Company").properties}
    assert {"name", "registrationNumber", "amount", "voenCode"} <= names


def test_a_vessel_is_a_vehicle_and_a_person_is_not() -> None:
    assert ontology.is_a("Vessel", "Vehicle")
    assert not ontology.is_a("Person", "Vehicle")


def test_links_between_follow_inheritance_and_direction() -> None:
    assert "Directorship" in {link.name for link in ontology.links_between("Person", "Company")}
    assert "Directorship" not in {link.name for link in ontology.links_between("Company", "BankAccount")}
    assert "WalletHolder" in {link.name for link in ontology.links_between("Person", "CryptoWallet")}
    assert "WalletHolder" not in {link.name for link in ontology.links_between("CryptoWallet", "Person")}


def test_a_link_without_direction_joins_in_either_order() -> None:
    documentation = ontology.link_kind("Documentation")
    assert ontology.may_join(documentation, "Exhibit", "BankAccount")
    assert ontology.may_join(documentation, "BankAccount", "Exhibit")


def test_properties_that_name_entities_are_links_not_values() -> None:
    assert ontology.property_kind("CryptoWallet", "holder") is None
    assert ontology.property_links("CryptoWallet")["holder"].name == "WalletHolder"


def test_an_inherited_entity_property_is_a_link_of_the_descendant() -> None:
    assert ontology.property_links("Vessel")["owner"].name == "VehicleOwner"
    assert ontology.property_links("Passport")["proof"].name == "CitedIn"


def test_a_caption_is_the_first_caption_property_that_says_something() -> None:
    assert ontology.caption("BankAccount", {"iban": ["LT120000000000000085"], "accountNumber": ["85"]}) == "LT120000000000000085"
    assert ontology.caption("BankAccount", {"iban": [" "], "accountNumber": ["85"]}) == "85"


def test_sameness_is_a_personal_link_without_direction() -> None:
    same = ontology.link_kind(ontology.SAME_AS)
    assert (same.relationship, same.link_class, same.directed) == ("SAME_AS", "personal", False)


def test_every_edge_schema_has_its_link_kind_with_ends() -> None:
    edges = [link for link in ontology.LINK_KINDS if link.schema]
    assert len(edges) == 19
    assert all(link.source_properties and link.target_properties for link in edges)
