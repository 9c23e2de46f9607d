"""What is installed is what was locked: every dependency, each with its hash, from no named place."""

from __future__ import annotations

import re
import tomllib
from typing import cast

import pytest

from tests.architecture.sources import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")


def _declared(group: str | None) -> set[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    said = cast("list[object]", settings["dependency-groups"][group] if group else settings["project"]["dependencies"])
    return {_plain(re.split(r"[^\w.\-]", one)[0]) for one in said if isinstance(one, str)}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _locked(lock: str) -> dict[str, str]:
    """Return package to version and the block of hashes below it."""
    blocks = re.findall(r"^([\w.\-]+)(==[^\n]*(?:\n    --hash[^\n]*)*)", (ROOT / lock).read_text(), flags=re.MULTILINE)
    return {_plain(name): block for name, block in blocks}


@pytest.mark.parametrize(("lock", "group"), [(LOCKS[0], None), (LOCKS[0], "build"), (LOCKS[1], None), (LOCKS[1], "dev")])
def test_every_declared_package_is_locked(lock: str, group: str | None) -> None:
    assert not _declared(group) - set(_locked(lock))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock: str) -> None:
    assert not {name for name, block in _locked(lock).items() if "--hash=sha256:" not in block}


def test_both_locks_name_the_same_versions() -> None:
    runs, tests = ({name: block.split()[0] for name, block in _locked(lock).items()} for lock in LOCKS)
    assert not {name for name, version in runs.items() if tests.get(name) != version}
