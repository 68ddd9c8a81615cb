"""The gaps of a review year, counted from its CSV files with nothing of konkyo: for each kind a list of ministries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

from support.csv_rows import Row, plain, rows_of

_CITED = ("計画通知名", "法令名", "法令番号", "法令ID")
_STEP = (
    "アクティビティ・アウトプット・アウトカムの番号",
    "種別（アクティビティ・アウトプット・アウトカム）",
    "アウトカムの期間",
)
_TOTAL = "計（歳出予算現額合計）"
_PARTS = ("当初予算（合計）", "補正予算（合計）", "前年度からの繰越し（合計）", "予備費等（合計）")
# A total of all accounts, and the column of one account that is a part of it.
_BY_ACCOUNT = {"当初予算（合計）": "当初予算", _TOTAL: "歳出予算現額"}


class Year:
    """The files of one review year in a folder, as CSV or zip."""

    def __init__(self, folder: Path, year: int) -> None:
        self.folder, self.year = folder, year
        self.owner = {row["予算事業ID"]: row["政策所管府省庁"] for row in self.rows("1-2")}
        self.policy = self.rows("1-3")
        self.based = {row["予算事業ID"] for row in self.policy if any(plain(row[name]) for name in _CITED)}

    def rows(self, kind: str) -> list[Row]:
        """Return the rows of a file."""
        found = rows_of(self.folder, kind, self.year)
        assert found is not None, (self.folder, kind)
        return found

    def projects_without_basis(self) -> list[str]:
        return [owner for project, owner in self.owner.items() if project not in self.based]

    def placed(self) -> dict[tuple[str, str], set[str]]:
        """Return the projects under each measure, by its ministry and name as written."""
        found = defaultdict(set)
        for row in self.policy:
            if row["施策"].strip():
                measure = row["政策所管府省庁_P"] or row["政策所管府省庁"], row["施策"]
                found[measure].add(row["予算事業ID"])
        return found

    def measures_without_basis(self) -> list[str]:
        return [owner for (owner, _), projects in self.placed().items() if not projects & self.based]

    def plans(self) -> dict[str, set[str]]:
        """Return what each project cites as plans."""
        found = defaultdict(set)
        for row in self.policy:
            if plain(row["計画通知名"]):
                found[row["予算事業ID"]].add(row["計画通知名"])
        return found

    def older_than_basis(self, first: Mapping[str, tuple[str, str]]) -> list[str]:
        """Return the owners of pairs of project and strategy, by plan's strategy and first date: those begun in a fiscal year before."""
        begun = {row["予算事業ID"]: row["事業開始年度"].strip() for row in self.rows("1-2")}
        pairs = {
            (project, first[plan])
            for project, plans in self.plans().items()
            for plan in plans
            if plan in first and begun[project]
        }
        return [
            self.owner[project]
            for project, (_, date) in sorted(pairs)
            if f"{int(begun[project]) + 1}-03-31" < date
        ]

    def superseded_only(self, is_old: Callable[[str], bool]) -> list[str]:
        return [self.owner[project] for project, plans in self.plans().items() if all(map(is_old, plans))]

    def citations_of(self, wanted: Callable[[str], bool]) -> list[str]:
        return [self.owner[p] for p, plans in self.plans().items() for plan in plans if wanted(plan)]

    def mixed_editions(self, edition_of: Callable[[str], tuple[str, str] | None]) -> list[str]:
        """``edition_of`` tells strategy and edition of a plan, or None."""
        plans, found = self.plans(), []
        for (owner, _), projects in self.placed().items():
            cited: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
            for project in projects:
                for plan in plans.get(project, ()):
                    if edition := edition_of(plan):
                        cited[edition[0]][project].add(edition[1])
            found += [owner for by in cited.values() if len({frozenset(own) for own in by.values()}) > 1]
        return found

    def outcomes_without_next(self) -> list[str]:
        lead, steps = set(), set()
        for row in self.rows("3-2"):
            source = tuple(row[f"派生元ー{name}"] for name in _STEP)
            if not source[1]:
                continue
            target = tuple(row[f"派生先ー{name}"] for name in _STEP)
            ends = (
                (row["予算事業ID"], *source, row["派生元ーアクティビティの内容/ 活動目標／成果目標"]),
                (row["予算事業ID"], *target, row["派生先ー 活動目標／成果目標"]),
            )
            lead.add(ends[0])
            steps |= set(ends)
        early = {step for step in steps if step[2] == "アウトカム" and step[3] in ("短期", "中期")}
        return [self.owner[step[0]] for step in early - lead]

    def sums_that_differ(self) -> tuple[list[str], int]:
        """Return the ministries of the totals that differ, and how many totals were compared with their stages."""
        found, compared = [], 0
        totals: dict[tuple[str, str, str], int] = {}
        parts: dict[tuple[str, str, str], int] = defaultdict(int)
        for row in self.rows("2-1"):
            project, year = row["予算事業ID"], row["予算年度"]
            if row[_TOTAL].strip():
                compared += 1
                if _yen(row[_TOTAL]) != sum(_yen(row[name]) for name in _PARTS):
                    found.append(self.owner[project])
                for name in _BY_ACCOUNT:
                    totals[project, year, name] = _yen(row[name])
            if row["会計区分"]:
                for name, own in _BY_ACCOUNT.items():
                    # An account with nothing is no part; where there is none at all, nothing can be compared.
                    if _yen(row[own]):
                        parts[project, year, name] += _yen(row[own])
        found += [self.owner[key[0]] for key, amount in parts.items() if totals.get(key, amount) != amount]
        return found, compared


def _yen(text: str) -> int:
    return int(float(text.strip())) if text.strip() else 0
