"""A real PKCS#11 token in software (SoftHSM) in a folder of the test's own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pkcs11
import pytest

from backend.config import TokenSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

PIN = "9471"
PLACES = ("/usr/lib/softhsm", "/usr/lib/x86_64-linux-gnu/softhsm", "/usr/lib/aarch64-linux-gnu/softhsm", "/usr/local/lib/softhsm",
          "/usr/lib64/softhsm", "/usr/lib64/pkcs11", "/opt/homebrew/lib/softhsm")  # fmt: skip


def softhsm() -> Path:
    """The library; skips the test without it, in CI fails it."""
    found = [path for place in PLACES if (path := Path(place) / "libsofthsm2.so").is_file()]
    if found and shutil.which("softhsm2-util"):
        return found[0].resolve()
    assert os.environ.get("CI") != "true", "SoftHSM is not installed"
    pytest.skip("SoftHSM is not installed")


def new_token(folder: Path, label: str = "desk") -> tuple[TokenSettings, dict[str, str]]:
    """Make a token; return its settings and what the environment of whoever uses it says besides."""
    module, conf, tokens, pin = softhsm(), folder / "softhsm2.conf", folder / "tokens", folder / "pin"
    tokens.mkdir(parents=True, exist_ok=True)
    conf.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
    pin.write_text(PIN + "\n")
    pin.chmod(0o600)
    environment = {"SOFTHSM2_CONF": str(conf)}
    command = ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "52817"]
    subprocess.run(command, env={**os.environ, **environment}, check=True, capture_output=True)
    return TokenSettings(module, label, "joinder", pin), environment


def told(settings: TokenSettings) -> dict[str, str]:
    """The settings as a server's environment says them."""
    said = {"MODULE": settings.module, "TOKEN": settings.token, "KEY": settings.key, "PIN_FILE": settings.pin_file}
    return {f"JOINDER_PKCS11_{name}": str(value) for name, value in said.items()}


def plugged_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TokenSettings]:
    """Make a token that this process sees until the test ends."""
    settings, environment = new_token(folder)
    monkeypatch.setenv("SOFTHSM2_CONF", environment["SOFTHSM2_CONF"])
    library = pkcs11.lib(str(settings.module))
    library.reinitialize()
    yield settings
    library.finalize()
