"""``konkyo help``."""

from __future__ import annotations

import argparse
import sys

from konkyo.cli.options import Say
from konkyo.present.topics import topic, topics


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
        for found in topics():
            print(f"{found.name:<12}{found.about.of(options.lang)}")
        return 0
    text = topic(options.topic).text
    if not sys.stdout.isatty():
        print(text, end="")
        return 0
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console()
    console.print(Markdown(text, hyperlinks=False), width=min(80, console.width))
    return 0
