"""Boxes by rows and columns: what stands right of a label, below a heading, within a part of the table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from konkyo.common.name_form import name_form
from konkyo.sources.documents import Box

_BRACKETS = re.compile(r"\([^()]*\)|【[^【】]*】|\[[^\[\]]*\]|※\d*|\*")
_LABEL_SIGNS = re.compile(r"^[■●○◆◇・\d.①-⑳]+|[:*※]+$")


def label_form(text: str) -> str:
    """Return a label as labels are compared: without what stands in brackets, marks and numbers before it."""
    form = name_form(text)
    plain, before = form, ""
    while plain != before:  # brackets stand in brackets: 執行率（%、d/(a+b+c)）
        plain, before = _BRACKETS.sub("", plain), plain
    return _LABEL_SIGNS.sub("", plain) or form


_EITHER = re.compile(r"又は|及び|・(?=作成責任者)|並びに")


def spelling(text: str) -> str:
    """Return a spelling of a form as labels are compared: one with brackets means just them, others any or none."""
    whole = _LABEL_SIGNS.sub("", name_form(text))
    return whole if _BRACKETS.search(whole) else label_form(text)


@lru_cache(maxsize=1 << 14)
def label_among(text: str, labels: frozenset[str]) -> str:
    """Return what label a text is: as it stands, else without brackets, else the first of two in one (実績値又は施策の進捗状況)."""
    if len(text) > _LONGEST_LABEL:
        return ""
    whole = _LABEL_SIGNS.sub("", name_form(text))
    form = label_form(text)
    return next((one for one in (whole, form) if one in labels), _EITHER.split(form)[0])


_LONGEST_LABEL = 80


_NOTE = re.compile(r"[（(]?\s*(?:※|＊|\*|注\s*[0-9０-９）)：:]|備考[：:])")


def is_note(box: Box, head: Box) -> bool:
    """Return whether a box below a table's heading is no row of it, but a note: by its mark, or as it stands outside of the rules."""
    return bool(_NOTE.match(box.text)) or (head.ruled and not box.ruled)


_PAGE_NUMBER = re.compile(
    r"(?P<dash>[-－‐―ー–—]\s*)?(?:p\.?)?\d{1,3}(?:\s*[/／]\s*\d{1,3})?(?(dash)\s*[-－‐―ー–—])"
)


def is_page_number(box: Box, boxes: Iterable[Box]) -> bool:
    """Return whether a box is the number of its page: the first or the last of the page, outside of ruled tables."""
    if box.ruled or not _PAGE_NUMBER.fullmatch(name_form(box.text)):
        return False
    page = [one for one in boxes if one.page == box.page and one is not box]
    alone = not any(same_rows(one, box) for one in page if not one.ruled)
    # A cell that goes on over the page reaches below the number of its first page.
    return alone and (all(one.y0 < box.y0 for one in page) or all(one.y0 > box.y0 for one in page))


def same_rows(one: Box, other: Box) -> bool:
    """Return whether two boxes share rows: the lower one's middle, or the higher one's, lies within the other."""
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    return overlap > 0.5 * min(one.y1 - one.y0, other.y1 - other.y0)


def same_columns(one: Box, other: Box) -> bool:
    """Return whether two boxes share columns."""
    overlap = min(one.x1, other.x1) - max(one.x0, other.x0)
    return overlap > 0.5 * min(one.x1 - one.x0, other.x1 - other.x0)


def within_columns(box: Box, head: Box) -> bool:
    """Return whether a box stands below or above a heading: its middle lies within the heading's columns."""
    middle = (box.x0 + box.x1) / 2
    return head.x0 - 1 <= middle <= head.x1 + 1


def follows(box: Box, other: Box) -> bool:
    """Return whether a box comes after another one in a document, from the top."""
    return box.y0 >= other.y1 - 1


def is_rest(text: str) -> bool:
    """Return whether a text is the rest of one that a page break cuts: it closes a bracket that it never opens."""
    opened = 0
    for sign in name_form(text):
        opened += (sign == "(") - (sign == ")")
        if opened < 0 and not re.match(r"\d{1,2}\)", name_form(text)):
            return True
    return False


def blank(boxes: Iterable[Box], last: Box, box: Box) -> float:
    """Return how much is left blank between two boxes of a column; on another page from the first box of that page."""
    if box.page == last.page:
        return box.y0 - last.y1
    return box.y0 - min(one.y0 for one in boxes if one.page == box.page)


def right_of(box: Box, boxes: Iterable[Box]) -> list[Box]:
    """Return what stands right of a box in its rows, row by row."""
    slack = 0.25 * min(box.x1 - box.x0, 8)
    found = [one for one in boxes if one is not box and same_rows(box, one) and one.x0 >= box.x1 - slack]
    return sorted(found, key=lambda one: (one.y0, one.x0))


def nearest_right(box: Box, boxes: Iterable[Box]) -> Box | None:
    """Return the box right beside another one."""
    return min(right_of(box, boxes), key=lambda one: (one.x0, abs(one.y0 - box.y0)), default=None)


def above_in_column(box: Box, headings: Sequence[Box]) -> Box | None:
    """Return the nearest of some headings that stand above a box in its column, on its page or an earlier one."""
    found = [one for one in headings if same_columns(one, box) and follows(box, one)]
    return max(found, key=lambda one: one.y0, default=None)


def joined(text: str) -> str:
    """Return a text whose lines were broken by the width of its cell as one; a line that begins an item stays one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    made = ""
    for line in lines:
        if made and (_ITEM.match(line) or (_WORD_END.search(made) and _WORD_BEGIN.match(line))):
            made += "\n" if _ITEM.match(line) else " "
        made += line
    return made


_ITEM = re.compile(
    r"[・○●◯◎■◆※①-⑳]|[（(][0-9０-９一-十ア-ン]{1,2}[）)]|第[0-9０-９一-十]{1,3}[章節編部]|[Ⅰ-Ⅻ][.．、 　]|[0-9０-９]{1,2}[.．、](?![0-9０-９])"
)
_WORD_END, _WORD_BEGIN = re.compile(r"[A-Za-z,]$"), re.compile(r"[A-Za-z]")
