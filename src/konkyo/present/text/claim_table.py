"""The claims of a trace as CSV: a line for each piece of evidence."""

from __future__ import annotations

from collections.abc import Iterator

from konkyo.common.words import Words
from konkyo.present.text.csv import written
from konkyo.present.text.traces import articles_of
from konkyo.questions.claims import Claim
from konkyo.questions.trace import Chains, Trace

HEADINGS = (
    Words("位置付けられるもの", "who rests"),
    Words("識別子", "its IRI"),
    Words("根拠", "on what"),
    Words("根拠の識別子", "IRI of the ground"),
    Words("水準", "level"),
    Words("同定の水準", "level of the denotation"),
    Words("規則・理由", "rule or reason"),
    Words("著者", "author"),
    Words("資料", "source"),
    Words("箇所", "place"),
    Words("表記", "words"),
    Words("関連の識別子", "IRIs of the links"),
)


def claims_csv(answer: Trace | Chains, lang: str) -> str:
    """Return every claim of an answer, a line for each place that states it; headings in one language."""
    return written([[words.of(lang) for words in HEADINGS], *claim_rows(answer, lang)])


def claim_rows(answer: Trace | Chains, lang: str) -> list[list[str]]:
    """Return the cells of each claim and place under :data:`HEADINGS`."""
    return [line for claim in _claims(answer) for line in _lines(claim, lang)]


def _claims(answer: Trace | Chains) -> list[Claim]:
    if isinstance(answer, Chains):
        found = [step.claim for chain in answer.chains for step in chain if step.claim]
    else:
        found = [*(claim for group in answer.groups for claim in group.claims), *answer.advice, *answer.laws]
    return list({(c.links, c.owner.iri, c.place): c for c in found}.values())


def _lines(claim: Claim, lang: str) -> Iterator[list[str]]:
    why = claim.rule or claim.reason
    head = [
        claim.owner.title(lang),
        claim.owner.iri,
        " > ".join(thing.label.of(lang) for thing in claim.place) + articles_of(claim, lang),
        claim.place[-1].iri,
        claim.level_label.of(lang),
        claim.how_label.of(lang) if claim.how_label else "",
        why.of(lang) if why else "",
        claim.author.of(lang) if claim.author else "",
    ]
    links = " ".join(claim.links)
    if not claim.evidence:
        yield [*head, "", "", "", links]
    for item in claim.evidence:
        yield [*head, item.source.of(lang), item.place.of(lang), item.words or "", links]
