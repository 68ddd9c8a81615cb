"""``konkyo resolve``: which plan a citation denotes, how it was read, and what is left to people."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from konkyo.cli.options import Say, format_option, named, registry_option
from konkyo.cli.options import number as whole
from konkyo.common.errors import KonkyoError, ManyErrors
from konkyo.common.words import Words, counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konkyo.citations.match_titles import Candidate
    from konkyo.citations.resolve import Resolution, Resolver

_ROLES = {
    "title": Words("題名", "title"),
    "edition": Words("版", "edition"),
    "date": Words("日付", "date"),
    "decision": Words("決定", "decision"),
    "subtitle": Words("副題", "subtitle"),
    "place": Words("箇所", "place"),
    "statement": Words("括弧", "bracket"),
    "mark": Words("印", "mark"),
    "separator": Words("区切り", "separator"),
    "remainder": Words("残り", "remainder"),
}
_STATUS = {
    "exact": Words("同じ", "same"),
    "similar": Words("同じと見る（書き方か日付が合わない）", "taken for the same (spelling or date differ)"),
    "new": Words("登録簿にない名", "not in the registry"),
    "unsure": Words("不確か", "unsure"),
}
_OPEN = Words("計画等は同じ、版は定めない", "same plan, its edition left open")


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    parser.add_argument(
        "string",
        nargs="?",
        type=named,
        metavar="STRING",
        help=say(
            "計画等の記載（--review では公表ファイル 1-3 の zip）",
            "the citation (with --review: the official file 1-3 as zip)",
        ),
    )
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help=say(
            '標準入力の各行（"raw" を持つJSON）に一行ずつ答える',
            'answer each line of standard input (JSON with "raw") with one line',
        ),
    )
    parser.add_argument(
        "--review",
        action="store_true",
        help=say(
            "不確かな組を一つずつ尋ね、答えを judgements.csv に記す",
            "ask about the pairs that are not sure and write the answers to judgements.csv",
        ),
    )
    parser.add_argument(
        "--measures",
        action="store_true",
        help=say(
            "ストアの中の、改称かもしれない施策の組を並べる（--review とともに使えば尋ねる）",
            "list the measures of the store that may have been renamed (with --review: ask about them)",
        ),
    )
    parser.add_argument(
        "--projects",
        action="store_true",
        help=say(
            "前の年度のレビューから続くかもしれない事業の組を並べる（--review とともに使えば、両方のシートを並べて尋ねる）",
            "list the projects that may go on from one of the review before (with --review: ask, both sheets side by side)",
        ),
    )
    parser.add_argument(
        "--laws",
        action="store_true",
        help=say(
            "ストアの中の、法令IDのない法令がどの法令かを並べる",
            "list which laws the laws without an id of the store are",
        ),
    )
    parser.add_argument(
        "--new",
        action="store_true",
        help=say(
            "ストアでよく引かれるのに登録簿にない計画等と版を、strategies.yaml に貼れるYAMLで並べる",
            "list the plans and editions that the store cites often and the registry lacks, as YAML for strategies.yaml",
        ),
    )
    parser.add_argument(
        "--at-least",
        type=whole(1),
        default=10,
        metavar="N",
        help=say(
            "--new で、引用が何件から並べるか（既定10）",
            "with --new: from how many citations on (default: 10)",
        ),
    )
    parser.add_argument(
        "--list",
        action="store_true",
        help=say("--review で、尋ねずに並べる", "with --review: only list them"),
    )
    parser.add_argument(
        "--back",
        nargs=2,
        metavar=("LEFT", "RIGHT"),
        help=say("その組についての自分の判断を取り消す", "take your judgement on a pair back"),
    )
    parser.add_argument(
        "--who",
        metavar="NAME",
        help=say("判断する人の名（既定は利用者名）", "who judges (default: the user's name)"),
    )
    parser.add_argument(
        "--judgements",
        type=Path,
        metavar="FILE",
        help=say(
            "判断のファイル（既定は同梱の judgements.csv）",
            "the file of judgements (default: the carried one)",
        ),
    )
    registry_option(parser, say)
    format_option(
        parser,
        say,
        ("tree", "json", "csv"),
        "tree",
        ja="出力の形式（--review、--new、--jsonl には効かない）",
        en="format of the output (not of --review, --new and --jsonl)",
    )


def run(options: argparse.Namespace) -> int:
    """Explain one string, resolve many, or ask a person about the pairs that are not sure."""
    from konkyo.common.paths import graphs_dir

    file = options.judgements or graphs_dir() / "judgements.csv"
    # A review makes the file that it writes to; whoever else names one means what is in it.
    if options.judgements and not options.review and not file.is_file():
        raise KonkyoError(Words("ファイルがありません。", "There is no such file."), source=str(file))
    if options.back:
        from konkyo.cli.judging import take_back

        return take_back(options, file)
    if ((options.measures or options.projects) and not options.review) or options.laws:
        from konkyo.citations.judgements import read_judgements
        from konkyo.cli.alike import list_laws, list_measures, list_projects

        listed = list_laws if options.laws else list_measures if options.measures else list_projects
        return listed(options, read_judgements(file))
    folder = options.registry or graphs_dir()
    if options.jsonl:
        strings, faults = _lines()
        return _many(_resolver(folder, file, strings, options.lang), strings, faults)
    if options.review:
        from konkyo.cli.judging import review, reviewed

        return review(_resolver(folder, file, reviewed(options), options.lang), options, file)
    if options.new:
        return _list_new(options, folder, file)
    if options.string is None:
        raise KonkyoError(
            Words(
                "文字列、--jsonl、--review、--new、--measures、--projects、--laws のどれかが要ります。",
                "Give a string, --jsonl, --review, --new, --measures, --projects or --laws.",
            ),
            hint=Words("例: `konkyo resolve 骨太の方針2023`", "For example `konkyo resolve 骨太の方針2023`"),
        )
    return _explain(_resolver(folder, file, [options.string], options.lang), options)


def _resolver(folder: Path, file: Path, strings: Iterable[str], lang: str) -> Resolver:
    """Return what resolves the strings; of the judgements those that may be used, and the others are told."""
    from konkyo.citations.judgements import read_judgements
    from konkyo.citations.resolve import Resolver
    from konkyo.citations.review import believed
    from konkyo.citations.title_index import SEEN, read_observations
    from konkyo.sources.registry import Registry

    registry, seen = Registry(folder), read_observations(folder / SEEN)
    judgements, wrong = believed(read_judgements(file), registry, strings, seen)
    for words in wrong:
        print(Words("注意: ", "Note: ").of(lang) + words.of(lang), file=sys.stderr)
    return Resolver(registry, judgements, seen)


def _list_new(options: argparse.Namespace, folder: Path, file: Path) -> int:
    """Print what the store cites and the registry lacks."""
    from konkyo.api import open_graph
    from konkyo.citations.lacking import cited_of, lacking
    from konkyo.cli.writing import write
    from konkyo.present.text.registrations import registrations
    from konkyo.sources.registry import Registry

    lang = options.lang
    cited = cited_of(open_graph(options.store, lang=lang).store)
    print(
        Words(
            f"引用{len(cited):,}通りを読んでいます…", f"Reading {counted(len(cited), 'different citation')} …"
        ).of(lang),
        file=sys.stderr,
    )
    resolved = _resolver(folder, file, cited, lang).resolve(cited)
    found = lacking(resolved, cited, options.at_least, Registry(folder).is_decider)
    write(None, registrations(found, folder / "strategies.yaml", options.at_least, lang))
    return 0


# --- one string ---------------------------------------------------------------------------------


def _explain(resolver: Resolver, options: argparse.Namespace) -> int:
    from konkyo.citations.parse.reading import read
    from konkyo.present.text.terminal import Branch, print_tree

    raw, lang = options.string, options.lang
    found = resolver.resolve([raw])[raw]
    reading = read(raw, resolver.index)
    if options.format == "json":
        print(json.dumps({"raw": raw, "works": [_line(one) for one in found]}, ensure_ascii=False, indent=1))
        return 0
    if options.format == "csv":
        return _table(raw, found, lang)
    root = Branch(raw if len(raw) <= 500 else raw[:500] + "…", "bold")
    for number, one in enumerate(found):
        near = one.candidates or resolver.names.candidates(reading.documents[number].apart.key)
        document = root.add(f"[{number + 1}] {one.title}{_meant(one, near)}", "bold")
        for name, value in (
            (Words("版", "Edition"), one.label),
            (Words("日付", "Date"), one.date.iso if one.date else None),
            (Words("決定", "Decision"), one.decision),
            (Words("箇所", "Place"), one.place),
        ):
            if value:
                document.add(f"{name.of(lang)}: {value}")
        decision = document.add(
            f"{Words('判断', 'Judgement').of(lang)}: {_status(one).of(lang)} {one.score:.2f}"
            + Words(f"（{one.method}）", f" ({one.method})").of(lang)
        )
        decision.add(f"{Words('戦略', 'Strategy').of(lang)}: {one.strategy}")
        decision.add(
            f"{Words('版', 'Edition').of(lang)}: {one.edition or Words('定めない', 'not told').of(lang)}"
        )
        if one.section:
            decision.add(f"{Words('章節項', 'Section').of(lang)}: {one.section}")
        decision.add(f"{Words('理由', 'Reason').of(lang)}: {one.reason.of(lang)}")
        decision.add(f"{Words('判断の対象', 'For judgements').of(lang)}: {one.mention}")
        candidates = document.add(Words("候補", "Candidates").of(lang))
        for candidate in near:
            candidates.add(f"{candidate.score:.2f} {candidate.name} <{candidate.iri}>")
        if not near:
            candidates.add(Words("なし", "none").of(lang))
    spans = root.add(Words("読み方", "How it was read").of(lang))
    for span in reading.spans[:200]:
        whose = f" [{span.document + 1}]" if span.document >= 0 and len(found) > 1 else ""
        words = raw[span.start : min(span.end, span.start + 200)]
        role = _ROLES.get(span.role, Words(span.role, span.role)).of(lang)
        spans.add(f"{span.start}-{span.end} {role}{whose}: {words}")
    if reading.note:
        root.add(reading.note.of(lang))
    print_tree(root, sys.stdout)
    return 0


def _meant(one: Resolution, near: Iterable[Candidate]) -> str:
    """Return the plan and the day of its edition that are meant; nothing where the registry has no name for them."""
    name = next((candidate.name for candidate in near if candidate.iri == one.strategy), "")
    of = f"{one.strategy}/"
    day = f"（{one.edition.removeprefix(of)}）" if one.edition and one.edition.startswith(of) else ""
    return f" → {name}{day}" if name else ""


def _status(one: Resolution) -> Words:
    """Return the decision in words."""
    return _OPEN if one.status == "exact" and one.stated else _STATUS[one.status]


def _table(raw: str, found: list[Resolution], lang: str) -> int:
    """Print a row for each document that a string names."""
    from konkyo.cli.writing import write
    from konkyo.present.text.csv import written

    heads = [
        Words("記載", "citation"),
        Words("題名", "title"),
        Words("版", "edition"),
        Words("日付", "date"),
        Words("箇所", "place"),
        Words("判断", "decision"),
        Words("点数", "score"),
        Words("方法", "method"),
        Words("戦略のIRI", "IRI of the strategy"),
        Words("版のIRI", "IRI of the edition"),
        Words("理由", "reason"),
    ]
    rows = [
        [
            raw,
            one.title,
            one.label or "",
            one.date.iso if one.date else "",
            one.place or "",
            _status(one).of(lang),
            f"{one.score:.2f}",
            one.method,
            one.strategy,
            one.edition or "",
            one.reason.of(lang),
        ]
        for one in found
    ]
    write(None, written([[head.of(lang) for head in heads], *rows]))
    return 0


def _line(one: Resolution) -> dict[str, Any]:
    return {
        "key": one.key,
        "series": one.strategy,
        "date": one.date.iso if one.date else None,
        "title": one.title,
        "edition": one.label,
        "decision": one.decision,
        "place": one.place,
        "section": one.section,
        "registered": one.registered,
        "method": one.method,
        "status": one.status,
        "score": one.score,
    }


# --- many ---------------------------------------------------------------------------------------


def _lines() -> tuple[list[str], list[KonkyoError]]:
    """Return the strings of standard input, and what is wrong with the lines that hold none."""
    strings: list[str] = []
    faults: list[KonkyoError] = []
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)["raw"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raw = None
        if isinstance(raw, str):
            strings.append(raw)
        else:
            faults.append(
                KonkyoError(
                    Words(
                        "「raw」という文字列を持つJSONの行ではありません。",
                        'It is no JSON object with a text under "raw".',
                    ),
                    source=Words("標準入力", "standard input").ja,
                    line=number,
                )
            )
    return strings, faults


def _many(resolver: Resolver, strings: list[str], faults: list[KonkyoError]) -> int:
    """Answer every good line, then report the bad ones with their numbers. Raises ManyErrors."""
    found = resolver.resolve(strings)
    for raw in strings:
        print(json.dumps({"raw": raw, "works": [_line(one) for one in found[raw]]}, ensure_ascii=False))
    if faults:
        sys.stdout.flush()
        raise ManyErrors(faults)
    return 0
