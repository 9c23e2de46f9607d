"""The import contracts in pyproject.toml name every package, and every feature package has the same inner names."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from tests.architecture.sources import ROOT, name_of, written

# The same names everywhere (ARCHITECTURE §1) …
EVERYWHERE = {"__init__", "api", "service", "rules", "events", "files", "socket"}
# … and what one feature has besides, each for a reason of its own.
BESIDES = {
    "auth": {"passwords", "strength"},  # hashing costs CPU: kept beside, called from a thread
    "auth/accounts": set[str](),  # the people whom an administrator makes
    # sign-in by agencies: which providers, how they are asked, and the addresses that browsers are sent to and fro
    "auth/oidc": {"issuers", "provider", "routes"},
    "auth/demo": set[str](),  # one-click sign-in, only in demo mode
    # what readers see and its GraphQL types; the writing half of service and api; what identifies; what is searched; how sources are graded
    "entities": {
        "views",
        "cited",
        "types",
        "record_types",
        "changes",
        "mutations",
        "identifiers",
        "wallets",
        "tokens",
        "sounds",
        "names",
        "dates",
        "grades",
    },
    "entities/search": {"query", "matching", "likeness", "wanted", "facets"},  # what is looked for, read; what answers, and why; how many
    "entities/markings": set[str](),  # sources whose markings are raised or released
    "entities/imports": {
        # the file, and how it is read: formats, tables as text and as JSON lines, how they are written
        "stored",
        "exhibit",
        "formats",
        "ftm",
        "tables",
        "layouts",
        "places",
        "jsonlines",
        # what its columns mean: the mapping and the rows under it, values, templates by the names of columns
        "mapping",
        "mapped",
        "values",
        "templates",
        "shareholdings",
        "headers",
        # stages: what is shown before, tried, planned, written, refused; GraphQL types; the command
        "preview",
        "trial",
        "planned",
        "batches",
        "run",
        "report",
        "undo",
        "redact",
        "kept",
        "types",
        "send",
    },
    "entities/imports/xlsx": {"parts", "book", "numbers", "sheet", "opened", "written"},  # a workbook from the archive inwards, and written
    # the writing half of service; files in, part by part, and out; GraphQL types
    # what the server does behind them: their pages, whether they are as they came, a virus scanner asked over its socket
    "evidence": {
        "changes",
        "challenges",
        "challenge_types",
        # which records cite an exhibit, and where in it
        "citations",
        "places",
        "marking",
        "consents",
        "consent_types",
        "custody_types",
        "uploads",
        "parts",
        "content",
        "ranges",
        "watermarks",
        "types",
        # custody as a PDF: what stands there, its words, lines on pages, scripts that run from the right
        "custody_sheet",
        "custody_words",
        "printing",
        "script",
        "page_types",
        "page_search",
        "check_types",
        "behind",
        "pages",
        "integrity",
        "arrivals",
        "archived",
        "scans",
        "scanning",
    },
    # what is in a file: its kind; the process that reads it and what goes to and fro; what runs inside that process, by kind of file
    "evidence/reading": {
        "kinds",
        "signatures",
        "sandbox",
        "orders",
        "frames",
        "pages",
        "refusals",
        "cleaned",
        "worker",
        "confine",
        "pdfs",
        "stamps",
        "pictures",
        "fonts",
        "images",
        "texts",
        "sheets",
        "papers",
        "mails",
        "hypertext",
        "archives",
    },
    # commands on the whole deployment, and what each of them does; a backup's key, its parts, the graph in them
    # an erasure: its whole way, what goes, source files, what names somebody besides, old versions in the graph's files, certificates
    "keeping": {
        "command",
        "verify",
        "take",
        "restore",
        "recovery",
        "parts",
        "dump",
        "erasing",
        "erase",
        "erase_files",
        "erase_left",
        "renew",
        "erasures",
    },
    "realtime": {"hub", "room", "connection", "messages", "presence", "wire", "watch"},
    "tasks": {"changes"},  # the writing half of service
    "tasks/comments": set[str](),  # what is said about a task
    "teams": {"policy"},  # the table of rights
    "teams/agreements": set[str](),  # what opens a space, and closes it
}
QUERIES_BESIDES = {
    "deployment": "what is kept of the deployment itself",
    "entity_writes": "entities, the writing half",
    "releases": "entities: a marking lifted by its owner",
    "comments": "tasks: what is said about one",
    "keys": "storage: wrapped keys that the graph holds",
}
NOT_FEATURES = {"core", "storage", "demo"}


def _settings() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def _named_layers() -> set[str]:
    contracts = _settings()["tool"]["importlinter"]["contracts"]
    house = next(contract for contract in contracts if contract["id"] == "house")
    return set(re.findall(r"backend\.(\w+)", " ".join(house["layers"])))


def _inner(path: str) -> tuple[str, str]:
    folder, _, file = path.removeprefix("backend/").rpartition("/")
    return folder, file.removesuffix(".py")


def test_the_contract_of_the_house_names_every_module_of_the_backend() -> None:
    tops = {name_of(path).split("/")[1].removesuffix(".py") for path in written(".py", under="backend/")}
    assert not tops - {"__init__"} - _named_layers()


def test_a_feature_has_only_the_modules_whose_names_are_known() -> None:
    inside = [_inner(name_of(path)) for path in written(".py", under="backend/")]
    features = [(folder, module) for folder, module in inside if folder and folder.split("/")[0] not in NOT_FEATURES]
    assert not [f"backend/{folder}/{module}.py" for folder, module in features if module not in EVERYWHERE | BESIDES.get(folder, set())]


def test_every_folder_of_the_backend_and_the_graph_is_a_package() -> None:
    folders = {path.parent for path in written(".py", under="backend/") + written(".py", under="graph/")}
    assert not {name_of(folder) for folder in folders if not (folder / "__init__.py").is_file()}


def test_queries_are_called_after_features() -> None:
    features = {path.parent.name for path in written(".py", under="backend/")}
    queries = {path.stem for path in written(".py", under="graph/queries/")} - {"__init__"}
    assert not {name for name in queries if name.split("_")[0] not in features} - set(QUERIES_BESIDES)
