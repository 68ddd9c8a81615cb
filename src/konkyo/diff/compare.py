"""What differs between two sides that have been read."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from konkyo.diff.model import KINDS, Basis, Change, Section, Side
from konkyo.name_form import name_form

# Two names, or two sets of projects, at least so much alike are worth a person's look.
_ALIKE = 0.6
# The file of a review year that lists all elements of a kind.
LISTED = {"Measure": "1-3", "Project": "1-2"}
# The file in which a review year states what its projects rest on.
BASES = "1-3"


def changes_of(before: Side, after: Side, measure: str | None) -> tuple[Change, ...]:
    """Return all changes in a fixed order: by ministry and kind, then of one measure what most projects state."""
    changes = [*_changed_bases(before, after, measure), *_elements(before, after, measure)]
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
        bases_compared(before, after, element) or _comparable(before, after, _kind(before, after, element))
        for element in before.shown.keys() | after.shown.keys()
    )


def bases_compared(before: Side, after: Side, element: str) -> bool:
    """Return whether documents of both sides show an element and have a place for its bases.

    The files of a review have no column for the bases of a measure itself: only a sheet of that measure states them.
    """
    if element not in before.shown or element not in after.shown:
        return False
    if _kind(before, after, element) == "Measure":
        return element in before.sheets and element in after.sheets
    return BASES in before.files and BASES in after.files


def _kind(before: Side, after: Side, element: str) -> str:
    """Return the kind of an element, which a side does not know that has only its bases."""
    return next((side.shown[element][0] for side in (before, after) if side.shown.get(element, ("",))[0]), "")


def _both_tell(before: Side, after: Side, measure: str) -> bool:
    """Return whether both sides have documents of a measure, or list all measures: that one does not is a change then."""
    shown = all(measure in side.shown or side.bases.get(measure) for side in (before, after))
    return shown or _comparable(before, after, "Measure")


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


def _comparable(before: Side, after: Side, kind: str) -> bool:
    """Whether both years list all elements of a kind: a year of single sheets lists nothing whole."""
    return kind in LISTED and all(LISTED[kind] in side.files for side in (before, after))


def _elements(before: Side, after: Side, measure: str | None) -> Iterator[Change]:
    gone = [iri for iri in before.shown if iri not in after.shown and _told(before, after, iri, before)]
    new = [iri for iri in after.shown if iri not in before.shown and _told(before, after, iri, after)]
    for iri in sorted(gone):
        place = before.owners.get(iri)
        yield Change("gone", iri, before.shown[iri][1], places_before=(place,) if place else ())
    for iri in sorted(new):
        place = after.owners.get(iri)
        yield Change("new", iri, after.shown[iri][1], places_after=(place,) if place else ())
    if not measure:
        yield from _renamed(before, after, gone, new)


def _told(before: Side, after: Side, iri: str, side: Side) -> bool:
    return _comparable(before, after, side.shown[iri][0])


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
