"""Options that several commands have, each said once."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from konkyo.cli.argparse_words import unfit

Say = Callable[[str, str], str]


def number(least: int, most: int | None = None) -> Callable[[str], int]:
    """Return a type for an option: a whole number from ``least`` to ``most``."""

    def value(text: str) -> int:
        made = int(text)
        if made < least or (most is not None and made > most):
            ja, en = ("以上", "on") if most is None else (f"から{most}まで", f"to {most}")
            raise unfit(
                f"は{least}{ja}の数です（{made}ではなく）", f"{made} is not a number from {least} {en}"
            )
        return made

    value.__name__ = "int"
    return value


def ministry_option(
    parser: argparse.ArgumentParser,
    say: Say,
    ja: str = "府省庁（名称の一部でもよい）",
    en: str = "a ministry (or part of its name)",
) -> None:
    """Add ``--ministry``."""
    parser.add_argument("--ministry", metavar="NAME", help=say(ja, en))


def year_option(
    parser: argparse.ArgumentParser,
    say: Say,
    ja: str = "この年度のレビュー又は評価書の記載による（2024、令和6年度など。既定は一番新しいレビュー）",
    en: str = "by what the review or sheets of this year state (2024, R6 …; default: the latest review)",
) -> None:
    """Add ``--year``."""
    parser.add_argument("--year", metavar="YEAR", help=say(ja, en))


def since_option(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add ``--since``, which means one thing in all commands."""
    parser.add_argument(
        "--since",
        metavar="YEAR",
        help=say(
            "この年度より前のこと（レビュー、評価書、金額、実績）を除く（2019、令和元年度など）",
            "leave out what is of a year before this one: reviews, sheets, amounts, results (2019, R1 …)",
        ),
    )


def format_option(
    parser: argparse.ArgumentParser,
    say: Say,
    choices: Sequence[str],
    default: str | None = None,
    ja: str = "出力の形式",
    en: str = "format of the output",
) -> None:
    """Add ``--format``."""
    shown = ", ".join(choices)
    parser.add_argument(
        "--format",
        choices=choices,
        default=default,
        metavar="FORMAT",
        help=say(f"{ja}: {shown}", f"{en}: {shown}"),
    )


def excel_option(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add ``--excel``."""
    parser.add_argument(
        "--excel",
        action="store_true",
        help=say(
            "CSVを表計算ソフト用に書く（BOM付き、数式になる欄には先頭に ' を付ける。先頭の ' を取れば元の文字列）",
            "write CSV for a spreadsheet: with a BOM, and ' before a text that would be a formula (take the first ' away to have it back)",
        ),
    )


def named(text: str) -> str:
    """Return the text of an argument that names something; a type that refuses one without any sign."""
    if not text.strip():
        raise unfit("は空です。探すものの名称などを書いてください", "is empty: write a name or the like")
    return text


def limit_option(
    parser: argparse.ArgumentParser, say: Say, ja: str, en: str, *, default: int | None = None
) -> None:
    """Add ``--limit``, for which 0 means all."""
    parser.add_argument("--limit", type=number(0), default=default, metavar="N", help=say(ja, en))


def output_option(
    parser: argparse.ArgumentParser,
    say: Say,
    ja: str = "書き先（既定は標準出力）",
    en: str = "where to write (default: standard output)",
    *,
    default: str | None = None,
    metavar: str = "FILE",
    by_kind: bool = False,
) -> None:
    """Add ``--output``; ``default`` is a file's name.

    ``-`` is standard output where that is the default; not where the default depends on the format (``by_kind``).
    """
    parser.add_argument(
        "--output",
        "-o",
        type=_file if default or by_kind else _place,
        default=None if default is None else Path(default),
        metavar=metavar,
        help=say(ja, en),
    )


def open_option(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add ``--open``, after which :func:`konkyo.cli.writing.open_page` shows the page that was written."""
    parser.add_argument(
        "--open",
        action="store_true",
        help=say("書いたページをブラウザーで開く", "open the page in the browser"),
    )


def _place(text: str) -> Path | None:
    return None if text == "-" else Path(text)


def _file(text: str) -> Path:
    if text == "-":
        raise unfit(
            "に「-」は使えません。標準出力に書ける形式なら --output を省いてください",
            "- means nothing here (without --output, what can goes to standard output)",
        )
    return Path(text)


def registry_option(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add ``--registry``."""
    parser.add_argument(
        "--registry",
        type=Path,
        metavar="DIR",
        help=say(
            "登録簿（organizations.yaml と strategies.yaml）のフォルダー",
            "folder with organizations.yaml and strategies.yaml",
        ),
    )
