"""The commands and their options, with help in Japanese or English."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from konkyo import __version__
from konkyo.errors import KonkyoError
from konkyo.words import Words

# What argparse says of a wrong command line, so far as it can be told from the English text.
_COMPLAINTS = (
    (r"the following arguments are required: (.+)", "引数が足りません: {0}"),
    (r"unrecognized arguments: (.+)", "知らない引数です: {0}"),
    (
        r"argument (.+): invalid choice: (.+) \(choose from (.+)\)",
        "{0} に {1} は使えません（使えるもの: {2}）",
    ),
    (r"argument (.+): expected one argument", "{0} には値が一つ要ります"),
    (r"argument (.+): expected at least one argument", "{0} には値が要ります"),
    (r"argument (.+): invalid (?:int|.+) value: (.+)", "{0} の値 {1} は読めません"),
    (r"argument (.+): not allowed with argument (.+)", "{0} は {1} と一緒には使えません"),
)


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks one language."""

    lang = "ja"

    def error(self, message: str) -> NoReturn:
        """Raise KonkyoError in place of argparse's own exit, so that every error looks the same."""
        japanese = message
        for pattern, text in _COMPLAINTS:
            if match := re.fullmatch(pattern, message):
                japanese = text.format(*match.groups())
        raise KonkyoError(
            Words(japanese, message),
            hint=Words(
                f"使い方は `{self.prog} --help` で見られます。", f"`{self.prog} --help` shows how it is used."
            ),
        )

    def format_help(self) -> str:
        """Return the help with argparse's own headings in the parser's language."""
        text = super().format_help()
        if self.lang != "ja":
            return text
        for english, japanese in (
            ("usage: ", "使い方: "),
            ("positional arguments:", "引数:"),
            ("options:", "オプション:"),
            ("show this help message and exit", "この説明を表示して終わる"),
            ("show program's version number and exit", "版を表示して終わる"),
        ):
            text = text.replace(english, japanese, 1)
        return text


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    def run(options: argparse.Namespace) -> int:
        code: int = getattr(import_module(f"konkyo.cli.{name}"), "run")(options)  # noqa: B009
        return code

    return run


def parse(arguments: Sequence[str], lang: str) -> argparse.Namespace:
    """Return the options of a command line; ``run`` is the command. Raises KonkyoError for a wrong one."""

    def say(ja: str, en: str) -> str:
        return Words(ja, en).of(lang).replace("%", "%%")

    _Parser.lang = lang
    if lang not in ("ja", "en"):
        _Parser(prog="konkyo").error(f"argument --lang: invalid choice: '{lang}' (choose from ja, en)")

    def common(made: argparse.ArgumentParser, **default: Any) -> None:
        made.add_argument(
            "--store",
            type=Path,
            metavar="DIR",
            help=say(
                "ストアの場所（既定は KONKYO_STORE か .konkyo）",
                "the store's folder (default: KONKYO_STORE or .konkyo)",
            ),
            **default,
        )
        made.add_argument(
            "--lang",
            choices=("ja", "en"),
            help=say(
                "表示の言語（既定は KONKYO_LANG か ja）",
                "language of the output (default: KONKYO_LANG or ja)",
            ),
            **default,
        )

    parser = _Parser(
        prog="konkyo",
        description=say(
            "この施策はどの戦略に基づくのか。どんな証拠で、いくらで、どんな結果で。政策の根拠の知識グラフ。",
            "Which strategy justifies this measure, on what evidence, with what money and what result?",
        ),
        epilog=say("はじめての方は: konkyo demo", "To begin: konkyo demo"),
    )
    parser.add_argument("--version", "-V", action="version", version=f"konkyo {__version__}")
    common(parser)
    parser.set_defaults(
        lang=lang, store=Path(os.environ["KONKYO_STORE"]) if os.environ.get("KONKYO_STORE") else None
    )
    commands = parser.add_subparsers(
        dest="command", metavar=say("コマンド", "COMMAND"), title=say("コマンド", "commands"), required=True
    )

    def add(name: str, ja: str, en: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(name, help=say(ja, en), description=say(ja, en))
        # The same options stand before the command too; left out here, they must not hide what stood there.
        common(made, default=argparse.SUPPRESS)
        made.set_defaults(run=_command(name))
        return made

    demo = add(
        "demo",
        "同梱の評価書からグラフを作り、検査し、答えを見せ、ネットワークのHTMLを書く",
        "build the graph of the carried sheet, check it, show the answer, write the network as HTML",
    )
    demo.add_argument(
        "--output",
        "-o",
        type=Path,
        default=Path("konkyo-demo.html"),
        metavar="FILE",
        help=say("HTMLの書き先", "where to write the HTML"),
    )

    build = add(
        "build",
        "資料からストアを作る（資料を省くと同梱のもの）",
        "build the store from sources (without any: from those the package carries)",
    )
    build.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help=say(
            "評価書の転記（.yaml）、RSシステムのファイル（.zip、.csv）、又はそのフォルダー",
            "transcribed sheets (.yaml), files of the RS system (.zip, .csv), or folders of them",
        ),
    )
    build.add_argument(
        "--registry",
        type=Path,
        metavar="DIR",
        help=say(
            "登録簿（organizations.yaml と strategies.yaml）のフォルダー",
            "folder with organizations.yaml and strategies.yaml",
        ),
    )
    build.add_argument(
        "--keep",
        action="store_true",
        help=say(
            "ストアの中身を残し、渡した資料の分だけを置き換える",
            "keep what the store holds; replace only the sources given",
        ),
    )
    build.add_argument(
        "--check", action="store_true", help=say("作ったグラフを検査する", "check the graph that was built")
    )
    build.add_argument(
        "--turtle",
        type=Path,
        metavar="DIR",
        help=say("グラフごとにTurtleも書く", "write each graph as Turtle too"),
    )

    add(
        "info",
        "ストアに何が入っているかを見せる: 資料、年度、種類ごとの数、足りないもの",
        "show what is in the store: sources, years, counts per class, what is missing",
    )

    check = add(
        "check",
        "データを制約（SHACL）に照らし、違反を、何が・どこで・なぜ・どう直すかの表にする",
        "check data against the shapes and print violations: what, where, why, how to mend",
    )
    check.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="FILE",
        help=say("RDFファイル（省くとストア）", "RDF files (default: the store)"),
    )
    check.add_argument(
        "--format",
        choices=("table", "csv", "json"),
        default="table",
        help=say("出力の形式", "format of the output"),
    )

    query = add("query", "SPARQLで問い合わせる", "query with SPARQL")
    query.add_argument(
        "query",
        nargs="?",
        metavar="QUERY",
        help=say(
            "SPARQL、ファイル、保存済みの問合せの名前、又は - (標準入力)",
            "SPARQL, a file, the name of a stored query, or - for standard input",
        ),
    )
    query.add_argument(
        "parameters",
        nargs="*",
        metavar="NAME=VALUE",
        help=say("保存済みの問合せの引数", "parameters of a stored query"),
    )
    query.add_argument(
        "--list", action="store_true", help=say("保存済みの問合せを並べる", "list the stored queries")
    )
    query.add_argument(
        "--show",
        action="store_true",
        help=say("実行せずに問合せの文を見せる", "show the query's text and do not run it"),
    )
    query.add_argument(
        "--format",
        choices=("table", "csv", "tsv", "json", "xml", "turtle", "nt", "jsonld"),
        help=say(
            "出力の形式（既定は table、CONSTRUCTなら turtle）",
            "format (default: table; turtle for CONSTRUCT)",
        ),
    )

    trace = add(
        "trace",
        "施策・指標の根拠を上へ、戦略に基づくものを下へたどる。二つ挙げると間の道筋を示す",
        "trace what a measure or indicator rests on, what rests on a strategy, or the chains between two things",
    )
    trace.add_argument(
        "thing",
        metavar="THING",
        help=say("名称（一部でもよい）、番号、識別子、IRI", "a label (or part of one), number, key or IRI"),
    )
    trace.add_argument("other", nargs="?", metavar="OTHER", help=say("もう一方", "the other end"))
    trace.add_argument(
        "--level",
        choices=("stated", "derived", "interpreted"),
        help=say(
            "この水準の主張だけを見る（stated: 資料の明記だけ）",
            "only claims of this level (stated: what sources say)",
        ),
    )
    trace.add_argument(
        "--format",
        choices=("tree", "json", "mermaid", "html"),
        default="tree",
        help=say("出力の形式", "format of the output"),
    )
    trace.add_argument(
        "--output",
        "-o",
        type=Path,
        metavar="FILE",
        help=say("書き先（既定は標準出力）", "where to write (default: standard output)"),
    )

    trace.add_argument(
        "--limit",
        type=int,
        default=20,
        metavar="N",
        help=say("一覧に出す数の上限（0で全て）", "how many things to list at the most (0: all)"),
    )

    view = add(
        "view",
        "ネットワークを一つのHTMLに書く（オフラインで開ける）",
        "write the network as one HTML file that opens offline",
    )
    view.add_argument(
        "thing",
        nargs="?",
        metavar="THING",
        help=say("中心に置くもの（省くと全体）", "what to look at (default: everything)"),
    )
    view.add_argument(
        "--depth",
        type=int,
        metavar="N",
        help=say("たどる段数（既定は端まで）", "how many steps to follow (default: all)"),
    )
    view.add_argument(
        "--between",
        nargs=2,
        metavar=("A", "B"),
        help=say("二つのものを結ぶ道筋だけ", "only the chains between two things"),
    )
    view.add_argument(
        "--ministry",
        metavar="NAME",
        help=say(
            "一つの府省庁の政策・施策・事業とその根拠",
            "one ministry's policies, measures and projects, and what they rest on",
        ),
    )
    view.add_argument(
        "--query",
        metavar="FILE",
        help=say(
            "CONSTRUCTの問合せ（ファイル、文、又は名前）の答え",
            "the answer of a CONSTRUCT query (file, text or name)",
        ),
    )
    view.add_argument(
        "--limit",
        type=int,
        metavar="N",
        help=say(
            "多くてもN点まで（既定は300、0は無制限）。超える分は関わりの深い順に選ぶ",
            "at most N nodes (default 300, 0: no limit), the most relevant ones",
        ),
    )
    view.add_argument(
        "--output",
        "-o",
        type=Path,
        default=Path("konkyo-view.html"),
        metavar="FILE",
        help=say("書き先", "where to write"),
    )

    resolve = add(
        "resolve",
        "計画等の記載がどの戦略・版を指すかを示す。読み方、候補、決定、理由",
        "tell which strategy and edition a citation denotes: how it was read, candidates, decision and reason",
    )
    resolve.add_argument(
        "string",
        nargs="?",
        metavar="STRING",
        help=say(
            "計画等の記載（--review では公表ファイル 1-3 の zip）",
            "the citation (with --review: the official file 1-3 as zip)",
        ),
    )
    resolve.add_argument(
        "--jsonl",
        action="store_true",
        help=say(
            '標準入力の各行（"raw" を持つJSON）に一行ずつ答える',
            'answer each line of standard input (JSON with "raw") with one line',
        ),
    )
    resolve.add_argument(
        "--review",
        action="store_true",
        help=say(
            "不確かな組を一つずつ尋ね、答えを judgements.csv に記す",
            "ask about the pairs that are not sure and write the answers to judgements.csv",
        ),
    )
    resolve.add_argument(
        "--list",
        action="store_true",
        help=say("--review で、尋ねずに並べる", "with --review: only list them"),
    )
    resolve.add_argument(
        "--back",
        nargs=2,
        metavar=("LEFT", "RIGHT"),
        help=say("その組についての自分の判断を取り消す", "take your judgement on a pair back"),
    )
    resolve.add_argument(
        "--who",
        metavar="NAME",
        help=say("判断する人の名（既定は利用者名）", "who judges (default: the user's name)"),
    )
    resolve.add_argument(
        "--judgements",
        type=Path,
        metavar="FILE",
        help=say(
            "判断のファイル（既定は同梱の judgements.csv）",
            "the file of judgements (default: the carried one)",
        ),
    )
    resolve.add_argument(
        "--registry",
        type=Path,
        metavar="DIR",
        help=say(
            "登録簿（organizations.yaml と strategies.yaml）のフォルダー",
            "folder with organizations.yaml and strategies.yaml",
        ),
    )
    resolve.add_argument(
        "--format", choices=("tree", "json"), default="tree", help=say("出力の形式", "format of the output")
    )

    schema = add(
        "schema",
        "YAMLの書き方（JSON Schema）を書き出す。エディターの補完と検査に使える",
        "print a JSON Schema of the YAML files, for an editor's completion and checks",
    )
    schema.add_argument(
        "name",
        nargs="?",
        choices=("sheet", "interpretations", "strategies", "organizations"),
        default="sheet",
        help=say("どの書き方か", "which one"),
    )

    ontology = add(
        "ontology",
        "オントロジーの説明をHTMLに書く",
        "write the ontology's documentation as HTML",
    )
    ontology.add_argument(
        "--output",
        "-o",
        type=Path,
        default=Path("konkyo-ontology.html"),
        metavar="FILE",
        help=say("書き先", "where to write"),
    )
    return parser.parse_args(list(arguments) or ["--help"])


def write(path: Path | None, text: str | bytes) -> None:
    """Write to a file (whole or not at all) or to standard output. Raises KonkyoError where it cannot be written."""
    data = text.encode() if isinstance(text, str) else text
    if path is None:
        buffer: Any = getattr(sys.stdout, "buffer", None)
        if buffer is None:
            sys.stdout.write(data.decode())
        else:
            sys.stdout.flush()
            buffer.write(data)
        return
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise KonkyoError(
            Words(f"書けません（{error.strerror}）。", f"It cannot be written ({error.strerror})."),
            source=str(path),
        ) from error
