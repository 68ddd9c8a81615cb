"""Which of the forms on offer a client likes best (RFC 9110)."""

from __future__ import annotations

from collections.abc import Sequence


def best(accept: str | None, offered: Sequence[str]) -> str | None:
    """Return the offered media type that fits an Accept header best, or None where none is acceptable.

    Of equal wishes the first on offer wins, as it does where there is no header.
    """
    if accept is None or not accept.strip():
        return offered[0] if offered else None
    wished = wishes(accept)
    chosen, quality = None, 0.0
    for media in offered:
        wish = _quality(media, wished)
        if wish > quality:
            chosen, quality = media, wish
    return chosen


def wishes(accept: str) -> list[tuple[str, float]]:
    """Return what an Accept or Accept-Language header names, in lower case, with its quality from 0 to 1."""
    found = []
    for item in accept[:4000].split(","):
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    quality = min(1.0, max(0.0, float(value)))
                except ValueError:
                    quality = 0.0
        # "nan" is a number too, and larger and smaller than none.
        found.append((name, quality if quality == quality else 0.0))
    return found


def _quality(media: str, wished: list[tuple[str, float]]) -> float:
    """Return how much a media type is wished for; the most exact wish counts."""
    kind = media.partition("/")[0]
    ranks = {media: 3, f"{kind}/*": 2, "*/*": 1, "*": 1}
    found = [(ranks[name], quality) for name, quality in wished if name in ranks]
    return max(found)[1] if found else 0.0
