"""What a project goes on from, review by review, as long as each step leads from one project to one.

At a split or a merger the chain ends: what was told of the whole, or of the parts, is no amount of this project.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konkyo.common.words import Words
from konkyo.graph.amounts import amounts
from konkyo.graph.reader import Reader
from konkyo.graph.sparql import PROLOGUE, select_each, values_of
from konkyo.model.codes import label_of
from konkyo.model.identifiers import review_of_project, year_number
from konkyo.model.levels import LEVELS, weakest
from konkyo.model.namespaces import C

if TYPE_CHECKING:
    from konkyo.store import Store

_STEPS = """SELECT ?later ?before ?level ?review ?other WHERE {
  %s ?start kk:continues* ?later .
  ?later kk:hasLink ?link . ?link a kk:Lineage ; kk:basis ?before ; kk:claimLevel ?level .
  ?before kk:reviewYear ?review . ?other kk:continues ?before .
}"""


_PLACED = "?s kk:hasBudgetFigure ?f . ?f kk:fiscalYear ?year ; kk:budgetStage ?stage ; kk:amountYen ?yen"


@dataclass(frozen=True, slots=True)
class Before:
    """A project of an earlier review: its IRI, its review (IRI), and the weakest level of the links that lead to it (a code)."""

    project: str
    review: str
    level: str


@dataclass(frozen=True, slots=True)
class Chain:
    """What a project goes on from, the latest first, and whether that ends at a split or a merger."""

    befores: tuple[Before, ...]
    ends_apart: bool


def chain(store: Store, project: str, since: int | None = None) -> Chain:
    """Return what a project goes on from, in the reviews from ``since`` on."""
    steps: dict[str, dict[str, tuple[str, set[str]]]] = {}
    reviews: dict[str, str] = {}
    for row in store.select(PROLOGUE + _STEPS % values_of("start", [project])):
        level = row["level"].value.removeprefix(C)
        if level == "rejected":
            continue
        later, before, other = (row[name].value for name in ("later", "before", "other"))
        reviews[before] = row["review"].value
        known, others = steps.setdefault(later, {}).setdefault(before, (level, set()))
        # Where two links lead to one project, the stronger one counts.
        steps[later][before] = (min(known, level, key=LEVELS.index), others | {other})
    found: list[Before] = []
    here, level = project, "stated"
    while befores := steps.get(here):
        if len(befores) > 1 or any(len(others) > 1 for _, others in befores.values()):
            return Chain(tuple(found), True)
        ((here, (own, _)),) = befores.items()
        if since is not None and year_number(reviews[here]) < since:
            break
        level = weakest(level, own)
        found.append(Before(here, reviews[here], level))
    return Chain(tuple(found), False)


def load_chains(reader: Reader, nodes: Iterable[str]) -> list[str]:
    """Take to each project the amounts that sheets of earlier reviews tell of what it goes on from, but those that a later one tells
    the same; return them. What a project tells itself must have been loaded (:func:`konkyo.graph.amounts.amounts`).

    Each amount is told by up to five reviews: to read all that hangs on each telling takes most of the time of a trace.
    """
    taken = []
    for node in nodes:
        if node in reader.chains or not reader.objects(node, "kk:continues"):
            continue
        reader.chains[node] = found = chain(reader.store, node, reader.since)
        more = _told_otherwise(reader, node, [one.project for one in found.befores])
        reader.extend(node, "kk:hasBudgetFigure", more)
        reader.amounts.pop(node, None)
        taken += more
    return taken


def _told_otherwise(reader: Reader, node: str, befores: list[str]) -> list[str]:
    """Return the amounts of earlier projects, the latest first, without those that the last to tell of a year and stage tells."""
    reader.load_only(befores, ["kk:hasBudgetFigure"])
    placed: dict[str, list[tuple[str, tuple[str, str], int]]] = {}
    for project, row in select_each(reader.store, befores, "?f ?year ?stage ?yen", _PLACED):
        figure, year, stage, yen = (row[name].value for name in ("f", "year", "stage", "yen"))
        placed.setdefault(project, []).append((figure, (year, stage), int(yen)))
    last = {key: {amount.yen for amount in several} for key, several in amounts(reader, node).items()}
    taken = []
    for project in befores:
        rows = placed.get(project, [])
        # A project of several reviews may tell of a year twice, and otherwise.
        single = review_of_project(project) is not None
        same = {figure for figure, key, yen in rows if single and yen in last.get(key, ())}
        taken += [f for f in reader.objects(project, "kk:hasBudgetFigure") if f not in same]
        own: dict[tuple[str, str], set[int]] = {}
        for _, key, yen in rows:
            own.setdefault(key, set()).add(yen)
        last = own | last
    return taken


def in_short(reader: Reader, iri: str) -> Words | None:
    """Return in one sentence since when a project is known and what it was given and spent; None where no earlier review tells of it.

    Each fiscal year counts once, as the latest review that knows it tells it.
    """
    told_of = reader.chains.get(iri)
    if told_of is None or not (found := told_of.befores):
        return None
    first, levels = year_number(found[-1].review), [label_of(found[-1].level)]
    ja = f"{first}年度のレビューから{len(found) + 1}回のレビューに続く（前のシートとの結び付きは{levels[0].ja}を含む）。"
    en = f"In {len(found) + 1} reviews, from that of {first} on (the links to earlier sheets are {levels[0].en} or stronger)."
    if found[-1].level == "stated":
        ja = ja.replace("を含む", "")
        en = en.replace(" or stronger", "")
    by_year = amounts(reader, iri)
    for stage in ("initial", "executed"):
        told = {
            year_number(year): sum(amount.yen for amount in several)
            for (year, code), several in by_year.items()
            if code == C + stage
        }
        if told:
            name, total = label_of(stage), sum(told.values())
            ja += f"{name.ja}は{min(told)}～{max(told)}年度の{len(told)}年度分で計{total / 100_000_000:,.1f}億円。"
            en += f" {name.en.capitalize()} {min(told)} to {max(told)}: {len(told)} fiscal years, {total / 1_000_000:,.0f} million yen in all."
    if told_of.ends_apart:
        ja += "その前は分割又は統合で、額を足さない。"
        en += " Before that it was split or merged; those amounts are not added."
    return Words(ja, en)
