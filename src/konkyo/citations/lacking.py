"""What a store cites and the registry lacks: plans that no entry bears, and editions of registered plans.

Both are found as the resolver sees them: spellings of one title are one plan, and a date or number beside a
registered name that no edition has is one edition, however it is written.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unicodedata import normalize

from konkyo.citations.parse.scan import compatible
from konkyo.citations.parse.titles import label_of_group
from konkyo.citations.resolve import Resolution
from konkyo.common.dates import PartialDate
from konkyo.model.identifiers import IRI
from konkyo.model.namespaces import ID, KK

if TYPE_CHECKING:
    from konkyo.store import Store

_STRATEGY = f"{ID}strategy/"
_PROJECT = f"{ID}project/"
_ROADMAP = re.compile(r"(?:工程表|行程表|ロードマップ)")
_OF_CABINET = re.compile(r"閣議|本部|閣僚")
_PLAN = re.compile(r"(?:計画|方針|戦略|大綱|指針|プラン|プログラム|ビジョン|構想)$")


@dataclass(frozen=True, slots=True)
class CitationCount:
    """How often one string is cited: the number of links, the projects and the review years."""

    links: int
    projects: frozenset[str]
    years: frozenset[int]


@dataclass(slots=True)
class CitationTally:
    """How often something is cited, by which projects, in which years, under which strings."""

    links: int = 0
    projects: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    spellings: Counter[str] = field(default_factory=Counter)

    def add(self, raw: str, cited: CitationCount) -> None:
        """Count one string."""
        self.links += cited.links
        self.projects |= cited.projects
        self.years |= cited.years
        self.spellings[raw] += cited.links


@dataclass(frozen=True, slots=True)
class UnregisteredEdition:
    """An edition that no registry holds; ``labels`` as citations write them, ``date`` None where none states it."""

    date: PartialDate | None
    labels: tuple[str, ...]
    count: CitationTally
    other_dates: tuple[PartialDate, ...] = ()


@dataclass(frozen=True, slots=True)
class UnregisteredPlan:
    """A plan that no registry holds. ``key`` is that of its IRI; ``body`` who decided it, as far as citations tell."""

    key: str
    ja: str
    kind: str
    body: str | None
    editions: tuple[UnregisteredEdition, ...]
    count: CitationTally


@dataclass(frozen=True, slots=True)
class SimilarTitle:
    """A title that may be another name of a registered plan: a person should say so."""

    title: str
    key: str
    count: CitationTally


@dataclass(frozen=True, slots=True)
class Unregistered:
    """All that is lacking, most cited first; ``editions`` by the keys of the registered plans."""

    plans: list[UnregisteredPlan]
    editions: dict[str, list[UnregisteredEdition]]
    alike: list[SimilarTitle]


def cited_of(store: Store) -> dict[str, CitationCount]:
    """Return how often each string of a store is cited."""
    rows = store.select(
        f"SELECT DISTINCT ?text ?link ?owner ?year WHERE {{ ?c a <{KK}Citation> ; <{KK}statedText> ?text . "
        f"?link <{KK}basis> ?c . ?owner <{KK}hasJustification> ?link OPTIONAL {{ ?link <{KK}reviewYear> ?year }} }}"
    )
    links: dict[str, set[str]] = defaultdict(set)
    projects: dict[str, set[str]] = defaultdict(set)
    years: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        text, owner, year = row["text"].value, row["owner"].value, row["year"]
        links[text].add(row["link"].value)
        if owner.startswith(_PROJECT):
            projects[text].add(owner)
        if year is not None:
            years[text].add(int(year.value.rpartition("/")[2]))
    return {
        text: CitationCount(len(those), frozenset(projects[text]), frozenset(years[text]))
        for text, those in links.items()
    }


def lacking(
    resolved: Mapping[str, list[Resolution]],
    cited: Mapping[str, CitationCount],
    at_least: int,
    is_decider: Callable[[str], bool],
) -> Unregistered:
    """Return what is cited ``at_least`` so often and no registry holds; ``is_decider`` knows who may decide."""
    new: dict[IRI, list[tuple[str, Resolution]]] = defaultdict(list)
    stated: dict[IRI, list[tuple[str, Resolution]]] = defaultdict(list)
    alike: dict[tuple[str, str], SimilarTitle] = {}
    for raw, several in resolved.items():
        for made in several:
            if made.registered and made.method == "edition-not-registered" and made.status != "unsure":
                stated[made.strategy].append((raw, made))
            elif not made.registered and made.status != "unsure":
                new[made.strategy].append((raw, made))
            elif not made.registered and made.pair:
                key = made.pair[1].removeprefix(_STRATEGY).partition("/")[0]
                item = alike.setdefault((made.strategy, key), SimilarTitle(made.title, key, CitationTally()))
                item.count.add(raw, cited[raw])
    plans = [_plan(strategy, those, cited, is_decider) for strategy, those in new.items()]
    editions = {
        strategy.removeprefix(_STRATEGY): [
            one for one in _editions(those, cited) if one.count.links >= at_least
        ]
        for strategy, those in stated.items()
    }
    return Unregistered(
        sorted(
            (one for one in plans if one.count.links >= at_least), key=lambda one: (-one.count.links, one.key)
        ),
        dict(
            sorted(
                ((key, those) for key, those in editions.items() if those),
                key=lambda item: (-sum(one.count.links for one in item[1]), item[0]),
            )
        ),
        sorted(
            (one for one in alike.values() if one.count.links >= at_least),
            key=lambda one: (-one.count.links, one.key, one.title),
        ),
    )


def _plan(
    strategy: IRI,
    those: list[tuple[str, Resolution]],
    cited: Mapping[str, CitationCount],
    is_decider: Callable[[str], bool],
) -> UnregisteredPlan:
    names: Counter[str] = Counter()
    decisions: Counter[str] = Counter()
    several = len({made.labels for _, made in those}) > 1
    for raw, made in those:
        # Of several editions the plan bears the name that they share; of one, the name of it.
        names[(made.name if several or made.labels else made.title) or made.title] += cited[raw].links
        if made.decision:
            decisions[made.decision] += cited[raw].links
    name = min(names, key=lambda one: (-names[one], len(one), one))
    return UnregisteredPlan(
        key=strategy.removeprefix(_STRATEGY),
        ja=name,
        kind=_kind(name, decisions),
        body=_body(decisions, is_decider),
        editions=tuple(_editions(those, cited)),
        count=_count(those, cited),
    )


def _kind(name: str, decisions: Iterable[str]) -> str:
    if _ROADMAP.search(name):
        return "roadmap"
    if any(_OF_CABINET.search(decision) for decision in decisions):
        return "cabinet-strategy"
    return "plan" if _PLAN.search(name) else "other"


def _body(decisions: Counter[str], is_decider: Callable[[str], bool]) -> str | None:
    """Return the body that most citations name as the one that decided: 閣議決定, 復興推進会議決定."""
    found: Counter[str] = Counter()
    for decision, number in decisions.items():
        name = re.sub(r"(?:一部)?(?:決定|決裁|策定|公表|改[訂定]|変更).*$", "", decision).strip(" 　付け")
        if is_decider(name):
            found[name] += number
    return min(found, key=lambda one: (-found[one], one)) if found else None


def _count(those: Iterable[tuple[str, Resolution]], cited: Mapping[str, CitationCount]) -> CitationTally:
    made = CitationTally()
    for raw in dict.fromkeys(raw for raw, _ in those):
        made.add(raw, cited[raw])
    return made


def _editions(
    those: list[tuple[str, Resolution]], cited: Mapping[str, CitationCount]
) -> Iterator[UnregisteredEdition]:
    """Yield the editions that resolutions of one plan state, from the oldest; those without a date come last."""
    groups = [*_groups([item for item in those if item[1].date or item[1].labels], cited)]
    made = [_edition(group, cited) for group in groups]
    return iter(
        sorted(made, key=lambda one: (one.date is None, one.date.iso if one.date else "", one.labels))
    )


def _groups(
    those: list[tuple[str, Resolution]], cited: Mapping[str, CitationCount]
) -> Iterable[list[tuple[str, Resolution]]]:
    """Put together what states one edition: the same number or year, else dates that agree."""
    groups: list[list[tuple[str, Resolution]]] = []
    # What states most comes first: a month then joins its day, a bare year what was decided in it.
    for item in sorted(
        those,
        key=lambda item: (
            not item[1].labels or item[1].date is None,
            -len(item[1].date.iso if item[1].date else ""),
            -cited[item[0]].links,
            item[0],
        ),
    ):
        fitting = [group for group in groups if _is_one(item[1], (other for _, other in group))]
        if len(fitting) == 1:
            fitting[0].append(item)
        else:
            groups.append([item])
    return groups


def _is_one(made: Resolution, others: Iterable[Resolution]) -> bool:
    for other in others:
        if made.labels and other.labels:
            if made.labels == other.labels:
                return True
        elif made.date and other.date:
            if compatible(made.date, other.date):
                return True
        elif (date := made.date or other.date) and f"y{date.year}" in (*made.labels, *other.labels):
            return True
    return False


def _edition(group: list[tuple[str, Resolution]], cited: Mapping[str, CitationCount]) -> UnregisteredEdition:
    dates: Counter[PartialDate] = Counter()
    labels: Counter[str] = Counter()
    for raw, made in group:
        if made.date:
            dates[made.date] += cited[raw].links
        words = normalize("NFKC", made.label or "").split("・") if made.labels else []
        for label in words:
            # What the resolver does not read by itself as an edition may not stand as a label.
            if label_of_group(label):
                labels[label] += cited[raw].links
    by_number = sorted(dates, key=lambda one: (one.day is None, -dates[one], one.iso))
    date = by_number[0] if by_number else None
    codes: dict[tuple[str, ...], str] = {}
    for label in sorted(labels, key=lambda one: (-labels[one], one)):
        codes.setdefault(tuple(label_of_group(label) or ()), label)
    return UnregisteredEdition(
        date=date,
        labels=tuple(codes.values()),
        count=_count(group, cited),
        other_dates=tuple(one for one in by_number[1:] if date and not compatible(one, date)),
    )
