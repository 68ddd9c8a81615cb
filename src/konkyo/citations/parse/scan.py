"""Working text of a citation: its signs in the form of names, each sign knowing its place in the string as written.

Spaces, line ends, capitals and circled numbers stay: they tell where titles begin and end.

Everything here walks the text once; nothing backtracks, so hostile strings cost no more than long ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from konkyo.common.dates import PartialDate
from konkyo.common.name_form import pieces, plain_signs

_ROUND = {"(": ")", "[": "]", "【": "】", "〔": "〕", "〈": "〉", "《": "》", "{": "}"}
_QUOTES = {"「": "」", "『": "』", "“": "”", "｢": "｣"}
_CLOSERS = {close: open_ for open_, close in (_ROUND | _QUOTES).items()}
# Circled numbers stay what they are: NFKC would make plain digits of these marks.
_CIRCLED = re.compile(r"[①-⓿❶-➓㉑-㉟㊱-㊿]")


@dataclass(frozen=True, slots=True)
class Group:
    """A bracketed stretch of the working text: ``start`` is the opening sign, ``end`` is past the closing one."""

    quote: bool
    start: int
    end: int
    inner: tuple[int, int]


@lru_cache(maxsize=1 << 14)
def _plain(written: str) -> str:
    signs = written[0] if _CIRCLED.match(written) else plain_signs(written)
    return "".join(
        "\n" if sign in "\r\n" else " " if sign.isspace() or sign < " " else sign for sign in signs
    )


class SourceText:
    """A citation with its signs in one form, and the brackets that match."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        signs: list[str] = []
        # Where each sign of the text begins and ends in the string as written.
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in pieces(raw):
            plain = _plain(raw[start:end])
            signs.append(plain)
            self.starts += [start] * len(plain)
            self.ends += [end] * len(plain)
        self.text = _long_marks("".join(signs))
        self.groups = _match(self.text)
        # The same by their ends.
        self.closed = {group.end: group for group in self.groups.values()}
        self.telling: list[int] | None = None
        self.tildes: list[int] | None = None
        self.seams: dict[int, int] | None = None

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the string as written of a span of the working text."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.raw)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def raw_text(self, start: int, end: int) -> str:
        """Return a stretch as it was written."""
        first, last = self.raw_span(start, end)
        return self.raw[first:last]


_AROUND = re.compile(r"(?<![0-9A-Za-z])-|-(?![0-9A-Za-z])")
_LETTER = re.compile(r"[ぁ-ヿ一-鿿々〆]")
_KANA = re.compile(r"[ぁ-ゖァ-ヺー]")
_NO_LONG_MARK = re.compile(r"ー(?<![ぁ-ゖァ-ヺー]ー)")


def _long_marks(text: str) -> str:
    """Return the text with the dashes within words as long marks (エネルギ-基本計画), and those around a subtitle left.

    A subtitle ends with a dash that no letter follows (…ビジョン-国民のために-); it begins with the last dash before that
    is not within a word, else with the last that might be.
    """
    if "ー" in text:
        text = _NO_LONG_MARK.sub("-", text)
    if "-" not in text:
        return text
    within: list[int] = []
    around: list[int] = []
    for match in _AROUND.finditer(text):
        place = match.start()
        before, behind = text[max(place - 1, 0) : place], text[place + 1 : place + 2]
        if before.strip() and not behind.isalnum():  # it ends one
            if opener := around or within:
                opener.pop()
        elif _KANA.match(before) and _LETTER.match(behind):
            within.append(place)
        else:
            around.append(place)
    signs = list(text)
    for place in within:
        signs[place] = "ー"
    return "".join(signs)


def _match(text: str) -> dict[int, Group]:
    """Match brackets in one pass. A quote left open is a plain sign.

    A round bracket left open reaches to the end, or to the end of the quote in which it was opened.
    """
    open_: list[tuple[str, int]] = []
    waiting: dict[str, int] = {}
    groups: dict[int, Group] = {}
    for place, sign in enumerate(text):
        if sign in _ROUND or sign in _QUOTES:
            open_.append((sign, place))
            waiting[sign] = waiting.get(sign, 0) + 1
        elif sign in _CLOSERS:
            wanted = _CLOSERS[sign]
            if not waiting.get(wanted):
                continue
            while True:
                opener, start = open_.pop()
                waiting[opener] -= 1
                if opener == wanted:
                    break
                if wanted in _QUOTES and opener in _ROUND:
                    groups[start] = Group(False, start, place, (start + 1, place))
            groups[start] = Group(wanted in _QUOTES, start, place + 1, (start + 1, place))
    for opener, start in open_:
        if opener in _ROUND:
            groups[start] = Group(False, start, len(text), (start + 1, len(text)))
            break
    return groups


# --- dates --------------------------------------------------------------------------------------

_NUMBER = r"(?:元|[0-9]{1,2}|[一二三四五六七八九十〇]{1,3})"
_S = r" {0,3}"
_ERA = rf"(?P<era>明治|大正|昭 ?和|平 ?成|令 ?和|(?<![一-鿿])[大昭平令](?=[0-9元])|(?<![A-Za-z])[MTSHRmtshr])\.?{_S}(?P<eyear>{_NUMBER})"
_WEST = r"(?<![0-9第])(?P<west>(?:1[89]|20)[0-9]{2}|二〇[一二三〇][一二三四五六七八九〇])"
_REST = (
    # 2024（令和６）年６月21日; 令和5月4月 is 令和5年4月.
    rf"(?:{_S}(?:\((?:令和|平成|昭和|[RHS])?(?:元|[0-9]{{1,4}})\)(?={_S}年))?(?:{_S}年|月(?={_S}[0-9]{{1,2}}{_S}月))(?P<fy>度)?(?:\((?:令和|平成|昭和|[RHS])?[0-9]{{1,4}}年?\)(?={_S}[0-9]))?(?:{_S}(?P<m1>1 [0-2]|{_NUMBER}){_S}月(?:{_S}(?P<d1>[1-3] [0-9]|{_NUMBER}){_S}日)?)?"
    rf"|{_S}[./]{_S}(?P<m2>[0-9]{{1,2}})(?:{_S}[./]{_S}(?P<d2>[0-9]{{1,2}}))?(?![0-9])"
    rf"|-(?P<m3>[0-9]{{2}})-(?P<d3>[0-9]{{2}})(?![0-9]))"
)
_DATE = re.compile(rf"(?:{_ERA}|{_WEST}){_REST}")
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_ERAS |= {
    "M": 1867,
    "T": 1911,
    "S": 1925,
    "H": 1988,
    "R": 2018,
    "大": 1911,
    "昭": 1925,
    "平": 1988,
    "令": 2018,
}
_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
_KANJI = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}


def number(text: str) -> int:
    """Return the value of ``6``, ``3 1``, ``六``, ``十四``, ``二十``, ``二〇``, ``IV`` or ``元``. Raises ValueError."""
    text = text.replace(" ", "")
    if text == "元":
        return 1
    if text in _ROMAN:
        return _ROMAN.index(text) + 1
    if text.isdecimal() and text.isascii():
        return int(text)
    tens, ten, ones = text.partition("十")
    if ten:
        return (_KANJI[tens] if tens else 1) * 10 + (_KANJI[ones] if ones else 0)
    value = 0
    for sign in text:
        if sign not in _KANJI:
            raise ValueError(f"{text!r} is no number")
        value = value * 10 + _KANJI[sign]
    return value


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date with its span in the working text; ``fiscal`` where a fiscal year (年度) was stated."""

    date: PartialDate
    start: int
    end: int
    fiscal: bool = False


def dates(text: str, start: int, end: int) -> list[DateSpan]:
    """Return the valid dates of a stretch, in order; what cannot be one (13月) is none."""
    found = []
    for match in _DATE.finditer(text, start, end):
        try:
            found.append(_dated(match))
        except (ValueError, KeyError):
            continue
    return found


def date_at(text: str, start: int, end: int) -> DateSpan | None:
    """Return the date that begins right at ``start``."""
    match = _DATE.match(text, start, end)
    try:
        return _dated(match) if match else None
    except (ValueError, KeyError):
        return None


def _dated(match: re.Match[str]) -> DateSpan:
    era = (match["era"] or "").replace(" ", "")
    if era:
        year = _ERAS[era.upper() if era.isascii() else era] + number(match["eyear"])
    else:
        year = number(match["west"])
    month = match["m1"] or match["m2"] or match["m3"]
    day = match["d1"] or match["d2"] or match["d3"]
    made = PartialDate(year, number(month) if month else None, number(day) if day else None)
    if not 1868 <= year <= 2100 or (made.month is not None and not 1 <= made.month <= 12):
        raise ValueError(made)
    if made.day is not None and not 1 <= made.day <= 31:
        raise ValueError(made)
    return DateSpan(made, match.start(), match.end(), bool(match["fy"]) and not month)


def compatible(one: PartialDate, other: PartialDate) -> bool:
    """Return whether two dates agree as far as both are stated."""
    return all(
        a is None or b is None or a == b
        for a, b in ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    )


def runs(marks: list[tuple[str, int]]) -> list[tuple[str, int, int, int]]:
    """Return (role, document, start, end) for the stretches of equal marks, without gap or overlap."""
    edges = [place for place in range(len(marks)) if place == 0 or marks[place] != marks[place - 1]]
    return [(*marks[start], start, end) for start, end in pairwise([*edges, len(marks)])]
