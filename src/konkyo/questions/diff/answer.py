"""The answer: all changes, with the labels and the evidence of those that are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from konkyo.common.advice import Note
from konkyo.common.jsonable import jsonable
from konkyo.common.words import Words
from konkyo.graph.reader import OF_PLACES, EvidenceText
from konkyo.model.identifiers import is_project
from konkyo.model.namespaces import BASE, ID
from konkyo.questions.diff.model import ASPECTS, KINDS, Change, Side


@dataclass
class Diff:
    """All changes, in a fixed order; ``same`` counts bases that did not change, ``notes`` what was not compared.

    ``thing`` is the one measure or project that was compared. ``compared`` is of how many measures and projects something
    could be compared (of one: 0 or 1).
    """

    before: Side
    after: Side
    thing: str | None
    changes: tuple[Change, ...]
    same: int
    notes: tuple[Note, ...]
    compared: int
    words: dict[str, Words] = field(default_factory=dict)

    def count(self, kind: str) -> int:
        """Return the number of changes of a kind."""
        return sum(change.kind == kind for change in self.changes)

    @property
    def measure(self) -> str | None:
        """Return the thing that was compared, where it is no project."""
        return None if self.project else self.thing

    @property
    def project(self) -> str | None:
        """Return the thing that was compared, where it is a project."""
        return self.thing if self.thing and is_project(self.thing) else None

    def prepare(self, changes: Iterable[Change]) -> None:
        """Load labels and evidence of these changes, each from its own side."""
        changes = list(changes)
        iris = {
            iri
            for c in changes
            for iri in (c.element, c.ministry, c.ground, *_named(c), *c.by_before, *c.by_after)
            if iri and iri.startswith(BASE)
        }
        if self.thing:
            iris.add(self.thing)
        for side in (self.before, self.after):  # the later side's names stand
            for iri, words in side.reader.labels(sorted(iris)).items():
                # Of two places in one decision each is called by the decision; what tells them apart is added.
                place = side.reader.one(iri, "kk:statedPlace") or ""
                more = "" if place in words.ja else f" {place}"
                self.words[iri] = Words(words.ja + more, words.en + more)
            facts = sorted({iri for c in changes for iri in _facts(c, side is self.before)})
            side.reader.load(facts)
            stated = sorted({iri for c in changes for iri in self._stated(c, side)})
            side.reader.load_only(stated, OF_PLACES)
            side.reader.load_evidence(stated)

    def _stated(self, change: Change, side: Side) -> tuple[str, ...]:
        """Return what one side of a change rests on: its own statements, or its figures, values, steps and indicators."""
        first = side is self.before
        own = change.places_before if first else change.places_after
        return own or tuple(_facts(change, first))

    def _evidence(self, change: Change, side: Side) -> list[EvidenceText]:
        """Return the evidence of one side of a prepared change, each place once."""
        found = (text for iri in self._stated(change, side) for text in side.reader.evidence(iri))
        return list({text.iri: text for text in found}.values())

    def label(self, iri: str) -> Words:
        """Return the label of an IRI of a prepared change."""
        key = iri.removeprefix(ID)
        return self.words.get(iri) or Words(key, key)

    def places(self, change: Change) -> list[EvidenceText]:
        """Return the evidence of a prepared change, of the earlier side first."""
        return [text for side in (self.before, self.after) for text in self._evidence(change, side)]

    def to_json(self) -> dict[str, Any]:
        """Return the changes as values of JSON, with texts in both languages."""
        self.prepare(self.changes)

        def things(iris: Iterable[str]) -> list[dict[str, Any]]:
            return [{"iri": iri, "label": self.label(iri)._asdict()} for iri in iris]

        def places(texts: Iterable[EvidenceText]) -> list[dict[str, Any]]:
            return [{"iri": t.iri, "source": t.source.ja, "place": t.place._asdict()} for t in texts]

        return {
            "type": "diff",
            "before": {"year": self.before.year, "name": self.before.name._asdict()},
            "after": {"year": self.after.year, "name": self.after.name._asdict()},
            "measure": self.measure,
            "project": self.project,
            "counts": {kind: self.count(kind) for kind in KINDS},
            "unchanged": self.same,
            "compared": self.compared,
            "notes": jsonable(self.notes),
            "changes": [
                {
                    "kind": c.kind,
                    "element": things([c.element])[0],
                    "ministry": things([c.ministry])[0] if c.ministry else None,
                    "ground": things([c.ground])[0] if c.ground else None,
                    "before": things(c.before),
                    "after": things(c.after),
                    "stated_by_before": things(c.by_before),
                    "stated_by_after": things(c.by_after),
                    "evidence_before": places(self._evidence(c, self.before)),
                    "evidence_after": places(self._evidence(c, self.after)),
                    "alike": c.alike,
                    "level": c.level,
                    "old": c.old._asdict() if c.old else None,
                    "new": c.new._asdict() if c.new else None,
                }
                for c in self.changes
            ],
        }


# What has no name of its own: its words stand in the change, its evidence at itself.
_UNNAMED = (*ASPECTS["money"], "indicator")
_WITH_OWN_EVIDENCE = (*ASPECTS["money"], *ASPECTS["logic"])


def _named(change: Change) -> tuple[str, ...]:
    return () if change.kind in _UNNAMED else (*change.before, *change.after)


def _facts(change: Change, first: bool) -> tuple[str, ...]:
    """Return what of one side brings its own evidence."""
    if change.kind not in _WITH_OWN_EVIDENCE:
        return ()
    return change.before if first else change.after
