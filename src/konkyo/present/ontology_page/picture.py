"""Pictures of the classes as SVG: columns of classes, and the lines between them that the examples draw.

Each class of the vocabulary stands in at least one picture. No line is written here: it is a property in an example, or a
subclass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from konkyo.common.words import Words
from konkyo.present.ontology_page.examples import Edge

_WIDTH, _HEIGHT, _GAP, _ROW, _MARGIN, _LINE = 136, 44, 140, 66, 22, 12
_SIGN = 6.3  # the width of a sign of a name, about
_SMALLEST = 820
_ASIDE = 112  # for lines along the last column
Place = tuple[int, int]
Spot = tuple[int, int, str]


@dataclass(frozen=True)
class Picture:
    """A part of the vocabulary: its title, its classes in columns, and which properties are drawn (none: subclasses only)."""

    anchor: str
    title: Words
    columns: tuple[tuple[str, ...], ...]
    properties: tuple[str, ...] = ()


PICTURES = (
    Picture(
        "picture-basis",
        Words("何が何を根拠とするか", "What rests on what"),
        (
            ("Indicator", "Measure", "Project"),
            ("Justification", "Uptake"),
            ("Citation", "Section", "Edition", "Strategy"),
        ),
        ("kk:hasJustification", "kk:hasUptake", "kk:basis", "kk:basisSection", "kk:basisEdition", "kk:basisStrategy"),
    ),
    Picture(
        "picture-cited",
        Words("引用が何を指すか", "What a citation denotes"),
        (
            ("Citation",),
            ("Denotation",),
            ("Rule", "Section", "Edition"),
            ("Strategy", "Panel"),
        ),
        ("kk:hasDenotation", "kk:rule", "kk:denotes", "dcterms:isPartOf", "dcat:hasVersion", "dcterms:creator", "kk:decidedBy"),
    ),
    Picture(
        "picture-aims",
        Words("目標、論理モデル、指標と判定", "Aims, logic model, indicators and verdicts"),
        (
            ("Measure", "Project"),
            ("Objective", "LogicStep"),
            ("Indicator", "StepConnection", "StepMeasurement"),
            ("IndicatorValue", "OverYears", "Assessment"),
        ),
        ("kk:hasObjective", "kk:hasLogicStep", "kk:hasIndicator", "kk:hasValue", "kk:assesses", "kk:hasLink",
         "dcterms:isVersionOf"),
    ),
    Picture(
        "picture-money",
        Words("予算と支出", "Budget and payments"),
        (
            ("Project", "MoneyFlow"),
            ("BudgetFigure", "BudgetItem", "SubsidyRule", "ProjectReview", "IndirectCost", "Payment", "PaymentBlock"),
            ("Account", "BudgetLine", "Contract", "MoneyUse"),
        ),
        ("kk:hasBudgetFigure", "kk:account", "kk:hasBudgetItem", "kk:budgetLine", "kk:hasSubsidyRule", "kk:hasReview",
         "kk:hasIndirectCost", "kk:hasPayment", "kk:block", "kk:hasPaymentBlock", "kk:hasContract", "kk:hasMoneyUse",
         "kk:fromBlock", "kk:toBlock"),
    ),
    Picture(
        "picture-places",
        Words("資料の中の箇所、年度、欠けているものと変化", "Places in sources, years, gaps and changes"),
        (
            ("Evaluation", "Gap", "Change", "BudgetFigure", "YearlyBudget", "Tally"),
            ("Measure", "EvaluationSheet", "Evidence"),
            ("Appearance", "Cooperation", "Column", "Statement", "Inquiry", "Count"),
            ("FiscalYear", "SourceFile"),
        ),
        ("kk:evaluates", "prov:generated", "kk:about", "kk:evidence", "kk:inColumn", "oa:hasSource", "kk:hasAppearance",
         "kk:fiscalYear", "kk:reviewYear", "schema:mentions", "dcterms:source"),
    ),
    Picture(
        "picture-kinds",
        Words("政策体系要素、関連、版、箇所の種類", "Kinds of policy elements, links, editions and places"),
        (
            ("PolicyElement", "Link", "Edition", "Evidence"),
            ("Policy", "Project", "Objective", "LogicStep", "Justification", "Uptake", "LegalCitation", "Placement",
             "Responsibility", "ProjectRelation", "Lineage", "StepConnection", "StepMeasurement", "EvaluationSheet", "Speech", "Column"),
            ("Measure",),
        ),
    ),
)  # fmt: skip


def svg(
    picture: Picture, edges: Iterable[Edge], above: Mapping[str, set[str]], labels: Mapping[str, Words]
) -> str:
    """Return a picture: a box is a class and leads to its description; a dashed line leads to a class below."""
    places = _places(picture)
    names: dict[tuple[str, str], list[str]] = {}
    for edge in sorted(
        edges, key=lambda edge: picture.properties.index(edge.name) if edge.name in picture.properties else -1
    ):
        if (
            edge.name in picture.properties
            and edge.start in places
            and edge.end in places
            and edge.start != edge.end
        ):
            names.setdefault((edge.start, edge.end), []).append(edge.name.removeprefix("kk:"))
    if not picture.properties:
        names |= {
            (over, kind): [] for kind in places for over in sorted(above.get(kind, ())) if over in places
        }
    width = max(x for x, _ in places.values()) + _WIDTH + _ASIDE
    height = max(y for _, y in places.values()) + _HEIGHT + _MARGIN
    ends, starts = [end for _, end in names], [start for start, _ in names]
    lines: list[str] = []
    told: dict[Spot, dict[str, None]] = {}
    for (start, end), said in sorted(names.items()):
        at_start = ends.count(end) > starts.count(start)
        path, spot = _curve(places[start], places[end], at_start=at_start)
        dashed = "" if said else ' stroke-dasharray="5 4"'
        lines.append(f'<path d="{path}"{dashed} marker-end="url(#{picture.anchor}-arrow)"></path>')
        told.setdefault(spot, {}).update(dict.fromkeys(said))
    return "".join(
        (
            f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" '
            f'style="min-width:{min(width, _SMALLEST)}px" '
            f'aria-label="{escape(picture.title.ja)} / {escape(picture.title.en)}">',
            f'<defs><marker id="{picture.anchor}-arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" '
            'orient="auto"><path class="tip" d="M0 0 8 4 0 8z"></path></marker></defs>',
            *lines,
            *_names(told),
            *(_box(kind, places[kind], labels[kind]) for kind in places),
            "</svg>",
        )
    )


def _places(picture: Picture) -> dict[str, Place]:
    """Return the upper left corner of each box: the columns side by side, each in the middle of the height."""
    most = max(map(len, picture.columns))
    return {
        kind: (_MARGIN + number * (_WIDTH + _GAP), _MARGIN + (most - len(column)) * _ROW // 2 + place * _ROW)
        for number, column in enumerate(picture.columns)
        for place, kind in enumerate(column)
    }


def _curve(start: Place, end: Place, *, at_start: bool) -> tuple[str, Spot]:
    """Return a curve, and where its names stand: near the end where lines spread, near the start where they meet."""
    y1, y2 = start[1] + _HEIGHT // 2, end[1] + _HEIGHT // 2
    if start[0] == end[0]:  # along the right of the column
        x1 = x2 = start[0] + _WIDTH
        spot = (x1 + 34, (y1 + y2) // 2 + 4, "start")
        return f"M{x1} {y1}C{x1 + 40} {y1} {x2 + 40} {y2} {x2} {y2}", spot
    forward = start[0] < end[0]
    x1, x2 = start[0] + (_WIDTH if forward else 0), end[0] + (0 if forward else _WIDTH)
    bend = (x2 - x1) // 2
    at_left = at_start == forward
    x, y = (x1 if at_start else x2) + (8 if at_left else -10), (y1 if at_start else y2) - 5
    return f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}", (
        x,
        y,
        "start" if at_left else "end",
    )


def _names(told: Mapping[Spot, Iterable[str]]) -> Iterator[str]:
    """Yield the names, those of one spot one above the other, and each above what it would cover."""
    taken: list[tuple[float, int, float]] = []
    for (x, y, side), names in told.items():
        for name in names:
            width = len(name) * _SIGN
            left = x if side == "start" else x - width
            at = y
            while any(at == other and left < right and start < left + width for start, other, right in taken):
                at -= _LINE
            taken.append((left, at, left + width))
            yield f'<text class="name" x="{x}" y="{at}" text-anchor="{side}">{escape(name)}</text>'


def _box(kind: str, place: Place, label: Words) -> str:
    x, y = place
    middle = x + _WIDTH // 2
    return (
        f'<a href="#{kind}"><rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="6"></rect>'
        f'<text lang="ja" x="{middle}" y="{y + 18}" text-anchor="middle">{escape(label.ja)}</text>'
        f'<text class="en" x="{middle}" y="{y + 35}" text-anchor="middle">{escape(kind)}</text></a>'
    )
