"""``konkyo store-test``."""

from __future__ import annotations

import argparse
import io
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from konkyo.cli.options import Say, format_option
from konkyo.cli.progress import progress
from konkyo.cli.writing import deliver_json
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words

if TYPE_CHECKING:
    from konkyo.store import EmbeddedStore
    from konkyo.store.remote.store import RemoteStore

_PARTS = {
    "contract": Words("約束", "contract"),
    "query": Words("保存済みの問合せ", "stored queries"),
    "question": Words("十の質問", "ten questions"),
}
_HEADS = (Words("何を", "What"), Words("試した数", "Tried"), Words("成り立つ", "Hold"))
_COMMAND = re.compile(r"^\$ konkyo (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class _Found:
    part: str
    name: str
    told: str
    """How it differs from what has to be; empty where it holds."""


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    parser.add_argument(
        "address",
        metavar="ADDRESS",
        help=say(
            "SPARQLサーバーの、空のデータセットのアドレス", "address of an empty dataset of a SPARQL server"
        ),
    )
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="FILE",
        help=say(
            "試す資料（省くと同梱の評価書。RSシステムのファイルを与えると、十の質問の全てに答えがある）",
            "sources to try it with (default: the carried sheet; with RS files all ten questions have an answer)",
        ),
    )
    format_option(parser, say, ("table", "json"), "table")


def run(options: argparse.Namespace) -> int:
    """Try a server against a store here with the same data. Returns 1 where something does not hold."""
    from konkyo.store.remote.store import RemoteStore

    server = RemoteStore(options.address, lang=options.lang)
    server.recognise()
    if held := _ours(server):
        raise KonkyoError(
            Words(
                f"このデータセットにはkonkyoのグラフが{len(held)}個あります（{held[0]} など）。何も変えません。",
                f"This dataset holds {len(held)} graphs of konkyo ({held[0]} and others). Nothing is changed.",
            ),
            source=server.endpoint.name,
            hint=Words(
                "空のデータセットを一つ作り、そのアドレスを与えてください。",
                "Make an empty dataset, and give its address.",
            ),
        )
    found = []
    with tempfile.TemporaryDirectory() as temporary, progress(options.lang, Words("件", "checks")) as shown:
        try:
            for one in _trial(server, options, Path(temporary)):
                found.append(one)
                shown(_PARTS[one.part].of(options.lang), len(found), None)
        finally:
            _empty(server)
    _show(found, server.endpoint.name, options)
    return 1 if any(one.told for one in found) else 0


def _ours(server: RemoteStore) -> list[str]:
    """Return the graphs that konkyo or this command may have put there. Some servers have graphs of their own."""
    from konkyo.store.remote.upload import STATE
    from konkyo.store.trial import PREFIX

    return [name for name in server.everything() if name == STATE or name.startswith((server.prefix, PREFIX))]


def _empty(server: RemoteStore) -> None:
    for graph in _ours(server):
        server.drop(graph)
    server.forget()


def _trial(server: RemoteStore, options: argparse.Namespace, folder: Path) -> Iterator[_Found]:
    from konkyo.build.pipeline import build
    from konkyo.graph.stored_queries import names, stored
    from konkyo.store import open_store
    from konkyo.store.remote.store import RemoteStore
    from konkyo.store.remote.upload import push
    from konkyo.store.trial import CHECKS, PREFIX, Unlike, difference

    trial = RemoteStore(server.endpoint, prefix=PREFIX, lang=options.lang)
    for check in CHECKS:
        _empty(trial)
        told = ""
        try:
            check.run(trial)
        except (Unlike, KonkyoError) as error:
            told = f"{check.what.of(options.lang)}: {_said(error, options.lang)}"
        yield _Found("contract", check.name, told)
    _empty(trial)
    here = folder / "store"
    build(options.paths, here)
    store: EmbeddedStore = open_store(here)
    push(store, server)
    for name in names():
        yield _Found("query", name, difference(server, store, stored(name).text))
    for command in _COMMAND.findall(_questions()):
        there, right = (
            _output([*shlex.split(command), "--store", str(at)]) for at in (options.address, here)
        )
        yield _Found("question", command, "" if there == right else _first_unlike(there, right))


def _said(error: Exception, lang: str) -> str:
    return error.message.of(lang) if isinstance(error, KonkyoError) else str(error)


def _questions() -> str:
    from konkyo.present.topics import topic

    return topic("questions").text


def _output(command: list[str]) -> list[str]:
    """Run a command of konkyo here; return its lines, and its exit code as the last.

    Advice is left out: nearest names come from an index, which a server does not have.
    """
    from konkyo.cli import main

    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        code = main(command)
    lines = [line for line in out.getvalue().splitlines() if not line.lstrip().startswith("→")]
    return [*lines, f"exit code {code}"]


def _first_unlike(there: list[str], right: list[str]) -> str:
    pairs = ((a, b) for a, b in zip(there, right, strict=False) if a != b)
    a, b = next(pairs, (f"{len(there)}", f"{len(right)}"))
    return f"{a.strip()} ≠ {b.strip()}"


def _show(found: list[_Found], server: str, options: argparse.Namespace) -> None:
    from konkyo.present.text.grid import Grid

    if options.format == "json":
        deliver_json({"server": server, "checks": [asdict(one) for one in found]}, None, options.lang)
        return
    grid = Grid([head.of(options.lang) for head in _HEADS], numeric={1, 2})
    for part, words in _PARTS.items():
        of = [one for one in found if one.part == part]
        grid.add(words.of(options.lang), str(len(of)), str(sum(not one.told for one in of)))
    grid.print(sys.stdout)
    if bad := [one for one in found if one.told]:
        told = Grid(["", "", Words("成り立たないこと", "What does not hold").of(options.lang)], folded=True)
        for one in bad:
            told.add(_PARTS[one.part].of(options.lang), one.name, one.told)
        told.print(sys.stdout)
