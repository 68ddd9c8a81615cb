"""``konkyo help``."""

from __future__ import annotations

import argparse
import re
import sys

from konkyo.cli.options import Say
from konkyo.common.line_breaks import columns, lines
from konkyo.present.topics import topic, topics

_EXAMPLE = re.compile(r"^```console\n.*?^```", re.MULTILINE | re.DOTALL)
_GUIDES = re.compile(r"[│├└─ ]*")


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    parser.add_argument(
        "topic",
        nargs="?",
        metavar="TOPIC",
        help=say("読む項目（省くと一覧）", "the topic to read (without it: the list)"),
    )


def run(options: argparse.Namespace) -> int:
    """Print the list of topics or one page; Markdown is laid out at a terminal only."""
    if options.topic is None:
        found = topics()
        wide = max(len(one.name) for one in found) + 2
        for one in found:
            print(f"{one.name:<{wide}}{one.about.of(options.lang)}")
        return 0
    text = topic(options.topic).text
    if not sys.stdout.isatty():
        print(text, end="")
        return 0
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console()
    width = min(80, console.width)
    console.print(Markdown(_folded(text, width - 2), hyperlinks=False), width=width)
    return 0


def _folded(text: str, width: int) -> str:
    """Fold the wide lines of examples, under the guides of their tree."""
    return _EXAMPLE.sub(
        lambda example: "\n".join(
            part for line in example[0].splitlines() for part in _fold(line.replace("\t", "  "), width)
        ),
        text,
    )


def _fold(line: str, width: int) -> list[str]:
    if columns(line) <= width:
        return [line]
    guides = _GUIDES.match(line)[0]  # type: ignore[index]  # it fits every line
    first, *rest = lines(line[len(guides) :], width - columns(guides))
    below = guides.replace("├─ ", "│  ").replace("└─ ", "   ")
    return [guides + first, *(below + part for part in rest)]
