"""Interpretations: somebody's reading of which section speaks to which objective or indicator.

They are data of their own, never part of a sheet's graph; each has a reason and an author.
"""

from __future__ import annotations

import re
from pathlib import Path

from konkyo.common.words import Words
from konkyo.model.identifiers import IRI, key_of, thing
from konkyo.model.records import Agent, Indicator, Justification, Objective, Record, SourceFile
from konkyo.sources.evidence import Cells
from konkyo.sources.registry import NotRegistered, Registry, registered
from konkyo.sources.yaml_document import check_against, read_yaml

SCHEMA = Path(__file__).with_name("interpretations.schema.json")

_LEVELS = {"対応する": "interpreted", "対応しない": "rejected"}
_KINDS = {"施策目標": "objective", "測定指標": "indicator"}


def read_interpretations(
    path: Path, registry: Registry, sheets: dict[str, list[Record]]
) -> tuple[str, list[Record]]:
    """Read one file of interpretations of a sheet that is among ``sheets`` (key to records).

    Returns the name of its graph and its records. Raises KonkyoError with line and field.
    """
    document = read_yaml(path)
    check_against(document, SCHEMA)
    data = document.data
    sheet = data["対象の評価書"]
    if sheet not in sheets:
        raise document.error(
            ["対象の評価書"],
            Words(f"評価書「{sheet}」は読み込まれていません。", f"No sheet {sheet!r} has been read."),
            Words("評価書の転記も一緒に渡してください。", "Pass the transcribed sheet along with it."),
        )
    known = {record.iri for record in sheets[sheet] if isinstance(record, Objective | Indicator)}
    name = f"interpretations/{data['キー']}"
    lines = next((record.line_count for record in sheets[sheet] if isinstance(record, SourceFile)), None)
    cells = Cells(document, name, thing("sheet", sheet), lines)
    author = thing("agent", data["著者"]["キー"])
    cells.records.append(Agent(iri=author, ja=data["著者"]["名称"], en=data["著者"].get("英語")))
    for number, cell in enumerate(data["解釈"]):
        place: list[str | int] = ["解釈", number]
        owner = _owner(sheet, cell["対象"])
        if owner not in known:
            raise document.error(
                [*place, "対象"],
                Words(
                    f"評価書{sheet}に「{cell['対象']}」はありません。",
                    f"Sheet {sheet} has no {cell['対象']!r}.",
                ),
            )
        try:
            strategy = registry.strategy(cell["戦略"])
        except NotRegistered as error:
            raise registered(document, [*place, "戦略"], error) from error
        try:
            basis = registry.section_of_strategy(strategy, cell["関係部分"])
        except NotRegistered as error:
            raise registered(document, [*place, "関係部分"], error) from error
        key = ["-".join(key_of(owner).split("/")[i] for i in (0, 2)), key_of(basis).split("/", 1)[1]]
        cells.records.append(
            Justification(
                iri=thing("link", name, *key),
                owner=owner,
                basis=basis,
                level=_LEVELS[cell["判断"]],
                reason=Words(cell["理由"], cell["reason"]),
                author=author,
                evidence=cells.evidence(place, cell, f"解釈の対象箇所（{cell['対象']}）", *key),
            )
        )
    return name, cells.records


def _owner(sheet: str, text: str) -> IRI:
    match = re.fullmatch(r"(施策目標|測定指標) ?([a-z0-9-]+)", text)
    if not match:  # the schema has checked the form
        raise ValueError(text)
    return thing(_KINDS[match[1]], sheet, match[2])
