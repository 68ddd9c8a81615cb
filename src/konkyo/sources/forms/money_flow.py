"""資金の流れ: the boxes of the drawing of where a project's money goes, each with its letter, amount, contract and work.

Which arrow leads where is not read: the letters say whose lists of payees and uses they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from konkyo.common.text import fold
from konkyo.sources.documents import Box
from konkyo.sources.forms.layout import joined, same_columns
from konkyo.sources.forms.page import Sheet

FIELD = "資金の流れ"
_LETTER = re.compile(r"([A-ZＡ-Ｚ])\s*[.．,，、:：)）\s]\s*(?P<rest>\S.*)")
_TWO = re.compile(r"\s[A-ZＡ-Ｚ][.．,，、]")
_AMOUNT = re.compile(r"(?P<value>\d[\d,，]*(?:[.．]\d+)?)\s*(?P<unit>百万円|千円|億円|円)")
_BRACKETED = re.compile(r"【.*】")
_WORK = re.compile(r"[（(\[［〔「].*[）)\]］〕」]", re.DOTALL)
_ARROWS = re.compile(r"[\s↓→←↑⇩⇨⇒│┃─━┌┐└┘├┤┬┴┼▼▶│|]+")
_GIVER = re.compile(r"[一-鿿ぁ-ヿ・]{1,30}(?:省|庁|府|局|院|会|所|署|部)")


@dataclass(slots=True)
class _Block:
    """A box of the drawing: its letter (None: the ministry itself), its lines of name, and what else it says."""

    box: Box
    letter: str | None
    name: list[str] = field(default_factory=list)
    amount: re.Match[str] | None = None
    way: str | None = None
    work: list[str] = field(default_factory=list)


def read_money_flow(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the blocks of the drawing; takes their boxes. What is no block stays in the rest."""
    made = []
    for label in sheet.labelled(sheet.form.spelt(FIELD)):
        inside = [box for box in sheet.rest if _beside(box, label)]
        blocks = [block for box in inside for block in _blocks(box)]
        if not any(block.letter for block in blocks):
            continue
        sheet.take(label, *(box for box in inside if _ARROWS.fullmatch(box.text)))
        own = {block.box for block in blocks}
        loose = [box for box in inside if box not in own]
        made += [_told(sheet, block, blocks, loose) for block in blocks]
    return made


def _beside(box: Box, label: Box) -> bool:
    middle = (box.y0 + box.y1) / 2
    return box is not label and box.x0 >= label.x1 - 2 and label.y0 - 2 <= middle <= label.y1 + 2


def _blocks(box: Box) -> Iterator[_Block]:
    """Yield the blocks of a box: each begins with its letter, and the ministry's has none but an amount."""
    lines = [line.strip() for line in box.text.splitlines() if line.strip()]
    if any(_TWO.search(line) for line in lines):
        # Two boxes beside each other that nothing parts: whose the lines below are cannot be told.
        return
    block: _Block | None = None
    for line in lines:
        if match := _LETTER.fullmatch(line):
            if block and block.amount:
                yield block
            block = _Block(box, fold(match[1]).upper())
            line = match["rest"]
        elif block is None:
            if not _GIVER.match(line):
                return
            block = _Block(box, None)
        _read_line(block, line)
    if block and block.amount:
        yield block


def _read_line(block: _Block, line: str) -> None:
    if bracketed := _BRACKETED.search(line):
        block.way = bracketed.group().strip("【】")
        line = line.replace(bracketed.group(), "").strip()
    if block.amount is None and (found := _AMOUNT.search(line)):
        block.amount = found
        line = (line[: found.start()] + line[found.end() :]).strip(" :：()（）")
        block.name += [line] if line else []
    elif line:
        (block.name if block.amount is None else block.work).append(line)


def _told(sheet: Sheet, block: _Block, blocks: list[_Block], loose: list[Box]) -> dict[str, Any]:
    """Return a block as a transcription tells it, with the words that stand above and below it in its columns."""
    assert block.amount is not None
    cell = sheet.cell("".join(block.name), block.box, certainty="配置")
    made: dict[str, Any] = {**({"ブロック": block.letter} if block.letter else {}), **cell}
    place = {key: value for key, value in cell.items() if key != "値"}
    made["額"] = {"値": fold(block.amount["value"]), "単位": block.amount["unit"], **place}
    mine = [
        box
        for box in loose
        if box not in sheet.taken and same_columns(box, block.box) and _nearest(box, blocks) is block
    ]
    if block.way:
        made["方式"] = {"値": block.way, **place}
    elif way := next((box for box in mine if _BRACKETED.fullmatch(box.text.strip())), None):
        made["方式"] = sheet.cell(way.text.strip().strip("【】"), way, certainty="配置")
    if block.work:
        made["業務"] = {"値": joined("\n".join(block.work)), **place}
    elif work := next(
        (box for box in mine if box.y0 > block.box.y0 and _WORK.fullmatch(box.text.strip())), None
    ):
        made["業務"] = sheet.cell(joined(work.text).replace("\n", ""), work, certainty="配置")
    return made


def _nearest(box: Box, blocks: list[_Block]) -> _Block | None:
    """Return the block that words belong to: how it is paid stands above it, what it does below it."""
    above = _BRACKETED.fullmatch(box.text.strip())
    same = [one for one in blocks if same_columns(one.box, box)]
    if above:
        below = [one for one in same if one.box.y0 >= box.y1 - 2]
        return min(below, key=lambda one: one.box.y0, default=None)
    over = [one for one in same if one.box.y1 <= box.y0 + 2]
    return max(over, key=lambda one: one.box.y1, default=None)
