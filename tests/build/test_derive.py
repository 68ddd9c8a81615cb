"""Rules: what follows from stated facts, and what must not be made to follow."""

from __future__ import annotations

from decimal import Decimal

import pytest

from konkyo.build.derive import result_against_target, through_measure
from konkyo.common.amounts import parse_count
from konkyo.model.identifiers import IRI, thing
from konkyo.model.records import Indicator, IndicatorValue, Justification, Objective, Record
from konkyo.model.rules import RESULT_AGAINST_TARGET, RULES, THROUGH_MEASURE

MEASURE = thing("measure", "soumu", "m")
SECTION = thing("strategy", "s", "2010-06-18", "s-1")


def evidence(name: str) -> tuple[IRI, ...]:
    return (thing("evidence", "x", name),)


def link(name: str, level: str = "stated", owner: IRI = MEASURE) -> Justification:
    return Justification(
        iri=thing("link", "x", name),
        owner=owner,
        basis=SECTION,
        level=level,
        evidence=evidence(f"link-{name}"),
    )


def objective(key: str = "a", of: IRI = MEASURE) -> Objective:
    return Objective(
        iri=thing("objective", "x", key),
        ja=key,
        kind="measure-objective",
        of=of,
        part_of=of,
        certainty="layout",
        evidence=evidence(f"objective-{key}"),
    )


def indicator(key: str = "1", of: IRI | None = None, part_of: IRI | None = None) -> Indicator:
    return Indicator(
        iri=thing("indicator", "x", key),
        ja=key,
        number=key,
        of=of,
        part_of=part_of,
        certainty="layout",
        evidence=evidence(f"indicator-{key}"),
    )


def value(of: Indicator, role: str, text: str) -> IndicatorValue:
    try:
        count = parse_count(text)
    except ValueError:
        count = None
    return IndicatorValue(
        iri=thing("value", "x", of.number, role),
        of=of.iri,
        role=role,
        stated=text,
        bound=count.bound if count else "qualitative",
        lower=count.lower if count else None,
        upper=count.upper if count else None,
        unit=count.unit if count else None,
        year=thing("fy", 2011),
        certainty="layout",
        evidence=evidence(f"{of.number}-{role}"),
    )


# --- through the measure ----------------------------------------------------------------------------


def test_objectives_and_indicators_rest_on_the_measures_sections() -> None:
    a = objective()
    one = indicator(of=a.iri)
    part = indicator("1-p", part_of=one.iri)
    stated = link("one")
    found = list(through_measure([stated, a, one, part]))
    assert {item.owner for item in found} == {a.iri, one.iri}
    for item in found:
        assert item.level == "derived" and item.rule == THROUGH_MEASURE.iri
        assert item.derived_from == (stated.iri,) and item.basis == SECTION
        assert item.evidence[: len(stated.evidence)] == stated.evidence and len(item.evidence) == 2
        assert item.author is None and item.reason is None and item.certainty is None
    assert len({item.iri for item in found}) == 2


@pytest.mark.parametrize("level", ["derived", "interpreted", "rejected"])
def test_nothing_follows_from_what_is_not_stated(level: str) -> None:
    a = objective()
    assert list(through_measure([link("one", level), a, indicator(of=a.iri)])) == []


def test_nothing_follows_for_another_measure() -> None:
    a = objective(of=thing("measure", "soumu", "other"))
    assert list(through_measure([link("one"), a, indicator(of=a.iri)])) == []


def test_applying_the_rule_to_its_own_result_adds_nothing() -> None:
    a = objective()
    facts: list[Record] = [link("one"), a, indicator(of=a.iri)]
    first = list(through_measure(facts))
    assert list(through_measure([*facts, *first])) == first


# --- result against target --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "result", "verdict"),
    [
        ("7回程度", "35回", "exceeded"),
        ("7カ国以上", "38カ国", "exceeded"),
        ("7カ国以上", "7カ国", "achieved"),
        ("100人以上", "99人", "not-achieved"),
        ("100人", "100人以上", "achieved"),
        ("100人", "50人以上", "not-comparable"),  # it may be 50, it may be 200
        ("100人", "5人以下", "not-comparable"),
        ("100人以下", "5人", "not-comparable"),  # less may be better, the source does not say
        ("7回", "7件", "not-comparable"),
        ("7回", "着実に実施", "not-comparable"),
        ("着実に実施", "7回", "not-comparable"),
        ("100人", "90～110人", "not-comparable"),
        ("100人", "80～90人", "not-achieved"),
        ("0件", "0件", "achieved"),
    ],
)
def test_verdicts(target: str, result: str, verdict: str) -> None:
    one = indicator(of=objective().iri)
    (found,) = result_against_target([one, value(one, "target", target), value(one, "result", result)])
    assert found.result == verdict and found.assesses == one.iri
    assert found.level == "derived" and found.rule == RESULT_AGAINST_TARGET.iri
    assert len(found.derived_from) == len(found.evidence) == 2


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        (("4回", "9回"), ("3回", "6回"), "exceeded"),
        (("4回", "4回"), ("3回", "6回"), "achieved"),
        (("4回", "9回"), ("3回", "2回"), "not-achieved"),
        (("4回", "9回"), ("3回", "実施"), "not-comparable"),
    ],
)
def test_all_parts_count(first: tuple[str, str], second: tuple[str, str], verdict: str) -> None:
    whole = indicator("4", of=objective().iri)
    facts: list[Record] = [whole]
    for key, pair in (("4-a", first), ("4-b", second)):
        part = indicator(key, part_of=whole.iri)
        facts += [part, value(part, "target", pair[0]), value(part, "result", pair[1])]
    (found,) = result_against_target(facts)
    assert found.assesses == whole.iri and found.result == verdict and len(found.derived_from) == 4


def test_no_verdict_without_both_figures() -> None:
    one = indicator(of=objective().iri)
    for facts in (
        [],
        [value(one, "target", "7回")],
        [value(one, "baseline", "7回"), value(one, "result", "7回")],
    ):
        assert list(result_against_target([one, *facts])) == []


def test_every_rule_is_named_and_explained_in_both_languages() -> None:
    assert {rule.iri for rule in RULES} >= {THROUGH_MEASURE.iri, RESULT_AGAINST_TARGET.iri}
    assert len({rule.iri for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.name.ja and rule.name.en and rule.definition.ja and rule.definition.en


def test_a_result_within_a_target_range_is_no_more_than_achieved() -> None:
    assert Decimal(10) < Decimal(15) < Decimal(20)
    one = indicator(of=objective().iri)
    (found,) = result_against_target([one, value(one, "target", "10～20件"), value(one, "result", "15件")])
    assert found.result == "achieved"


def test_an_approximate_result_does_not_prove_that_a_target_was_reached() -> None:
    one = indicator(of=objective().iri)
    (found,) = result_against_target([one, value(one, "target", "7回以上"), value(one, "result", "7回程度")])
    assert found.result == "not-comparable"
