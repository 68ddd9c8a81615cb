"""The citation that ``--cite`` adds to an answer."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import Any

from konkyo.cli.options import Say
from konkyo.store import Store


def cite_option(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add ``--cite``."""
    parser.add_argument(
        "--cite",
        action="store_true",
        help=say(
            "引用のための記載を添える（問い、資料のsha256、答えのハッシュ）。表でない形式では標準エラー出力に書く",
            "add how to cite the answer: question, sha256 of the sources, hash of the result; beside a format "
            "for programs it goes to standard error",
        ),
    )


def print_citation(
    store: Store,
    command: str,
    asked: dict[str, Any],
    answer: Any,
    lang: str,
    *,
    apart: bool = False,
    also: Iterable[Store] = (),
) -> None:
    """Print the citation of an answer; ``apart`` from standard output where that holds data for programs.

    ``also`` are further stores that the answer was taken from.
    """
    from konkyo import __version__
    from konkyo.present.text.terminal import safe
    from konkyo.questions.provenance import citation

    made = citation(store, {"command": command, **asked}, answer, also, version=__version__)
    stream = sys.stderr if apart else sys.stdout
    sys.stdout.flush()
    stream.write("".join(f"{safe(line)}\n" for line in made.lines(lang)))
