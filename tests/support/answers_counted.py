"""What the questions of the vocabulary's contract must answer, counted from the rows of the RS files with nothing of konkyo.

Each count is a set or a Counter of plain texts: the numbers of projects, the words of cells, rows by their number (the header
is row 1). A question whose column is in no RS file (advice, verdicts of a sheet) is not here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from support.csv_rows import Row, plain, rows_of

LAW = r"\d{3}[a-z][a-z0-9]{11}"
"""An id of e-Gov; some cells hold another text, or an id twice."""
STAGES = {
    "initial": "当初予算（合計）",
    "supplementary": "補正予算（合計）",
    "carryover": "前年度からの繰越し（合計）",
    "reserve": "予備費等（合計）",
    "total": "計（歳出予算現額合計）",
    "executed": "執行額（合計）",
}
_STEP = (
    "アクティビティ・アウトプット・アウトカムの番号",
    "種別（アクティビティ・アウトプット・アウトカム）",
    "アウトカムの期間",
)
END = 4
"""So many signs of a measure's name are compared: before them files write numbers in a hundred forms."""
_KINDS = {"アクティビティ": "activity", "アウトプット": "output", "アウトカム": "outcome"}


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _yen(text: str) -> int | None:
    return int(float(text.strip())) if text.strip() else None


class Rows:
    """The rows of one review year."""

    def __init__(self, folder: Path, year: int) -> None:
        self.folder, self.year = folder, year
        self._kept: dict[str, list[Row] | None] = {}

    def of(self, kind: str) -> list[Row]:
        """Return the rows of a kind; none where the file is not there."""
        if kind not in self._kept:
            self._kept[kind] = rows_of(self.folder, kind, self.year)
        return self._kept[kind] or []

    def has(self, *kinds: str) -> bool:
        return all(self.of(kind) for kind in kinds)

    # -- the questions, by the name of the stored query that answers them --

    def stated_justifications(self) -> Any:
        """Project and row of each plan."""
        return {
            (row["予算事業ID"], number)
            for number, row in enumerate(self.of("1-3"), 2)
            if plain(row["計画通知名"])
        }

    def legal_basis(self) -> Any:
        """Project and id of each law that has one; of a revision's id the law's."""
        cited = (
            (row["予算事業ID"], row["法令ID"].strip().lower().partition("_")[0]) for row in self.of("1-3")
        )
        return {(project, law) for project, law in cited if re.fullmatch(LAW, law)}

    def words_of_laws(self) -> dict[str, str]:
        """Return what each project writes in cells of laws that have no id."""
        found: dict[str, str] = defaultdict(str)
        for row in self.of("1-3"):
            if not re.fullmatch(LAW, row["法令ID"].strip().lower()):
                found[row["予算事業ID"]] += _squeezed(row["法令名"]) + " "
        return found

    def projects_of_measure(self) -> Any:
        """Ministry, end of the measure's name and project."""
        return {
            (
                row["政策所管府省庁_P"] or row["政策所管府省庁"],
                "".join(row["施策"].split())[-END:],
                row["予算事業ID"],
            )
            for row in self.of("1-3")
            if plain(row["施策"])
        }

    def budget_by_year(self) -> Any:
        """Amounts of each stage by project and year."""
        found = {}
        for row in self.of("2-1"):
            amounts = tuple(_yen(row[name]) for name in STAGES.values())
            # The execution of a year that is not over is told as 0, which is none.
            if int(row["予算年度"]) >= self.year:
                amounts = (*amounts[:-1], None)
            if any(amount is not None for amount in amounts):
                found[row["予算事業ID"], row["予算年度"]] = amounts
        return found

    def changes_between_years(self) -> Any:
        """Project, stage and both amounts, of this year's budget against the one of the year before."""
        by = self.budget_by_year()
        found = set()
        for (project, year), now in by.items():
            before = by.get((project, str(int(year) - 1))) if year == str(self.year) else None
            for stage, old, new in zip(STAGES, before or (), now, strict=False):
                if old is not None and new is not None and old != new:
                    found.add((project, stage, old, new))
        return found

    def gap_projects_without_basis(self) -> Any:
        """Projects that cite neither plan nor law, nor a decision that sets their KPI."""
        cited = ("計画通知名", "法令名", "法令番号", "法令ID")
        based = {row["予算事業ID"] for row in self.of("1-3") if any(plain(row[name]) for name in cited)}
        decision = "事業に関連するKPIが定められている閣議決定等の名称"
        based |= {row["予算事業ID"] for row in self.of("3-1") if plain(row[decision])}
        return {row["予算事業ID"] for row in self.of("1-2")} - based

    def logic_chain(self) -> Any:
        """Project and the kinds of both ends of each link, as often as there are such links."""
        links = set()
        for row in self.of("3-2"):
            ends = tuple(
                (*(row[f"{side}ー{name}"].strip() for name in _STEP), plain(row[text]))
                for side, text in (
                    ("派生元", "派生元ーアクティビティの内容/ 活動目標／成果目標"),
                    ("派生先", "派生先ー 活動目標／成果目標"),
                )
            )
            if ends[0][1] and ends[1][1]:
                links.add((row["予算事業ID"], *ends))
        return Counter((project, _KINDS[one[1]], _KINDS[other[1]]) for project, one, other in links)

    def payments_by_payee(self) -> Any:
        """What each payee with a corporate number received, by number, in how many payments."""
        found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for row in self.of("5-1"):
            number, amount = row["法人番号"].strip(), _yen(row["支出先の合計支出額"])
            # Thirteen nines stand for those that are not named.
            if amount is not None and re.fullmatch(r"\d{13}", number) and set(number) != {"9"}:
                found[number][0] += 1
                found[number][1] += amount
        return {number: tuple(sums) for number, sums in found.items()}

    def payments_of_projects(self) -> Any:
        """By project: what payees were paid, the totals of blocks, and contracts."""
        found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for row in self.of("5-1"):
            if not any(row[name].strip() for name in ("ブロックの合計支出額", "支出先の合計支出額", "金額")):
                continue
            own = found[row["予算事業ID"]]
            if row["支出先名"].strip() and row["支出先の合計支出額"].strip():
                own[0] += _yen(row["支出先の合計支出額"]) or 0
            elif row["契約概要"].strip() or row["金額"].strip():
                own[2] += _yen(row["金額"]) or 0
            own[1] += _yen(row["ブロックの合計支出額"]) or 0
        return {project: tuple(sums) for project, sums in found.items()}

    def indicator_results(self) -> Any:
        """How many targets of a year each project has."""
        found = Counter[str]()
        for row in self.of("3-1"):
            if re.sub(r"^\W*\d*\W*", "", row["目標年度／目標値／実績値／達成率"]) == "目標値":
                found[row["予算事業ID"]] += sum(name.isdigit() and bool(row[name].strip()) for name in row)
        return +found

    def values_in_words(self) -> Any:
        """How many results of a project are told in words."""
        told = {
            (
                row["予算事業ID"],
                *(row[name] for name in _STEP),
                plain(row["定性的なアウトカムに関する成果実績"]),
            )
            for row in self.of("3-1")
        }
        return Counter(project for project, *_, text in told if text)

    def citing(self, words: str) -> set[str]:
        """Return the projects with a plan, or a decision that sets a KPI, whose words hold a pattern.

        The words are without blanks and in plain figures.
        """
        decision = "事業に関連するKPIが定められている閣議決定等の名称"
        return {
            row["予算事業ID"]
            for kind, column in (("1-3", "計画通知名"), ("3-1", decision))
            for row in self.of(kind)
            if re.search(words, _squeezed(row[column]))
        }
