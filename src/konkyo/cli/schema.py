"""``konkyo schema``."""

from __future__ import annotations

import argparse
from importlib.resources import files

from konkyo.cli.options import Say
from konkyo.cli.writing import write

_NAMES = ("sheet", "review_sheet", "interpretations", "strategies", "organizations")


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    parser.add_argument(
        "name",
        nargs="?",
        choices=_NAMES,
        default="sheet",
        metavar="NAME",
        help=say(f"どの書き方か（{', '.join(_NAMES)}）", f"which one ({', '.join(_NAMES)})"),
    )


def run(options: argparse.Namespace) -> int:
    """Print one of the JSON Schemas."""
    write(None, (files("konkyo.sources") / f"{options.name}.schema.json").read_bytes())
    return 0
