"""Outcomes and outputs of a sheet: what is aimed at as a step, its indicator, and targets and results by year.

An output of this source has an indicator and no text of its own; its step says so. A step has no period: the sheets of these years
tell none, and none lead on to others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from konkyo.model.identifiers import IRI, thing
from konkyo.model.records import LogicStep, Record, StepIndicator, StepValue
from konkyo.sources.judgit.form import OUTCOMES, OUTPUTS
from konkyo.sources.judgit.reading import Measured, Sheet
from konkyo.sources.rs.importer import Importer
from konkyo.sources.rs.wording import measured, one_line, says_nothing

# The kind of step: the fields of its text, its indicator, its results and its targets, and what a step without a text is called.
_OUTCOME = ("成果目標", "成果指標", "成果実績/成果実績", "成果実績/目標値", "成果目標の記載なし")
_OUTPUT = ("活動指標", "活動指標", "活動実績/活動実績", "活動実績/当初見込み", "活動目標の欄なし")


class ResultImporter(Importer):
    """What a sheet tells of outcomes and outputs."""

    def at(self, field: str) -> IRI:
        """Return the evidence of a fact that stands in a field of its line."""
        raise NotImplementedError

    def keep_words(self, field: str, words: str, where: str = "") -> None:
        """Keep words of a field that are not what it should hold, and count them; ``where`` says whose they are."""
        raise NotImplementedError

    def results(self, row: int, sheet: Sheet, key: str, owner: IRI) -> Iterator[Record]:
        """Yield steps, indicators and values."""
        for number, found in enumerate(sheet.outcomes, start=1):
            yield from self._step(row, found, "outcome", number, key, owner)
        for number, found in enumerate(sheet.outputs, start=1):
            yield from self._step(row, found, "output", number, key, owner)

    def _step(
        self, row: int, found: Measured, kind: str, number: int, key: str, owner: IRI
    ) -> Iterator[Record]:
        list_name, fields = (OUTCOMES, _OUTCOME) if kind == "outcome" else (OUTPUTS, _OUTPUT)
        goal, name, result, target = (f"{list_name}/{field}" for field in fields[:4])
        own = f"{kind}-{number}"
        step = thing("step", self.review, key, own)
        text = one_line(found.goal)
        yield LogicStep(
            iri=step,
            ja=text or f"{list_name}{number}（{fields[4]}）",
            number=str(number),
            kind=kind,
            of=owner,
            year=self.review_year,
            evidence=(self.at(goal),),
            row=row,
        )
        self.counts[f"{kind}s"] += 1
        indicator = thing("indicator", self.review, key, own)
        until = self._target_year(found, f"{list_name}{number}")
        yield StepIndicator(
            iri=indicator,
            ja=one_line(found.name) or text or "（指標名の記載なし）",
            number=str(number),
            of=step,
            target_years=(until,) if until else (),
            year=self.review_year,
            evidence=self.at(name),
            row=row,
        )
        unit = None if says_nothing(found.unit) else found.unit.strip()
        if not says_nothing(found.target):
            last = thing("value", self.review, key, own, "final-target")
            yield self._value(last, indicator, "target", found.target, unit, until, f"{OUTCOMES}/目標値", row)
        for place, value in enumerate(found.values, start=1):
            year = self.fiscal(value.year)
            for role, stated, field in (("target", value.target, target), ("result", value.result, result)):
                if not says_nothing(stated):
                    # A year may stand twice: the place in the list tells them apart.
                    iri = thing("value", self.review, key, own, f"{role}-{value.year}-{place}")
                    yield self._value(iri, indicator, role, stated, unit, year, field, row)

    def _target_year(self, found: Measured, where: str) -> IRI | None:
        """Return the year in which the target is to be reached; what is none (4008) is kept as words."""
        text = found.target_year
        if says_nothing(text):
            return None
        if text.isascii() and text.isdigit() and 1868 <= int(text[:9]) <= 2199:
            return self.fiscal(int(text))
        self.keep_words(f"{OUTCOMES}/目標最終年度", text, where)
        return None

    def _value(
        self,
        iri: IRI,
        of: IRI,
        role: str,
        stated: str,
        unit: str | None,
        year: IRI | None,
        field: str,
        row: int,
    ) -> StepValue:
        """Return one value; what is no number in the indicator's unit stays words."""
        made = StepValue(
            iri=iri,
            of=of,
            role=role,
            stated=stated,
            bound="qualitative",
            year=year,
            evidence=self.at(field),
            row=row,
        )
        self.counts[f"values-{role}"] += 1
        try:
            count = measured(stated, unit)
        except ValueError:
            self.counts["values-in-words"] += 1
            return made
        return replace(made, lower=count.lower, upper=count.upper, bound=count.bound, unit=count.unit or None)
