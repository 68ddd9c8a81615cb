"""What a search found, as rows and in a sentence."""

from __future__ import annotations

from dataclasses import replace

from konkyo.common.text import number_of
from konkyo.common.words import Words, counted
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


def folded(found: Results, limit: int) -> tuple[Results, dict[str, int]]:
    """Return the first results without the editions of plans among them, and how many editions stand behind each plan."""
    plans = {hit.iri for hit in found.hits if hit.kind == "Strategy"}
    shown: list[Hit] = []
    others: dict[str, int] = {}
    for hit in found.hits:
        plan = hit.iri.rpartition("/")[0]
        if hit.kind == "Edition" and plan in plans:
            others[plan] = others.get(plan, 0) + 1
        elif len(shown) < limit:
            shown.append(hit)
    kept = {hit.iri for hit in shown}
    return replace(found, hits=tuple(shown)), {iri: count for iri, count in others.items() if iri in kept}


def kinds_told(found: Results) -> list[Words]:
    """Return for each kind how many there are, and the option that shows it alone."""
    told = [(BY_NAME[name].words, count, f"--kind {name}") for name, count in found.groups.items()]
    return [
        Words(f"  {words.ja} {count:,}件: {option}", f"  {words.en}: {count:,} ({option})")
        for words, count, option in told
    ]


def row(hit: Hit, told: YearTold, lang: str, editions: int = 0) -> list[str]:
    """Return the cells of a hit under :data:`HEADINGS`, in one language; ``editions`` are those of it that are not shown."""
    behind = (
        Words(f"（ほか{editions}版）", f" (and {counted(editions, 'edition')})").of(lang) if editions else ""
    )
    where = "".join(piece.text for piece in hit.pieces)
    return [
        BY_NAME[hit.group].words.of(lang),
        number_of(hit.number or "", lang),
        hit.label.of(lang) + behind,
        hit.ministry.of(lang) if hit.ministry else "",
        _MATCHES[hit.match].of(lang),
        "" if where in (hit.label.ja, hit.label.en) else where,
        key_of(hit.iri),
        # That of the documents by which it was found.
        str(told.year if told.asked and hit.years else next(iter(hit.years), "")),
    ]


def summary(found: Results, behind: int = 0, *, kinds: bool = True) -> Words:
    """Return how many of how many there are, of which kinds, and by which year; ``behind`` are the editions told with their plans."""
    ja = "、".join(f"{BY_NAME[name].words.ja}{count:,}" for name, count in found.groups.items())
    en = ", ".join(f"{BY_NAME[name].words.en} {count:,}" for name, count in found.groups.items())
    shown = len(found.hits) + behind
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
        f"{found.total:,}件のうち{shown:,}件" + (f"（全体: {ja}）" if ja and kinds else "") + of.ja,
        f"{shown:,} of {found.total:,}" + (f" (in all: {en})" if en and kinds else "") + of.en,
    )
