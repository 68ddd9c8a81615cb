"""``konkyo ontology``."""

from __future__ import annotations

import argparse

from konkyo.cli.options import Say, output_option
from konkyo.cli.writing import tell_written


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    output_option(parser, say, "書き先", "where to write", default="konkyo-ontology.html")


def run(options: argparse.Namespace) -> int:
    """Write the ontology's documentation as one HTML page."""
    from konkyo.present.ontology_page import build_ontology_html

    build_ontology_html(options.output)
    tell_written(options.output, options.lang)
    return 0
