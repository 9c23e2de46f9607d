"""Where files stand, what they are called, how long they are, and what may not stand in them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from tests.architecture.sources import files, is_test, name_of, text_of, written

LONGEST = 300
TOP_FOLDERS = {".ci", "backend", "docs", "frontend", "graph", "infra", "tests"}
VAGUE = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc", "stuff"}
# Put together here, so that this file does not name them either.
REGISTRIES = [".".join(parts) for parts in (
    ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("maven", "apache", "org"), ("maven", "org"),
    ("golang", "org"), ("crates", "io"), ("deb", "debian", "org"), ("yarnpkg", "com"),
)]  # fmt: skip
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:root|home/\w+|work|Users)/\w|[A-Z]:\\\\?Users")
SILENCED = re.compile(r"# (?:noqa|type: ignore|pyright: ignore)\b(?P<rest>.*)")
REASON = re.compile(r" - \w")


def test_no_source_file_is_longer_than_300_lines() -> None:
    sources = [path for path in written(".py", ".ts", ".tsx") if not is_test(path)]
    long = {name_of(path): lines for path in sources if (lines := text_of(path).count("\n")) > LONGEST}
    assert not long


def test_a_file_name_says_what_the_file_is() -> None:
    named = {name_of(path): set(re.split(r"[_.\-]|(?<=[a-z])(?=[A-Z])", path.stem)) for path in written(".py", ".ts", ".tsx", ".css")}
    assert not {name for name, words in named.items() if {word.lower() for word in words} & VAGUE}


def test_only_the_known_folders_stand_at_the_top() -> None:
    tops = {name.split("/")[0] for path in files() if "/" in (name := name_of(path))}
    assert not tops - TOP_FOLDERS


def test_no_file_names_a_package_registry() -> None:
    hosts = re.compile("|".join(re.escape(host) for host in REGISTRIES))
    assert not {name_of(path): found[0] for path in files() if (found := hosts.search(text_of(path)))}


def test_no_file_names_a_path_of_one_machine() -> None:
    assert not {name_of(path): found[0] for path in files() if (found := MACHINE_PATH.search(text_of(path)))}


def test_what_maven_is_given_can_be_read() -> None:
    """Nothing else reads these files until a real server is fetched, which an ordinary run does not do for each of them."""
    poms = [path for path in files() if path.suffix == ".xml"]
    assert poms
    for path in poms:
        ET.fromstring(text_of(path))  # noqa: S314 - our own


def test_a_silenced_rule_gives_its_reason() -> None:
    comments = [(name_of(path), found) for path in written(".py") for found in SILENCED.finditer(text_of(path))]
    assert not [(name, found[0]) for name, found in comments if not REASON.search(found["rest"]) and "architecture/test_files" not in name]


def test_nothing_is_left_to_do_in_a_comment() -> None:
    marks = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + r")\b")
    sources = written(".py", ".ts", ".tsx", ".css")
    assert not {name_of(path) for path in sources if marks.search(text_of(path))}
