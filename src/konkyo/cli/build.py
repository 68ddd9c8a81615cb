"""``konkyo build``."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from konkyo.cli.build_report import print_report
from konkyo.cli.options import Say, registry_option
from konkyo.cli.progress import progress
from konkyo.common.errors import KonkyoError, RefusedFiles
from konkyo.common.paths import DEFAULT_STORE
from konkyo.common.temporary import temporary_folder
from konkyo.common.text import whole
from konkyo.common.words import Words

if TYPE_CHECKING:
    from konkyo.sources.found import FoundSources

VIOLATIONS = 1
INCOMPLETE = 4
"""The exit code of a build that ended well without something that was given."""


BY = "`konkyo build --turtle`"
"""What the Turtle files of a build say they were built by."""


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help=say(
            "評価書の転記（.yaml）、RSシステムのファイル（.zip、.csv）、レビューシート（.ndjson など）、又はそのフォルダー",
            "transcribed sheets (.yaml), files of the RS system (.zip, .csv), review sheets (.ndjson and the like), or folders of them",
        ),
    )
    registry_option(parser, say)
    parser.add_argument(
        "--keep",
        action="store_true",
        help=say(
            "ストアの中身を残し、渡した資料の分だけを置き換える",
            "keep what the store holds; replace only the sources given",
        ),
    )
    parser.add_argument(
        "--take",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help=say(
            "内容の違う同じ種類・年度のファイルが複数あるとき、使うファイル（又はそのフォルダー）。繰り返してよい",
            "of several different files of one kind and year the one to use (or its folder); may be repeated",
        ),
    )
    parser.add_argument(
        "--keep-going",
        action="store_true",
        help=say(
            "拒んだファイルを除いて残りを作る（欠けたものは最初と最後に示す）",
            "leave out files that are refused and build the rest (what is missing is told first and last)",
        ),
    )
    parser.add_argument(
        "--reviewed",
        action="store_true",
        help=say(
            "機械が書き写し、まだ人が確かめていない評価書を除く",
            "leave out sheets that a machine transcribed and nobody has reviewed",
        ),
    )
    parser.add_argument(
        "--check", action="store_true", help=say("作ったグラフを検査する", "check the graph that was built")
    )
    parser.add_argument(
        "--turtle",
        type=Path,
        metavar="DIR",
        help=say("グラフごとにTurtleも書く", "write each graph as Turtle too"),
    )
    parser.add_argument(
        "--parts",
        metavar="OUT",
        help=say(
            "ストアの代わりに、Sparkで事実の表（Parquet）をこのフォルダーに書く（`konkyo help parts`）",
            "write the facts as a table (Parquet) into this folder by Spark, in place of a store (`konkyo help parts`)",
        ),
    )


def run(options: argparse.Namespace) -> int:
    """Build the store; print what became of each source.

    Returns 1 if a check was asked for and found violations, 4 if something that was given is missing.
    """
    from konkyo.store import is_remote

    if options.parts is not None:
        return _write_parts(options)
    if options.store is not None and is_remote(options.store):
        return _build_there(options)
    begun = time.perf_counter()
    folder = options.store or DEFAULT_STORE
    return _build(options, folder, lambda facts: _print_end(folder, facts, begun, options.lang))


def _unchecked(sources: FoundSources, lang: str) -> Iterator[str]:
    from konkyo.build.given import is_unchecked

    for path in filter(is_unchecked, sources.documents):
        yield Words(
            f"{path}: 機械の転記で、まだだれも確かめていないので除きます。",
            f"{path}: left out; a machine transcribed it, and nobody has reviewed it.",
        ).of(lang)


def _build(options: argparse.Namespace, folder: Path, ended: Callable[[int], object]) -> int:
    from konkyo.build.pipeline import build
    from konkyo.build.turtle import write_turtle
    from konkyo.model.namespaces import PREFIXES
    from konkyo.present.text.sources import lines, missing_lines, refused_lines, year_lines
    from konkyo.present.text.terminal import safe
    from konkyo.questions.overview_kept import keep
    from konkyo.sources.folders import KINDS_OF_SOURCE
    from konkyo.sources.found import FoundSources
    from konkyo.store import open_store

    lang = options.lang
    sources = _sources(options)
    if isinstance(sources, FoundSources):
        _tell(lines(sources, lang))
        if not (sources.documents or sources.tables or sources.refused):
            raise KonkyoError(
                Words("作れる資料がありません。", "There is nothing to build."), hint=KINDS_OF_SOURCE
            )
        if options.reviewed:
            _tell(_unchecked(sources, lang))
    before = set() if options.keep else _graphs_of(folder)
    with progress(lang) as show, _advised():
        report = build(
            sources,
            folder,
            registry=options.registry,
            keep=options.keep,
            keep_going=options.keep_going,
            reviewed=options.reviewed,
            progress=show,
            finish=keep,
        )
    _tell(refused_lines(report.found, lang))
    print_report(report, lang)
    for line in year_lines(report.files, lang):
        print(safe(line))
    ended(report.total)
    if gone := before and before - _graphs_of(folder):
        _tell([_replaced(folder, len(gone)).of(lang)])
    if options.turtle:
        for path in write_turtle(open_store(folder), options.turtle, PREFIXES, by=BY):
            print(path)
    code = 0
    if options.check:
        from konkyo.api import open_graph
        from konkyo.cli.check import report_violations

        code = report_violations(open_graph(folder).check(), "table", lang)
    sys.stdout.flush()
    _tell(missing_lines(report.found, lang))
    return code or (INCOMPLETE if report.found.missing else 0)


def _graphs_of(folder: Path) -> set[str]:
    """Return the graphs of a store folder; none where there is no store, or one of another version."""
    from konkyo.store import open_store

    try:
        store = open_store(folder)
    except KonkyoError:
        return set()
    return set(store.graphs())


def _replaced(folder: Path, gone: int) -> Words:
    return Words(
        f"{folder} の前の中身を置き換えました。前にあったグラフ{gone}個は、もうありません（残して加えるには --keep）。",
        f"What {folder} held before was replaced: {gone} of its graphs are gone (to keep them and add: --keep).",
    )


def _write_parts(options: argparse.Namespace) -> int:
    from konkyo.build.spark import write_parts
    from konkyo.present.text.sources import lines, missing_lines, refused_lines
    from konkyo.sources.found import FoundSources

    for name in ("keep", "check", "turtle", "store"):
        if getattr(options, name):
            raise KonkyoError(
                Words(f"--partsと--{name}は共に使えません。", f"--parts and --{name} do not go together.")
            )
    begun = time.perf_counter()
    sources = _sources(options)
    if isinstance(sources, FoundSources):
        _tell(lines(sources, options.lang))
    with _advised():
        report = write_parts(
            sources,
            options.parts,
            registry=options.registry,
            keep_going=options.keep_going,
            reviewed=options.reviewed,
        )
    _tell(refused_lines(report.found, options.lang))
    print_report(report, options.lang)
    _print_end(options.parts, report.total, begun, options.lang)
    _tell(missing_lines(report.found, options.lang))
    return INCOMPLETE if report.found.missing else 0


def _sources(options: argparse.Namespace) -> FoundSources | list[Path]:
    """Return what the paths hold, with what the user chose; nothing where none were given. Raises KonkyoError."""
    from konkyo.sources.folders import find_sources

    if not options.paths and not options.take:
        return []
    found = find_sources(options.paths, options.take)
    if sys.stdin.isatty() and sys.stderr.isatty():
        _ask(found, options.lang)
    return found


def _ask(found: FoundSources, lang: str) -> None:
    """Ask which of different files of one kind and year is to be used; who answers nothing leaves them out."""
    from konkyo.present.text.sources import choice_lines

    for choice in [*found.choices]:
        _tell(choice_lines(choice, lang))
        print(
            Words(
                "使うファイルの番号（Enter: どれも使わない）: ", "Number of the one to use (Enter: none): "
            ).of(lang),
            end="",
            file=sys.stderr,
            flush=True,
        )
        answer = sys.stdin.readline().strip()
        if 0 < (number := whole(answer) or 0) <= len(choice.candidates):
            found.choose(choice.source, choice.candidates[number - 1].file)


@contextmanager
def _advised() -> Iterator[None]:
    """Add to the error of refused files how to build the others."""
    try:
        yield
    except RefusedFiles as error:
        from konkyo.present.text.advice import worded

        last = error.errors[-1]
        hint = worded(last.advised) if last.advised else Words("", "")
        last.advised = Words(
            f"{hint.ja}\nこのファイルを除いて残りを作るには --keep-going を付けてください。".strip(),
            f"{hint.en}\nAdd --keep-going to build the others without it.".strip(),
        )
        raise


def _tell(told: Iterable[str]) -> None:
    from konkyo.present.text.terminal import safe

    for line in told:
        print(safe(line), file=sys.stderr)
    sys.stderr.flush()


def _print_end(place: object, facts: int, begun: float, lang: str) -> None:
    seconds = time.perf_counter() - begun
    print(
        Words(
            f"{place} に{facts:,}件の事実を収めました（{seconds:.1f}秒）。",
            f"{facts:,} facts are in {place} ({seconds:.1f} s).",
        ).of(lang)
    )


def _build_there(options: argparse.Namespace) -> int:
    """Build in a folder to throw away, then put the graphs on a server, one after the other."""
    from konkyo.store import open_store
    from konkyo.store.generations import open_previous
    from konkyo.store.remote.store import RemoteStore
    from konkyo.store.remote.upload import pull, push

    server = RemoteStore(options.store, lang=options.lang)
    server.probe()  # a server that is away, refuses or is read-only is told before the work, not after it
    begun = time.perf_counter()
    with temporary_folder() as temporary:
        folder = temporary / "store"
        if options.keep:
            pull(server, folder)
        code = _build(options, folder, lambda _: None)
        if code == VIOLATIONS:
            return code  # what violates the shapes is not put where others read it
        with progress(options.lang, Words("件", "facts")) as show:
            store = open_store(folder)
            before = open_previous(folder) if options.keep else None
            push(
                store,
                server,
                before=before,
                progress=lambda name, done, total: show(_short(name), done, total),
            )
        _print_end(server.endpoint.name, len(store), begun, options.lang)
    return code


def _short(graph: str) -> str:
    from konkyo.model.namespaces import GRAPH

    return graph.removeprefix(GRAPH)
