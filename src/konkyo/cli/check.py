"""``konkyo check``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from konkyo.cli.limited import is_inside, limit_options, run_limited
from konkyo.cli.options import Say, format_option
from konkyo.cli.progress import waiting
from konkyo.cli.writing import deliver_json, write
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words, counted

if TYPE_CHECKING:
    from konkyo.questions.check import Violation
    from konkyo.store import Store

# A store elsewhere, or of another version, is copied into memory for the check: 400 bytes a fact.
MOST_FACTS = 5_000_000
_BYTES = 400
_TOLD = 1_000_000

_SEVERITIES = {
    "violation": Words("違反", "violation"),
    "warning": Words("警告", "warning"),
    "info": Words("参考", "info"),
}
_HEADINGS = (
    Words("種類", "Severity"),
    Words("対象", "Thing"),
    Words("何が", "What"),
    Words("どこで", "Where"),
    Words("なぜ", "Why"),
    Words("直し方", "How to mend"),
)


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="FILE",
        help=say("RDFファイル（省くとストア）", "RDF files (default: the store)"),
    )
    parser.add_argument(
        "--large",
        action="store_true",
        help=say(
            f"{MOST_FACTS:,}件を超える事実も、写しを作って検査する（100万件につき約0.4GBのメモリーが要る）",
            f"check a copy of more than {MOST_FACTS:,} facts too (a million take about 0.4 GB of memory)",
        ),
    )
    format_option(parser, say, ("table", "csv", "json"), "table")
    limit_options(parser, say, timed=True)


def run(options: argparse.Namespace) -> int:
    """Check files or the store. Returns 1 if there are violations (warnings alone do not count)."""
    from konkyo.questions.check import check

    if options.paths and not is_inside():
        return run_limited(options)
    if options.paths:
        with waiting(options.lang):
            found = check(options.paths)
        return report_violations(found, options.format, options.lang)
    from konkyo.api import open_graph

    graph = open_graph(options.store, lang=options.lang)
    _size(graph.store, options)
    with waiting(options.lang):
        found = graph.check()
    return report_violations(found, options.format, options.lang)


def _size(store: Store, options: argparse.Namespace) -> None:
    """Tell how much there is to check where that takes long. Raises KonkyoError where it is too much to copy unasked."""
    from konkyo.questions.check import is_checked_in_place

    (row,) = store.select("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")
    facts = int(row["n"].value)
    if facts > MOST_FACTS and not options.large and not is_checked_in_place(store):
        size = facts * _BYTES / 1_000_000_000
        raise KonkyoError(
            Words(
                f"このストアは写してから検査しますが、{facts:,}件の事実には約{size:.1f}GBのメモリーが要ります。",
                f"This store is copied for the check, and its {facts:,} facts take about {size:.1f} GB of memory.",
            ),
            hint=Words(
                "このフォルダーに作り直したストアは写さずに検査できます（konkyo build）。このままでよければ --large を付けてください。",
                "A store that is built here anew needs no copy (konkyo build). Add --large to go on all the same.",
            ),
        )
    if facts > _TOLD:
        print(
            Words(f"{facts:,}件の事実を検査します。", f"Checking {facts:,} facts.").of(options.lang),
            file=sys.stderr,
        )


def report_violations(found: list[Violation], format_name: str, lang: str) -> int:
    """Print violations in a format; return 1 if any of them is one, else 0."""
    heads = [words.of(lang) for words in _HEADINGS]
    rows = [
        [
            _SEVERITIES[item.severity].of(lang),
            item.label.of(lang),
            item.what.of(lang),
            item.where.of(lang),
            item.why.of(lang),
            item.mend.of(lang),
        ]
        for item in found
    ]
    failed = sum(item.severity == "violation" for item in found)
    if format_name == "json":
        deliver_json([_plain(item) for item in found], None, lang)
    elif format_name == "csv":
        from konkyo.present.text.csv import written

        write(None, written([heads, *rows]))
    elif rows:
        from konkyo.present.text.grid import Grid

        grid = Grid(heads, ruled=True)
        for row in rows:
            grid.add(*row)
        grid.print(sys.stdout)
    if not found and format_name == "table":
        print(Words("検査に通りました。違反はありません。", "All checks pass: no violations.").of(lang))
    elif format_name == "table":
        warned = len(found) - failed
        print(
            Words(
                f"違反{failed}件、警告など{warned}件。",
                f"{counted(failed, 'violation')}, {counted(warned, 'warning')}.",
            ).of(lang),
            file=sys.stderr,
        )
    return 1 if failed else 0


def _plain(item: Violation) -> dict[str, object]:
    made = {name: getattr(item, name) for name in ("severity", "focus", "path", "value", "shape")}
    texts = {name: getattr(item, name)._asdict() for name in ("label", "what", "where", "why", "mend")}
    return {**made, **texts}
