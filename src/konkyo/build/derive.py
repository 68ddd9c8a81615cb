"""Rules that derive links and verdicts from stated facts. A derived claim always names its rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from konkyo.model.identifiers import IRI, key_of, thing
from konkyo.model.records import Assessment, Indicator, IndicatorValue, Justification, Objective, Record
from konkyo.model.rules import RESULT_AGAINST_TARGET, THROUGH_MEASURE


def through_measure(records: Iterable[Record]) -> Iterator[Justification]:
    """Yield a derived justification of each objective and indicator by each section stated for its measure.

    Part-indicators have none of their own: they hang on their indicator.
    """
    records = list(records)
    stated: dict[IRI, list[Justification]] = {}
    for record in records:
        if isinstance(record, Justification) and record.level == "stated":
            stated.setdefault(record.owner, []).append(record)
    objectives = {record.iri: record for record in records if isinstance(record, Objective)}
    elements: list[tuple[Objective | Indicator, IRI]] = [
        (record, record.of) for record in objectives.values()
    ]
    elements += [
        (record, objectives[record.of].of)
        for record in records
        if isinstance(record, Indicator) and record.of in objectives
    ]
    # Where a form names no objective, its indicators hang on the measure itself.
    elements += [
        (record, record.of) for record in records if isinstance(record, Indicator) and record.of in stated
    ]
    for element, measure in elements:
        for link in stated.get(measure, []):
            kind, sheet, key = key_of(element.iri).split("/", 2)
            yield Justification(
                iri=thing(
                    "link", sheet, "justification", f"{kind}-{key}", key_of(link.basis).split("/", 1)[1]
                ),
                owner=element.iri,
                basis=link.basis,
                level="derived",
                rule=THROUGH_MEASURE.iri,
                derived_from=(link.iri,),
                evidence=tuple(dict.fromkeys((*link.evidence, *element.evidence))),
            )


def result_against_target(records: Iterable[Record]) -> Iterator[Assessment]:
    """Yield a derived verdict on each indicator that stands under an objective, from its figures alone."""
    records = list(records)
    values: dict[IRI, list[IndicatorValue]] = {}
    parts: dict[IRI, list[IRI]] = {}
    for record in records:
        if isinstance(record, IndicatorValue):
            values.setdefault(record.of, []).append(record)
        elif isinstance(record, Indicator) and record.part_of:
            parts.setdefault(record.part_of, []).append(record.iri)
    for record in records:
        if not isinstance(record, Indicator) or not record.of:
            continue
        found = [_target_and_result(values.get(iri, [])) for iri in parts.get(record.iri, [record.iri])]
        pairs = [pair for pair in found if pair]
        if len(pairs) < len(found):
            continue
        used = [value for pair in pairs for value in pair]
        _, sheet, key = key_of(record.iri).split("/", 2)
        yield Assessment(
            iri=thing("assessment", sheet, "indicator", key),
            assesses=record.iri,
            result=_verdict(pairs),
            level="derived",
            rule=RESULT_AGAINST_TARGET.iri,
            derived_from=tuple(value.iri for value in used),
            evidence=tuple(dict.fromkeys(evidence for value in used for evidence in value.evidence)),
        )


def _target_and_result(values: list[IndicatorValue]) -> tuple[IndicatorValue, IndicatorValue] | None:
    """Return the target and the result of the target's own year: that of another year says nothing of it yet."""
    for target in values:
        for result in values:
            if (
                (target.role, result.role) == ("target", "result")
                and target.year
                and target.year == result.year
            ):
                return target, result
    return None


def _verdict(pairs: list[tuple[IndicatorValue, IndicatorValue]]) -> str:
    found = {_compare(target, result) for target, result in pairs}
    for verdict in ("not-comparable", "not-achieved", "achieved", "exceeded"):
        if verdict in found:
            return verdict
    return "not-comparable"


def _compare(target: IndicatorValue, result: IndicatorValue) -> str:
    # An upper bound only (以下) says that less is better; comparing it here would claim more than the source.
    if target.lower is None or result.lower is None or target.unit != result.unit:
        return "not-comparable"
    ceiling = target.upper if target.upper is not None else target.lower
    if result.bound == "approximate" and result.lower in (target.lower, ceiling):
        return "not-comparable"
    if result.lower > ceiling:
        return "exceeded"
    if result.lower >= target.lower:
        return "achieved"
    # What is known only to be at least so much may still lie above the target.
    return "not-achieved" if result.upper is not None and result.upper < target.lower else "not-comparable"
