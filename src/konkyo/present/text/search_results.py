"""What a search found, as rows and in a sentence."""

from __future__ import annotations

from konkyo.common.text import number_of
from konkyo.common.words import Words
from konkyo.graph.search import BY_NAME
from konkyo.graph.search.model import Hit, Results
from konkyo.graph.years import YearTold
from konkyo.model.identifiers import key_of

HEADINGS = (
    Words("種類", "kind"),
    Words("番号", "number"),
    Words("名称", "name"),
    Words("府省庁", "ministry"),
    Words("当たり方", "match"),
    Words("箇所", "where"),
    Words("識別子", "key"),
    Words("年度", "year"),
)
KEY = 6
"""The column of the keys, which people rarely need."""
_MATCHES = {
    "exact": Words("一致", "exact"),
    "prefix": Words("前方一致", "beginning"),
    "part": Words("部分一致", "part"),
    "text": Words("説明文", "text"),
}


def row(hit: Hit, told: YearTold, lang: str) -> list[str]:
    """Return the cells of a hit under :data:`HEADINGS`, in one language."""
    where = "".join(piece.text for piece in hit.pieces)
    return [
        BY_NAME[hit.group].words.of(lang),
        number_of(hit.number or "", lang),
        hit.label.of(lang),
        hit.ministry.of(lang) if hit.ministry else "",
        _MATCHES[hit.match].of(lang),
        "" if where in (hit.label.ja, hit.label.en) else where,
        key_of(hit.iri),
        # That of the documents by which it was found.
        str(told.year if told.asked and hit.years else next(iter(hit.years), "")),
    ]


def summary(found: Results) -> Words:
    """Return how many of how many there are, of which kinds, and by which year."""
    ja = "、".join(f"{BY_NAME[name].words.ja}{count:,}" for name, count in found.groups.items())
    en = ", ".join(f"{BY_NAME[name].words.en} {count:,}" for name, count in found.groups.items())
    shown = len(found.hits)
    of = found.of.words() or Words("", "")
    others = ", ".join(map(str, found.of.others))
    if of.ja:
        more = (
            Words(f"。ほかに{others}年度（--year）", f"; others: {others} (--year)")
            if others
            else Words("", "")
        )
        of = Words(f"。{of.ja}による{more.ja}", f"; by {of.en}{more.en}")
    if found.near:
        names = [one.label for one in found.near]
        of = Words(
            f"{of.ja}。もしかして: {'、'.join(name.ja for name in names)}",
            f"{of.en}. Perhaps: {', '.join(name.of('en') for name in names)}",
        )
    if not found.total:
        return Words(f"当てはまるものはありません{of.ja}", f"Nothing fits{of.en}")
    return Words(
        f"{found.total:,}件のうち{shown:,}件" + (f"（全体: {ja}）" if ja else "") + of.ja,
        f"{shown:,} of {found.total:,}" + (f" (in all: {en})" if en else "") + of.en,
    )
