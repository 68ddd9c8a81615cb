"""Names of a closed list like one that is not in it: 「もしかして」."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

_WORD = re.compile(r"[a-z]{3,}")


def nearest(name: str, known: Iterable[str], most: int = 1) -> list[str]:
    """Return the names that are spelled like one, else those that share a word with it; none where nothing is like it.

    >>> nearest("edtions", ["editions", "summary"]), nearest("no-basis", ["older-than-basis", "mixed-editions"])
    (['editions'], ['older-than-basis'])
    >>> nearest("nope", ["editions", "summary"])
    []
    """
    listed = list(known)
    if found := get_close_matches(name.lower(), listed, n=most, cutoff=0.65):
        return found
    words = set(_WORD.findall(name.lower()))
    return [other for other in listed if words & set(_WORD.findall(other))][:most]
