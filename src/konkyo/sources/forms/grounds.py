"""政策に関係する内閣の重要政策: names, dates and sections of what a measure rests on."""

from __future__ import annotations

import re
from typing import Any

from konkyo.common.dates import parse_date
from konkyo.common.text import fold
from konkyo.sources.documents import Box
from konkyo.sources.forms.layout import joined, right_of, same_columns, same_rows
from konkyo.sources.forms.page import Sheet

_DATE = re.compile(
    r"(?:(?:令和|平成|昭和)\s*(?:元|[0-9０-９]{1,2})|[12][0-9]{3})\s*年(?:\s*[0-9０-９]{1,2}\s*月(?:\s*[0-9０-９]{1,2}\s*日)?)?"
)
_NUMBERED = re.compile(
    r"(?P<chapter>第[0-9０-９一二三四五六七八九十]+[編部章])|(?P<section>第[0-9０-９一二三四五六七八九十]+[節款項])|(?P<roman>[Ⅰ-ⅫIVX]+[．.、 　])"
    r"|(?P<number>[0-9０-９]{1,2}[．.、 　](?![0-9０-９年月日]))|(?P<bracket>[（(][0-9０-９一二三四五六七八九十]{1,2}[）)])|(?P<circle>[①-⑳])|(?P<kana>[ア-ン][．.、 　])"
)


def read_grounds(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the strategies of the field, each with its date and sections; takes their boxes."""
    found: list[dict[str, Any]] = []
    for label in sheet.labelled(sheet.form.spelt("重要政策", "見出し")):
        inside = right_of(label, sheet.boxes)
        columns = {name: sheet.form.spelt("重要政策", "列", name) for name in ("名称", "年月日", "関係部分")}
        heads = {name: next(iter(sheet.labelled(spelt, inside)), None) for name, spelt in columns.items()}
        sheet.take(label, *(box for box in heads.values() if box))
        if heads["名称"]:
            found += _table(sheet, heads["名称"], heads["年月日"], heads["関係部分"], inside)
        else:
            for box in inside:
                found += read_listed(sheet, box)
    return found


def _table(
    sheet: Sheet, name: Box, date: Box | None, part: Box | None, inside: list[Box]
) -> list[dict[str, Any]]:
    rows = [box for box in inside if same_columns(box, name) and box.y0 >= name.y1 - 2]
    made = []
    for box in rows:
        if box.text.strip() in _NOTHING:
            sheet.take(box)
            continue
        beside = [
            one for one in inside if one is not box and same_rows(one, box) and one not in (name, date, part)
        ]
        dates = [
            one for one in beside if date and same_columns(one, date) and _DATE.search(_unbroken(one.text))
        ]
        words = [one for one in beside if part and same_columns(one, part)]
        paths = [(one, sections(_by_headings(one.text))) for one in words]
        quoted = [one for one, found in paths if not found and one.text.strip() not in _NOTHING]
        cell = _named(sheet, joined(box.text), box, *dates, *quoted)
        for one in dates[:1]:
            _dated(sheet, cell, one)
        if quoted:
            cell["抜粋"] = "\n".join(joined(one.text) for one in quoted)
        sheet.take(*words)
        if parts := [{**sheet.cell("", one), "値": path} for one, found in paths for path in found]:
            cell["関係部分"] = parts
        made.append(cell)
    return made


_NOTHING = {"-", "－", "―", "なし", "該当なし"}


def _named(sheet: Sheet, name: str, *boxes: Box) -> dict[str, Any]:
    made = sheet.cell(name, *boxes)
    return {"名称": made.pop("値"), **made}


def _dated(sheet: Sheet, cell: dict[str, Any], box: Box) -> None:
    """Put the date of a cell beside the name; what is not one date is left for a person."""
    dates = [fold(found.group()) for found in _DATE.finditer(_unbroken(box.text))]
    cell["年月日"] = dates[0]
    if len(dates) > 1:
        if re.search("改[訂定]|変更", box.text):
            cell["改訂"] = dates[-1]
        else:
            cell["確度"] = "配置"
            cell["注"] = f"日付の欄は「{joined(box.text)}」。"
            sheet.unsure.append(f"{cell['名称']}: 日付が二つ以上あります。")


def _unbroken(text: str) -> str:
    """Return a text whose dates no end of a line cuts: 平成29年10月2\n6日."""
    return re.sub(r"\n(?=[0-9０-９年月日])", "", text)


def _by_headings(text: str) -> str:
    """Return a text with each numbered heading on a line of its own, whatever the width of its cell has broken.

    >>> _by_headings("第２部　柱\\n３　基盤の\\n整備")
    '第２部　柱\\n３　基盤の整備'
    """
    parts: list[str] = []
    for line in text.splitlines():
        if parts and not _NUMBERED.match(line.strip()):
            parts[-1] += f"\n{line}"
        else:
            parts.append(line)
    return "\n".join(map(joined, parts))


def sections(text: str) -> list[list[str]]:
    """Return the paths of headings that a cell of cited sections lists; nothing where it is a passage of prose.

    >>> sections("第２章　柱\\n（１）点検\\n（２）訓練")
    [['第２章　柱', '（１）点検'], ['第２章　柱', '（２）訓練']]
    >>> sections("取組を着実に進める。")
    []
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if any(line.endswith("。") for line in lines):
        return []
    if not any(_NUMBERED.match(line) for line in lines):
        return [[line] for line in lines] if len(lines) == 1 and len(lines[0]) <= 60 else []
    stack: list[tuple[str, str]] = []
    paths: list[list[str]] = []
    deeper = False
    for line in lines:
        match = _NUMBERED.match(line)
        if not match:
            # A heading without a number, or the rest of the line above: it belongs to that one.
            if not stack:
                return []
            stack[-1] = (stack[-1][0], stack[-1][1] + line)
            paths[-1][-1] = stack[-1][1]
            continue
        kind = match.lastgroup or ""
        kinds = [known for known, _ in stack]
        deeper = kind not in kinds
        if not deeper:
            del stack[kinds.index(kind) :]
        stack.append((kind, line))
        path = [heading for _, heading in stack]
        if paths and path[:-1] == paths[-1]:
            paths[-1] = path
        else:
            paths.append(path)
    return paths


_LISTED = re.compile(
    r"^[・○●◯※]?\s*(?P<name>.+?)\s*[（(](?P<told>[^（）()]*(?:年(?![目間])|決定|策定|演説)[^（）()]*)[）)]\s*$"
)


def read_listed(sheet: Sheet, box: Box, certainty: str = "配置") -> list[dict[str, Any]]:
    """Return the documents of a cell that lists names with dates in brackets, one a line."""
    found = []
    waiting = ""
    for line in box.text.splitlines():
        # A name or its date may be broken by the width of the cell.
        waiting += line.strip()
        match = _LISTED.match(waiting)
        if not match:
            continue
        waiting = ""
        cell = _named(sheet, match["name"], box)
        date = _DATE.search(match["told"])
        if date and is_date(date.group()):
            cell["年月日"] = fold(date.group())
        cell["確度"] = certainty
        found.append(cell)
    if waiting:
        sheet.taken.discard(box)
        return []
    return found


def is_date(text: str) -> bool:
    """Return whether a text is one date."""
    try:
        parse_date(text)
    except ValueError:
        return False
    return True
