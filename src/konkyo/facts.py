"""What there is to say of a thing, as pairs of name and text: values, verdicts, money, dates, numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from konkyo.reader import EvidenceText, Reader
from konkyo.words import Words


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and a text, and where the source says it."""

    name: Words
    text: Words
    evidence: tuple[EvidenceText, ...] = ()


ROLES_OF_A_SCALE = ("baseline", "target", "result")
ROLES = (*ROLES_OF_A_SCALE, "achievement-rate")


_PARTS = (
    "kk:hasValue",
    "kk:targetYear",
    "kk:direction",
    "kk:ministry",
    "kk:responsibleUnit",
    "kk:counterpart",
)
_PARTS_OF_PARTS = ("kk:valueRole", "kk:fiscalYear", "kk:result", "kk:claimLevel")
# A project has thirty figures and more, each with as many properties again that nobody is shown.
_CODES_OF_FIGURES = ("kk:fiscalYear", "kk:reviewYear", "kk:budgetStage", "kk:possibleStage")
_OF_FIGURES = (*_CODES_OF_FIGURES, "kk:amountYen", "kk:evidence")


def load_facts(reader: Reader, nodes: Iterable[str]) -> None:
    """Load all that :func:`facts` and :func:`evidence` tell of these nodes, in a few batches."""
    nodes = list(nodes)
    reader.load(nodes)
    reader.load_incoming(nodes, ["kk:assesses"])
    money = [figure for node in nodes for figure in reader.objects(node, "kk:hasBudgetFigure")]
    reader.load_only(money, _OF_FIGURES)
    parts = [value for node in nodes for name in _PARTS for value in reader.objects(node, name)]
    parts += [item for node in nodes for item in reader.subjects(node, "kk:assesses")]
    reader.load(parts)
    reader.load(value for item in parts for name in _PARTS_OF_PARTS for value in reader.objects(item, name))
    reader.load(value for item in money for name in _CODES_OF_FIGURES for value in reader.objects(item, name))
    reader.load_evidence([*nodes, *parts, *money])


def evidence(reader: Reader, iri: str) -> list[EvidenceText]:
    """Return the evidence of a node, of its values and of its figures, each place once."""
    found = reader.evidence(iri)
    for name in ("kk:hasValue", "kk:hasBudgetFigure"):
        for item in reader.objects(iri, name):
            found += reader.evidence(item)
    return list({item.iri: item for item in found}.values())


def facts(reader: Reader, iri: str) -> list[Fact]:
    """Return the facts of a node; :func:`load_facts` must have been called for it."""
    found: list[Fact] = []

    def put(name: Words, value: Words | str | None, evidence: Iterable[EvidenceText] = ()) -> None:
        if value:
            found.append(
                Fact(name, value if isinstance(value, Words) else Words(value, value), tuple(evidence))
            )

    put(Words("番号", "Number"), reader.one(iri, "dcterms:identifier"))
    put(Words("年月日", "Date"), reader.one(iri, "dcterms:issued"))
    put(Words("開始", "Begun"), reader.one(iri, "schema:startDate"))
    put(Words("分野", "Field"), reader.one(iri, "kk:policyField"))
    put(Words("要約", "Summary"), reader.literals(iri, "dcterms:description"))
    for name, words in (
        ("kk:ministry", Words("府省庁", "Ministry")),
        ("kk:responsibleUnit", Words("担当", "Office")),
        ("kk:counterpart", Words("協力の相手", "Counterparts")),
    ):
        labels = [reader.label(value) for value in reader.objects(iri, name)]
        put(
            words,
            Words("、".join(item.ja for item in labels), ", ".join(item.en for item in labels))
            if labels
            else None,
        )
    for name, words in (
        ("kk:direction", Words("望ましい方向", "Direction")),
        ("kk:targetYear", Words("目標年度", "Target year")),
    ):
        for value in sorted(reader.objects(iri, name)):
            put(words, reader.label(value))
    for value in sorted(reader.objects(iri, "kk:hasValue"), key=lambda v: _value_order(reader, v)):
        role, year = reader.one(value, "kk:valueRole"), reader.one(value, "kk:fiscalYear")
        when = reader.label(year) if year else None
        text = reader.one(value, "kk:statedText") or ""
        put(
            reader.label(role) if role else Words("値", "Value"),
            Words(f"{text}（{when.ja}）", f"{text} ({when.en})") if when else text,
            reader.evidence(value),
        )
    for item in reader.subjects(iri, "kk:assesses"):
        result, level = reader.one(item, "kk:result"), reader.one(item, "kk:claimLevel")
        if result and level:
            verdict, how = reader.label(result), reader.label(level)
            put(
                Words("判定", "Verdict"),
                Words(f"{verdict.ja}（{how.ja}）", f"{verdict.en} ({how.en})"),
                reader.evidence(item),
            )
    found += _money(reader, iri)
    put(Words("注", "Note"), reader.literals(iri, "skos:note"))
    return found


def _value_order(reader: Reader, value: str) -> tuple[int, str, str]:
    """Return what values are sorted by: role, year, text."""
    role = _code(reader, value, "kk:valueRole")
    return (
        _role_rank(role),
        reader.one(value, "kk:fiscalYear") or "",
        reader.one(value, "kk:statedText") or "",
    )


def _code(reader: Reader, iri: str, name: str) -> str:
    return (reader.one(iri, name) or "").rsplit("/", 1)[-1]


# The stages of a budget in the order of the forms.
STAGES = (
    "initial",
    "supplementary",
    "carryover",
    "reserve",
    "total",
    "executed",
    "carried-forward",
    "requested",
)


def _money(reader: Reader, iri: str) -> list[Fact]:
    """Return one fact for each year (of each review, where several tell of it); what is not placed comes last."""
    lines: dict[tuple[str, str, Words], list[tuple[str, Words, tuple[EvidenceText, ...]]]] = {}
    for figure in reader.objects(iri, "kk:hasBudgetFigure"):
        year, review = reader.one(figure, "kk:fiscalYear"), reader.one(figure, "kk:reviewYear")
        stage = reader.one(figure, "kk:budgetStage")
        yen = int(reader.one(figure, "kk:amountYen") or 0)
        when = reader.label(year) if year else Words("年度不明", "year unknown")
        name = Words(f"{when.ja}予算", f"Budget {when.en}")
        if review:
            name = Words(
                f"{name.ja}（{reader.label(review).ja}レビュー）",
                f"{name.en} (review {reader.label(review).en})",
            )
        amount = Words(f"{yen:,}円", f"{yen:,} yen")
        if stage:
            what = reader.label(stage)
            amount = Words(f"{what.ja} {amount.ja}", f"{what.en} {amount.en}")
        else:
            name = _unplaced(
                name, [reader.label(item) for item in reader.objects(figure, "kk:possibleStage")]
            )
        # A place among the year's figures, so that they stand in the order of the forms; unplaced ones after them.
        rank = STAGES.index(code) if (code := (stage or "").rsplit("/", 1)[-1]) in STAGES else len(STAGES)
        key = (year or "~", review or "", name)
        lines.setdefault(key, []).append((f"{rank:02}{yen:020}", amount, tuple(reader.evidence(figure))))
    found = []
    for (_, _, name), figures in sorted(lines.items(), key=lambda entry: entry[0]):
        figures.sort(key=lambda item: item[0])
        text = Words("、".join(a.ja for _, a, _ in figures), "; ".join(a.en for _, a, _ in figures))
        found.append(Fact(name, text, tuple(item for *_, evidence in figures for item in evidence)))
    return found


def _unplaced(name: Words, options: list[Words]) -> Words:
    if not options:
        return Words(f"{name.ja} 区分不明", f"{name.en}, stage unknown")
    ja, en = "・".join(o.ja for o in options), ", ".join(o.en for o in options)
    return Words(f"{name.ja} 区分不明（{ja}のいずれか）", f"{name.en}, stage unknown (one of {en})")


def values_to_draw(reader: Reader, iri: str) -> list[dict[str, Any]]:
    """Return an indicator's values that share its scale; a rate of achievement is a percentage of them."""
    return [value for value in values(reader, iri) if value["role"] in ROLES_OF_A_SCALE]


def values(reader: Reader, iri: str) -> list[dict[str, Any]]:
    """Return an indicator's values as data: bounds as numbers beside the words of the source.

    ``role`` and ``bound`` are codes; ``lower`` and ``upper`` are None where the words give none.
    """
    found = []
    for value in reader.objects(iri, "kk:hasValue"):
        role, year = reader.one(value, "kk:valueRole"), reader.one(value, "kk:fiscalYear")
        lower, upper = (reader.one(value, f"kk:{name}Bound") for name in ("lower", "upper"))
        found.append(
            {
                "role": _code(reader, value, "kk:valueRole"),
                "name": (reader.label(role) if role else Words("値", "Value"))._asdict(),
                "text": reader.one(value, "kk:statedText") or "",
                "lower": float(lower) if lower else None,
                "upper": float(upper) if upper else None,
                "bound": _code(reader, value, "kk:boundType"),
                "unit": reader.one(value, "schema:unitText") or "",
                "year": reader.label(year)._asdict() if year else None,
                "order": year.rsplit("/", 1)[-1] if year else "",
            }
        )
    return sorted(found, key=lambda v: (v["order"], _role_rank(v["role"]), v["text"]))


def _role_rank(role: str) -> int:
    return ROLES.index(role) if role in ROLES else len(ROLES)


def figures(reader: Reader, iri: str) -> list[dict[str, Any]]:
    """Return the budget figures whose year and stage are known, as data to draw: whole yen, oldest first."""
    found = []
    for figure in reader.objects(iri, "kk:hasBudgetFigure"):
        year, stage = reader.one(figure, "kk:fiscalYear"), reader.one(figure, "kk:budgetStage")
        yen = reader.one(figure, "kk:amountYen")
        if year and stage and yen:
            found.append(
                {
                    "year": reader.label(year)._asdict(),
                    "order": year.rsplit("/", 1)[-1],
                    "stage": stage.rsplit("/", 1)[-1],
                    "name": reader.label(stage)._asdict(),
                    "yen": int(yen),
                }
            )
    return sorted(found, key=lambda f: (f["order"], f["stage"], f["yen"]))
