"""A site from a store: what there is, made by several processes, with what tells search engines and readers of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import konkyo
from konkyo import __version__
from konkyo.api import KnowledgeGraph
from konkyo.common.files import unwritable
from konkyo.server.site import rules
from konkyo.server.site.beside import BESIDE
from konkyo.server.site.feed import feed
from konkyo.server.site.files import SiteFile
from konkyo.server.site.folder import Change, Draft, drafting, mark_of
from konkyo.server.site.gone import Gone, gone_pages, still_gone
from konkyo.server.site.plan import Plan, plan
from konkyo.server.site.public import not_found, robots, sitemaps
from konkyo.server.site.work import changed, written
from konkyo.store import current_version, open_store

_CODE = (".py", ".html", ".gz", ".jinja", ".css", ".js", ".svg", ".rq", ".ttl", ".md", ".jsonld")


@dataclass(frozen=True)
class Made:
    """What became of a site: how many of its files are new, changed, the same or gone since the last one."""

    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    things: int = 0

    @property
    def files(self) -> int:
        """Return how many files it has."""
        return self.new + self.changed + self.same


def make(
    store: Path,
    out: Path,
    *,
    base: str = "",
    with_rules: bool = False,
    english: bool = True,
    workers: int = 1,
    progress: Callable[[int, int], object] = lambda done, total: None,
) -> Made | None:
    """Write the site of a store folder to ``out``; None where it is there already, made of the same data by the same program.

    ``base`` is its public address (``https://example.go.jp/konkyo``): without one there is no sitemap. Without ``english`` there
    are the Japanese pages only. ``progress`` is told of the
    jobs that are done. Raises KonkyoError for a folder that is not to be written to, and where the store changes meanwhile.
    """
    version = current_version(store)
    state = sha256(json.dumps([version, base, with_rules, english, _program()]).encode()).hexdigest()
    try:
        with drafting(out, state) as draft:
            last = mark_of(draft.old)
            if last is not None and last.get("state") == state:
                return None
            made = _written(store, version, state, base, with_rules, english, workers, progress, draft)
    except OSError as error:
        raise unwritable(Path(error.filename or out), error) from error
    return made


def _written(
    store: Path,
    version: str,
    state: str,
    base: str,
    with_rules: bool,
    english: bool,
    workers: int,
    progress: Callable[[int, int], object],
    draft: Draft,
) -> Made:
    made = plan(KnowledgeGraph(open_store(store)), base, BESIDE, english=english)
    done = written(store, version, made.site, made.jobs, draft, workers=workers, progress=progress)
    if current_version(store) != version:
        raise changed(store)
    last = draft.last()
    gone = still_gone(draft, made.site.addresses.things)
    for file in _around(made, done, gone, draft, with_rules, _day(store)):
        done[file.path] = draft.put(file)
    before = int(last.get("files", 0))
    counted = [*done.values()]
    things = dict(sorted(made.site.addresses.things.items()))
    draft.finish(
        {
            "konkyo": __version__,
            "state": state,
            "files": len(done),
            "things": things,
            "gone": {path: one.mark() for path, one in gone.items()},
        }
    )
    same, other = counted.count("same"), counted.count("changed")
    return Made(counted.count("new"), other, same, max(0, before - same - other), len(things))


def _around(
    made: Plan, done: dict[str, Change], gone: dict[str, Gone], draft: Draft, with_rules: bool, day: str
) -> Iterator[SiteFile]:
    """Yield what is made when all pages are: of what they are, and of what became of them."""
    site = made.site
    yield from gone_pages(site, gone)
    yield from sitemaps(site, done)
    yield robots(site)
    yield not_found(site)
    yield from feed(site, done, gone, draft, day)
    if with_rules:
        yield from rules.files(site)


def _day(store: Path) -> str:
    """Return when a store was built, as ``2026-11-23T08:30:00Z``."""
    from datetime import UTC, datetime

    nanoseconds = int(current_version(store).rpartition("-")[2], 16)
    return datetime.fromtimestamp(nanoseconds // 10**9, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@cache
def _program() -> str:
    """Return a digest of the program, so that a new version of it makes a site anew."""
    found = sha256()
    root = Path(konkyo.__file__).resolve().parent
    for path in sorted(root.rglob("*")):
        if path.suffix in _CODE:
            found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()
