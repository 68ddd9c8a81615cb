"""What people judged of two projects of different reviews: that one goes on from the other, or that it does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from konkyo.build.lineage.matched import Joined
from konkyo.build.lineage.shown import Shown
from konkyo.citations.judgements import Judgement, Judgements
from konkyo.common.words import Words
from konkyo.model.namespaces import ID

_PROJECT = f"{ID}project/"


class Judged:
    """The judgements in force on pairs of projects; those on which people disagree count for nothing."""

    def __init__(self, judgements: Judgements | None = None) -> None:
        self._judgements = judgements or Judgements()
        pairs = {
            row.pair for row in self._judgements.rows if all(side.startswith(_PROJECT) for side in row.pair)
        }
        self._rows = [row for pair in sorted(pairs) if (row := self._judgements.of(*pair))]

    @property
    def apart(self) -> Callable[[str, str], bool]:
        """Return what tells whether people judged that of two projects none goes on from the other."""
        apart = {row.pair for row in self._rows if row.verdict == "different"}
        return lambda one, other: bool(apart) and (min(one, other), max(one, other)) in apart

    def links(self, reviews: Mapping[int, list[Shown]]) -> list[Joined]:
        """Return the links that people made; a judgement on what no review has, or on one review alone, makes none."""
        shown: dict[str, list[Shown]] = {}
        for year in sorted(reviews):
            for one in reviews[year]:
                shown.setdefault(one.iri, []).append(one)
        found = []
        for row in self._rows:
            if row.verdict == "same" and all(side in shown for side in row.pair):
                # Of a project that several reviews show the first goes on from an earlier one.
                first, second = sorted((shown[side][0] for side in row.pair), key=lambda one: one.year)
                if first.year < second.year:
                    found.append(Joined(second, first, who=row.who, reason=_reason(row)))
        return found


def _reason(row: Judgement) -> Words | None:
    """Return why, in the words of who judged."""
    return Words(row.why, row.why) if row.why else None
