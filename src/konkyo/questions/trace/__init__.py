"""Why does this measure exist, and what rests on that strategy: chains with their evidence, and what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from konkyo.common.advice import Advice, Code
from konkyo.common.errors import KonkyoError
from konkyo.graph.asked_years import AskedYear, period
from konkyo.graph.lookup.things import Thing
from konkyo.graph.network import Network
from konkyo.model.kinds import GROUNDS
from konkyo.questions.trace.answer import Chains, ClaimGroup, LogicLine, Step, Trace
from konkyo.questions.trace.chains import between
from konkyo.questions.trace.denotations import DenotationView, denotation_views, unidentified, unknown
from konkyo.questions.trace.down import down
from konkyo.questions.trace.filters import scope_of, trace_filters
from konkyo.questions.trace.project_summaries import (
    ProjectSummary,
    is_ministry,
    owned,
    project_summaries,
    see,
)
from konkyo.questions.trace.up import drawn, of_itself, up

if TYPE_CHECKING:
    from konkyo.graph.reader import Reader
    from konkyo.store import Store

__all__ = [
    "Chains",
    "ClaimGroup",
    "DenotationView",
    "LogicLine",
    "ProjectSummary",
    "Step",
    "Trace",
    "between",
    "denotation_views",
    "is_ministry",
    "nodes_of",
    "trace",
]


def trace(
    store: Store,
    thing: Thing,
    *,
    level: str | None = None,
    ministry: str | None = None,
    edition: str | None = None,
    year: AskedYear = None,
    limit: int | None = None,
    share: bool = False,
    reader: Reader | None = None,
) -> Trace:
    """Trace a thing: from a strategy, section or panel down, from anything else up.

    ``level`` keeps the chains whose least certain step is of it (``stated``: what a source says itself), ``year`` what a review or
    sheet of that fiscal year says; without it the latest review that tells of the thing counts, and sheets. Downwards ``ministry`` and ``edition`` keep a part, ``limit`` loads that many things for each
    place (they are counted all the same), and ``share`` divides each project's money equally among the strategies it
    rests on. ``reader`` is what the caller has loaded already. Of a citation it is said what its words were taken for, of a policy, measure or ministry what its projects
    rest on in sum. Raises KonkyoError for a filter that fits nothing.
    """
    filters = trace_filters(store, thing, level=level, ministry=ministry, edition=edition, year=year)
    if thing.kind in GROUNDS:
        answer = down(store, thing, filters, limit, share=share)
        if thing.kind != "Citation":
            return answer
        meant = denotation_views(store, thing.iri)
        followed = any(meaning.level != "rejected" for meaning in meant)
        told = unidentified(store, [thing.iri]) if followed else [unknown(thing)]
        missing = (*told, *answer.missing)
        return replace(answer, denotes=meant, missing=missing)
    if ministry is not None or edition is not None or share:
        raise KonkyoError(Advice(Code.FILTERS_OF_STRATEGY, {"label": thing.label, "kind": thing.kind_label}))
    answer = up(store, thing, filters, limit, reader)
    if thing.kind in ("Measure", "Policy"):
        projects = project_summaries(store, thing, filters.link_filter)
        if not projects:
            return answer
        return replace(answer, placed=projects, missing=of_itself(answer.missing), see=see(thing))
    if is_ministry(store, thing):
        # Strategies justify what a ministry does, and not the ministry.
        projects = project_summaries(store, thing, filters.link_filter)
        found = (*answer.facts, *owned(store, thing.iri, filters.scope))
        return replace(answer, facts=found, groups=(), missing=(), placed=projects, see=see(thing))
    return answer


def nodes_of(store: Store, answer: Trace | Chains) -> set[str]:
    """Return the IRIs that a drawing of the answer shows: what was found, and how it hangs together."""
    if isinstance(answer, Chains):
        return set(answer.nodes)
    claims = [*(claim for group in answer.groups for claim in group.claims), *answer.advice]
    found = {answer.thing.iri, *(thing.iri for claim in claims for thing in claim.place)}
    if answer.direction == "up":
        return found | {group.thing.iri for group in answer.groups}
    owners = {claim.owner.iri for claim in claims}
    asked = period(answer.of.year if answer.of.asked else None, answer.of.since)
    scope = scope_of(store, answer.thing, asked)
    return found | owners | drawn(Network(store, scope), owners)
