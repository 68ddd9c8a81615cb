"""Reading Japanese administrative text: folding for comparison, display numbers, places, lines.

What is read here is for comparing and computing; what is stored stays as the source wrote it.
"""

from __future__ import annotations

import re
import unicodedata

from konkyo.common.name_form import name_form
from konkyo.common.words import Words

# Control characters could move the cursor or set colours, and bidirectional controls could reorder what is read;
# the last two are no characters, and no XML may hold them.
_UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no escape lets XML 1.0 hold: https://www.w3.org/TR/xml/#charsets."""


def in_xml(text: str) -> str:
    """Return a text as XML can hold it: of a control character its picture (U+000B is ␋, U+240B), of what else XML forbids U+FFFD."""
    return NOT_IN_XML.sub(_pictured, text)


def _pictured(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < ord(" ") else "␡" if code == 0x7F else "\ufffd"


UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control signs, halves of surrogate pairs and non-characters: no output format carries all of them, and no sheet may hold them."""


def pictured(text: str) -> str:
    """Return a text of a document as a sheet may hold it: what is unfit becomes its picture or ``�``, a carriage return a line's end."""
    return UNFIT.sub(_pictured, text.replace("\r\n", "\n").replace("\r", "\n"))


_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")


def safe(text: str) -> str:
    """Return a text from data as it may be shown: what controls a terminal or the direction becomes ``�``.

    Tabs and line ends stay: see :func:`one_line`.
    """
    return _UNSAFE.sub("\ufffd", text)


def printable(text: str, most: int) -> str:
    """Return the first signs of what another program said, at most so many, without those that are not printed."""
    return "".join(sign for sign in text if sign.isprintable())[:most]


def readable(name: str) -> str:
    """Return a file's name as text: bytes of it that are no UTF-8, which no output can hold, become ``�``."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def too_long() -> Words:
    """Return what is told of a cell that is longer than the reader of CSV takes."""
    import csv

    most = csv.field_size_limit()
    return Words(f"{most:,}字を超える欄があります。", f"A cell holds more than {most:,} signs.")


def whole(text: object, most: int = 18) -> int | None:
    """Return a number that somebody else wrote, as ASCII digits; None for anything else, and for one of more than ``most`` digits.

    ``int`` takes other signs too, and neither it nor ``str.isdigit`` can be relied on alone: ``"²".isdigit()``.
    """
    if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= most:
        return int(text)
    return None


def one_line(text: str) -> str:
    """Return a text from data as it may stand in a tree, a table or a list at a terminal, without line breaks."""
    return safe(_BREAKS.sub(" ", text))


def fold(text: str) -> str:
    """Return ``text`` for reading numbers, dates and codes: NFKC, case folded, without any white space.

    Names are compared in a form that goes further (:func:`konkyo.common.name_form.name_form`); identifiers are made of this one,
    so that they stay. Folding is idempotent.
    """
    folded = _fold_once(text)
    # Case folding may leave NFKC (ﬃ-like letters do), and signs that a space kept apart may compose once it is
    # gone (か゛), so it is applied until nothing moves.
    while (again := _fold_once(folded)) != folded:
        folded = again
    return folded


def _fold_once(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def parse_lines(text: str | int) -> tuple[int, int]:
    """Read a line or a range of lines, 1-based and inclusive: ``75``, ``24-28``. Raises ValueError."""
    match = re.fullmatch(r"(\d{1,7})(?:-(\d{1,7}))?", fold(str(text)))
    if not match:
        raise ValueError(f"{text!r} is neither a line nor a range of lines such as 24-28")
    first = int(match[1])
    last = int(match[2] or first)
    if not 1 <= first <= last:
        raise ValueError(f"{text!r} is not a range of lines that rises from 1")
    return first, last


_DISPLAY_NUMBER = re.compile(
    r"^(?:(?:政策|施策)?[（(]?[\dⅠ-ⅿivx①-⑳㉑-㉟㊱-㊿一二三四五六七八九十]+(?:[-－ー‐.．][\d①-⑳]+)*[)）]?(?:[\s　:：、]|[.．](?!\d))+"
    r"|[（(][\d①-⑳]+[)）]|[①-⑳㉑-㉟㊱-㊿])",
    re.IGNORECASE,
)
# 「６資源エネルギーの…」: a number with nothing after it is taken for one only where no counter or letter follows.
_ATTACHED_NUMBER = re.compile(
    r"^\d{1,2}(?=[一-鿿ァ-ヺ])(?![年月日次者件割号期つ世回歳人個か省府県市町村章条項ヶカヵ])"
)


def split_display_number(name: str, *, attached: bool = False) -> tuple[str, str]:
    """Return the leading display number and the name without it: ``６ ＩＣＴ…`` gives ``("６", "ＩＣＴ…")``.

    Leading numbers (``Ⅴ``, ``６``, ``政策15：``) change with the year's layout and are no part of the name.
    With ``attached`` a number of one or two digits right before a kanji or katakana counts as one, too.
    A name that would become empty keeps its number.
    """
    name = name.strip()
    match = _DISPLAY_NUMBER.match(name) or (_ATTACHED_NUMBER.match(name) if attached else None)
    if not match or match.end() == len(name):
        return "", name
    return match.group().strip().rstrip(":：.．、 　"), name[match.end() :].strip()


_FORM_WORD = re.compile(r"(?:施策目標|基本目標|測定指標|政策)\s*(?=([0-9A-Za-z]*)$)")


def number_of(text: str, lang: str) -> str:
    """Return a number for a text in one language: the form's ``施策目標 b`` is ``b`` in English, ``基本目標`` none."""
    return _FORM_WORD.sub("", text) if lang == "en" else text


_BETWEEN_NUMBERS = re.compile(r"[\s.．、,・:：>＞]")


def place_key(text: str) -> str:
    """Return a place in a document for comparing: 第2章 ２（１） and 第２章2(1) are one."""
    return _BETWEEN_NUMBERS.sub("", name_form(text))
