"""Evidence of a transcribed document: each cell's lines, field, words and reading certainty as records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from konkyo.common.dates import PartialDate, parse_date, parse_fiscal_year
from konkyo.common.text import parse_lines
from konkyo.common.words import Words
from konkyo.model.identifiers import IRI, below, lines_of, place_in, thing
from konkyo.model.namespaces import (
    LINE_FRAGMENT_SCHEME,
    PDF_FRAGMENT_SCHEME,
    WORKBOOK_REFERENCE_SCHEME,
    XML_FRAGMENT_SCHEME,
)
from konkyo.model.records import Evidence, LineSelector, PlaceSelector, Record
from konkyo.sources.yaml_document import Document

Path = Sequence[str | int]
Cell = Mapping[str, Any]

CERTAINTIES = {"明白": "plain", "配置": "layout", "計算": "arithmetic", "一部": "partial", "不明": "unplaced"}


def _scheme(fragment: str) -> str:
    """Return the standard that a place is written in."""
    if fragment.startswith("page="):
        return PDF_FRAGMENT_SCHEME
    return XML_FRAGMENT_SCHEME if fragment.startswith("xpointer(") else WORKBOOK_REFERENCE_SCHEME


def as_list(value: Any) -> list[Any]:
    """Return a field that holds one thing or a list of them as a list."""
    return value if isinstance(value, list) else [value]


class Cells:
    """Turns the cells of one document into evidence, and reads what their texts say."""

    def __init__(self, document: Document, key: str, source: IRI, line_count: int | None) -> None:
        self.document = document
        self.key = key
        self.source = source
        self.line_count = line_count
        self.records: list[Record] = []
        self.made: dict[IRI, tuple[IRI, ...]] = {}
        """The places of each piece of evidence that was recorded."""

    def certainty(self, cell: Cell) -> str:
        """Return the code of how surely a cell was read; ``layout`` where the transcriber says nothing."""
        return CERTAINTIES[cell.get("確度", "配置")]

    def evidence(
        self, path: Path, cell: Cell, field: str, *key: str, words: str | None = None
    ) -> tuple[IRI, ...]:
        """Record the evidence of one cell and return its IRIs, one for each place.

        ``field`` is the name of the form's field, ``words`` the short words quoted from it.
        Raises KonkyoError for lines that are none or lie outside the source, and for a cell whose key
        another one has: two facts would run together.
        """
        evidence = thing("evidence", self.key, *key)
        if evidence in self.made:
            raise self.document.error(
                path,
                Words("同じものが前にもあります。", "The same thing stands here a second time."),
                Words(
                    "一方を消すか、キー・記号を分けてください。", "Remove one, or give them different keys."
                ),
            )
        places: list[IRI] = []
        # Two places are two pieces of evidence: several selectors of one would be other ways to say the same place.
        for place, selector in self._selected(path, cell, evidence):
            self.records.append(
                Evidence(
                    iri=place,
                    source=self.source,
                    field=field,
                    certainty=self.certainty(cell),
                    words=words,
                    selector=selector,
                    note=cell.get("注"),
                )
            )
            places.append(place)
        self.made[evidence] = tuple(places)
        return tuple(places)

    def _selected(self, path: Path, cell: Cell, evidence: IRI) -> Iterator[tuple[IRI, IRI]]:
        """Record the selector of each place that a cell states; yield each place's evidence and selector."""
        made: IRI | None = None
        for item in as_list(cell.get("行", [])):
            first, last = self.lines([*path, "行"], item)
            made = lines_of(evidence, first, last) if made else evidence
            selector = below(made, "lines")
            self.records.append(
                LineSelector(
                    iri=selector,
                    first=first,
                    last=last,
                    fragment=f"line={first - 1},{last}",
                    conforms_to=IRI(LINE_FRAGMENT_SCHEME),
                )
            )
            yield made, selector
        for fragment in as_list(cell.get("場所", [])):
            made = place_in(evidence, fragment) if made else evidence
            selector = below(made, "place")
            self.records.append(
                PlaceSelector(iri=selector, fragment=fragment, conforms_to=IRI(_scheme(fragment)))
            )
            yield made, selector

    def lines(self, path: Path, item: str | int) -> tuple[int, int]:
        """Return the first and last line that a field states. Raises KonkyoError."""
        try:
            first, last = parse_lines(item)
        except ValueError as error:
            raise self.document.error(
                path,
                Words(f"「{item}」は行の範囲として読めません。", str(error)),
                Words("75、24-28、[31, 66] のように書いてください。", "Write 75, 24-28 or [31, 66]."),
            ) from error
        if self.line_count is not None and last > self.line_count:
            raise self.document.error(
                path,
                Words(
                    f"{last}行目は原資料（全{self.line_count}行）にありません。",
                    f"The source has {self.line_count} lines, so it has no line {last}.",
                ),
            )
        return first, last

    def fiscal_year(self, path: Path, text: str) -> int:
        """Return the fiscal year that a field states. Raises KonkyoError."""
        try:
            return parse_fiscal_year(text)
        except ValueError as error:
            raise self.document.error(
                path,
                Words(f"「{text}」は会計年度として読めません。", str(error)),
                Words("「平成23年度」「2011年度」のように書いてください。", "Write 平成23年度 or 2011年度."),
            ) from error

    def date(self, path: Path, text: str) -> PartialDate:
        """Return the date that a field states, as precise as it is stated. Raises KonkyoError."""
        try:
            return parse_date(text)
        except ValueError as error:
            raise self.document.error(
                path,
                Words(f"「{text}」は日付として読めません。", str(error)),
                Words(
                    "「平成24年9月」「2012-09-03」のように、分かる所までを書いてください。",
                    "Write it as far as it is known: 平成24年9月, 2012-09-03.",
                ),
            ) from error
