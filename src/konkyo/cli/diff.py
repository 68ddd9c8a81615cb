"""``konkyo diff``."""

from __future__ import annotations

import argparse

from konkyo.cli.citing import cite_option, print_citation
from konkyo.cli.options import Say, format_option, limit_option, ministry_option, output_option, since_option
from konkyo.cli.progress import waiting
from konkyo.cli.writing import deliver, deliver_csv, deliver_drawn, deliver_json


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    from konkyo.questions.diff.model import ASPECTS

    both = say(
        "年度（2023、令和5年度など）、又はストア（フォルダー、SPARQLサーバーのアドレス、その設定ファイル）",
        "a year (2023, R5 …), or a store: its folder, a SPARQL server's address, or its settings file",
    )
    parser.add_argument("before", metavar="A", help=both)
    parser.add_argument("after", metavar="B", help=both)
    ministry_option(parser, say)
    parser.add_argument(
        "--measure",
        metavar="NAME",
        help=say(
            "施策（名称の一部でもよい）。それ自体と、置かれた予算事業の根拠をまとめて比べる",
            "a measure (or part of its name): its own bases and those of the projects placed under it, together",
        ),
    )
    parser.add_argument(
        "--project",
        metavar="NAME",
        help=say(
            "予算事業（番号、名称の一部でもよい）。その根拠、名、金額、段階、指標だけを比べる",
            "a budget project (its number, or part of its name): its bases, name, money, steps and indicators only",
        ),
    )
    parser.add_argument(
        "--about",
        nargs="+",
        choices=tuple(ASPECTS),
        metavar="ASPECT",
        default=[],
        help=say(
            "比べるもの: bases 根拠、things 事業・施策の新規・終了・改称、money 金額、logic 段階と指標（既定は全て。施策では bases と things）",
            "what to compare: bases, things (new, gone, renamed), money, logic (steps and indicators); default: all, of a measure bases and things",
        ),
    )
    parser.add_argument(
        "--year",
        metavar="Y",
        help=say(
            "二つのストアを比べる年度（既定は両方にある一番新しい年度）",
            "the year in which two stores are compared (default: the latest that both have)",
        ),
    )
    since_option(parser, say)
    format_option(parser, say, ("table", "csv", "json", "turtle"), "table")
    limit_option(
        parser,
        say,
        "変化の数の上限（表の既定は50、0で全て）",
        "how many changes at the most (tables: 50; 0: all)",
    )
    output_option(parser, say)
    cite_option(parser, say)


def run(options: argparse.Namespace) -> int:
    """Print what changed between two years, or between two stores."""
    from konkyo.api import open_graph
    from konkyo.present.text import diffs as made
    from konkyo.questions.diff import diff, is_build

    limit, to = options.limit, (options.output, options.lang)
    # Two builds are opened by their own places: the store that a command has besides is not wanted.
    builds = is_build(options.before) and is_build(options.after)
    store = None if builds else open_graph(options.store, lang=options.lang).store
    with waiting(options.lang):
        answer = diff(
            store,
            options.before,
            options.after,
            ministry=options.ministry,
            measure=options.measure,
            project=options.project,
            year=options.year,
            since=options.since,
            about=options.about,
        )
    match options.format:
        case "csv":
            deliver_csv(made.to_csv(answer, options.lang, limit or 0), *to)
        case "json":
            data = answer.to_json()
            data["changes"] = data["changes"][: limit or None]
            deliver_json(data, *to)
        case "turtle":
            deliver(made.to_turtle(answer, limit or 0), *to)
        case _:
            most = 50 if limit is None else limit
            deliver_drawn(lambda stream: made.print_diff(answer, stream, options.lang, most), *to)
    if options.cite:
        asked = {
            "before": answer.before.year,
            "after": answer.after.year,
            "ministry": answer.after.ministry,
            "measure": answer.measure,
            **({"project": answer.project} if answer.project else {}),
            **({"about": options.about} if options.about else {}),
            **({"since": options.since} if options.since else {}),
        }
        apart = options.format != "table" or options.output is not None
        result = {
            name: value
            for name, value in answer.to_json().items()
            if name not in ("before", "after", "notes")
        }
        stores = () if answer.before.store is answer.after.store else (answer.before.store,)
        print_citation(answer.after.store, "diff", asked, result, options.lang, apart=apart, also=stores)
    return 0
