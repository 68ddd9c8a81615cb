"""What differs between two sides that have been read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from konkyo.common.name_form import name_form
from konkyo.common.words import Words
from konkyo.questions.diff.coverage import LISTED, lists, told
from konkyo.questions.diff.facts import common_files, logic_changes, money_changes
from konkyo.questions.diff.model import KINDS, Basis, Change, Section, Side
from konkyo.questions.diff.of_sheets import changes_of_sheets

# Two names, or two sets of projects, at least so much alike are worth a person's look.
_ALIKE = 0.6
# The file in which a review year states what its projects rest on.
BASES = "1-3"


def changes_of(
    before: Side,
    after: Side,
    measure: str | None,
    project: str | None,
    about: Collection[str],
    unsure: Collection[str],
) -> tuple[Change, ...]:
    """Return all changes in a fixed order: by ministry and kind, then of one measure what most projects state."""
    changes: list[Change] = []
    # Of a measure that sheets of both years evaluate, what they measure belongs to what is compared by default.
    if not project and ("logic" in about or (measure and "bases" in about)):
        changes += changes_of_sheets(before, after, measure)
    if "bases" in about:
        changes += _changed_bases(before, after, measure)
    if "things" in about:
        changes += _elements(before, after, suspect=not measure and not project)
    if "money" in about:
        changes += money_changes(before, after)
    if "logic" in about:
        changes += logic_changes(before, after, unsure)
    if before.goes_on:
        levels = before.goes_on.levels
        changes = [
            change if change.level else replace(change, level=levels.get(change.element))
            for change in changes
        ]
    order = {kind: number for number, kind in enumerate(KINDS)}
    changes.sort(
        key=lambda c: (
            c.ministry or "",
            order[c.kind],
            c.element,
            -len({*c.by_before, *c.by_after}),
            c.ground or "",
        )
    )
    return tuple(changes)


def unchanged(before: Side, after: Side) -> int:
    """Return how many bases both sides have, in the same editions and, so far as they name any, the same sections."""
    return sum(
        (later := after.bases.get(element, {}).get(key)) is not None and _change(found, later) is None
        for element, own in before.bases.items()
        for key, found in own.items()
    )


def compared(before: Side, after: Side, measure: str | None) -> int:
    """Return of how many measures and projects something could be compared: their bases, or that both sides list them."""
    if measure:
        return int(_both_tell(before, after, measure))
    return sum(
        bases_compared(before, after, element)
        or _listed_by_both(before, after, element)
        or _facts_of_both(before, after, element)
        for element in before.shown.keys() | after.shown.keys() | _with_facts(before)
    )


def _with_facts(side: Side) -> set[str]:
    return {*side.facts.money, *side.facts.steps, *side.facts.indicators}


def _facts_of_both(before: Side, after: Side, element: str) -> bool:
    one, other = before.facts, after.facts
    return (
        (element in one.money and element in other.money)
        or (element in one.steps and element in other.steps and bool(common_files(before, after)))
        or (element in one.indicators and element in other.indicators)
    )


def bases_compared(before: Side, after: Side, element: str) -> bool:
    """Return whether documents of both sides show an element and have a place for its bases.

    The files of a review have no column for the bases of a measure itself: only a sheet of that measure states them.
    """
    if element not in before.shown or element not in after.shown:
        return False
    if _kind(before, after, element) == "Measure":
        return element in before.sheets and element in after.sheets
    return all(BASES in side.files and element in side.listed.get(BASES, ()) for side in (before, after))


def _kind(before: Side, after: Side, element: str) -> str:
    """Return the kind of an element, which a side does not know that has only its bases."""
    return next((side.shown[element][0] for side in (before, after) if side.shown.get(element, ("",))[0]), "")


def _both_tell(before: Side, after: Side, measure: str) -> bool:
    """Return whether both sides have documents of a measure, or list all measures: that one does not is a change then."""
    shown = all(measure in side.shown or side.bases.get(measure) for side in (before, after))
    return shown or _listed_by_both(before, after, measure)


def _change(one: Basis | None, other: Basis | None) -> str | None:
    """Return the kind of change between what two sides have of one basis, or None."""
    if one is None or other is None:
        return "added" if one is None else "dropped"
    if one.targets != other.targets:
        return "moved"
    return "moved-section" if _other_sections(one.sections, other.sections) else None


def _other_sections(one: set[Section], other: set[Section]) -> bool:
    """Return whether two sides name other sections of the same document. One that names none says nothing of it."""
    if not one or not other:
        return False
    left = [section for section in one if not any(section.fits(own) for own in other)]
    right = [section for section in other if not any(section.fits(own) for own in one)]
    # A section that the registry has and one that it has not may be the same one after all.
    unsure = {section.registered for section in left} ^ {section.registered for section in right}
    return bool(left or right) and not (left and right and unsure)


def _changed_bases(before: Side, after: Side, measure: str | None) -> Iterator[Change]:
    for element in sorted(before.bases.keys() | after.bases.keys()):
        # What one side does not show at all is new or gone; that its bases came or went follows from it.
        told = _both_tell if element == measure else bases_compared
        if not told(before, after, element):
            continue
        old, new = before.bases.get(element, {}), after.bases.get(element, {})
        for key in sorted(old.keys() | new.keys()):
            one, other = old.get(key), new.get(key)
            kind = _change(one, other)
            if kind is None:
                continue
            one, other = one or Basis(), other or Basis()
            _, ministry, _ = after.shown.get(element) or before.shown.get(element) or ("", None, "")
            old_means, new_means, ground = one.targets, other.targets, key
            if kind == "moved-section":
                # All in one document: that is what the change is about.
                ground = next(iter(one.targets)) if len(one.targets) == 1 else key
                old_means, new_means = ({part.iri for part in side.sections} for side in (one, other))
            yield Change(
                kind,
                element,
                ministry,
                ground,
                tuple(sorted(old_means)),
                tuple(sorted(new_means)),
                tuple(sorted(one.by)),
                tuple(sorted(other.by)),
                tuple(sorted(one.places)),
                tuple(sorted(other.places)),
            )


def _listed_by_both(before: Side, after: Side, element: str) -> bool:
    """Whether both years list all elements of its kind: a year of single sheets, or of a few rows, lists nothing whole."""
    kind, ministry, _ = after.shown.get(element) or before.shown.get(element) or ("", None, "")
    file = LISTED.get(kind)
    return file is not None and lists(before, after, file, ministry) and lists(after, before, file, ministry)


def _elements(before: Side, after: Side, *, suspect: bool) -> Iterator[Change]:
    gone = [iri for iri in before.shown if iri not in after.shown and told(before, after, iri)]
    new = [iri for iri in after.shown if iri not in before.shown and told(after, before, iri)]
    for iri in sorted(gone):
        place = before.owners.get(iri)
        yield Change("gone", iri, before.shown[iri][1], places_before=(place,) if place else ())
    for iri in sorted(new):
        place = after.owners.get(iri)
        yield Change("new", iri, after.shown[iri][1], places_after=(place,) if place else ())
    yield from _under_another_name(before, after)
    yield from _split_or_merged(before, after)
    if suspect:
        yield from _renamed(before, after, gone, new)


def _under_another_name(before: Side, after: Side) -> Iterator[Change]:
    """Yield the projects that both sides show under names that do not agree. A measure of another name is another one."""
    for iri in sorted(before.shown.keys() & after.shown.keys()):
        kind, ministry, name = after.shown[iri]
        old = before.shown[iri][2]
        # A side that shows a project without its name says nothing of the name.
        if kind == "Project" and old and name and name_form(old) != name_form(name):
            # An excerpt may show a project without a row that lists it.
            places = [(place,) if (place := side.owners.get(iri)) else () for side in (before, after)]
            yield Change(
                "renamed",
                iri,
                ministry,
                places_before=places[0],
                places_after=places[1],
                old=Words(old, old),
                new=Words(name, name),
            )


def _split_or_merged(before: Side, after: Side) -> Iterator[Change]:
    """Yield what goes on as several projects, or from several: each group once, under the first that the later side shows."""
    earlier_first = before.year < after.year
    for group in before.goes_on.apart if before.goes_on else ():
        olds, news = (group.olds, group.news) if earlier_first else (group.news, group.olds)
        shown = [*(iri for iri in news if iri in after.shown), *(iri for iri in olds if iri in before.shown)]
        if shown:
            places = [
                tuple(side.owners[iri] for iri in own if iri in side.owners)
                for side, own in ((before, olds), (after, news))
            ]
            ministry = (after.shown.get(shown[0]) or before.shown[shown[0]])[1]
            yield Change(
                "split-or-merged",
                shown[0],
                ministry,
                before=olds,
                after=news,
                places_before=places[0],
                places_after=places[1],
                level=group.level,
            )


def _renamed(before: Side, after: Side, gone: list[str], new: list[str]) -> Iterator[Change]:
    """Yield for each measure that is gone the new one of its ministry that is most like it, if any is."""
    candidates = sorted(iri for iri in new if after.shown[iri][0] == "Measure")
    for iri in sorted(gone):
        kind, ministry, name = before.shown[iri]
        if kind != "Measure":
            continue
        best: tuple[float, str] | None = None
        for other in candidates:
            if after.shown[other][1] != ministry:
                continue
            names = SequenceMatcher(
                None, name_form(name), name_form(after.shown[other][2]), autojunk=False
            ).ratio()
            one, two = set(before.placed.get(iri, ())), set(after.placed.get(other, ()))
            alike = max(names, len(one & two) / len(one | two) if one | two else 0.0)
            if alike >= _ALIKE and (best is None or (-alike, other) < (-best[0], best[1])):
                best = (alike, other)
        if best:
            yield Change(
                "perhaps-renamed",
                iri,
                ministry,
                best[1],
                places_before=(before.owners[iri],),
                places_after=(after.owners[best[1]],),
                alike=round(best[0], 2),
            )
