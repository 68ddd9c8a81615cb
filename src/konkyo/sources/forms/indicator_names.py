"""The name of an indicator as its cell tells it, apart from its number and its kind."""

from __future__ import annotations

import re
from typing import Any

from konkyo.common.name_form import name_form
from konkyo.sources.documents import Box
from konkyo.sources.forms.layout import joined, same_rows
from konkyo.sources.forms.page import Sheet

_NUMBER = re.compile(
    r"\s*(?:(?:業績|測定|参考)?指標\s*)?(?:[（(]([0-9０-９]{1,3})[）)]\s*|([0-9０-９]{1,3})[\s　．.、：:]+|(?<=指標)([0-9０-９]{1,3})\s*|([①-⑳㉑-㉟])\s*)(.+)",
    re.DOTALL,
)
KIND = re.compile(r"\s*[（(【\[]\s*(アウトカム|アウトプット)(?:指標)?\s*[）)】\]]\s*")
_BESIDE = re.compile(r"(?:(?:業績|測定)?指標)?\(?(\d{1,3})\)?\.?")


def named(sheet: Sheet, box: Box, *, beside: bool = True) -> dict[str, Any]:
    """Return an indicator's number (None where none is stated), name, and whether it is an outcome or an output.

    ``beside``: the number may stand in a cell left of the name.
    """
    text, number = re.sub(r"^指\s+標", "指標", box.text.strip()), None
    if match := _NUMBER.fullmatch(text):
        number = int(name_form(match[1] or match[2] or match[3] or match[4]))
        text = match[5]
    elif beside:
        for one in sheet.boxes:
            found = _BESIDE.fullmatch(name_form(one.text))
            if found and one.x1 <= box.x0 + 2 and same_rows(one, box):
                sheet.take(one)
                number = int(found[1])
    text = joined(text).replace("\n", "")
    kind = KIND.search(text)
    text = KIND.sub("", text)
    made: dict[str, Any] = {"番号": number, **sheet.cell(text, box)}
    return made | ({"種別": kind[1]} if kind else {})
