"""Where one document ends and another begins without a sign of its own between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from konkyo.citations.parse.draft import Lexicon
from konkyo.citations.parse.titles import ENDS_AS_TITLE, NOUNS, take_apart

_ARTICLE = r"(?:第 ?[\d一二三四五六七八九十]{1,4} ?条(?:の\d+)?(?:第?[\d一二三四五六七八九十]+[項号])*\d{0,2}|パラ ?\d+)"
_WORKS = "法律?|施行令|規則|条約|決議|覚書|協定|憲章|規程|議定書|(?:会議|会合|総会|理事会)決定"
# 医療法第6条の12及び医療法施行規則第1条の11; …憲章第57条（ＷＨＯ）…決議1994/24; …会議（COP28）決定及び…会合（CMA5)決定.
_SEAM = re.compile(
    rf"(?:{_ARTICLE}(?:\([^()]{{1,6}}\))?(?P<and> ?(?:及び|並びに) ?|(?=(?!及|並)[一-鿿A-Z]))"
    rf"(?!同|附則|第 ?[\d一二三四五六七八九十]+ ?[条項号章節]|パラ)"
    rf"(?=[^、。「」\n]{{2,60}}?(?:{_WORKS})(?:[第\d(「A-Z]|[一-鿿]{{0,3}}$))"
    r"|決議[\d/]+(?P<next>及び|並びに)(?=第\d+回)"
    r"|(?:会議|会合)\([^()]{1,12}\)決定(?P<too>及び|並びに)(?=[^、。「」]{2,40}(?:決定|決議)$))"
)
# …の国庫補助について令和５年…: a notice is over where the next year begins.
_NEXT_NOTICE = re.compile(r"について(?=(?:令和|平成)(?:元|\d{1,2})年)")
_ENDS = re.compile(rf"(?:{NOUNS})(?:(?:19|20)\d\d)?(?:年?改[訂定]版)?|~")
_SUBTITLE = re.compile(r"~[^~]+~$")
_LONGEST = 300
# A title has few words that may end one; a hostile string has hundreds.
_MOST = 16


def seams(text: str) -> dict[int, int]:
    """Return where a document is over, and where the next one begins, behind the words between them."""
    found = {}
    for match in _SEAM.finditer(text):
        end = match.end()
        found[end - len(match["and"] or match["too"] or match["next"] or "")] = end
    return found


def glued(text: str, start: int, end: int, known: Lexicon) -> Iterator[int]:
    """Yield where titles meet: …総合経済対策デフレ完全脱却のための総合経済対策. One of the two has to be registered."""
    if end - start > _LONGEST:
        return
    for match in _NEXT_NOTICE.finditer(text, start, end):
        yield match.end()
    ends = [match.end() for match in _ENDS.finditer(text, start, end)]
    if len(ends) > _MOST:
        return
    first = start
    for place in ends:
        if place - first < 6 or end - place < 6:
            continue
        left = _SUBTITLE.sub("", text[first:place])
        if not ENDS_AS_TITLE.search(left) or not _is_title(known, left):
            continue
        ahead = [text[place:other] for other in ends if other > place]
        rights = [title for title in ahead if len(title) >= 6 and known.whole(title_key(title))]
        if (rights and text[place] not in "のにをとはがでも等及並・、,。 ") or (
            known.whole(title_key(left))
            and _WHOLE.fullmatch(text, place, end)
            and known.part(title_key(text[place:end]))
        ):
            yield place
            first = place


_WHOLE = re.compile(r"[一-鿿][^、。・]{9,}")


def _is_title(known: Lexicon, title: str) -> bool:
    return known.whole(title_key(title)) or known.part(title_key(title)) or len(title) >= 12


def title_key(title: str) -> str:
    """Return the key of a title without its edition."""
    return take_apart(title).key
