"""``konkyo schema``."""

from __future__ import annotations

import argparse
from importlib.resources import files

from konkyo.cli.parser import write


def run(options: argparse.Namespace) -> int:
    """Print one of the JSON Schemas."""
    write(None, (files("konkyo.sources") / f"{options.name}.schema.json").read_bytes())
    return 0
