"""Tables that list things of one kind: a heading row, and below it a row for each thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from konkyo.common.name_form import name_form
from konkyo.sources.documents import Box
from konkyo.sources.forms.layout import blank, is_note, joined, same_rows, spelling, within_columns
from konkyo.sources.forms.page import Sheet
from konkyo.sources.forms.values import NOTHING

_ROW_NUMBER = re.compile(r"\d{1,2}\.?")
_TOTALS = frozenset({"計", "合計", "小計", "総計"})
_LETTER = re.compile(r"^\s*[A-Za-zＡ-Ｚａ-ｚ]\s*[.．、)）]?")
_BLOCK = re.compile(r"([a-z])(?:[.．、)）\s]|$)")


@dataclass(slots=True)
class ListTable:
    """One such table: its headings by column, and its rows, each a box by column.

    ``block`` is the letter above it, ``name`` what stands behind the letter, and ``above`` the box of both.
    """

    heads: dict[str, Box]
    block: str | None = None
    name: str = ""
    above: Box | None = None
    rows: list[dict[str, Box]] = field(default_factory=list)


def read_list_tables(
    sheet: Sheet, columns: Mapping[str, list[str]], key: str, needed: str
) -> Iterator[ListTable]:
    """Yield the tables whose heading row has the columns ``key`` and ``needed``; ``key`` names each thing.

    Two tables may stand side by side; each has the columns up to where the next one begins.
    """
    spelt = {name: frozenset(map(spelling, spellings)) for name, spellings in columns.items()}
    keys = [box for box in sheet.labelled(spelt[key]) if box.is_cell]
    for head in keys:
        row = [box for box in sheet.boxes if same_rows(box, head) and box is not head]
        right = min((one.x0 for one in keys if one in row and one.x0 > head.x1 - 2), default=float("inf"))
        beside = any(one in row for one in keys)
        left = head.x0 if beside else float("-inf")
        here = [box for box in row if left - 1 <= box.x0 < right]
        heads = {key: head}
        for name, spellings in spelt.items():
            found = [box for box in sheet.labelled(spellings, here) if box not in heads.values()]
            if name != key and found:
                heads[name] = min(found, key=lambda box: abs(box.x0 - head.x1))
        if needed not in heads:
            continue
        table = ListTable(heads, *_block_above(sheet, heads))
        sheet.take(*heads.values())
        table.rows = list(_rows(sheet, heads, key))
        yield table


def _rows(sheet: Sheet, heads: Mapping[str, Box], key: str) -> Iterator[dict[str, Box]]:
    head = heads[key]
    below = [box for box in sheet.boxes if box.y0 >= head.y1 - 2 and within_columns(box, head)]
    # Without rules a heading may reach over the column of the rows' numbers, too.
    below = [
        box
        for box in below
        if not (
            _ROW_NUMBER.fullmatch(name_form(box.text))
            and any(same_rows(box, one) for one in below if one.x0 > box.x1)
        )
    ]
    left, right = min(one.x0 for one in heads.values()), max(one.x1 for one in heads.values())
    # A row with a label in it is the heading of another table.
    labels = (
        one.y0
        for one in sheet.boxes
        if one.y0 >= head.y1 - 1 and one.x0 < right and one.x1 > left and sheet.form.is_label(one)
    )
    end = min((y for y in labels), default=float("inf")) - 1
    last = head
    for box in below:
        # The table ends at another label, at a title across it, or where a row is left out.
        across = len(heads) > 2 and any(
            box.x0 < (one.x0 + one.x1) / 2 < box.x1 for name, one in heads.items() if name != key
        )
        if (
            box.y0 >= end
            or across
            or is_note(box, head)
            or blank(sheet.boxes, last, box) > 4 * max(box.y1 - box.y0, head.y1 - head.y0)
        ):
            return
        last = box
        row = {key: box}
        for name, column in heads.items():
            if name != key:
                inside = [
                    one
                    for one in sheet.boxes
                    if same_rows(one, box) and within_columns(one, column) and one not in heads.values()
                ]
                inside.sort(key=lambda one: abs(one.y0 + one.y1 - box.y0 - box.y1))
                # Without rules a name may seem to reach over the row beside it; of two in one place neither is its value.
                if inside and not any((one.y0, one.y1) == (inside[0].y0, inside[0].y1) for one in inside[1:]):
                    row[name] = inside[0]
        if name_form(box.text) in _TOTALS or box.text.strip() in NOTHING:
            sheet.take(*row.values())
            continue
        yield row


def _block_above(sheet: Sheet, heads: Mapping[str, Box]) -> tuple[str | None, str, Box | None]:
    """Return the letter of the block that a table belongs to, and the name behind it: A. 例示株式会社 above its heading row."""
    left, right = min(box.x0 for box in heads.values()), max(box.x1 for box in heads.values())
    top = min(box.y0 for box in heads.values())
    height = max(box.y1 - box.y0 for box in heads.values())
    above = [
        box
        for box in sheet.boxes
        if top - 3 * height <= box.y0 < top - 1 and left - 2 * height <= (box.x0 + box.x1) / 2 <= right + 2
    ]
    page = min(box.page for box in heads.values())
    if not any(box.page == page and box.y0 < top - 1 for box in sheet.boxes):
        # The letter stands in the last row of the page before.
        last = [box for box in sheet.boxes if box.page == page - 1]
        lowest = max((box.y0 for box in last), default=0.0)
        above += [box for box in last if box.y0 > lowest - 3]
    for box in sorted(above, key=lambda one: (not left <= (one.x0 + one.x1) / 2 <= right, -one.y0)):
        if match := _BLOCK.match(name_form(box.text)):
            sheet.take(box)
            name = _LETTER.sub("", joined(box.text).replace("\n", "")).strip()
            return match[1].upper(), name, box
    return None, "", None
