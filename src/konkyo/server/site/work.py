"""The jobs of a site, in this process or in several; each opens the store for itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

from konkyo.api import KnowledgeGraph
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.server.http.problems import Problem
from konkyo.server.site.beside import BESIDE
from konkyo.server.site.files import SiteFile
from konkyo.server.site.folder import Change, Draft
from konkyo.server.site.plan import Job
from konkyo.server.site.rendering import Site, other_files, thing_files
from konkyo.store import current_version, open_store

Progress = Callable[[int, int], object]


def written(
    store: Path,
    version: str,
    site: Site,
    jobs: Sequence[Job],
    draft: Draft,
    *,
    workers: int,
    progress: Progress,
) -> dict[str, Change]:
    """Do the jobs that are not done yet; return each file of all of them with what became of it.

    Raises KonkyoError where the store changes meanwhile, OSError where the folder cannot be written to.
    """
    found: dict[str, Change] = {}
    left: list[tuple[int, Job]] = []
    for number, job in enumerate(jobs):
        done = draft.done(number)
        if done is None:
            left.append((number, job))
        else:
            found.update(done)
    for count, made in enumerate(
        _done(store, version, site, left, draft, workers), start=len(jobs) - len(left) + 1
    ):
        found.update(made)
        progress(count, len(jobs))
    return found


def _done(
    store: Path, version: str, site: Site, left: Sequence[tuple[int, Job]], draft: Draft, workers: int
) -> Iterator[Mapping[str, Change]]:
    if workers == 1:
        worker = _Worker(store, version, site, draft)
        yield from (worker.do(number, job) for number, job in left)
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), _start, (store, version, site, draft)) as pool:
        futures = [pool.submit(_do, number, job) for number, job in left]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


class _Worker:
    """Whoever does jobs, with the generation of the store that the site is of."""

    def __init__(self, store: Path, version: str, site: Site, draft: Draft) -> None:
        self._site, self._draft = site, draft
        self._graph = KnowledgeGraph(open_store(store))
        if current_version(store) != version:
            raise changed(store)

    def do(self, number: int, job: Job) -> dict[str, Change]:
        """Do a job, and return what became of its files."""
        made: dict[str, Change] = {}
        for name in job.names:
            try:
                made.update((file.path, self._draft.put(file)) for file in self._files(job, name))
            except (KonkyoError, Problem) as error:
                raise RuntimeError(f"{name}: {error.message.en}") from error
            except Exception as error:
                error.add_note(name)
                raise
        self._draft.is_done(number, made)
        return made

    def _files(self, job: Job, name: str) -> Iterator[SiteFile]:
        match job.kind:
            case "things":
                yield from thing_files(self._graph, self._site, name)
            case "pages":
                yield from other_files(self._graph, self._site, name)
            case "part":
                for file in BESIDE[name](self._graph, self._site):
                    if self._site.addresses.english or not file.path.startswith("en/"):
                        yield self._site.linked(file)


_worker: list[_Worker] = []


def _start(store: Path, version: str, site: Site, draft: Draft) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    _worker.append(_Worker(store, version, site, draft))


def _end_with_parent() -> None:
    """End this process with the one that asked for it: it may have been killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(number: int, job: Job) -> dict[str, Change]:
    return _worker[0].do(number, job)


def changed(store: Path) -> KonkyoError:
    """Return the error for a store that was built anew while its site was being written."""
    return KonkyoError(
        Words(
            "サイトを書く間に、ストアが作り直されました。",
            "The store was built anew while its site was being written.",
        ),
        source=str(store),
        hint=Words(
            "もう一度実行してください。前のサイトはそのままです。",
            "Run it once more. The last site is as it was.",
        ),
    )
