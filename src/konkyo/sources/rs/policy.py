"""1-3 政策・施策、法令等: three independent lists by their own numbers, side by side in one row.

Rules for the policy list (see also :data:`konkyo.model.rules.SAME_MEASURE_NAME`):

* A policy named 「…いずれの政策・施策にも関連しないもの」 says that the project belongs to none: no policy and no
  measure is made, the placement keeps the words and says so.
* A policy or measure of 「なし」 or dashes is none; the project then hangs on the other of the two.
* Leading numbers are taken off the name and kept in the appearance.

A law or plan of 「なし」 or dashes is none either: nothing is cited by it. It is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from konkyo.common.law_number import LawNumber, law_number
from konkyo.common.text import split_display_number
from konkyo.common.words import Words
from konkyo.model.identifiers import IRI, LAW_ID, digest, exact_digest, law, measure, policy, thing
from konkyo.model.records import (
    Citation,
    CitedPlan,
    Law,
    LawNames,
    LegalCitation,
    MeasureNode,
    PartOf,
    Placement,
    PolicyNode,
    RecognisedAppearance,
    Record,
)
from konkyo.model.rules import SAME_MEASURE_NAME
from konkyo.sources.rs.forms import Layout
from konkyo.sources.rs.importer import Importer, Names
from konkyo.sources.rs.reasons import DISPLAY_ORDER, OFFICES, SHEET_KIND
from konkyo.sources.rs.wording import says_nothing

_NOWHERE = re.compile(r"いずれの.{0,10}にも関連しない")
_NOWHERE_NOTE = "どの政策・施策にも属さないと資料が記している。"
_LAW_BY_NAME = "資料に法令IDがないため、記された名前だけで区別している。"


class Policies(Importer):
    """1-3: where a project belongs, its legal basis, and the plans and notices that it cites."""

    kind = "1-3"
    not_imported: ClassVar[Mapping[str, Words]] = {
        "シート種別": SHEET_KIND,
        "府省庁の建制順": DISPLAY_ORDER,
        **OFFICES,
    }

    def __init__(self, layout: Layout, year: int, names: Names) -> None:
        super().__init__(layout, year, names)
        at = self.column
        self._place = at("番号（政策・施策）")
        self._ministry = at("政策所管府省庁_P")
        self._policy = at("政策")
        self._measure = at("施策")
        self._place_url = at("政策・施策URL")
        self._law = at("番号（根拠法令）")
        self._law_name = at("法令名")
        self._law_number = at("法令番号")
        self._law_id = at("法令ID")
        self._article, self._paragraph, self._item = at("条"), at("項"), at("号・号の細分")
        self._law_numbers: dict[IRI, LawNumber] = {}
        self._plan = at("番号（関係する計画・通知等）")
        self._plan_name = at("計画通知名")
        self._plan_url = at("計画通知等URL")

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Yield what each of the three lists holds in this row."""
        if cells[self._place].strip():
            yield from self._placement(row, cells, number, owner)
        if cells[self._law].strip():
            if self.nothing(cells, self._law_name, self._law_number, self._law_id):
                self.counts["laws-said-to-be-none"] += 1
            else:
                yield from self._legal(row, cells, number, owner)
        if cells[self._plan].strip():
            if self.nothing(cells, self._plan_name, self._plan_url):
                self.counts["plans-said-to-be-none"] += 1
            else:
                yield from self._cited(row, cells, number, owner)

    # --- policies and measures ------------------------------------------------------------------

    def _placement(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        key = self.number(cells, self._place)
        ministry = self.ministry(cells, self._ministry)
        policy_name, measure_name = cells[self._policy].strip(), cells[self._measure].strip()
        nowhere = bool(_NOWHERE.search(policy_name))
        above = below = None
        if not nowhere and not says_nothing(policy_name):
            stated, name = split_display_number(policy_name, attached=True)
            above = policy(ministry, name)
            if self.first(above):
                yield PolicyNode(iri=above, ministry=thing("org", ministry))
            yield from self._appearance(row, self._policy, "policy", ministry, above, stated, name)
        if not nowhere and not says_nothing(measure_name):
            stated, name = split_display_number(measure_name)
            below = measure(ministry, name)
            if self.first(below):
                yield MeasureNode(iri=below, ministry=thing("org", ministry))
            yield from self._appearance(row, self._measure, "measure", ministry, below, stated, name)
            if above and self.first(f"{below} {above}"):
                yield PartOf(iri=below, whole=above)
        place = below or above
        if nowhere or place is None:
            self.counts["project-in-no-policy"] += 1
        elif below is None:
            self.counts["project-in-policy-without-measure"] += 1
        yield Placement(
            iri=self.unique(row, "link", number, "policy", key),
            owner=owner,
            basis=place,
            stated=None if place else policy_name or None,
            note=None if place else _NOWHERE_NOTE,
            year=self.review_year,
            url=cells[self._place_url] or None,
            evidence=self.place(self._measure if below else self._policy),
            row=row,
        )

    def _appearance(
        self, row: int, column: int, kind: str, ministry: str, of: IRI, stated: str, name: str
    ) -> Iterator[Record]:
        iri = thing("appearance", self.review, kind, ministry, exact_digest(stated, name))
        if self.first(iri):
            yield RecognisedAppearance(
                iri=iri,
                of=of,
                number=stated or None,
                name=name,
                year=self.review_year,
                rule=SAME_MEASURE_NAME.iri,
                evidence=self.place(column),
                row=row,
            )

    # --- laws -----------------------------------------------------------------------------------

    def _legal(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        key = self.number(cells, self._law)
        name, stated_id = cells[self._law_name].strip(), cells[self._law_id].strip()
        # A revision's id is the law's, a date and the amending law's: the project rests on the law.
        official, _, revision = stated_id.partition("_")
        written = cells[self._law_number].strip()
        stated_number = law_number(written)
        notes = []
        if LAW_ID.fullmatch(official):
            iri = law(official)
            if self.first(iri):
                yield Law(iri=iri, identifier=official, local_id=official)
            if revision:
                notes.append(f"資料の法令ID: {stated_id}")
                self.counts["law-id-of-a-revision"] += 1
            if stated_number and not stated_number.may_be(official):
                stated_number = None
        else:
            iri = thing("law", "named", digest(name))
            if stated_number and self._law_numbers.get(iri, stated_number).contradicts(stated_number):
                iri = thing("law", "named", digest(f"{name} {stated_number}"))
            if self.first(iri):
                yield Law(iri=iri, note=_LAW_BY_NAME)
            self.counts["law-without-id"] += 1
            if stated_id:
                notes.append(f"資料の法令ID: {stated_id}")
                self.counts["law-id-unreadable"] += 1
        if written and not stated_number:
            notes.append(f"資料の法令番号: {written}")
            self.counts["law-number-of-no-such-law"] += 1
        names = (name,) if name and self.first(f"{iri} {name}") else ()
        # The number is one fact however it is spelt: the first spelling is kept.
        new = stated_number is not None and self.first(f"{iri} number")
        if stated_number:
            self._law_numbers.setdefault(iri, stated_number)
        if names or new:
            yield LawNames(iri=iri, names=names, number=written if new else None)
        if name:
            self.called(iri, name)
        yield LegalCitation(
            iri=self.unique(row, "link", number, "law", key),
            owner=owner,
            basis=iri,
            stated=name,
            article=cells[self._article] or None,
            paragraph=cells[self._paragraph] or None,
            item=cells[self._item] or None,
            note="、".join(notes) or None,
            year=self.review_year,
            evidence=self.place(self._law_name),
            row=row,
        )
        self.counts["law-citations"] += 1

    # --- plans and notices ----------------------------------------------------------------------

    def _cited(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        key = self.number(cells, self._plan)
        text = cells[self._plan_name]
        citation = thing("citation", exact_digest(text))
        if self.first(citation):
            yield Citation(iri=citation, text=text)
        yield CitedPlan(
            iri=self.unique(row, "link", number, "plan", key),
            owner=owner,
            basis=citation,
            stated=text,
            stated_as="related-plan",
            year=self.review_year,
            url=cells[self._plan_url] or None,
            evidence=self.place(self._plan_name),
            row=row,
        )
        self.counts["plan-citations"] += 1
