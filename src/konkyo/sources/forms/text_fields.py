"""Fields of words: what stands right of a label."""

from __future__ import annotations

from typing import Any

from konkyo.sources.documents import Box
from konkyo.sources.forms.layout import joined, nearest_right, same_rows
from konkyo.sources.forms.page import Sheet
from konkyo.sources.forms.values import NOTHING


def read_text(sheet: Sheet, field: str) -> dict[str, Any] | None:
    """Return the words right of the label of a field, or None; takes both."""
    for label in sheet.labelled(sheet.form.spelt("文の欄", field)):
        value = nearest_right(label, [box for box in sheet.boxes if box not in sheet.taken])
        if value is None or sheet.form.is_label(value) or not same_rows(label, value):
            continue
        sheet.take(label)
        if value.text.strip() in NOTHING:
            sheet.take(value)
            continue
        lines = [value] if value.is_cell else _lines_below(sheet, value)
        return sheet.cell(joined("\n".join(line.text for line in lines)), *lines)
    return _below(sheet, field)


def _below(sheet: Sheet, field: str) -> dict[str, Any] | None:
    """Return the words below a label that nothing stands beside: a cell as wide as the label's, with more in it than a label."""
    for label in sheet.labelled(sheet.form.spelt("文の欄", field)):
        if label in sheet.taken or not label.is_cell:
            continue
        beside = [box for box in sheet.boxes if box is not label and same_rows(label, box)]
        under = [
            box
            for box in sheet.rest
            if box.is_cell
            and abs(box.x0 - label.x0) < _EDGE
            and abs(box.x1 - label.x1) < _EDGE
            and -1 <= box.y0 - label.y1 < _EDGE
        ]
        if (
            beside
            or len(under) != 1
            or sheet.form.is_label(under[0])
            or len(under[0].text) <= len(label.text)
        ):
            continue
        sheet.take(label)
        return sheet.cell(joined(under[0].text), under[0], certainty="配置")
    return None


_EDGE = 3


def _lines_below(sheet: Sheet, first: Box) -> list[Box]:
    """Return a run of text with the lines right below it that begin where it begins, until another label's row."""
    lines = [first]
    for box in sheet.rest:
        last = lines[-1]
        below = 0 < box.y0 - last.y0 < 2.2 * (last.y1 - last.y0) and abs(box.x0 - first.x0) < 3
        labels = (one for one in sheet.boxes if one.x1 <= first.x0 and same_rows(one, box))
        if below and not box.ruled and not any(sheet.form.is_label(one) for one in labels):
            lines.append(box)
    return lines
