"""Fixtures that many tests share: what is built and started once; and in which order tests run."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Generator, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from konkyo.api import KnowledgeGraph
from konkyo.build.pipeline import Report, build
from konkyo.store import EmbeddedStore, open_store
from support import absent, axe_core, examples, published
from support.once import Once
from support.pages import MILLISECONDS, clicks_end_on_a_loaded_page
from support.rdflib_store import RdflibStore
from support.review_pair import build_pair
from support.reviews import build_reviews
from support.waiting import LONG_GUARD

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
# What a quick run leaves out: tests that take one of these fixtures, and the folders and files that are here for what
# takes long (servers, a second engine, processes, tables of all published words).
SLOW_FIXTURES = {"browser", "real_build", "server", "servers"}
SLOW_PLACES = (
    "browser",
    "build",
    "citations/parse/test_reading.py",
    "citations/test_lacking.py",
    "citations/test_resolve.py",
    "citations/test_title_index.py",
    "cli",
    "graph/lookup/test_spellings.py",
    "graph/test_answers_counted.py",
    "graph/test_search.py",
    "graph/test_stored_queries.py",
    "ontology/test_mutations.py",
    "ontology/test_shapes.py",
    "ontology/test_terms.py",
    "ontology/test_usage.py",
    "present/test_export.py",
    "present/test_round_trips.py",
    "questions/diff",
    "questions/test_check.py",
    "questions/test_many_sheets.py",
    "questions/test_provenance.py",
    "questions/trace/test_trace_asked.py",
    "questions/test_shacl.py",
    "server",
    "sources/documents",
    "sources/forms",
    "sources/judgit",
    "sources/test_naming.py",
    "sources/test_registry.py",
    "sources/test_sheet.py",
    "sources/test_transcribed_review.py",
    "store/remote",
    "store/test_generations.py",
    "test_absent.py",
    "test_missing_files_of_a_year.py",
    "test_mutated_inputs.py",
    "test_package.py",
    "test_questions.py",
    "test_readme.py",
)

examples.register()


# --- which tests run, and in which order ------------------------------------------------------------


@cache
def _of_slow_place(path: Path) -> bool:
    place = path.relative_to(Path(__file__).parent)
    return any(place.is_relative_to(part) for part in SLOW_PLACES)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Read no file of which a quick run would take nothing."""
    return (config.option.markexpr == "quick" and _of_slow_place(collection_path)) or None


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what a quick run has time for."""
    slow = _of_slow_place(item.path) or SLOW_FIXTURES.intersection(getattr(item, "fixturenames", ()))
    if not slow:
        item.add_marker(pytest.mark.quick)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take an option for a second Python, on which the code may break, and hardly a single case of it."""
    parser.addoption("--one-case", action="store_true", help="run one case alone of a test that has many")


@pytest.hookimpl(trylast=True)  # whatever order others give
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out all cases but one where that is asked for; put last the files that ask the published files: a process builds these meanwhile."""
    if config.option.one_case:
        first: dict[str, pytest.Item] = {}
        others = [item for item in items if first.setdefault(item.nodeid.partition("[")[0], item) is not item]
        config.hook.pytest_deselected(items=others)
        items[:] = first.values()
    last = {item.path for item in items if _of_published_files(item)}
    items.sort(key=lambda item: item.path in last)


def _of_published_files(item: pytest.Item) -> bool:
    return "real_build" in getattr(item, "fixturenames", ())


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let the first of several processes begin to build the published files, where a test of this run asks them."""
    # Thousands of collected tests live to the end. Looking through them for garbage took a tenth of the time.
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    config = session.config
    first = getattr(config, "workerinput", {}).get("workerid") == "gw0"
    if first and absent.PUBLISHED.is_dir() and any(map(_of_published_files, session.items)):
        builder = published.begin(Once(Path(config.option.basetemp).parent / "once"), os.getppid())
        config.add_cleanup(builder.wait)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI make a failure of a test that is skipped, unless for want of what CI may lack."""
    report = yield
    if absent.CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = absent.reason_of(report)
        if absent.NOT_HERE not in reason:
            report.outcome = "failed"
            report.longrepr = f"{reason} (a test that CI leaves out tests nothing)"
    return report


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end what was skipped, and what brings it back."""
    if lines := absent.told(terminalreporter.getreports("skipped")):
        terminalreporter.section("skipped")
        for line in lines:
            terminalreporter.line(line)


# --- what is shared -----------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KONKYO_STORE", "KONKYO_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KONKYO_STORE_TIMEOUT", f"{LONG_GUARD:g}")  # as good as none


@pytest.fixture(scope="session")
def once(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Once:
    """What is made once a run, whichever of its processes wants it first."""
    base = tmp_path_factory.getbasetemp()
    return Once((base.parent if hasattr(request.config, "workerinput") else base) / "once")


@pytest.fixture(scope="session")
def store_folder(once: Once) -> Path:
    """A store folder built once from the carried sources; not to be written to."""
    return once.folder("carried", lambda folder: build([], folder))


@pytest.fixture(scope="session")
def built_store(store_folder: Path) -> EmbeddedStore:
    """The carried graph in Oxigraph."""
    return open_store(store_folder)


@pytest.fixture(scope="session")
def pair_folder(once: Once) -> Path:
    """A store folder of two invented review years and the carried sheet; not to be written to."""
    return once.folder("pair", build_pair) / "store"


@pytest.fixture(scope="session")
def reviews_graph(once: Once) -> KnowledgeGraph:
    """Invented reviews of 2017 to 2019, 2023 and 2024, with what goes on from one to the next."""
    return KnowledgeGraph(open_store(once.folder("reviews", build_reviews) / "store"), "ja")


@pytest.fixture(scope="session")
def rdflib_store(built_store: EmbeddedStore) -> Iterator[RdflibStore]:
    """The carried graph behind rdflib's own engine."""
    store = RdflibStore()
    for graph in built_store.graphs():
        store.load(graph, (f"{triple} <{graph}> .\n" for triple in built_store.triples(graph)))
    yield store


@pytest.fixture(scope="session")
def real_build(once: Once) -> tuple[Path, Report]:
    """A store folder of the published RS files of 2024 and what its build reported; skips where the files are not there."""
    absent.published()
    return published.build_once(once)


@pytest.fixture(scope="session")
def real_folder(real_build: tuple[Path, Report]) -> Path:
    """The store folder of the published RS files of 2024; not to be written to."""
    return real_build[0]


_CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")


def _chromium() -> str:
    """Return the path of a Chromium; skip where there is none, or where Japanese would be drawn as empty boxes."""
    found = next((path for path in map(shutil.which, _CHROMIUM) if path), None)
    if found is None:
        absent.wanted("Chromium", "apt-get install chromium fonts-noto-cjk fontconfig")
    if sys.platform == "linux":
        fonts = shutil.which("fc-list") and subprocess.run(
            ["fc-list", ":lang=ja"], capture_output=True, check=False
        )
        if not fonts or not fonts.stdout:
            absent.wanted("a font with Japanese signs", "apt-get install fonts-noto-cjk fontconfig")
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium.

    Playwright keeps an event loop running in its thread, so it ends with its file: other tests run loops of their own.
    """
    found = _chromium()
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        clicks_end_on_a_loaded_page(patch)
        made = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"], timeout=MILLISECONDS)
        yield made
        made.close()


@pytest.fixture(scope="session")
def axe(once: Once) -> str:
    """The script of axe-core."""
    folder = once.folder("axe", lambda folder: (folder / "axe.js").write_text(axe_core.fetch(folder)))
    return (folder / "axe.js").read_text()
