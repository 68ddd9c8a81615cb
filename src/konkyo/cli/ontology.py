"""``konkyo ontology``."""

from __future__ import annotations

import argparse
from pathlib import Path

from konkyo.cli.parser import Say
from konkyo.words import Words


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    parser.add_argument(
        "--output",
        "-o",
        type=Path,
        default=Path("konkyo-ontology.html"),
        metavar="FILE",
        help=say("書き先", "where to write"),
    )


def run(options: argparse.Namespace) -> int:
    """Write the ontology's documentation as one HTML page."""
    from konkyo.ontology_page import build_ontology_html

    build_ontology_html(options.output)
    print(Words(f"{options.output} に書きました。", f"Written to {options.output}.").of(options.lang))
    return 0
