"""What a comparison is made of: the two sides, what something rests on there, and a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from konkyo.common.words import Words
from konkyo.model.identifiers import year_number
from konkyo.questions.diff.goes_on import GoesOn

if TYPE_CHECKING:
    from konkyo.graph.reader import Reader
    from konkyo.store import Store

# What can be compared, and the kinds of changes of each.
ASPECTS = {
    "bases": ("moved", "moved-section", "dropped", "added"),
    "things": ("gone", "new", "renamed", "split-or-merged", "perhaps-renamed"),
    "money": ("money", "restated"),
    "logic": ("indicator", "indicator-gone", "indicator-new", "step-gone", "step-new"),
}
KINDS = tuple(kind for kinds in ASPECTS.values() for kind in kinds)


@dataclass(frozen=True, slots=True)
class Section:
    """A place in a document: ``iri`` is the registered section, else the citation that names it.

    ``registered`` says which; ``stated`` is how the source names it, in one spelling (None: only the section is known).
    """

    iri: str
    registered: bool
    stated: str | None = None

    def fits(self, other: Section) -> bool:
        """Return whether both are one place: the same section, or named alike where one of them is not registered."""
        if self.registered and other.registered:
            return self.iri == other.iri
        return self.stated is not None and self.stated == other.stated


@dataclass
class Basis:
    """What one element rests on: the editions (or strategies without one), the sections of these that are named, the
    evidence, and who states it.
    """

    targets: set[str] = field(default_factory=set)
    sections: set[Section] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    by: set[str] = field(default_factory=set)

    def take(self, other: Basis) -> None:
        """Add what another basis holds."""
        self.targets |= other.targets
        self.sections |= other.sections
        self.places |= other.places
        self.by |= other.by


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount that a review states: the IRI of the figure, and whole yen."""

    figure: str
    yen: int


@dataclass(slots=True)
class IndicatorValues:
    """An indicator of one review: its IRI, and by role and fiscal year (IRIs, "" for no year) value IRIs with their words."""

    iri: str
    values: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def words(self, key: tuple[str, str]) -> str | None:
        """Return the words of a value, of several in one order; None where it states none."""
        return "、".join(sorted(set(self.values[key].values()))) if key in self.values else None


@dataclass
class Facts:
    """What the review of a year states beside bases, by project: ``money`` by stage and fiscal year, ``steps`` and
    ``indicators`` by what they are over the years.
    """

    money: dict[str, dict[tuple[str, str], Amount]] = field(default_factory=dict)
    steps: dict[str, dict[str, str]] = field(default_factory=dict)
    indicators: dict[str, dict[str, IndicatorValues]] = field(default_factory=dict)


@dataclass
class Side:
    """One year of one store. ``files`` are the kinds of its RS files: none where only sheets are of that year.

    ``shown`` has kind, ministry and name of what its documents show, ``owners`` the evidence of that, ``bases`` what
    each element rests on, ``placed`` the projects of each measure with their evidence. ``sheets`` are the measures of
    which evaluation sheets of the year are: only these can state bases of a measure itself. ``others`` are the other
    years of a build whose year was not asked for. ``listed`` has by file (1-2, 1-3) all projects that it lists, with their
    ministries, whatever part was asked for. ``single`` says that the sheets of one review alone tell of the year (JUDGIT).
    Where one of the sides is such, ``goes_on`` says which projects are one, ``aliases`` lead from this side's projects to those of the later
    review that they are. Of fiscal years before ``since`` no amounts and values are read; ``kinds`` are the kinds of steps (codes) that the year's documents have at all.
    """

    store: Store
    year: int
    files: tuple[str, ...]
    reader: Reader
    name: Words
    ministry: str | None = None
    others: tuple[int, ...] = ()
    shown: dict[str, tuple[str, str | None, str]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    bases: dict[str, dict[str, Basis]] = field(default_factory=dict)
    placed: dict[str, dict[str, str]] = field(default_factory=dict)
    sheets: frozenset[str] = frozenset()
    listed: dict[str, dict[str, str]] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)
    single: bool = False
    goes_on: GoesOn | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()
    since: int | None = None

    def known(self, iri: str) -> str:
        """Return the IRI by which both sides know a thing of this side."""
        return self.aliases.get(iri, iri)

    def owns(self, known: Iterable[str]) -> dict[str, str]:
        """Return of each thing known to both sides its IRI on this side."""
        back = {known: own for own, known in self.aliases.items()}
        return {iri: back.get(iri, iri) for iri in known}

    def reaches(self, fiscal: str) -> bool:
        """Return whether what is of a fiscal year (IRI; "": of none) is compared."""
        return self.since is None or not fiscal or year_number(fiscal) >= self.since

    def own(self, iri: str) -> str:
        """Return the IRI that a thing known to both sides has on this side."""
        return next((own for own, known in self.aliases.items() if known == iri), iri)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of ``element``; ``ground`` is the basis it is about, the other measure of a suspected renaming, the stage
    of an amount, an indicator or a step.

    ``before`` and ``after`` are what the ground means on each side (editions; sections of the ground, or the citations
    that name them, where only these changed; figures, values), ``by_before`` and ``by_after`` who states it there, and the
    places are evidence of each side; that of figures and values is theirs. ``old`` and ``new`` say in words what is no thing of
    its own: a name, an amount, values. ``level`` is that of the weakest link by which the project of the later review is one of the earlier;
    None where it is known by its id.
    """

    kind: str
    element: str
    ministry: str | None
    ground: str | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    by_before: tuple[str, ...] = ()
    by_after: tuple[str, ...] = ()
    places_before: tuple[str, ...] = ()
    places_after: tuple[str, ...] = ()
    alike: float | None = None
    old: Words | None = None
    new: Words | None = None
    level: str | None = None
