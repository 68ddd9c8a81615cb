"""What a trace answers: things with their claims, chains, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from konkyo.common.advice import Advice, Note
from konkyo.common.jsonable import jsonable
from konkyo.common.words import Words
from konkyo.graph.fact import Fact
from konkyo.graph.lookup.things import Thing
from konkyo.graph.reader import EvidenceText
from konkyo.graph.years import NO_YEAR, YearTold
from konkyo.questions.claims import Claim
from konkyo.questions.trace.denotations import DenotationView
from konkyo.questions.trace.project_summaries import ProjectSummary
from konkyo.questions.usage import Usage

Direction = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """A thing and the claims about it, best first; ``total`` counts also those that a limit left out."""

    thing: Thing
    claims: tuple[Claim, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ReportSaid:
    """What a sheet says that a report advises, summarised, and which inquiry it answers."""

    report: Thing
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class LogicLine:
    """A step of a project's logic model and the steps it leads to; ``again`` where those stand elsewhere already."""

    step: Thing
    kind: Words
    evidence: tuple[EvidenceText, ...]
    leads_to: tuple[LogicLine, ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """The answer about one thing.

    Upwards, ``groups`` are the thing itself and what contains it (objective, measure), each with its
    justifications; ``advice`` are the panels' reports that were used, ``laws`` the legal bases that are cited,
    ``logic`` the chains from activity to outcome of a project. Downwards, ``groups`` are the strategy, its editions and
    sections, each with what rests on it, and ``uses`` the same in numbers, the whole first, then by edition.
    ``level`` and ``kept`` say by which filters, ``of`` of which year the answer speaks. ``missing`` says what the graph does not hold. Of a citation ``denotes`` says what
    its words were taken for; ``advised`` what the reports say; of a measure or ministry ``placed`` which projects it has, and ``see`` where more of it is told.
    """

    thing: Thing
    direction: Direction
    level: str | None
    kept: tuple[Words, ...]
    facts: tuple[Fact, ...]
    groups: tuple[ClaimGroup, ...]
    advice: tuple[Claim, ...]
    laws: tuple[Claim, ...]
    logic: tuple[LogicLine, ...]
    uses: tuple[Usage, ...]
    share: bool
    missing: tuple[Note, ...]
    denotes: tuple[DenotationView, ...] = ()
    advised: tuple[ReportSaid, ...] = ()
    placed: tuple[ProjectSummary, ...] = ()
    see: tuple[Advice, ...] = ()
    of: YearTold = NO_YEAR

    def to_json(self) -> dict[str, Any]:
        """Return the trace as values of JSON; texts are objects with ``ja`` and ``en``."""
        # What is of one kind of thing only is left out of all others, whose answers keep their hash.
        few = ("denotes", "advised", "placed", "see")
        return {
            "type": "trace",
            **{name: value for name, value in jsonable(self).items() if value or name not in few},
            "of": self.of.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain; ``claim`` stands where the step is a link and not the structure of a document."""

    source: Thing
    target: Thing
    relation: str
    claim: Claim | None


@dataclass(frozen=True, slots=True)
class Chains:
    """All chains from a ground to what rests on it, shortest first. No chain is said to be none, in ``missing``."""

    start: Thing
    end: Thing
    chains: tuple[tuple[Step, ...], ...]
    missing: tuple[Note, ...]
    of: YearTold = NO_YEAR

    @property
    def nodes(self) -> tuple[str, ...]:
        """Return the IRIs of both ends and of all steps, sorted."""
        inside = {node.iri for chain in self.chains for step in chain for node in (step.source, step.target)}
        return tuple(sorted({self.start.iri, self.end.iri, *inside}))

    def to_json(self) -> dict[str, Any]:
        """Return the chains as values of JSON; texts are objects with ``ja`` and ``en``."""
        return {"type": "chains", **jsonable(self), "of": self.of.to_json()}
