"""Modules depend one way only, and a command that needs little imports little."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from graphlib import TopologicalSorter
from importlib.util import find_spec
from pathlib import Path

import pytest

import konkyo
from support.command_lines import COMMAND_LINE

PACKAGE = Path(konkyo.__file__).resolve().parent

# From what knows nothing of the others to what knows them all: the eleven packages and the face of the library.
# A module may import only from lower layers, and from its own package.
LAYERS = [
    "common",
    "model",
    "store",
    "sources",
    "citations",
    "graph",
    "build",
    "questions",
    "present",
    "api",
    "server",
    "cli",
]
# Neighbours that do not know each other.
APART = [{"sources", "store"}, {"build", "questions"}]
# The same rule within the server; its loose modules stand above all of these.
SERVER = ["http", "workers", "pages", "json_api", "dataset", "sparql", "linked_data", "site"]
LEVEL = {name: number for number, name in enumerate(LAYERS)}
HEAVY = ["rdflib", "networkx", "pyvis", "pyshacl", "rich", "jsonschema", "ruamel", "jinja2", "owlrl"]


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "_carried" not in path.parts:
            name = path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
            yield name.removesuffix(".__init__"), path


NAMES = {name for name, _ in modules()}


def imports(path: Path, name: str, *, typed: bool = False) -> Iterator[str]:
    """Yield what a module imports of konkyo, inside functions too; ``typed``: what only a type checker reads as well."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        if not typed and isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            skipped |= {inner for item in node.body for inner in ast.walk(item)}
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (
                alias.name.removeprefix("konkyo.") for alias in node.names if alias.name.startswith("konkyo.")
            )
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively"
            if node.module == "konkyo":
                yield from (alias.name for alias in node.names if alias.name != "__version__")
            elif node.module and node.module.startswith("konkyo."):
                package = node.module.removeprefix("konkyo.")
                names = {f"{package}.{alias.name}" for alias in node.names}
                yield from sorted(names & NAMES)
                if names - NAMES:
                    yield package


MODULES = [(name, path) for name, path in modules() if name not in ("", "__init__", "__main__")]


@pytest.mark.parametrize(("name", "path"), MODULES, ids=[name for name, _ in MODULES])
def test_imports_point_one_way(name: str, path: Path) -> None:
    own = name.partition(".")[0]
    assert own in LEVEL, f"{own} has no layer: say in LAYERS where it stands"
    for imported in imports(path, name, typed=True):
        other = imported.partition(".")[0]
        assert other == own or LEVEL[other] < LEVEL[own], f"{name} imports {imported}"
        assert {own, other} not in APART, f"{name} imports {imported}"


INNER = [(name, path) for name, path in MODULES if name.startswith("server.")]


@pytest.mark.parametrize(("name", "path"), INNER, ids=[name for name, _ in INNER])
def test_imports_within_the_server_point_one_way(name: str, path: Path) -> None:
    def level(module: str) -> int:
        part = module.split(".")[1]
        return SERVER.index(part) if part in SERVER else len(SERVER)

    for imported in imports(path, name, typed=True):
        if imported.startswith("server."):
            assert level(imported) <= level(name), f"{name} imports {imported}"


def test_no_module_lies_loose() -> None:
    assert sorted(path.name for path in PACKAGE.glob("*.py")) == ["__init__.py", "__main__.py", "api.py"]
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert packages == set(LAYERS) - {"api"} and len(packages) == 11


def test_no_module_imports_itself_by_a_detour() -> None:
    known = {name for name, _ in MODULES}
    graph: dict[str, set[str]] = {}
    for name, path in MODULES:
        graph[name] = {item for item in imports(path, name) if item in known and item != name}
    assert list(TopologicalSorter(graph).static_order())


def test_only_the_store_touches_a_triplestore() -> None:
    """Other modules make terms and read answers; none opens, loads or queries an Oxigraph store of its own."""
    for name, path in MODULES:
        if name.partition(".")[0] == "store":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr == "Store":
                pytest.fail(f"{name}: line {node.lineno} uses {ast.unparse(node)}")


def test_identifiers_are_made_in_one_place() -> None:
    """No module joins a namespace and a key by itself to make an identifier of data."""
    allowed = {"model.namespaces", "model.identifiers"}
    for name, path in MODULES:
        if name in allowed:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "IRI":
                assert "ID" not in {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}, (
                    f"{name}: line {node.lineno} makes an identifier"
                )


def loaded_by(statement: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{statement}\nimport sys\nprint(*sys.modules)"],
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


LIGHT = [
    "import konkyo",
    "import konkyo.graph.stored_queries",
    "import konkyo.graph.reader",
    "import konkyo.graph.network",
    "import konkyo.store",
]
if find_spec("konkyo.cli"):
    LIGHT += ["import konkyo.cli", "from konkyo.cli import main"]


@pytest.mark.parametrize("statement", LIGHT)
def test_a_light_import_loads_nothing_heavy(statement: str) -> None:
    assert not loaded_by(statement) & set(HEAVY)


def test_tracing_loads_neither_records_nor_a_server() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import konkyo.cli.trace, konkyo.questions.trace, konkyo.present.text.traces, sys; print(*sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert not loaded & {
        "konkyo.model.records",
        "konkyo.sources",
        "httpx",
        "networkx",
        "asyncio",
        "csv",
        "sqlite3",
    }


def test_the_bare_package_does_not_even_load_the_store() -> None:
    assert "pyoxigraph" not in loaded_by("import konkyo")


@pytest.mark.parametrize(("name", "path"), MODULES, ids=[name for name, _ in MODULES])
def test_modules_stay_readable(name: str, path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 400, f"{name} has {len(lines)} lines"


def test_the_package_names_no_machine() -> None:
    for name, path in MODULES:
        text = path.read_text(encoding="utf-8")
        # The one place that knows it as a name of this machine that a client may use.
        known = () if name == "server.http.hosts" else ("localhost",)
        for word in (str(PACKAGE.parent), "/tmp/", "/home/", "/root/", *known):
            assert word not in text, f"{name} names {word}"


def test_a_page_is_drawn_without_ipython_which_is_there_for_who_wants_it(tmp_path: Path) -> None:
    """pyvis imports IPython only to show a page in a notebook; that still works."""
    program = (
        "import sys, konkyo\n"
        "konkyo.open().view('受講者数').html()\n"
        "assert not [name for name in sys.modules if name.partition('.')[0] == 'IPython'], 'imported'\n"
        "import pyvis.network\n"
        "assert pyvis.network.IFrame('x.html', width=1, height=1).src == 'x.html'\n"
        "import IPython\n"
        "assert IPython.version_info\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


TERMINAL = ("cli", "present.text")
"""What speaks to a terminal: only there stand options and commands."""


def texts(tree: ast.AST) -> Iterator[ast.Constant]:
    """Yield the strings of a module that are no docstrings."""
    told = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in told:
            yield node


@pytest.mark.parametrize(("name", "path"), MODULES, ids=[name for name, _ in MODULES])
def test_only_what_speaks_to_a_terminal_names_options_and_commands(name: str, path: Path) -> None:
    if not f"{name}.".startswith(tuple(f"{part}." for part in TERMINAL)):
        found = [
            node for node in texts(ast.parse(path.read_text("utf-8"))) if COMMAND_LINE.search(node.value)
        ]
        assert [f"line {node.lineno}: {node.value}" for node in found] == []


@pytest.mark.parametrize(("name", "path"), MODULES, ids=[name for name, _ in MODULES])
def test_prefixes_are_written_in_one_place(name: str, path: Path) -> None:
    """Queries in modules declare prefixes by graph.sparql; stored queries (.rq) declare their own."""
    if name != "graph.sparql":
        found = [node for node in texts(ast.parse(path.read_text("utf-8"))) if "PREFIX " in node.value]
        assert [f"line {node.lineno}: {node.value}" for node in found] == []


def test_no_folder_of_tests_is_left_out(pytestconfig: pytest.Config) -> None:
    """What pytest does not look into by its settings is no folder with tests: its own list has ``build``."""
    passed_over = pytestconfig.getini("norecursedirs")
    tests = Path(__file__).parent
    for file in tests.rglob("test_*.py"):
        for part in file.relative_to(tests).parts[:-1]:
            assert not any(fnmatch(part, pattern) for pattern in passed_over), file


def test_who_asks_the_published_files_says_so_in_its_arguments() -> None:
    """By its arguments a test is put last, while the files are built beside others, and left out of a quick run."""
    named = re.compile(r"getfixturevalue\(\s*[\"']real_")
    found = [path for path in Path(__file__).parent.rglob("*.py") if named.search(path.read_text("utf-8"))]
    assert found == []
