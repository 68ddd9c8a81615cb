"""The goals of a measure: objectives, their indicators with baseline, target and result, and verdicts."""

from __future__ import annotations

from konkyo.common.amounts import parse_count
from konkyo.common.words import Words
from konkyo.model.identifiers import IRI, thing
from konkyo.model.records import Assessment, Indicator, IndicatorValue, Objective
from konkyo.sources.evidence import Cell, Path
from konkyo.sources.sheet.form import Form

_VERDICTS = {"達成": "achieved", "超過達成": "exceeded", "未達成": "not-achieved"}
_ROLES = {"基準": "baseline", "目標": "target", "実績": "result"}


def read_goals(form: Form) -> None:
    """Record 基本目標 and 施策目標 with their indicators. Raises KonkyoError for a number that stands twice."""
    if basic := form.data.get("基本目標"):
        _objective(form, ["基本目標"], basic, basic["要約"], "basic", "basic-goal", "基本目標")
    seen: set[str] = set()
    for number, cell in enumerate(form.data["施策目標"]):
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
                    level="stated",
                    evidence=form.cells.evidence(
                        here, verdict, "目標の達成状況", "objective", cell["記号"], "assessment"
                    ),
                )
            )
        for position, indicator in enumerate(cell["測定指標"]):
            here = [*path, "測定指標", position]
            _once(form, [*here, "番号"], f"indicator {indicator['番号']}", seen)
            _indicator(form, here, indicator, objective)


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
            number=field if kind == "basic-goal" else f"{field} {key}",
            kind=kind,
            of=form.measure,
            part_of=form.measure,
            certainty=form.cells.certainty(cell),
            evidence=form.cells.evidence(path, cell, field, "objective", key),
        )
    )
    return objective


def _indicator(form: Form, path: list[str | int], cell: Cell, objective: IRI) -> None:
    number = str(cell["番号"])
    indicator = thing("indicator", form.key, number)
    field = f"測定指標{number}"
    evidence = form.cells.evidence(path, cell, field, "indicator", number)
    certainty = form.cells.certainty(cell)
    form.add(
        Indicator(
            iri=indicator,
            ja=cell["値"],
            en=cell.get("英語"),
            number=number,
            of=objective,
            certainty=certainty,
            evidence=evidence,
        )
    )
    _values(form, path, cell, indicator, field, number)
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
                certainty=certainty,
                evidence=evidence,
            )
        )
        _values(form, [*path, "内訳", position], part, child, f"{field}（{part['値']}）", key)


def _values(form: Form, path: list[str | int], cell: Cell, indicator: IRI, field: str, key: str) -> None:
    for name, role in _ROLES.items():
        if name not in cell:
            continue
        here, value = [*path, name], cell[name]
        try:
            count = parse_count(value.get("数値", value["値"]))
        except ValueError as error:
            if "数値" in value:
                raise form.cells.document.error(
                    [*here, "数値"],
                    Words(f"「{value['数値']}」は一つの数と単位として読めません。", str(error)),
                    Words("「７カ国以上」「35回」のように書いてください。", "Write 35回 or 7カ国以上."),
                ) from error
            count = None
        if count and not count.unit:
            raise form.cells.document.error(
                here,
                Words(f"「{value['値']}」に単位がありません。", f"{value['値']!r} has no unit."),
                Words(
                    "数値: に単位まで書いてください（例: 35回）。",
                    "Write the unit too, as in 数値: 35回.",
                ),
            )
        form.add(
            IndicatorValue(
                iri=thing("value", form.key, key, role),
                of=indicator,
                role=role,
                stated=value["値"],
                bound=count.bound if count else "qualitative",
                lower=count.lower if count else None,
                upper=count.upper if count else None,
                unit=count.unit if count else None,
                year=form.year([*here, "年度"], value["年度"]),
                certainty=form.cells.certainty(value),
                evidence=form.cells.evidence(
                    here, value, f"{field} {name}", "indicator", key, role, words=value["値"]
                ),
            )
        )
