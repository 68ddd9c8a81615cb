"""CSV for people, who open it in a spreadsheet. What SPARQL and other tools read is written elsewhere, to the letter."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from decimal import Decimal

from konkyo.present.text.terminal import safe

# A spreadsheet takes a cell that begins so for a formula, and what comes from a file must not run. The full-width
# signs are those of a Japanese keyboard.
_FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
# The sign that guards such a cell is guarded too, so that taking the first ' away gives every text back.
_GUARDED = (*_FORMULA, "'")
# A number is none, nor is the dash that stands for nothing.
_HARMLESS = re.compile(r"[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?([eE][+-]?[0-9]+|%)?|[-－]", re.ASCII)

BOM = "\ufeff"
"""At the start of a file it tells spreadsheets that the file is UTF-8."""


def written(rows: Iterable[Iterable[str | int | float | Decimal | None]], *, tabs: bool = False) -> str:
    """Return rows as CSV (RFC 4180) or TSV: numbers are bare, what is absent is empty, no text is a formula or controls a screen."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t" if tabs else ",", lineterminator="\r\n").writerows(
        [_cell(value) for value in row] for row in rows
    )
    return out.getvalue()


def _cell(value: str | int | float | Decimal | None) -> str:
    if not isinstance(value, str):
        return "" if value is None else str(value)
    return guarded(safe(value))


def guarded(text: str) -> str:
    """Return a text as a spreadsheet takes it for one: with ' before it where it would be a formula, or begins with ' itself."""
    return "'" + text if text.startswith(_GUARDED) and not _HARMLESS.fullmatch(text) else text
