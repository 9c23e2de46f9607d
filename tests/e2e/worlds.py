"""Small worlds that several browser tests start from. Each returns the path at which a person opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.world import team

if TYPE_CHECKING:
    from tests.support.world import World

MANY = 26  # one more than is added without asking


async def acquaintances(world: World) -> str:
    """Marta knows Bruno; the path of the space."""
    await team(world)
    await world.entity("Saltmarsh", "Marta", "Chiara", "NA-1", name="Marta Vidal")
    await world.entity("Saltmarsh", "Bruno", "Chiara", "NA-1", name="Bruno Keel")
    await world.link("Saltmarsh", "ties", ("Marta", "Bruno"), "Chiara", "NA-1")
    return f"/s/{world.ids['Saltmarsh']}"


async def hub(world: World) -> str:
    """Somebody with more acquaintances than are added at once, all in another case; the path of the network of theirs."""
    await team(world)
    await world.case("Saltmarsh", "NA-2", "Chiara")
    await world.entity("Saltmarsh", "Hub", "Chiara", "NA-1", name="Hub")
    for number in range(MANY):
        await world.entity("Saltmarsh", f"Spoke {number}", "Chiara", "NA-2")
        await world.link("Saltmarsh", f"tie {number}", ("Hub", f"Spoke {number}"), "Chiara", "NA-2")
    return f"/s/{world.ids['Saltmarsh']}/network?case={world.ids['NA-1']}"
