"""Derived lineage between two neighbouring reviews: by name, equal amounts, summary, into another ministry, by split and merger."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from konkyo.build.lineage.alike import ENOUGH, LIKE, Agreement, agreement, digits_of, like_summaries, likeness
from konkyo.build.lineage.names import bare_name
from konkyo.build.lineage.shown import Shown, Told
from konkyo.common.name_form import name_form
from konkyo.common.words import Words
from konkyo.model.identifiers import IRI
from konkyo.model.rules import (
    SAME_PROJECT_AMOUNTS,
    SAME_PROJECT_MOVED,
    SAME_PROJECT_NAME,
    SAME_PROJECT_SUMMARY,
    SPLIT_OR_MERGED,
)

Told_of = Callable[[Iterable[Shown]], Mapping[Shown, Told]]
_MILLION = 1_000_000
# Where one amount was told anew, the names must be nearly one.
_NEARLY = 80.0
# From which length and likeness on two summaries are one.
_LONG_SUMMARY, _ONE_SUMMARY = 60, 95.0
# How many digits after the first the sums must agree in, over their years.
_ENOUGH_OF_SUMS = 5


@dataclass(frozen=True, slots=True)
class Joined:
    """That a project goes on from an earlier one: derived by a rule, stated in ``words``, or judged by ``who``.

    ``column`` and ``row`` are the place in the later sheet; ``reason`` says what agrees.
    """

    owner: Shown
    before: Shown
    rule: IRI | None = None
    words: str = ""
    reason: Words | None = None
    who: str = ""
    column: str = ""
    row: int = 0


@dataclass(slots=True)
class Neighbours:
    """Two reviews, one after the other, and what of them is joined already."""

    olds: list[Shown]
    news: list[Shown]
    apart: Callable[[str, str], bool] = lambda one, other: False
    joined: list[Joined] = field(default_factory=list)
    refused: set[tuple[str, str]] = field(default_factory=set)
    befores: dict[str, Shown] = field(default_factory=dict)
    """What each later project goes on from that is joined already, by whatever way."""
    afters: dict[str, Shown] = field(default_factory=dict)
    """What goes on from each earlier project that is joined already."""

    def add(self, joined: Joined) -> None:
        """Keep a link; neither side is asked about again. One that people judged to be none is left out, and counted."""
        if self.apart(joined.owner.iri, joined.before.iri):
            self.refused.add((joined.owner.iri, joined.before.iri))
            return
        self.joined.append(joined)
        self.take(joined.owner, joined.before)

    def take(self, owner: Shown, before: Shown) -> None:
        """Ask about neither again."""
        self.befores[owner.iri] = before
        self.afters[before.iri] = owner

    def open_olds(self) -> list[Shown]:
        """Return the earlier projects from which nothing goes on so far."""
        return [one for one in self.olds if one.iri not in self.afters]

    def open_news(self) -> list[Shown]:
        """Return the later projects that go on from nothing so far."""
        return [one for one in self.news if one.iri not in self.befores]


def follow_names(pair: Neighbours) -> None:
    """Join what has one name in a ministry, where each side has the name once: as it stands, then without its history."""
    for form in (lambda one: name_form(one.name), lambda one: bare_name(one.name)):
        before, now = (_named(side, form) for side in (pair.olds, pair.news))
        free = {one.iri for one in (*pair.open_olds(), *pair.open_news())}
        for key in sorted(before.keys() & now.keys()):
            olds, news = before[key], now[key]
            if len(olds) == len(news) == 1 and {olds[0].iri, news[0].iri} <= free:
                pair.add(Joined(news[0], olds[0], SAME_PROJECT_NAME.iri))


def namesakes(pair: Neighbours) -> int:
    """Return how many projects are left that have a name which several of the ministry have, then or before."""
    before, now = (_named(side, lambda one: name_form(one.name)) for side in (pair.olds, pair.news))
    left = Counter((one.ministry, name_form(one.name)) for one in pair.open_news())
    return sum(left[key] for key in before.keys() & now.keys() if len(before[key]) + len(now[key]) > 2)


def _named(several: Iterable[Shown], form: Callable[[Shown], str]) -> dict[tuple[str, str], list[Shown]]:
    found: dict[tuple[str, str], list[Shown]] = defaultdict(list)
    for one in several:
        found[one.ministry, form(one)].append(one)
    return found


# --- equal amounts ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    """Two sheets whose amounts agree, and how well they go together."""

    owner: Shown
    before: Shown
    agreed: Agreement
    rank: tuple[bool, bool, int, bool]


def follow_amounts(pair: Neighbours, told_of: Told_of) -> None:
    """Join what tells equal amounts of the fiscal years that both tell, where each is the other's best and no other is as good."""
    news, olds = pair.open_news(), pair.open_olds()
    told = told_of([*news, *olds])
    found = [
        made for one, other in _with_an_equal_amount(news, olds, told) if (made := _found(one, other, told))
    ]
    for made in _best(found):
        years = f"{made.agreed.years[0]}～{made.agreed.years[-1]}"
        reason = Words(
            f"両方のシートが記す{years}年度の額が{len(made.agreed.years)}年度分一致",
            f"amounts of {len(made.agreed.years)} fiscal years from {years} agree",
        )
        pair.add(Joined(made.owner, made.before, SAME_PROJECT_AMOUNTS.iri, reason=reason))


def _with_an_equal_amount(
    news: Iterable[Shown], olds: Iterable[Shown], told: Mapping[Shown, Told]
) -> Iterator[tuple[Shown, Shown]]:
    """Yield the pairs that tell an initial budget alike, or nearly."""
    by_amount: dict[tuple[int, int], list[Shown]] = defaultdict(list)
    for one in olds:
        for year, yen in _initial(told[one]).items():
            by_amount[year, yen // _MILLION].append(one)
    for one in news:
        near: dict[Shown, None] = {}
        for year, yen in _initial(told[one]).items():
            for step in (-1, 0, 1):
                near.update(dict.fromkeys(by_amount.get((year, yen // _MILLION + step), ())))
        for other in near:
            yield one, other


def _initial(told: Told) -> dict[int, int]:
    """Return the initial budgets that are not 0, by fiscal year."""
    return {year: yen for year, yen in _initials(told).items() if yen}


def _found(one: Shown, other: Shown, told: Mapping[Shown, Told]) -> _Found | None:
    """Return two sheets as found where enough agrees, else None."""
    agreed = agreement(told[one], told[other])
    near = one.ministry == other.ministry
    if not agreed.years or agreed.differing > near:
        return None
    named = name_form(one.name) == name_form(other.name)
    names, summaries = likeness(one, other), like_summaries(told[one], told[other])
    if agreed.differing:
        enough = len(agreed.years) > 1 and agreed.digits >= 2 and names >= _NEARLY
    elif agreed.digits >= ENOUGH:
        enough = near or names >= LIKE or summaries
    else:
        # Fewer digits go with like names; summaries of one ministry are alike more often.
        enough = agreed.digits > 0 and (named or (near and names >= LIKE))
        enough = enough or (near and agreed.digits > 1 and summaries)
        enough = enough or (near and len(agreed.years) > 1 and names >= _NEARLY)
    same_start = bool(told[one].start) and told[one].start == told[other].start
    return _Found(one, other, agreed, (near, named, agreed.digits, same_start)) if enough else None


def _best(found: list[_Found]) -> Iterator[_Found]:
    """Yield what is best for both of its sides and second to none."""
    sides: dict[str, list[_Found]] = defaultdict(list)
    for made in found:
        sides[made.owner.iri].append(made)
        sides[made.before.iri].append(made)
    for made in found:
        rivals = (*sides[made.owner.iri], *sides[made.before.iri])
        if all(rival is made or rival.rank < made.rank for rival in rivals):
            yield made


# --- summaries ----------------------------------------------------------------------------------


def follow_summaries(pair: Neighbours, told_of: Told_of) -> None:
    """Join what has nearly one summary in a ministry, where each side has it once and no initial budget differs."""
    news, olds = pair.open_news(), pair.open_olds()
    told = told_of([*news, *olds])
    by_ministry: dict[str, list[Shown]] = defaultdict(list)
    for one in olds:
        if len(told[one].summary) >= _LONG_SUMMARY:
            by_ministry[one.ministry].append(one)
    found: list[tuple[Shown, Shown]] = []
    for one in news:
        if len(told[one].summary) >= _LONG_SUMMARY:
            near = by_ministry.get(one.ministry, [])
            texts = [told[other].summary for other in near]
            for _, _, place in process.extract(
                told[one].summary, texts, scorer=fuzz.ratio, score_cutoff=_ONE_SUMMARY, limit=None
            ):
                found.append((one, near[place]))
    times = Counter(one.iri for both in found for one in both)
    for one, other in found:
        if times[one.iri] == times[other.iri] == 1 and not agreement(told[one], told[other]).differing:
            reason = Words("概要がほとんど同じ", "the summaries are nearly one")
            pair.add(Joined(one, other, SAME_PROJECT_SUMMARY.iri, reason=reason))


# --- another ministry ---------------------------------------------------------------------------


def follow_moves(pair: Neighbours, told_of: Told_of) -> None:
    """Join what stands under one name in another ministry, if the government has the name once before and once after.

    Ministries that are founded tell no amounts of before; then the summaries must be alike.
    """
    once = [Counter(bare_name(one.name) for one in side) for side in (pair.olds, pair.news)]
    olds = {name: one for one in pair.open_olds() if once[0][name := bare_name(one.name)] == 1}
    both = [
        (one, olds[name])
        for one in pair.open_news()
        if once[1][name := bare_name(one.name)] == 1 and name in olds and olds[name].ministry != one.ministry
    ]
    told = told_of([one for pair_ in both for one in pair_])
    for one, other in both:
        agreed = agreement(told[one], told[other])
        if (agreed.digits and not agreed.differing) or like_summaries(told[one], told[other]):
            reason = Words("他の府省庁の同じ名称の事業", "a project of the same name in another ministry")
            pair.add(Joined(one, other, SAME_PROJECT_MOVED.iri, reason=reason))


# --- splits and mergers -------------------------------------------------------------------------


def follow_sums(pair: Neighbours, told_of: Told_of) -> None:
    """Join a project with two of the other review whose amounts add up to its own: a split or a merger, two links.

    Asked for are projects that go on from nothing, or into nothing, and those that do while their amounts changed.
    """
    told = told_of([*pair.news, *pair.olds])
    joined = {(made.owner.iri, made.before.iri) for made in pair.joined}
    joined |= {(owner, before.iri) for owner, before in pair.befores.items()}

    def unexplained(one: Shown, partners: Mapping[str, Shown]) -> bool:
        other = partners.get(one.iri)
        return other is None or agreement(told[one], told[other]).differing > 0

    news = [one for one in pair.news if unexplained(one, pair.befores)]
    olds = [one for one in pair.olds if unexplained(one, pair.afters)]
    found = [[(part, whole) for part in parts] for whole, parts in _sums(olds, news, pair.befores, told)]
    found += [[(whole, part) for part in parts] for whole, parts in _sums(news, olds, pair.afters, told)]
    reason = Words(
        "二つの事業の額の和が、全てのシートが記す年度の額に一致",
        "amounts of two projects add up to those of the fiscal years that all tell",
    )
    for links in found:
        for owner, before in links:
            if (owner.iri, before.iri) not in joined:
                pair.add(Joined(owner, before, SPLIT_OR_MERGED.iri, reason=reason))


def _sums(
    wholes: list[Shown], parts: list[Shown], taken: Container[str], told: Mapping[Shown, Told]
) -> Iterator[tuple[Shown, tuple[Shown, Shown]]]:
    """Yield each project with the only two of its ministry, one of them not taken, whose amounts add up to its own."""
    # All initial budgets by fiscal year, and those that are not 0: asked for a million times.
    every = {one.iri: _initials(told[one]) for one in (*wholes, *parts)}
    some = {iri: {year: yen for year, yen in own.items() if yen} for iri, own in every.items()}
    free: dict[str, list[Shown]] = defaultdict(list)
    by_amount: dict[tuple[str, int, int], list[Shown]] = defaultdict(list)
    for one in parts:
        if one.iri not in taken:
            free[one.ministry].append(one)
        for year, yen in some[one.iri].items():
            by_amount[one.ministry, year, yen // _MILLION].append(one)
    for whole in wholes:
        found: dict[frozenset[str], tuple[Shown, Shown]] = {}
        for one in free[whole.ministry]:
            own = some[one.iri]
            near: dict[str, Shown] = {}
            for year, yen in some[whole.iri].items():
                rest = (yen - own.get(year, yen)) // _MILLION
                for step in (-1, 0, 1):
                    near.update(
                        (other.iri, other) for other in by_amount.get((whole.ministry, year, rest + step), ())
                    )
            for other in near.values():
                three = every[whole.iri], every[one.iri], every[other.iri]
                if _adds_up(*three, exactly=whole.single == one.single):
                    found[frozenset((one.iri, other.iri))] = (one, other)
        if len(found) == 1:
            yield whole, next(iter(found.values()))


_Yen = Mapping[int, int]  # initial budgets by fiscal year


def _initials(told: Told) -> dict[int, int]:
    return {year: yen for (stage, year), yen in told.amounts.items() if stage == "initial"}


def _adds_up(whole: _Yen, one: _Yen, other: _Yen, *, exactly: bool) -> bool:
    """Return whether two sheets' initial budgets add up to those of a third in all years that all tell, in two of which both have some.

    Where only one review rounds to 百万円, a sum of two may be off by that.
    """
    years = [year for year in one if year in other and year in whole]
    off = 0 if exactly else _MILLION
    if any(abs(one[year] + other[year] - whole[year]) > off for year in years):
        return False
    shared = [year for year in years if min(one[year], other[year]) >= _MILLION]
    wholes = {whole[year] if exactly else round(whole[year] / _MILLION) for year in shared}
    return len(wholes) > 1 and sum(map(digits_of, wholes)) >= _ENOUGH_OF_SUMS
