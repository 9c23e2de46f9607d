"""A world in which things are hidden one after another; each hiding must leave every answer to the reader as it was, byte by byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.ids import new_id
from backend.entities import changes
from backend.entities import service as entity_service
from backend.entities.imports import service as import_service
from backend.entities.imports.service import NewImport
from tests.access.questions import answers
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

SPACE, READER, HIDER = "Saltmarsh", "Maarten", "Chiara"
WORDS = ("ilian", "secret", "perla", "+39 333 555 0142", "tamsin", "hidden")


async def visible_world(world: World) -> World:
    """A chain Ilian – Perla – Account – Tamsin – Oda, a phone, an alias, a second case; all of it unmarked."""
    await team(world)
    await world.case(SPACE, "NL-2", HIDER)
    person = {"birthDate": "1979-04-12", "phone": "+39 333 555 0142"}
    await world.entity(SPACE, "Ilian", HIDER, "NA-1", name="Ilian Dravec", **person)
    await world.entity(SPACE, "Perla", READER, "NL-2", kind="Company", name="Perla Marittima")
    await world.entity(SPACE, "Account", READER, "NA-1", kind="BankAccount", accountNumber="IT60X0542811101000000123456")
    await world.entity(SPACE, "Tamsin", HIDER, "NA-1", name="Tamsin Orle")
    await world.entity(SPACE, "Oda", READER, "NL-2", name="Oda Brinkhuis")
    await world.entity(SPACE, "Alias", READER, "NL-2", name="I. Dravetz")
    await world.link(SPACE, "owns", ("Ilian", "Perla"), HIDER, "NA-1", kind="Ownership")
    await world.link(
        SPACE,
        "holds",
        ("Perla", "Account"),
        READER,
        "NA-1",
        kind="AccountHolder" if _drawable("Company", "BankAccount", "AccountHolder") else "UnknownLink",
    )
    await world.link(SPACE, "knows", ("Tamsin", "Oda"), READER, "NL-2")
    return world


def _drawable(source: str, target: str, kind: str) -> bool:
    from graph import ontology  # noqa: PLC0415 - only this question

    return kind in {it.name for it in ontology.links_between(source, target)}


async def hidden_entity(world: World) -> None:
    await world.entity(SPACE, "Secret", HIDER, "NA-1", name="Secret Source", phone="+39 333 555 0142", markings=["Covert"])


async def hidden_link(world: World) -> None:
    await world.link(SPACE, "secretly", ("Ilian", "Tamsin"), HIDER, "NA-1", markings=["Covert"])


async def links_of_the_hidden(world: World) -> None:
    """A detour over a hidden entity, its links themselves unmarked."""
    for place, end in enumerate(("Ilian", "Oda")):
        await world.link(SPACE, f"detour {place}", ("Secret", end), "Eglė", "NA-1")


async def hidden_record(world: World) -> None:
    """Another birth date, another name and another phone, said of a visible person by a covert source."""
    view = await entity_service.look_up(world.ctx("Eglė"), world.ids[SPACE], world.ids["Ilian"])
    said = world.said("NA-1", ["Covert"], name="Hidden Name", birthDate="1981-04-12", phone="+31 6 5550 1187")
    await changes.add_record(world.ctx("Eglė"), world.ids[SPACE], world.ids["Ilian"], said, view.version, new_id())


async def hidden_record_of_a_link(world: World) -> None:
    view = await entity_service.look_up_link(world.ctx("Eglė"), world.ids[SPACE], world.ids["knows"])
    said = world.said("NA-1", ["Covert"], startDate="2026-01-01", summary="secret")
    await changes.add_record(world.ctx("Eglė"), world.ids[SPACE], world.ids["knows"], said, view.version, new_id())


async def hidden_merge(world: World) -> None:
    said = world.said("NA-1", ["Covert"])
    made = await changes.merge(world.ctx("Eglė"), world.ids[SPACE], world.ids["Ilian"], world.ids["Alias"], said, new_id())
    world.ids["merge"] = made


async def hidden_case(world: World) -> None:
    await world.case(SPACE, "Secret case", HIDER, ["Covert"])
    await world.entity(SPACE, "Of the secret case", HIDER, "Secret case", name="Secret Two")


async def hidden_import(world: World) -> None:
    ctx, space = world.ctx(HIDER), world.ids[SPACE]
    wanted = NewImport(world.ids["NA-1"], "secret", "ftm_json", "secret.json", frozenset({world.ids["Covert"]}), None, "H0")
    world.ids["import"] = await import_service.create(ctx, space, wanted, new_id())
    await import_service.upload(ctx, space, world.ids["import"], _file())


async def _file() -> AsyncIterator[bytes]:
    yield b'{"id": "x", "schema": "Person", "properties": {"name": ["Secret Three"]}}\n'


async def hidden_marking(world: World) -> None:
    """A marking that the reader has never heard of."""
    await world.marking(SPACE, "Privileged", HIDER)
    await world.entity(SPACE, "Of counsel", HIDER, "NA-1", name="Secret Four", markings=["Privileged", "Covert"])


async def hidden_retraction(world: World) -> None:
    """A covert record is retracted again."""
    view = await entity_service.look_up(world.ctx("Eglė"), world.ids[SPACE], world.ids["Ilian"])
    covert = next(r for r in view.records if r.markings and r.authority == world.of_person["Eglė"])
    await changes.retract(world.ctx("Eglė"), world.ids[SPACE], covert.id, "wrong", view.version, new_id())


async def marked_afterwards(world: World) -> None:
    """What everybody could see is marked: from then on it is hidden as if it had been so from the start."""
    await world.record(SPACE, "Ilian", HIDER, "NA-1", alias="The Ghost")
    await world.mark(SPACE, "Ilian", HIDER, "Covert")
    await world.link(SPACE, "known for a while", ("Ilian", "Tamsin"), HIDER, "NA-1")
    await world.mark(SPACE, "known for a while", HIDER, "Covert")
    await world.entity(SPACE, "Seen for a while", HIDER, "NA-1", name="Secret Five")
    await world.mark(SPACE, "Seen for a while", HIDER, "Covert")


HIDINGS: tuple[Callable[[World], Awaitable[None]], ...] = (
    hidden_entity, hidden_link, links_of_the_hidden, hidden_record, hidden_record_of_a_link, hidden_merge, hidden_case, hidden_import,
    hidden_marking, hidden_retraction, marked_afterwards,
)  # fmt: skip


async def seen(world: World, who: str = READER) -> dict[str, bytes]:
    """Ask everything as the reader, hidden ids by name too."""
    named = world.ids.get
    entities = [world.ids[name] for name in ("Ilian", "Perla", "Account", "Tamsin", "Oda", "Alias")]
    entities += [one for name in ("Secret", "Of the secret case", "Of counsel", "Seen for a while") if (one := named(name))]
    links = [
        one for name in ("owns", "holds", "knows", "secretly", "detour 0", "detour 1", "merge", "known for a while") if (one := named(name))
    ]
    cases = [one for name in ("NA-1", "NL-2", "Secret case") if (one := named(name))]
    imports = [one for one in (named("import"),) if one]
    return await answers(world.ctx(who), world.ids[SPACE], entities=entities, links=links, cases=cases, imports=imports, words=WORDS)
