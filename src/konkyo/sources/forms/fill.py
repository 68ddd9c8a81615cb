"""Filling a form from a document: what every sheet of it says, as the data of a transcription."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from konkyo.sources.documents import Box, Document
from konkyo.sources.forms.evaluation import SHEET_NUMBER, TITLE, fill_evaluation, read_title, with_years
from konkyo.sources.forms.form import Form, forms
from konkyo.sources.forms.layout import is_page_number, joined, label_among, label_form, spelling
from konkyo.sources.forms.page import MIDDLE, Sheet
from konkyo.sources.forms.request import fill_request
from konkyo.sources.forms.review_sheet import fill_review
from konkyo.sources.forms.running_text import read_running_text, read_text_fields
from konkyo.sources.forms.years import year_of

# What compares boxes with each other takes long where there are many: no sheet has as many, and no file as many labels.
MAX_BOXES, MAX_LABELS = 20_000, 50_000


@dataclass(slots=True)
class Filled:
    """One sheet as read: the data of its transcription, and what a person should look at. ``yaml`` is the data as the file has it."""

    form: str
    data: dict[str, Any]
    fields: int
    unsure: list[str]
    failed: list[str]
    rest: int
    yaml: str = ""


def fill(document: Document) -> list[Filled]:
    """Return the sheets of a document; nothing where no form fits it."""
    chosen = max(forms(), key=lambda form: form.fit(document.boxes))
    if document.kind == "text":
        text = read_running_text(document, chosen)
        if len(text.boxes) > MAX_BOXES:
            return []
        filled = _fill_text(text)
        return [filled] if "表題" in filled.data or "政策名" in filled.data else []
    if not _fits(chosen, document.boxes) or sum(chosen.is_label(box) for box in document.boxes) > MAX_LABELS:
        return []
    parts = list(_parts(document, chosen))
    if max(map(len, parts), default=0) > MAX_BOXES:
        return []
    sheets = [_sheet(document, chosen, boxes) for boxes in parts]
    return [_filled(sheet, _FILLERS[chosen.kind](sheet)) for sheet in sheets]


def _sheet(document: Document, form: Form, boxes: list[Box]) -> Sheet:
    """Return a sheet to be read; the numbers of its pages are no values."""
    boxes = _whole_heads(form, boxes)
    numbers = {box for box in boxes if is_page_number(box, boxes)}
    return Sheet(
        document,
        form,
        [box for box in boxes if box not in numbers],
        numbers=sorted(numbers, key=lambda one: one.y0),
    )


def _whole_heads(form: Form, boxes: list[Box]) -> list[Box]:
    """Return the boxes with each heading whole and alone, where a layout without rules leaves it in two or two in one.

    Only what is known tells: lines that are a label together and not apart, or two labels apart and none together.
    """
    boxes = [part for box in _over_pages(form, boxes) for part in _parted(form, box)]
    below = {(box.page, round(box.x0 / _STEP), round(box.y0 / _STEP)): box for box in boxes if box.aligned}
    gone: set[Box] = set()
    made = []
    for box in boxes:
        while box.aligned and box not in gone:
            rest = below.get((box.page, round(box.x0 / _STEP), round((box.y1 + 1) / _STEP)))
            if rest is None or rest in gone or not _is_head(form, box, rest):
                break
            gone.add(rest)
            text, place = f"{box.text}\n{rest.text}", f"{box.place}\n{rest.place}"
            box = replace(box, text=text, place=place, y1=rest.y1, x1=max(box.x1, rest.x1))
        made.append(box)
    return [box for box in made if box not in gone]


_STEP = 3.0


def _over_pages(form: Form, boxes: list[Box]) -> list[Box]:
    """Return the boxes with each label of a ruled table whole that a page break cuts: the last cell of a page and the first below it."""
    columns: dict[tuple[int, int, int], list[Box]] = {}
    for box in boxes:
        if box.ruled:
            columns.setdefault((box.page, round(box.x0), round(box.x1)), []).append(box)
    whole: dict[Box, Box] = {}
    gone: set[Box] = set()
    for (page, x0, x1), column in columns.items():
        last = max(column, key=lambda box: box.y0)
        first = min(columns.get((page + 1, x0, x1), []), key=lambda box: box.y0, default=None)
        if first and not form.is_label(last) and not form.is_label(first) and _is_head(form, last, first):
            whole[last] = replace(
                last, text=f"{last.text}\n{first.text}", place=f"{last.place}\n{first.place}"
            )
            gone.add(first)
    return [whole.get(box, box) for box in boxes if box not in gone]


def _parted(form: Form, box: Box) -> list[Box]:
    """Return a box that holds two labels one below the other as two, else as it is."""
    lines = box.text.split("\n")
    if not box.aligned or not 1 < len(lines) <= _MOST_LINES or form.is_label(box):
        return [box]
    for cut in range(1, len(lines)):
        parts = ["\n".join(lines[:cut]), "\n".join(lines[cut:])]
        if all(_is_whole_label(form, part) for part in parts):
            y = box.y0 + (box.y1 - box.y0) * cut / len(lines)
            return [replace(box, text=parts[0], y1=y - 1), replace(box, text=parts[1], y0=y)]
    return [box]


_MOST_LINES = 12


def _is_head(form: Form, box: Box, rest: Box) -> bool:
    """Return whether two texts are a label or the head of a year together that neither is alone."""
    text = box.text + rest.text
    if _is_whole_label(form, text):
        # What stands in brackets says nothing of a label: the number of a sheet above it is no part of it.
        return label_form(text) not in (label_form(box.text), label_form(rest.text))
    return year_of(box.text, MIDDLE) is not None and year_of(text, MIDDLE) is not None


def _is_whole_label(form: Form, text: str) -> bool:
    """Return whether a text is a label as it stands, and not only as far as its first word for two (又は, 及び)."""
    return len(text) <= _LONGEST and bool({spelling(text), label_form(text)} & form.labels)


_LONGEST = 80


def _fits(form: Form, boxes: tuple[Box, ...]) -> bool:
    """Return whether a document is of a form: it has the label of what the sheet is about, and one of its tables."""
    found = {label_among(box.text, form.labels) for box in boxes}
    tables = (
        ("指標", "見出し"),
        ("指標", "名称"),
        ("指標", "実績"),
        ("予算", "見出し"),
        ("予算", "区分", "当初予算"),
        ("予算科目", "事項"),
    )
    return bool(found & _names(form)) and any(found & form.spelt(*path) for path in tables)


def _names(form: Form) -> frozenset[str]:
    return form.spelt("文の欄", "政策名") | form.spelt("文の欄", "事業名")


def _parts(document: Document, form: Form) -> Iterator[list[Box]]:
    """Yield the boxes of each sheet: one begins at the title above a label of what it is about that a second label follows."""
    name = _names(form)
    second = frozenset().union(*(form.spelt("文の欄", field) for field in _SECOND))
    labels = [box for box in document.boxes if form.bears(box, name)]
    others = [box.y0 for box in document.boxes if form.bears(box, second)]
    begun: list[float] = []
    for label in labels:
        after = min((y for y in others if y > label.y0 - 1), default=None)
        nearer = any(label.y0 + 1 < one.y0 <= after for one in labels) if after is not None else True
        if after is not None and not nearer:
            begun.append(_title_above(document, form, label, begun[-1] if begun else -1.0))
    starts = [-1.0, *sorted(set(begun))[1:]]
    for start, end in zip(starts, [*starts[1:], float("inf")], strict=True):
        boxes = [box for box in document.boxes if start <= box.y0 < end]
        if boxes:
            yield boxes


_SECOND = ("達成すべき目標", "政策の概要", "担当部局庁", "番号", "分野")


def _title_above(document: Document, form: Form, label: Box, after: float) -> float:
    """Return where a sheet begins: at its title on the label's page, or at the top of that page, else at the label."""
    above = [box for box in document.boxes if box.page == label.page and after + 1 < box.y0 < label.y0 - 1]
    # A workbook's lines are cells as well.
    cells = document.kind == "xlsx"
    titles = [
        box.y0
        for box in above
        if TITLE.search(box.text) and len(box.text) <= 120 and (cells or not box.ruled)
    ]
    if titles:
        # The number of a sheet may stand above its title.
        top = max(titles)
        over = max((box for box in above if box.y0 < top - 1), key=lambda one: one.y0, default=None)
        return over.y0 if over and SHEET_NUMBER.fullmatch(over.text.strip()) else top
    # What the sheet before says may end on this page.
    before = any(box.page == label.page and box.y0 <= after + 1 for box in document.boxes)
    before = before or any(form.is_label(box) for box in above)
    return label.y0 if before or not above else min(box.y0 for box in above)


def _fill_text(sheet: Sheet) -> Filled:
    data = read_title(sheet)
    data |= read_text_fields(sheet)
    return _filled(sheet, with_years(data))


_FILLERS: dict[str, Callable[[Sheet], dict[str, Any]]] = {
    "評価書": fill_evaluation,
    "レビューシート": fill_review,
    "調書": fill_request,
}


def _filled(sheet: Sheet, data: dict[str, Any]) -> Filled:
    if rest := [
        {k: v for k, v in sheet.cell(joined(box.text), box, certainty="不明").items() if k != "確度"}
        for box in [*_unplaced(sheet), *sheet.numbers]
    ]:
        data["未配置"] = rest
    return Filled(
        sheet.form.name,
        data,
        _count(data),
        sheet.unsure + _doubts(data),
        sheet.failed,
        len(data.get("未配置", [])),
    )


def _unplaced(sheet: Sheet) -> list[Box]:
    """Return what no field took: all but the form's own labels, and signs that say that there is nothing."""
    return [
        box for box in sheet.rest if not sheet.form.is_label(box) and box.text.strip() not in ("-", "－", "―")
    ]


def _count(data: Any) -> int:
    if isinstance(data, dict):
        own = (
            1
            if any(key in data for key in ("値", "判定", "名称")) and ("場所" in data or "行" in data)
            else 0
        )
        return own + sum(_count(value) for key, value in data.items() if key != "未配置")
    return sum(map(_count, data)) if isinstance(data, list) else 0


def _doubts(data: Any, path: str = "") -> list[str]:
    """Return the fields that were not read from one place of a ruled table."""
    if isinstance(data, dict):
        told = (
            [f"{path}: {data.get('値') or data.get('名称')}"] if data.get("確度") in ("一部", "不明") else []
        )
        return told + [one for key, value in data.items() if key != "未配置" for one in _doubts(value, key)]
    return [one for value in data for one in _doubts(value, path)] if isinstance(data, list) else []
