"""``konkyo ontology``."""

from __future__ import annotations

import argparse

from konkyo.words import Words


def run(options: argparse.Namespace) -> int:
    """Write the ontology's documentation as one HTML page."""
    from konkyo.ontology_page import build_ontology_html

    build_ontology_html(options.output)
    print(Words(f"{options.output} に書きました。", f"Written to {options.output}.").of(options.lang))
    return 0
