"""An evaluation sheet, transcribed in YAML, to records.

The fields are those of the form 目標管理型の政策評価書 of 2012; `sheet.schema.json` describes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from konkyo.model.identifiers import thing
from konkyo.model.records import Record
from konkyo.sources.evidence import Cells
from konkyo.sources.registry import Registry
from konkyo.sources.sheet.form import Form, review_status
from konkyo.sources.sheet.goals import read_goals
from konkyo.sources.sheet.grounds import read_consulted, read_cooperation, read_panels, read_strategies
from konkyo.sources.sheet.head import read_document, read_measure, read_source, read_transcription
from konkyo.sources.sheet.means import read_items, read_means
from konkyo.sources.sheet.money import read_budget
from konkyo.sources.sheet.naming import Naming, ResolveTitle
from konkyo.sources.sheet.review import ReviewForm, read_review
from konkyo.sources.yaml_document import check_against, read_yaml

SCHEMA = Path(__file__).parent.with_name("sheet.schema.json")
REVIEW_SCHEMA = SCHEMA.with_name("review_sheet.schema.json")


def read_sheet(path: Path, registry: Registry, resolve: ResolveTitle) -> tuple[str, list[Record]]:
    """Read one transcribed sheet; return its key and its records. Raises KonkyoError with line and field.

    ``resolve`` tells what a title denotes that the registry does not hold under this name and date.
    """
    document = read_yaml(path)
    of_review = isinstance(document.data, Mapping) and "事業名" in document.data
    check_against(document, REVIEW_SCHEMA if of_review else SCHEMA)
    key = str(document.data["キー"])
    cells = Cells(document, key, thing("source" if of_review else "sheet", key), _line_count(document.data))
    if of_review:
        naming = Naming(registry, resolve, cells.records.append)
        read_review(ReviewForm(cells, naming, document.data, review_status(document.data)))
        return key, cells.records
    form = Form(cells, Naming(registry, resolve, cells.records.append), document.data)
    source = read_source(form)
    read_transcription(form, source)
    # Before the documents at hand, which may name the panels' reports again.
    read_panels(form)
    consulted, named = read_consulted(form)
    result = read_cooperation(form)
    read_measure(form, result)
    read_document(form, source, consulted, named, result.cooperations)
    read_goals(form)
    read_strategies(form)
    read_budget(form)
    read_means(form)
    read_items(form)
    return key, cells.records


def _line_count(data: Any) -> int | None:
    """Return how many lines the source has; a PDF or a workbook has none."""
    count = data["原資料"].get("行数")
    return int(count) if count else None
