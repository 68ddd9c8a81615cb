"""Where a line of Japanese may break, and how many columns of a terminal a text takes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Signs that may not begin, or not end, a line of Japanese.
NO_START = set(
    "、。，．・：；？！ー々ゝゞヽヾァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ）」』】〕］｝〉》”’)]},.:;!?%％…～"
)
NO_END = set("（「『【〔［｛〈《“‘([{")
_TOKEN = re.compile(r"\s+|[^\s]")


def is_wide(char: str) -> bool:
    """Tell whether a sign takes two columns; ambiguous ones do in Japanese fonts."""
    return unicodedata.east_asian_width(char) in "WFA"


def columns(text: str) -> int:
    """Return how many columns a text takes at most."""
    return sum(2 if is_wide(char) else 1 for char in text)


@lru_cache(maxsize=8192)
def pieces(text: str) -> tuple[str, ...]:
    """Cut a text into what may stand on lines of their own; a single space stands for any white space."""
    cut: list[str] = []
    glue = False  # the next sign belongs to the piece before it
    for char in _TOKEN.findall(text.strip()):
        if char.isspace():
            cut.append(" ")
            glue = False
            continue
        joined = (
            cut
            and cut[-1] != " "
            and (glue or char in NO_START or not (is_wide(char) or is_wide(cut[-1][-1])))
        )
        if joined:
            cut[-1] += char
        else:
            cut.append(char)
        glue = char in NO_END
    return tuple(cut)


def lines(text: str, width: int) -> list[str]:
    """Break a text into lines of so many columns; a longer word stands on a line of its own."""
    broken = [""]
    for piece in pieces(text):
        if columns(broken[-1] + piece.rstrip()) > width and broken[-1]:
            broken[-1] = broken[-1].rstrip()
            broken.append("")
        broken[-1] += piece if broken[-1] else piece.lstrip()
    return broken
