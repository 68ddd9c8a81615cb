"""The text of a cell from its signs: line by line, or column by column where it is written downwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

Char = dict[str, Any]
"""A sign of a page with its place, as pdfplumber has it."""
_GAP = 1.2


def text_of(chars: Sequence[Char]) -> str:
    """Return the text of a cell, line by line; signs that stand one below the other are one line."""
    if is_upright(chars):
        return "\n".join("".join(char["text"] for char in column).strip() for column in columns(chars))
    lines = [line for line in lines_of(chars) if joined(line)]
    if len(lines) > 1 and all(len(line) == 1 for line in lines):
        return "".join(line[0]["text"] for line in lines)
    return "\n".join(joined(line) for line in lines)


def is_upright(chars: Sequence[Char]) -> bool:
    """Return whether signs are written downwards, in several columns: the next one mostly stands right below."""
    down = right = 0
    for before, char in pairwise(chars):
        aside = abs(char["x0"] + char["x1"] - before["x0"] - before["x1"]) / 2 < 0.3 * char["size"]
        down += aside and 0.5 * char["size"] < char["top"] - before["top"] < 1.6 * char["size"]
        right += abs(char["top"] - before["top"]) < 0.3 * char["size"] and char["x0"] > before["x0"]
    return down > 2 and down > right


def columns(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Yield the signs of each upright column from the top, the columns from the right."""
    column: list[Char] = []
    for char in sorted(chars, key=lambda one: -(one["x0"] + one["x1"])):
        if column and column[0]["x0"] + column[0]["x1"] - char["x0"] - char["x1"] > char["size"]:
            yield sorted(column, key=lambda one: float(one["top"]))
            column = []
        column.append(char)
    if column:
        yield sorted(column, key=lambda one: float(one["top"]))


def lines_of(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Yield the signs of each line from the left, the lines from the top."""
    line: list[Char] = []
    for char in sorted(chars, key=lambda one: ((one["top"] + one["bottom"]) / 2, one["x0"])):
        middle = (char["top"] + char["bottom"]) / 2
        if line and middle > line[0]["bottom"] - 0.15 * line[0]["size"]:
            yield sorted(line, key=lambda one: float(one["x0"]))
            line = []
        line.append(char)
    if line:
        yield sorted(line, key=lambda one: float(one["x0"]))


def runs_of(line: Sequence[Char]) -> Iterator[list[Char]]:
    """Yield the texts of a line without its spaces: a gap wider than a sign begins another one."""
    run: list[Char] = []
    for char in line:
        if not char["text"].strip():
            continue
        if run and char["x0"] - run[-1]["x1"] > _GAP * char["size"]:
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def joined(line: Sequence[Char]) -> str:
    """Return a line's text, with a space where a gap of more than half a sign stands."""
    text = ""
    for before, char in zip([None, *line], line, strict=False):
        gap = char["x0"] - before["x1"] if before else 0
        # A number before a name is set off by less than half a sign.
        if gap > 0.5 * char["size"] or (text[-1:].isdigit() and gap > 0.18 * char["size"]):
            text += " "
        text += char["text"]
    return text.strip()
