"""Texts as pairs of neighbouring signs, spelled so that no tokenizer can change them."""

from __future__ import annotations

from collections.abc import Iterable

# Stands between two texts of one column, so that no pair and no run of pairs reaches over it.
BREAK = "z"
# More signs than any name has; what is longer is cut, so that a query stays a query.
MOST = 200


class _Spelled(dict[str, str]):
    """Pairs (and single signs) by their code points: ``防災`` is ``9632x707d``, ``災`` alone ``707dx``.

    Full-text tables drop signs such as ``・`` and fold accents, and a text of a stranger must not be able to spell
    an operator of theirs.
    """

    def __missing__(self, signs: str) -> str:
        spelled = f"{ord(signs[0]):x}x" + (f"{ord(signs[1]):x}" if len(signs) > 1 else "")
        if (
            len(self) < 500_000
        ):  # a few hundred thousand pairs occur in Japanese; noise must not fill the memory
            self[signs] = spelled
        return spelled


_SPELLED = _Spelled()


def tokens(folded: str) -> str:
    """Return a folded text as tokens: each pair of neighbours, then the last sign alone."""
    return " ".join([_SPELLED[folded[place : place + 2]] for place in range(len(folded))])


def column(texts: Iterable[str]) -> str:
    """Return several folded texts as one column's tokens."""
    return f" {BREAK} ".join(tokens(text) for text in dict.fromkeys(texts) if text)


def phrase(folded: str) -> str:
    """Return the full-text expression that finds a folded text as a part: a run of its pairs.

    One sign alone is the beginning of every pair that it begins, the last sign included.
    """
    folded = folded[:MOST]
    if len(folded) == 1:
        return f'"{_SPELLED[folded]}" *'
    return '"' + " ".join(_SPELLED[folded[place : place + 2]] for place in range(len(folded) - 1)) + '"'
