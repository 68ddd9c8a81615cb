"""People's judgements: the same, not the same, unsure; kept in graphs/judgements.csv, appended to, taken back.

A judgement speaks of a pair: a mention (what a citation says of one document) and a strategy or edition, or two
of these. Per pair and person the last row counts; ``back`` takes that person's judgement back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Literal, cast, get_args

from konkyo.common.csv_lines import write_lines
from konkyo.common.errors import KonkyoError
from konkyo.common.files import read_regular
from konkyo.common.text import too_long
from konkyo.common.words import Words
from konkyo.model.identifiers import IRI
from konkyo.model.namespaces import ID
from konkyo.sources.known_strategies import KnownStrategy

Verdict = Literal["same", "different", "unsure", "back"]
COLUMNS = ("left", "right", "judgement", "who", "when", "why", "left_text", "right_text")
FILE = "judgements.csv"
MAX_BYTES = 50_000_000
# Measures and laws are judged as well; only of these it is known here which there are.
_STRATEGY = f"{ID}strategy/"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One row; ``left`` and ``right`` are identifiers, the texts are for people."""

    left: str
    right: str
    verdict: Verdict
    who: str
    when: str
    why: str = ""
    left_text: str = ""
    right_text: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """Return the two in a fixed order."""
        return (self.left, self.right) if self.left <= self.right else (self.right, self.left)


class Judgements:
    """All judgements, and what holds of them."""

    def __init__(self, rows: Iterable[Judgement] = ()) -> None:
        self.rows = list(rows)
        self._active: dict[tuple[str, str], dict[str, Judgement]] = {}
        for row in self.rows:
            people = self._active.setdefault(row.pair, {})
            people.pop(row.who, None)
            if row.verdict != "back":
                people[row.who] = row
        # Groups of what was judged the same; a contradiction leaves both of its sides out.
        self._disputed = {pair for pair, people in self._active.items() if len(_decided(people)) > 1}
        self._parent: dict[str, str] = {}
        for row in self._in_force("same"):
            one, other = self._root(row.left), self._root(row.right)
            if one != other:
                self._parent[max(one, other)] = min(one, other)

    def _in_force(self, verdict: Verdict) -> Iterator[Judgement]:
        for pair, people in sorted(self._active.items()):
            if pair not in self._disputed:
                for row in people.values():
                    if row.verdict == verdict:
                        yield row
                        break

    def _root(self, item: str) -> str:
        while (above := self._parent.get(item, item)) != item:
            item = above
        return item

    def of(self, left: str, right: str) -> Judgement | None:
        """Return the judgement in force on a pair; none where people disagree."""
        pair = (left, right) if left <= right else (right, left)
        if pair in self._disputed:
            return None
        return next(iter(self._active.get(pair, {}).values()), None)

    def any_of(self, left: str, right: str) -> Judgement | None:
        """Return the judgement on a pair, or one of those that chain the two together."""
        return self.of(left, right) or next(
            (row for row in self._in_force("same") if left in row.pair or right in row.pair), None
        )

    def same_as(self, item: str) -> list[str]:
        """Return what was judged the same as ``item``, directly or through others, in order."""
        root = self._root(item)
        return sorted(
            {
                other
                for row in self._in_force("same")
                for other in (row.left, row.right)
                if other != item and self._root(other) == root
            }
        )

    def _disagreements(self) -> Iterator[Words]:
        for pair in sorted(self._disputed):
            people = "、".join(f"{row.who}: {row.verdict}" for row in self._active[pair].values())
            yield Words(
                f"{pair[0]} と {pair[1]} について判断が分かれている（{people}）。どちらも使わない。",
                f"People disagree on {pair[0]} and {pair[1]} ({people}): neither holds.",
            )

    def named(self) -> set[str]:
        """Return the strategies and editions that judgements in force name."""
        rows = (*self._in_force("same"), *self._in_force("different"))
        return {side for row in rows for side in row.pair if side.startswith(_STRATEGY)}

    def believed(
        self, strategies: Collection[KnownStrategy], known: Container[str]
    ) -> tuple[Judgements, list[Words]]:
        """Return the judgements that may be used, and what is wrong with the others, with people's contradictions.

        ``known`` are the strategies and editions that the registry or any string at hand gives. Not used are those that
        name another one, and "same" where it would join what cannot be one: two editions of a registered strategy,
        two strategies that the registry calls different, or two things that somebody judged different.
        """
        found = list(self._disagreements())
        refused: set[tuple[str, str]] = set()
        for side in sorted(self.named()):
            if side not in known:
                refused.update(row.pair for row in self.rows if side in row.pair)
                found.append(
                    Words(
                        f"判断にある {side} は、登録簿にも、読んだ文字列にもない。その判断は使わない。",
                        f"{side} of a judgement is neither in the registry nor in the strings read: it is not used.",
                    )
                )
        kept = Judgements(row for row in self.rows if row.pair not in refused)
        apart: dict[str, set[IRI]] = {one.iri: set(one.different_from) for one in strategies}
        of_edition: dict[str, IRI] = {edition.iri: one.iri for one in strategies for edition in one.editions}
        joined: set[tuple[str, str]] = set()
        for group in kept._groups():
            for one, other in combinations(group, 2):
                if one in of_edition and of_edition[one] == of_edition.get(other):
                    why = Words("一つの戦略の異なる版", "two editions of one strategy")
                elif other in apart.get(one, ()) or one in apart.get(other, ()):
                    why = Words("登録簿が別とする戦略", "strategies that the registry calls different")
                elif (row := kept.of(one, other)) and row.verdict == "different":
                    why = Words("「別」とされたもの", "things that were judged different")
                else:
                    continue
                joined.update(row.pair for row in kept._in_force("same") if row.left in group)
                found.append(
                    Words(
                        f"{one} と {other} は{why.ja}だが、「同じ」とする判断がつないでいる。その「同じ」は使わない。",
                        f'{one} and {other} are {why.en}, yet judgements of "same" chain them: these are not used.',
                    )
                )
        return Judgements(row for row in kept.rows if row.pair not in joined), found

    def _groups(self) -> list[list[str]]:
        """Return what was judged the same, in groups."""
        groups: dict[str, set[str]] = {}
        for row in self._in_force("same"):
            groups.setdefault(self._root(row.left), set()).update(row.pair)
        return [sorted(groups[root]) for root in sorted(groups)]


def _decided(people: dict[str, Judgement]) -> set[str]:
    return {row.verdict for row in people.values() if row.verdict != "unsure"}


def read_judgements(path: Path) -> Judgements:
    """Read judgements.csv; an absent file holds none. Raises KonkyoError with the row that is wrong."""
    if not path.exists():
        return Judgements()
    try:
        text = read_regular(path, MAX_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KonkyoError(
            Words("文字コードがUTF-8ではありません。", "It is not UTF-8."), source=str(path)
        ) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        return Judgements(_rows(reader, path))
    except csv.Error as error:
        words = Words(f"CSVとして読めません（{error}）。", f"It is not CSV ({error}).")
        raise KonkyoError(
            too_long() if "field limit" in str(error) else words,
            source=str(path),
            line=reader.reader.line_num,
        ) from error


def _rows(reader: csv.DictReader[str], path: Path) -> Iterator[Judgement]:
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise KonkyoError(
            Words(f"見出しは {','.join(COLUMNS)} です。", f"The header is {','.join(COLUMNS)}."),
            source=str(path),
        )
    for number, row in enumerate(reader, start=2):
        verdict = row["judgement"]
        if verdict not in get_args(Verdict) or not row["left"] or not row["right"] or not row["who"]:
            raise KonkyoError(
                Words(
                    "判断は same、different、unsure、back のどれかで、左右と判断者が要ります。",
                    "A judgement is same, different, unsure or back, and names both sides and who judged.",
                ),
                source=str(path),
                row=number,
            )
        yield Judgement(
            left=row["left"],
            right=row["right"],
            verdict=cast(Verdict, verdict),
            who=row["who"],
            when=row["when"] or "",
            why=row["why"] or "",
            left_text=row["left_text"] or "",
            right_text=row["right_text"] or "",
        )


def append(path: Path, judgement: Judgement) -> None:
    """Append one judgement to the file, which is made with its header where it is absent."""
    row = judgement
    made = io.StringIO()
    if not path.is_file() or not path.stat().st_size:
        write_lines(made, [COLUMNS])
    cells = (row.left, row.right, row.verdict, row.who, row.when, row.why, row.left_text, row.right_text)
    write_lines(made, [cells])
    try:
        with path.open("a", encoding="utf-8", newline="") as file:
            file.write(made.getvalue())
    except OSError as error:
        raise KonkyoError(
            Words(f"書けません（{error.strerror}）。", f"It cannot be written ({error.strerror})."),
            source=str(path),
        ) from error
