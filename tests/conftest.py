"""Fixtures that many tests share: the graph of the carried sources, in each of the stores."""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import absent
import axe_core
import pytest
from playwright.sync_api import sync_playwright
from support.pages import MILLISECONDS
from support.waiting import LONG_GUARD

from konkyo.build import Report, build
from konkyo.store import EmbeddedStore, open_store
from konkyo.store.memory import RdflibStore

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
PUBLISHED = "published files"


@pytest.hookimpl(tryfirst=True)  # before xdist reads the marks
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep a file's tests in one process, and all that ask the published files in one, which builds them once."""
    if config.pluginmanager.hasplugin("xdist"):
        for item in items:
            names = getattr(item, "fixturenames", ())
            group = PUBLISHED if "real_build" in names else item.path.name
            item.add_marker(pytest.mark.xdist_group(group))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI make a failure of a test that is skipped, unless for want of what CI may lack."""
    report = yield
    if absent.CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
        if absent.NOT_HERE not in reason:
            report.outcome = "failed"
            report.longrepr = f"{reason} (a test that CI leaves out tests nothing)"
    return report


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KONKYO_STORE", "KONKYO_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KONKYO_STORE_TIMEOUT", f"{LONG_GUARD:g}")  # as good as none


@pytest.fixture(scope="session")
def store_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store folder built once from the carried sources; not to be written to."""
    folder = tmp_path_factory.mktemp("store") / "konkyo"
    build([], folder)
    return folder


@pytest.fixture(scope="session")
def built_store(store_folder: Path) -> EmbeddedStore:
    """The carried graph in Oxigraph."""
    return open_store(store_folder)


@pytest.fixture(scope="session")
def rdflib_store(built_store: EmbeddedStore) -> Iterator[RdflibStore]:
    """The same quads behind rdflib's own engine."""
    store = RdflibStore()
    for graph in built_store.graphs():
        store.load(graph, (f"{triple} <{graph}> .\n" for triple in built_store.triples(graph)))
    yield store


@pytest.fixture(scope="session")
def real_build(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Report]:
    """A store folder of the published RS files of 2024 and what its build reported; skips where the files are not there."""
    data = absent.published()
    if getattr(request.config.option, "loadgroup", False):
        # With pytest 9.2, xdist 3.8 forgets the groups without a word, and each process builds the files.
        assert all(
            PUBLISHED in item.nodeid for item in request.session.items if "real_build" in item.fixturenames
        )
    folder = tmp_path_factory.mktemp("rs2024")
    return folder, build([data], folder)


@pytest.fixture(scope="session")
def real_folder(real_build: tuple[Path, Report]) -> Path:
    """The store folder of the published RS files of 2024; not to be written to."""
    return real_build[0]


_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium.

    Playwright keeps an event loop running in its thread, so it ends with its file: other tests run loops of their own.
    """
    found = next((path for path in map(shutil.which, _CHROMIUM) if path), None)
    if found is None:
        absent.wanted("no Chromium found on the PATH")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"], timeout=MILLISECONDS)
        yield made
        made.close()


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core."""
    return axe_core.fetch(tmp_path_factory.mktemp("axe"))
