"""The goals of a measure: objectives, their indicators with baseline, target and result, and verdicts."""

from __future__ import annotations

from konkyo.common.amounts import Count, parse_count
from konkyo.common.words import Words
from konkyo.model.identifiers import IRI, key_of, thing
from konkyo.model.records import Assessment, Indicator, IndicatorValue, MentionedCount, Objective
from konkyo.sources.evidence import Cell, Path, as_list
from konkyo.sources.sheet.form import Form

_VERDICTS = {"達成": "achieved", "超過達成": "exceeded", "未達成": "not-achieved"}
_ROLES = {"基準": "baseline", "目標": "target", "実績": "result"}


_FIVE_WORDS = {
    "目標超過達成": "exceeded",
    "目標達成": "achieved",
    "相当程度進展あり": "considerable-progress",
    "進展が大きくない": "little-progress",
    "目標に向かっていない": "not-toward-target",
}


def read_goals(form: Form) -> None:
    """Record the goals of a sheet with their indicators. Raises KonkyoError for a number that stands twice."""
    if basic := form.data.get("基本目標"):
        words = basic.get("要約") or basic["値"]
        _objective(form, ["基本目標"], basic, words, "basic", "basic-goal", "基本目標")
    seen: set[str] = set()
    _standard_form(form, seen)
    for number, cell in enumerate(form.data.get("施策目標", [])):
        path: list[str | int] = ["施策目標", number]
        _once(form, [*path, "記号"], cell["記号"], seen)
        objective = _objective(form, path, cell, cell["値"], cell["記号"], "measure-objective", "施策目標")
        if verdict := cell.get("目標の達成状況"):
            here = [*path, "目標の達成状況"]
            form.add(
                Assessment(
                    iri=thing("assessment", form.key, "objective", cell["記号"]),
                    assesses=objective,
                    result=_VERDICTS[verdict["判定"]],
                    stated=verdict.get("原文"),
                    level="stated",
                    evidence=form.cells.evidence(
                        here,
                        verdict,
                        "目標の達成状況",
                        "objective",
                        cell["記号"],
                        "assessment",
                        words=verdict.get("原文"),
                    ),
                )
            )
        for name, kind in _SAID.items():
            if said := cell.get(name):
                form.statement(
                    [*path, name],
                    said,
                    objective,
                    kind,
                    f"政策に関する評価結果 {name}",
                    "objective",
                    cell["記号"],
                    kind,
                )
        for position, indicator in enumerate(cell.get("測定指標", [])):
            here = [*path, "測定指標", position]
            _indicator(form, here, indicator, objective, seen)


_SAID = {"評価": "judged", "今後の方向": "outlook"}


def _standard_form(form: Form, seen: set[str]) -> None:
    """Record 達成すべき目標, the indicators of the measure, and the verdict by the government's five words."""
    owner = form.measure
    if goal := form.data.get("達成すべき目標"):
        owner = _objective(
            form, ["達成すべき目標"], goal, goal["値"], "goal", "measure-objective", "達成すべき目標"
        )
        seen.add("goal")
    for position, indicator in enumerate(form.data.get("測定指標", [])):
        here: list[str | int] = ["測定指標", position]
        _indicator(form, here, indicator, owner, seen)
    field = "目標達成度合いの測定結果"
    if verdict := form.data.get(field):
        form.add(
            Assessment(
                iri=thing("assessment", form.key, "measure"),
                assesses=form.measure,
                result=_FIVE_WORDS.get(verdict["判定"], "as-stated"),
                stated=verdict.get("原文") or verdict["判定"],
                level="stated",
                evidence=form.cells.evidence(
                    [field], verdict, field, "measure", "assessment", words=verdict["判定"]
                ),
            )
        )


def _marked(form: Form, path: list[str | int], cell: Cell, indicator: IRI, key: str) -> None:
    """Record the sheet's own verdict on an indicator: ○ and × as the form defines them, other marks as they stand."""
    mark = cell["達成"]
    form.add(
        Assessment(
            iri=thing("assessment", form.key, "indicator", key, "stated"),
            assesses=indicator,
            result=_MARKS.get(mark["判定"], "as-stated"),
            stated=mark["判定"],
            level="stated",
            evidence=form.cells.evidence(
                [*path, "達成"],
                mark,
                f"測定指標{key} 達成",
                "indicator",
                key,
                "assessment",
                words=mark["判定"],
            ),
        )
    )


_MARKS = {
    "○": "achieved",
    "〇": "achieved",
    "×": "not-achieved",
    "達成": "achieved",
    "未達成": "not-achieved",
}


def _once(form: Form, path: Path, key: str, seen: set[str]) -> None:
    if key in seen:
        raise form.cells.document.error(
            path,
            Words("同じ番号・記号が二度あります。", f"{key} stands twice: numbers and keys must differ."),
        )
    seen.add(key)


def _objective(form: Form, path: Path, cell: Cell, text: str, key: str, kind: str, field: str) -> IRI:
    objective = thing("objective", form.key, key)
    form.add(
        Objective(
            iri=objective,
            ja=text,
            en=cell.get("英語"),
            # A goal that stands alone has no letter in the source.
            number=f"{field} {cell['記号']}" if "記号" in cell else field,
            kind=kind,
            of=form.measure,
            part_of=form.measure,
            note=cell.get("編者の注"),
            certainty=form.cells.certainty(cell),
            evidence=form.cells.evidence(path, cell, field, "objective", key),
        )
    )
    return objective


def _indicator(form: Form, path: list[str | int], cell: Cell, objective: IRI, seen: set[str]) -> None:
    # One whose number is not told goes by its place among the indicators.
    number = str(cell["番号"]) if "番号" in cell else f"n{int(path[-1]) + 1}"
    _once(form, [*path, "番号"], f"indicator {number}", seen)
    indicator = thing("indicator", form.key, number)
    field = f"測定指標{number}"
    evidence = form.cells.evidence(path, cell, field, "indicator", number)
    certainty = form.cells.certainty(cell)
    form.add(
        Indicator(
            iri=indicator,
            ja=cell["値"],
            en=cell.get("英語"),
            number=number if "番号" in cell else None,
            of=objective,
            note=cell.get("編者の注"),
            certainty=certainty,
            evidence=evidence,
        )
    )
    _values(form, path, cell, indicator, field, number)
    if "達成" in cell:
        _marked(form, path, cell, indicator, number)
    for position, part in enumerate(cell.get("内訳", [])):
        key = f"{number}-{part['記号']}"
        child = thing("indicator", form.key, key)
        label = f"{cell['値']}（{part['値']}）"
        english = f"{cell['英語']} ({part['英語']})" if "英語" in cell and "英語" in part else None
        form.add(
            Indicator(
                iri=child,
                ja=label,
                en=english,
                number=key,
                part_of=indicator,
                note=part.get("編者の注"),
                certainty=certainty,
                evidence=evidence,
            )
        )
        _values(form, [*path, "内訳", position], part, child, f"{field}（{part['値']}）", key)


def _values(form: Form, path: list[str | int], cell: Cell, indicator: IRI, field: str, key: str) -> None:
    used: set[IRI] = set()
    for name, role in _ROLES.items():
        if name not in cell:
            continue
        several = isinstance(cell[name], list)
        for position, value in enumerate(as_list(cell[name])):
            here = [*path, name, position] if several else [*path, name]
            _value(form, here, value, indicator, field, key, name, role, used)


def _value(
    form: Form,
    here: list[str | int],
    value: Cell,
    indicator: IRI,
    field: str,
    key: str,
    name: str,
    role: str,
    used: set[IRI],
) -> None:
    yearly = "種類" in value
    role = "yearly-target" if yearly else role
    year = form.year([*here, "年度"], value["年度"]) if "年度" in value else None
    # The first of a role is its value; others are told apart by their years.
    own = [key, role]
    if thing("value", form.key, *own) in used:
        own.append(key_of(year).rpartition("/")[2] if year else str(len(used) + 1))
    iri = thing("value", form.key, *own)
    if iri in used:
        raise form.cells.document.error(
            here, Words("同じ年度の値が二度あります。", "A value of this year stands twice.")
        )
    used.add(iri)
    count = _count(form, here, value)
    form.add(
        IndicatorValue(
            iri=iri,
            of=indicator,
            role=role,
            stated=value["値"],
            bound=count.bound if count else "qualitative",
            lower=count.lower if count else None,
            upper=count.upper if count else None,
            unit=count.unit if count else None,
            year=year,
            certainty=form.cells.certainty(value),
            evidence=form.cells.evidence(
                here,
                value,
                f"{field} {'年度ごとの目標' if yearly else name}",
                "indicator",
                *own,
                words=value["値"],
            ),
        )
    )
    for position, mentioned in enumerate(value.get("文中の数", [])):
        _mentioned(
            form, [*here, "文中の数", position], mentioned, iri, f"{field} {name}", [*own, f"m{position + 1}"]
        )


def _mentioned(
    form: Form, path: list[str | int], cell: Cell, within: IRI, field: str, key: list[str]
) -> None:
    """Record a number that stands within the words of a value; it measures nothing by itself."""
    count = _count(form, path, cell)
    if count is None or count.unit is None or count.bound != "exact" or count.lower is None:
        raise form.cells.document.error(
            [*path, "値"],
            Words("数と単位として読めません。", "This is no number with its unit."),
            Words("「８件」のように書いてください。", "Write 8件."),
        )
    form.add(
        MentionedCount(
            iri=thing("count", form.key, *key),
            within=within,
            ja=cell["対象"],
            en=cell.get("英語"),
            stated=cell["値"],
            number=count.lower,
            unit=count.unit,
            certainty=form.cells.certainty(cell),
            evidence=form.cells.evidence(
                path, cell, f"{field} 文中の数", "indicator", *key, words=cell["値"]
            ),
        )
    )


def _count(form: Form, here: list[str | int], value: Cell) -> Count | None:
    """Return the count that a value is, or None for words. Raises KonkyoError for a figure that is none, or has no unit."""
    try:
        count = parse_count(value.get("数値", value["値"]))
    except ValueError as error:
        if "数値" in value:
            raise form.cells.document.error(
                [*here, "数値"],
                Words(f"「{value['数値']}」は一つの数と単位として読めません。", str(error)),
                Words("「７カ国以上」「35回」のように書いてください。", "Write 35回 or 7カ国以上."),
            ) from error
        return None
    if count.unit:
        return count
    if form.machine_read:
        # The unit may stand in the indicator's name or nowhere: the words stay, and no number is claimed.
        return None
    raise form.cells.document.error(
        here,
        Words(f"「{value['値']}」に単位がありません。", f"{value['値']!r} has no unit."),
        Words(
            "数値: に単位まで書いてください（例: 35回）。",
            "Write the unit too, as in 数値: 35回.",
        ),
    )
