"""Filling a form from a document: what every sheet of it says, as the data of a transcription."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from konkyo.sources.documents import Box, Document
from konkyo.sources.forms.evaluation import fill_evaluation, read_title, with_years
from konkyo.sources.forms.form import Form, forms
from konkyo.sources.forms.layout import joined, label_among
from konkyo.sources.forms.page import Sheet
from konkyo.sources.forms.request import fill_request
from konkyo.sources.forms.review_sheet import fill_review
from konkyo.sources.forms.running_text import read_running_text, read_text_fields


@dataclass(slots=True)
class Filled:
    """One sheet as read: the data of its transcription, and what a person should look at."""

    form: str
    data: dict[str, Any]
    fields: int
    unsure: list[str]
    failed: list[str]
    rest: int


def fill(document: Document) -> list[Filled]:
    """Return the sheets of a document; nothing where no form fits it."""
    chosen = max(forms(), key=lambda form: form.fit(document.boxes))
    if document.kind == "text":
        filled = _fill_text(read_running_text(document, chosen))
        return [filled] if "表題" in filled.data or "政策名" in filled.data else []
    if not _fits(chosen, document.boxes):
        return []
    sheets = [Sheet(document, chosen, boxes) for boxes in _parts(document, chosen)]
    return [_filled(sheet, _FILLERS[chosen.kind](sheet)) for sheet in sheets]


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
    """Yield the boxes of each sheet: one begins at the first label of a page that names a measure again."""
    name = _names(form)
    starts: list[int] = []
    for page in range(1, len(document.pages) + 1):
        labels = [box for box in document.boxes if box.page == page and form.bears(box, name)]
        if labels and _is_start(document, form, page):
            starts.append(page)
    starts = starts or [1]
    starts[0] = 1
    for start, end in zip(starts, [*starts[1:], len(document.pages) + 1], strict=True):
        boxes = [box for box in document.boxes if start <= box.page < end]
        if boxes:
            yield boxes


def _is_start(document: Document, form: Form, page: int) -> bool:
    here = {label_among(box.text, form.labels) for box in document.boxes if box.page == page}
    second = ("達成すべき目標", "政策の概要", "担当部局庁", "番号")
    return bool(here & frozenset().union(*(form.spelt("文の欄", name) for name in second)))


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
        for box in _unplaced(sheet)
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
