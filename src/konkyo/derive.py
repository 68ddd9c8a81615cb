"""Rules that derive links and verdicts from stated facts. A derived claim always names its rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from konkyo.identifiers import IRI, key_of, thing
from konkyo.records import Assessment, Indicator, IndicatorValue, Justification, Objective, Record, Rule
from konkyo.words import Words

THROUGH_MEASURE = Rule(
    iri=thing("rule", "through-measure"),
    name=Words("施策を通じた位置付け", "Justification through the measure"),
    definition=Words(
        "評価書は戦略の関係部分を施策全体の横に記す。その施策の目標と測定指標は、施策を通じて同じ関係部分に位置付けられる。"
        "どの関係部分がどの指標に対応するかまでは示さない。",
        "A sheet names the strategies' sections beside the whole measure. The measure's objectives and indicators rest "
        "on the same sections through it. Which section speaks to which indicator is not said by this.",
    ),
)
RESULT_AGAINST_TARGET = Rule(
    iri=thing("rule", "result-against-target"),
    name=Words("実績と目標の比較", "Result against target"),
    definition=Words(
        "実績の下限が目標の値を上回れば超過達成、等しければ達成、実績の上限が目標を下回れば未達成。内訳があれば全ての内訳から、"
        "数でない値があれば比較できないとする。増えるほど良い指標として比べ、減るほど良いと記された指標には用いない。",
        "The result's lower bound above the target's value is exceeded, equal is achieved, the result's upper bound below "
        "it is not achieved. With parts, all of them count; where a value is words, it cannot be compared. "
        "More is taken as better, and the rule is not used where the source says that less is.",
    ),
)
SAME_MEASURE_NAME = Rule(
    iri=thing("rule", "same-measure-name"),
    name=Words("同じ府省庁の同じ名称の施策", "Measures of the same name in one ministry"),
    definition=Words(
        "府省庁が同じで、先頭の番号を除いた名称が、字の幅、大文字と小文字、空白の違いを除いて一致する政策・施策は、"
        "年度や資料が違っても同じものとする。番号は年度ごとに変わるので比べない。名称が変わった施策は別のものになる。",
        "Policies and measures of one ministry whose names agree, the leading number and differences of width, case and "
        "spaces aside, are taken as the same over years and documents. Numbers change from year to year and are not "
        "compared. A measure that was renamed becomes another one.",
    ),
)
RULES: tuple[Rule, ...] = (THROUGH_MEASURE, RESULT_AGAINST_TARGET, SAME_MEASURE_NAME)


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
    values: dict[IRI, dict[str, IndicatorValue]] = {}
    parts: dict[IRI, list[IRI]] = {}
    for record in records:
        if isinstance(record, IndicatorValue):
            values.setdefault(record.of, {})[record.role] = record
        elif isinstance(record, Indicator) and record.part_of:
            parts.setdefault(record.part_of, []).append(record.iri)
    for record in records:
        if not isinstance(record, Indicator) or not record.of:
            continue
        pairs = [values.get(iri, {}) for iri in parts.get(record.iri, [record.iri])]
        if not all("target" in pair and "result" in pair for pair in pairs):
            continue
        used = [pair[role] for pair in pairs for role in ("target", "result")]
        _, sheet, key = key_of(record.iri).split("/", 2)
        yield Assessment(
            iri=thing("assessment", sheet, "indicator", key),
            assesses=record.iri,
            result=_verdict([(pair["target"], pair["result"]) for pair in pairs]),
            level="derived",
            rule=RESULT_AGAINST_TARGET.iri,
            derived_from=tuple(value.iri for value in used),
            evidence=tuple(dict.fromkeys(evidence for value in used for evidence in value.evidence)),
        )


def _verdict(pairs: list[tuple[IndicatorValue, IndicatorValue]]) -> str:
    found = set()
    for target, result in pairs:
        wanted: Decimal | None = target.lower if target.lower is not None else target.upper
        # An upper bound only (以下) says that less is better; comparing it here would claim more than the source.
        if wanted is None or target.lower is None or result.lower is None or target.unit != result.unit:
            return "not-comparable"
        if result.lower >= wanted:
            found.add("achieved" if result.lower == wanted else "exceeded")
        elif result.upper is not None and result.upper < wanted:
            found.add("not-achieved")
        else:
            return "not-comparable"
    for verdict in ("not-achieved", "achieved", "exceeded"):
        if verdict in found:
            return verdict
    return "not-comparable"
