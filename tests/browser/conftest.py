"""A few pages for each file of tests, with the network blocked; every page is watched for requests and errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from support.pages import guarded


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample and the hostile graph, written once."""
    from konkyo.present.view import write_html
    from support.sample_graph import hostile_graph, sample_graph

    folder = tmp_path_factory.mktemp("頁 pages")
    return {
        "sample": write_html(sample_graph(), folder / "根拠.html"),
        "hostile": write_html(hostile_graph(), folder / "hostile.html"),
    }


class Watched:
    """A page that is used by one test after the other, and what it did that no page may do."""

    def __init__(self, browser: Any, options: dict[str, Any]) -> None:
        self.page = guarded(browser, **options)
        self.own = ""
        self.seen: list[str] = []
        page = self.page
        page.on("request", self._request)
        page.on("console", lambda message: self.seen.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.seen.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("popup", lambda popup: self.seen.append(f"popup {popup.url}"))

    def _request(self, request: Any) -> None:
        if request.url.split("#")[0] not in (self.own, "about:blank", "about:srcdoc"):
            self.seen.append(f"request {request.url[:200]}")

    def clear(self) -> None:
        """Leave the page as it was new: nothing of it outlives a navigation, since it keeps nothing anywhere."""
        self.page.emulate_media(media="screen")
        self.page.mouse.move(0, 0)
        self.page.goto("about:blank")
        self.seen.clear()


@pytest.fixture(scope="module")
def pool() -> dict[str, list[Watched]]:
    """Pages that no test is using, by the options of their contexts: to make one takes longer than to load the page."""
    return {}


@pytest.fixture
def open_page(
    browser: Any, pages: dict[str, Path], pool: dict[str, list[Watched]]
) -> Iterator[Callable[..., Any]]:
    """Open a page; afterwards fail on any request, console message or error."""
    used: list[tuple[str, Watched]] = []

    def opened(
        name: str = "sample",
        *,
        select: str | None = None,
        lang: str | None = None,
        waits: bool = True,
        **options: Any,
    ) -> Any:
        options = {"viewport": {"width": 1440, "height": 900}, "offline": True, **options}
        key = repr(sorted(options.items()))
        free = pool.setdefault(key, [])
        watched = free.pop() if free else Watched(browser, options)
        used.append((key, watched))
        page = watched.page
        address = watched.own = pages[name].as_uri()
        parts = [f"s={quote(select, safe='')}"] if select else []
        parts += [f"lang={lang}"] if lang else []
        page.goto(address + ("#" + "&".join(parts) if parts else ""))
        if waits and options.get("java_script_enabled", True):
            page.wait_for_function("window.konkyoView")
            page.evaluate(
                "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
            )
        return page

    yield opened
    seen = [item for _, watched in used for item in watched.seen]
    for key, watched in used:
        watched.clear()
        pool[key].append(watched)
    assert seen == []
