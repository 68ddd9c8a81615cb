"""The one form in which names are compared: what writers, keyboards, PDFs and file systems make of one sign is one.

Names are stored and shown as they are written; search, look-up, the resolver and comparisons meet in this form. Beyond
NFKC and the case of letters it takes as one:

* the long mark and the dashes that are typed for it after kana (エネルギ－, エネルギー), and all other dashes;
* 〜, ～ and ~; the middle dots; ヶ and ケ, ヵ and カ;
* the forms of one kanji (髙, 高), and the radicals that PDFs leave (⺠, 民), as name_variants.tsv has them, whose head names
  its sources: a sign in standard use is never another, so 斉 and 斎 stay two;
* what is not seen: spaces, controls, zero-width signs, soft hyphens, variation selectors.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

_VARIANTS = Path(__file__).with_name("name_variants.tsv")
DASHES = "-‐‑‒–—―−⁃﹘─━⸺⸻"
TILDES = "~〜∼∽⁓〰"
_DOTS = "・·‧∙⋅•"
_SMALL = {"ヶ": "ケ", "ヵ": "カ"}
# Where spaces, controls and format characters stand; beyond are only those of scripts that no name here is written in.
_BLOCKS = (range(0x3001), range(0xFEFF, 0xFF00), range(0xFFF9, 0xFFFC), range(0xE0000, 0xE0080))
# Shown as nothing (Default_Ignorable_Code_Point), and neither a control nor a format character.
_UNSEEN = (
    *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0),
    *range(0x180B, 0x1810),
    *range(0xFE00, 0xFE10),
    *range(0xE0100, 0xE01F0),
)
_KANA = "ぁ-ゖゝゞァ-ヺヽヾ"
_MARKS = "ﾞﾟ゛゜"
_LONG = re.compile(rf"([{_KANA}]?)([-ー]+)")
# A long mark that does not follow kana, or a dash that does.
_ODD = re.compile(rf"ー(?<![{_KANA}ー]ー)|-(?<=[{_KANA}ー]-)")
_LONGEST_KEPT = 120


@cache
def table() -> dict[int, str | None]:
    """Return what each sign is compared as, None for nothing; for texts in NFKC."""
    made: dict[int, str | None] = {}
    for sign in map(chr, chain(*_BLOCKS)):
        # What can be printed is looked at no closer: that tells most signs, quickly.
        if sign.isprintable() and sign != " ":
            continue
        if sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf"):
            made[ord(sign)] = None
    made.update(dict.fromkeys(_UNSEEN))
    for signs in (DASHES, TILDES, _DOTS):
        made.update(dict.fromkeys(map(ord, signs[1:]), signs[0]))
    made.update({ord(small): large for small, large in _SMALL.items()})
    with _VARIANTS.open(encoding="utf-8") as file:
        for line in file:
            if not line.startswith("#"):
                sign, other, _ = line.split("\t")
                made[ord(sign)] = other
    return made


def _has_special(text: str) -> bool:
    """Tell whether a text has a sign of the table: few names have any, and looking costs less than translating."""
    return not table().keys().isdisjoint(map(ord, text))


def name_form(text: str) -> str:
    """Return the form of a name for comparing. The form of a form is itself."""
    return _kept(text) if len(text) <= _LONGEST_KEPT else _form(text)


def _form(text: str) -> str:
    form, settled = _once(text)
    # Case folding may leave NFKC, and signs that something unseen kept apart may compose (か゛), so it is applied until
    # nothing moves.
    while not settled:
        again, settled = _once(form)
        settled = settled or again == form
        form = again
    return form


_kept = lru_cache(maxsize=1 << 16)(_form)


def _once(text: str) -> tuple[str, bool]:
    """Return a text with its signs in their form, and whether that is sure to be the form of itself."""
    plain = unicodedata.normalize("NFKC", text)
    folded = plain.casefold()
    if _has_special(folded):
        return long_marks(folded.translate(table())), False
    return long_marks(folded), folded == plain or unicodedata.is_normalized("NFKC", folded)


def plain_signs(text: str) -> str:
    """Return a text in NFKC with its signs in their form; spaces, controls and capitals stay, for who reads a sentence."""
    plain = unicodedata.normalize("NFKC", text)
    if not _has_special(plain):
        return plain
    kept = (sign.isspace() or sign < " " for sign in plain)
    return "".join(
        sign if stays else sign.translate(table()) for sign, stays in zip(plain, kept, strict=True)
    )


def long_marks(text: str) -> str:
    """Return a text in which a dash after kana is the long mark, and a long mark after anything else a dash."""
    return _LONG.sub(_long, text) if _ODD.search(text) else text


def _long(match: re.Match[str]) -> str:
    return match[1] + ("ー" if match[1] else "-") * len(match[2])


@cache
def joining() -> str:
    """Return the signs that belong to the one before them: marks that may compose with it, and what is not seen."""
    seen = (chr(sign) for sign, other in table().items() if other is None and sign > 0x20)
    unseen = "".join(sign for sign in seen if not sign.isspace())
    combining = "".join(sign for sign in map(chr, range(0x300, 0x10000)) if unicodedata.combining(sign))
    return _MARKS + unseen + combining


@cache
def _piece() -> re.Pattern[str]:
    return re.compile(f".[{re.escape(joining())}]*", re.DOTALL)


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sign of a text begins and ends, with the marks that may compose with it and what is not seen."""
    return map(re.Match.span, _piece().finditer(text))


def aligned(text: str) -> tuple[str, list[int]]:
    """Return the form of a text, and for each of its signs where in the text it comes from."""
    signs: list[str] = []
    origin: list[int] = []
    for start, end in pieces(text):
        form = _form(text[start:end])
        signs.append(form)
        origin += [start] * len(form)
    return long_marks("".join(signs)), origin
