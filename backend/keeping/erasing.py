"""The whole way of `joinder erase`, from a stopped server to the certificate, and of an erasure that a restore carries out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend import serving
from backend.app import open_parts
from backend.keeping import erase, erasures, renew, take
from backend.keeping.recovery import KeepingError
from backend.storage import place

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.config import Settings
    from backend.core.context import Parts
    from backend.keeping.erase import Order
    from backend.keeping.erasures import Certificate

ANEW, OUTSIDE = "its files were written anew", "kept by a server of its own, whose old files and logs its keeper compacts"


async def preview(settings: Settings, order: Order) -> list[str]:
    """Return what an erasure would come to, line by line; nothing is changed. Raises KeepingError."""
    _require_stopped(settings)
    erase.require_none_begun(settings.data)
    async with serving.engine(settings) as (address, _):
        await serving.check_version(address)
        async with open_parts(settings, address) as parts:
            draft = await erase.plan(parts, order)
    shown = draft | {"files": [{**it, "copy_sha256": "of what is left"} for it in draft["files"]]}
    return erasures.lines(shown | {"number": 0, "engine": "as it is"})


async def run(settings: Settings, order: Order | None, say: Callable[[str], None]) -> Certificate:
    """Erase as ordered, or go on with what was broken off; return the certificate. Raises KeepingError and what stores and keys raise."""
    _require_stopped(settings)
    if order:
        erase.require_none_begun(settings.data)
    else:
        erase.require_begun(settings.data)
    async with serving.engine(settings) as (address, _):
        await serving.check_version(address)
        async with open_parts(settings, address) as parts:
            draft = await erase.plan(parts, order) if order else erase.require_begun(settings.data)
            erase.remember(settings.data, draft)
            await erase.carry_out(parts, draft, lambda: erase.remember(settings.data, draft), say)
            engine = await _renewed(parts, say)
            made = await erase.certify(parts, draft | {"engine": engine})
    if engine == ANEW:
        renew.swap(settings)
    take.forget_begun(settings.data)
    erase.forget(settings.data)
    return made


async def again(settings: Settings, register: list[Certificate], say: Callable[[str], None]) -> None:
    """Carry out on a restored deployment what was erased since its backup: what it has no certificate of. Said again it goes on."""
    fresh = [one for one in register if one not in erasures.read(settings.data)]
    if not fresh:
        return
    async with serving.engine(settings) as (address, _), open_parts(settings, address) as parts:
        erasures.require_whole(register, parts.secret)
        for one in fresh:
            say(f"carrying out erasure {one['number']} again")
            await erase.carry_out(parts, {**one, "files": [dict(it) for it in one["files"]]}, lambda: None, say)
            await erase.vouch(parts, one)
        engine = await _renewed(parts, say)
    if engine == ANEW:
        renew.swap(settings)
    for one in fresh:
        erasures.write(settings.data, one)


async def _renewed(parts: Parts, say: Callable[[str], None]) -> str:
    """Write the files of the embedded graph anew; return what a certificate says of it. Of a server only its keeper can."""
    if serving.outside(parts.settings):
        return OUTSIDE
    await renew.fill(parts.settings, parts.graph, say)
    return ANEW


def _require_stopped(settings: Settings) -> None:
    if not settings.data.is_dir():
        raise KeepingError(f"There is no data folder {settings.data}. Set JOINDER_DATA to the one of the deployment.")
    with place.held(settings.data, alone=True):
        pass
