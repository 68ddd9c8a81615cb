"""How cells of the RS system's files say the same thing in several ways: nothing, yes and no, codes, numbers.

The files are filled in by hand in all ministries, and the form changes from year to year. A way of writing that
is not known here is kept as written and counted by the importers; it refuses no row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from konkyo.common.amounts import Count, parse_count

# 「－」 and six other dashes, any number of them, with the line-drawing ones that input methods offer beside them.
_NOTHING = re.compile(r"[-－ー―‐–—−‑‒ｰ─━\u00ad]+|(?:該当|特に)?(?:なし|無し)。?")
# 「1.短期」「２．中期」「③長期」「(1) 目標値」: the form numbers its choices in one year and not in another.
_NUMBERED = re.compile(r"^[(（]?\d{1,2}[)）]?[.,、。:：・]?(?=[^\d.,])")
_YES = frozenset({"1", "1.0", "true", "t", "○", "◯", "〇", "有", "はい"})
_NO = frozenset({"0", "0.0", "false", "f", "×", "✕", "無", "いいえ"})
# In Japanese accounts ▲ and △ are minus signs.
_MINUS = re.compile(r"^[-−▲△](?=[\d,.]+$)")
# What may stand for a unit: a word, or one of the signs that are units by themselves. 「5※」 has a mark and no unit.
_UNIT = re.compile(r"[^\W\d_]|[%‰°℃¥$€]")
_WHOLE = re.compile(r"([0-9]+)(?:\.0+)?")
_BREAKS = re.compile(r"[\r\n\v\f\x85\u2028\u2029]+")
_BETWEEN_WORDS = re.compile(rf"(?<=[0-9A-Za-z]){_BREAKS.pattern}(?=[0-9A-Za-z])")


def normal(text: str) -> str:
    """Return a cell for comparison with the words of the form: NFKC, case folded, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def says_nothing(text: str) -> bool:
    """Return whether a cell is empty, or fills in that there is nothing: dashes, なし, 該当なし, 特になし.

    >>> [says_nothing(cell) for cell in ("", "－", "--", "該当なし", "なし。", "-5", "なしの木")]
    [True, True, True, True, True, False, False]
    """
    squeezed = "".join(text.split())
    return not squeezed or bool(_NOTHING.fullmatch(squeezed))


def choice(text: str) -> str:
    """Return the word that a cell chooses from the form, without the number before it.

    >>> [choice(cell) for cell in ("1.短期", "２．中期", "長期", "③ 長期", "第1次補正予算")]
    ['短期', '中期', '長期', '長期', '第1次補正予算']
    """
    word = normal(text)
    return _NUMBERED.sub("", word) or word


def choices(codes: Mapping[str, str]) -> dict[str, str]:
    """Return a table of codes by the words of the form as :func:`choice` gives them."""
    return {choice(word): code for word, code in codes.items()}


def yes(text: str) -> bool | None:
    """Return what a flag says; None where it is neither a known yes nor a known no. An empty one is no."""
    word = normal(text)
    if word in _YES:
        return True
    return False if word in _NO or says_nothing(word) else None


def digits(text: str) -> str | None:
    """Return a running number in ASCII digits without leading zeros, or None for anything else.

    Spreadsheets write 2024 as ``2024.0``.

    >>> [digits(cell) for cell in ("0012", "2024.0", "１０１", "1.5", "A-1", "")]
    ['12', '2024', '101', None, None, None]
    """
    found = _WHOLE.fullmatch(normal(text))
    return str(int(found[1])) if found and len(found[1]) < 8 else None


def one_line(text: str) -> str:
    """Return a text without its line ends, as a name that is compared and shown in one line.

    Words of letters or digits stay apart; Japanese is joined as it is read.
    """
    return _BREAKS.sub("", _BETWEEN_WORDS.sub(" ", text.strip()))


def measured(text: str, unit: str | None) -> Count:
    """Read the value of an indicator, which may repeat the unit that stands in a cell of its own.

    Raises ValueError for words, and for a number in another unit than the one stated.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if _MINUS.match(plain):
        found = parse_count(plain[1:])
        if found.bound == "exact" and found.lower is not None:
            return Count(-found.lower, -found.lower, "exact", unit or "")
        raise ValueError(f"{text!r} is no number")
    found = parse_count(text)
    if found.unit and (not _UNIT.search(found.unit) or (unit and normal(found.unit) != normal(unit))):
        raise ValueError(f"{text!r} is not in {unit}")
    return Count(found.lower, found.upper, found.bound, unit or found.unit)


def percentage(text: str) -> Decimal:
    """Read a percentage such as ``95.7`` or ``99.8％``. Raises ValueError."""
    found = measured(text, "%")
    if found.bound != "exact" or found.lower is None:
        raise ValueError(f"{text!r} is no percentage")
    return found.lower
