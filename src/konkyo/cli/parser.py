"""The commands and their options, with help in Japanese or English."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from konkyo import __version__
from konkyo.cli.argparse_words import no_choice, perhaps, speak, told
from konkyo.common.errors import KonkyoError
from konkyo.common.line_breaks import lines
from konkyo.common.words import Words
from konkyo.present.text.terminal import COLOURS

# Every command by its name, in the order of the help; what it takes and does is in the module of that name.
COMMANDS = {
    "demo": Words(
        "同梱の評価書からグラフを作り、検査し、答えを見せ、ネットワークのHTMLを書く",
        "build the graph of the carried sheet, check it, show the answer, write the network as HTML",
    ),
    "transcribe": Words(
        "府省庁の評価書やレビューシート（PDF、Excel、Word、テキスト）を読み、場所と確度の付いた転記（YAML）を書く",
        "read evaluation and review sheets (PDF, Excel, Word, text) and write transcriptions (YAML) with places and certainties",
    ),
    "build": Words(
        "資料からストアを作る（資料を省くと同梱のもの）",
        "build the store from sources (without any: from those the package carries)",
    ),
    "info": Words(
        "ストアに何が入っているかを見せる: 資料、年度、種類ごとの数、足りないもの",
        "show what is in the store: sources, years, counts per class, what is missing",
    ),
    "check": Words(
        "データを制約（SHACL）に照らし、違反を、何が・どこで・なぜ・どう直すかの表にする",
        "check data against the shapes and print violations: what, where, why, how to mend",
    ),
    "search": Words(
        "名称、番号、引用の表記、説明文から探す（空白なしの日本語でよい）",
        "search names, numbers, citations as written and descriptions",
    ),
    "query": Words(
        "SPARQLで問い合わせる",
        "query with SPARQL",
    ),
    "trace": Words(
        "施策・指標の根拠を上へ、戦略を挙げるものを下へたどる。二つ挙げると間の道筋を示す",
        "trace what a measure or indicator rests on, what rests on a strategy, or the chains between two things",
    ),
    "gaps": Words(
        "何が欠けているかを府省庁ごとに示す: 根拠のない事業、旧版だけの引用、解決できない引用など",
        "show what is missing, by ministry: projects without basis, superseded or unresolved citations, and more",
    ),
    "diff": Words(
        "二つの年度、又は二つのストアの間で変わったことを示す: 根拠の追加・削除・版の変更、新規、終了、改称の可能性",
        "show what changed between two years or two stores: bases added, dropped or moved, what is new, gone or renamed",
    ),
    "view": Words(
        "ネットワークを一つのHTMLに書く（オフラインで開ける）",
        "write the network as one HTML file that opens offline",
    ),
    "export": Words(
        "ほかの道具のために書き出す: N-Quads・TriG・Turtle・JSON-LD・RDF/XML、Gephi用のGraphML・GEXF、Neo4j用のCSV、Parquet",
        "write the graph for other tools: N-Quads, TriG, Turtle, JSON-LD, RDF/XML, GraphML, GEXF, CSV for Neo4j, Parquet",
    ),
    "report": Words(
        "施策・府省庁・戦略の報告を、図表と出典つきの一つのHTMLに書く",
        "write a report with plots, tables and sources as one HTML file",
    ),
    "resolve": Words(
        "計画等の記載がどの戦略・版を指すかを示す。読み方、候補、決定、理由",
        "tell which strategy and edition a citation denotes: how it was read, candidates, decision and reason",
    ),
    "schema": Words(
        "YAMLの書き方（JSON Schema）を書き出す。エディターの補完と検査に使える",
        "print a JSON Schema of the YAML files, for an editor's completion and checks",
    ),
    "serve": Words(
        "ストアをウェブで見せる: ページ、SPARQL、リンクトデータ",
        "show the store on the web: pages, SPARQL and linked data",
    ),
    "site": Words(
        "ストア全体を、サーバーの要らないファイルのサイトとして書く",
        "write the whole store as a site of plain files, which needs no server",
    ),
    "mcp": Words(
        "AIアシスタントにストアを道具として渡す（Model Context Protocol、標準入出力）",
        "give the store to an assistant as tools (Model Context Protocol over standard input and output)",
    ),
    "store-test": Words(
        "SPARQLサーバーを空のデータセットで試す: 約束、保存済みの問合せ、十の質問が手元のストアと同じか",
        "try a SPARQL server on an empty dataset: whether the contract, stored queries and ten questions hold there",
    ),
    "ontology": Words(
        "オントロジーの説明をHTMLに書く",
        "write the ontology's documentation as HTML",
    ),
    "completion": Words(
        "シェルの補完（bash、zsh、fish、PowerShell）のためのスクリプトを書き出す",
        "print the script by which a shell (bash, zsh, fish, PowerShell) completes commands and names",
    ),
    "help": Words(
        "説明を項目ごとに読む（項目を省くと一覧）",
        "read the documentation by topic (without a topic: the list)",
    ),
}


class _Formatter(argparse.HelpFormatter):
    """Help that breaks lines by columns: a Japanese sign takes two, and no space stands between words."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return lines(text, width)

    def _format_action(self, action: argparse.Action) -> str:
        # The commands stand under their heading, with no line of their own above them.
        if isinstance(action, argparse._SubParsersAction):
            return self._join_parts(
                [self._format_action(one) for one in self._iter_indented_subactions(action)]
            )
        return super()._format_action(action)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in lines(text, width - len(indent)))


class _Parser(argparse.ArgumentParser):
    """An argument parser whose help and errors are those of all commands."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, formatter_class=_Formatter)

    def error(self, message: str) -> NoReturn:
        """Raise KonkyoError in place of argparse's own exit, so that every error looks the same."""
        raise KonkyoError(
            Words(message, message),
            hint=Words(
                f"使い方は `{self.prog} --help` で見られます。", f"`{self.prog} --help` shows how it is used."
            ),
        )

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse what is no choice, with the nearest one first."""
        choices = [str(choice) for choice in action.choices or ()]
        if value not in choices and (near := get_close_matches(str(value), choices, n=1)):
            raise argparse.ArgumentError(action, no_choice(value, near[0]))
        super()._check_value(action, value)


class _Command(_Parser):
    """A command's parser, which asks the command's module for its options only when it is the one that runs."""

    fill: Callable[[_Command], None] | None = None

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Take the options of the command, then parse."""
        if self.fill:
            fill, self.fill = self.fill, None
            fill(self)
        return super().parse_known_args(args, namespace)


def place(text: str) -> Path | str:
    """Return what ``--store`` names: a path, or a server's address, which a path would not keep as it is."""
    return text if text.lower().startswith(("http://", "https://")) else Path(text)


def parse(arguments: Sequence[str], lang: str) -> argparse.Namespace:
    """Return the options of a command line; ``run`` is the command. Raises KonkyoError for a wrong one."""
    options, unknown = make_parser(lang).parse_known_args(list(arguments) or ["--help"])
    if unknown:
        command = make_parser(lang, options.command)
        known = re.findall(r"--[a-z][a-z-]+", command.format_help())
        near = (
            _as_parameter(options.command, unknown)
            or _as_ministry(unknown[0], known)
            or get_close_matches(unknown[0].partition("=")[0], known, n=1)
        )
        command.error(
            told("unrecognized arguments: %s") % " ".join(unknown) + (perhaps(near[0]) if near else "")
        )
    return options


def _as_ministry(text: str, known: Sequence[str]) -> list[str]:
    """Return how a ministry is given to a command that takes nothing else: ``gaps 総務省`` is ``--ministry 総務省``."""
    return [f"--ministry {text}"] if "--ministry" in known and not text.startswith("-") else []


def _as_parameter(command: str, unknown: Sequence[str]) -> list[str]:
    """Return how a parameter of a stored query is given, where one was given as an option: ``--strategy X`` is ``strategy=X``."""
    name, _, value = unknown[0].removeprefix("--").partition("=")
    if command != "query":
        return []
    from konkyo.graph.stored_queries import names, stored

    if name not in {parameter.name for query in names() for parameter in stored(query).parameters}:
        return []
    return [f"{name}={value or next(iter(unknown[1:]), '…')}"]


def make_parser(
    lang: str, command_name: str | None = None, *, whole: bool = False
) -> argparse.ArgumentParser:
    """Return the parser of all commands, or that of one command with all its options.

    ``whole``: every command has its options already, which takes longer.
    """

    def say(ja: str, en: str) -> str:
        return Words(ja, en).of(lang).replace("%", "%%")

    speak(lang)

    def common(made: argparse.ArgumentParser, **default: Any) -> None:
        made.add_argument(
            "--store",
            type=place,
            metavar="DIR|URL",
            help=say(
                "ストアのフォルダー又はSPARQLサーバーのアドレス（既定は KONKYO_STORE か .konkyo）",
                "the store's folder or a SPARQL server's address (default: KONKYO_STORE or .konkyo)",
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
        made.add_argument(
            "--color",
            choices=COLOURS,
            help=say(
                "色を付けるか（既定は auto: 端末だけに。NO_COLOR と FORCE_COLOR に従う）",
                "whether to colour (default: auto, at a terminal; NO_COLOR and FORCE_COLOR are heeded)",
            ),
            **default,
        )

    parser = _Parser(
        prog="konkyo",
        description=say(
            "この施策には、どの戦略が挙げられているのか。どんな証拠で、いくらで、どんな結果で。政策の根拠の知識グラフ。",
            "Which strategy is named behind this measure, on what evidence, with what money and what result?",
        ),
        epilog=say("はじめての方は: konkyo demo", "To begin: konkyo demo"),
    )
    parser.add_argument(
        "--version",
        "-V",
        action="version",
        version=f"konkyo {__version__}",
        help=say("版を表示して終わる", "show program's version number and exit"),
    )
    common(parser)
    parser.set_defaults(
        lang=lang,
        color="auto",
        store=place(os.environ["KONKYO_STORE"]) if os.environ.get("KONKYO_STORE") else None,
    )
    commands = parser.add_subparsers(
        parser_class=_Command,
        dest="command",
        metavar=say("コマンド", "COMMAND"),
        title=say("コマンド", "commands"),
        required=True,
    )
    # What konkyo can do comes before how it is told to.
    parser._action_groups.insert(0, parser._action_groups.pop())

    def fill(name: str) -> Callable[[_Command], None]:
        def options(made: _Command) -> None:
            # The same options stand before the command too; left out here, they must not hide what stood there.
            common(made, default=argparse.SUPPRESS)
            module = import_module(f"konkyo.cli.{name.replace('-', '_')}")
            module.arguments(made, say)
            made.set_defaults(run=module.run)

        return options

    for name, words in COMMANDS.items():
        command = commands.add_parser(name, help=say(*words), description=say(*words))
        if whole or name == command_name:
            fill(name)(command)
        else:
            command.fill = fill(name)
        if name == command_name:
            return command
    return parser
