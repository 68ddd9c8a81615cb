"""What is known of titles: the registry's names, and what the citations of RS 2024 have been seen to say.

``python -m konkyo.citations.title_index 1-3_RS_2024_….zip graphs/editions-seen.csv`` writes the table of the latter. It holds facts only: a title's key, the edition and the date that citations state
beside it, and how many do. It joins 第6期 and a date where citations state both, and tells a plan that is
cited with one date from one that is decided again and again.
"""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from konkyo.citations.parse.reading import Reading, read
from konkyo.citations.parse.scan import compatible
from konkyo.citations.parse.titles import ENDS_AS_TITLE, key_of_title, label_of_group, take_apart
from konkyo.common.csv_lines import write_lines
from konkyo.common.dates import PartialDate
from konkyo.common.errors import KonkyoError
from konkyo.common.files import read_regular
from konkyo.common.paths import graphs_dir
from konkyo.common.words import Words
from konkyo.model.identifiers import IRI, digest
from konkyo.sources.known_strategies import KnownEdition, KnownStrategy
from konkyo.sources.registry import Registry

SEEN = "editions-seen.csv"
COLUMNS = ("key", "title", "labels", "date", "citations")
_MAX_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class TitleObservation:
    """How often citations state a title with these labels and this date; ``title`` is one way it is written."""

    key: str
    labels: tuple[str, ...]
    date: PartialDate | None
    citations: int
    title: str = ""


def read_observations(path: Path) -> list[TitleObservation]:
    """Read the carried table; an absent file is an empty one."""
    if not path.exists():
        return []
    data = read_regular(path, _MAX_BYTES)
    try:
        return [
            TitleObservation(
                row["key"],
                tuple(row["labels"].split()),
                _date(row["date"]) if row["date"] else None,
                int(row["citations"]),
                row["title"],
            )
            for row in csv.DictReader(io.StringIO(data.decode(), newline=""))
        ]
    except (csv.Error, ValueError, LookupError, AttributeError, TypeError) as error:
        raise KonkyoError(
            Words(f"書名の表として読めません（{error}）。", f"It is no table of titles ({error})."),
            source=str(path),
        ) from error


def _date(iso: str) -> PartialDate:
    return PartialDate(*(int(part) for part in iso.split("-")))


def title_observations(
    readings: Mapping[Reading, int] | Iterable[tuple[Reading, int]],
) -> list[TitleObservation]:
    """Count what readings state; sorted, so that the table is the same for the same citations."""
    found: dict[tuple[str, tuple[str, ...], PartialDate | None], int] = defaultdict(int)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for reading, citations in readings.items() if isinstance(readings, Mapping) else readings:
        for document in reading.documents:
            date = None if document.borrowed else document.date
            found[document.apart.key, document.apart.labels, date] += citations
            written[document.apart.key][document.apart.base] += citations
    titles = {
        key: min(names.items(), key=lambda item: (-item[1], item[0]))[0] for key, names in written.items()
    }
    return [
        TitleObservation(*what, number, titles[what[0]])
        for what, number in sorted(
            found.items(), key=lambda item: (item[0][0], item[0][1], item[0][2].iso if item[0][2] else "")
        )
    ]


def write_observations(path: Path, found: Iterable[TitleObservation]) -> None:
    """Write the carried table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        write_lines(file, [COLUMNS])
        write_lines(
            file,
            (
                (one.key, one.title, " ".join(one.labels), one.date.iso if one.date else "", one.citations)
                for one in found
            ),
        )


@dataclass
class Title:
    """What is known of one title that is not registered."""

    citations: int = 0
    pairs: dict[PartialDate, set[tuple[str, ...]]] = field(default_factory=dict)
    dates: set[PartialDate] = field(default_factory=set)

    def full_date(self, date: PartialDate) -> PartialDate:
        """Return the one day that a month or a year stands for among those seen, else the date itself."""
        fuller = {other for other in self.dates if other != date and compatible(other, date)}
        finest = {
            other
            for other in fuller
            if (other.day is not None, other.month is not None)
            > (date.day is not None, date.month is not None)
        }
        days = {other for other in finest if other.day is not None} or finest
        return next(iter(days)) if len(days) == 1 else date

    def label_of(self, date: PartialDate) -> tuple[str, ...] | None:
        """Return the edition that citations state beside a date, if they all state the same."""
        found: set[tuple[str, ...]] = set()
        for other, labels in self.pairs.items():
            if compatible(other, date):
                found |= labels
        return next(iter(found)) if len(found) == 1 else None

    def date_of(self, labels: tuple[str, ...]) -> PartialDate | None:
        """Return the one day on which a title was decided in the year that alone tells its edition: 戦略2023.

        None where citations state the year and a date together: then the year names the edition.
        """
        if len(labels) != 1 or labels[0][0] != "y" or any(labels in seen for seen in self.pairs.values()):
            return None
        year = int(labels[0][1:])
        made = {self.full_date(date) for date in self.dates if date.year == year and date not in self.pairs}
        only = next(iter(made)) if len(made) == 1 else None
        return only if only and only.day is not None else None

    def days_of(self, labels: tuple[str, ...]) -> set[PartialDate]:
        """Return the days that citations state beside an edition: 令和2年度…の国庫補助について has two notices."""
        return {date for date, seen in self.pairs.items() if labels in seen and date.day is not None}


class Index:
    """Registered names and titles seen."""

    def __init__(self, strategies: Iterable[KnownStrategy], seen: Iterable[TitleObservation] = ()) -> None:
        self.strategies: dict[IRI, KnownStrategy] = {}
        self.editions: dict[IRI, KnownEdition] = {}
        self.names: dict[str, KnownStrategy] = {}
        self.own_labels: dict[str, tuple[str, ...]] = {}
        self.edition_names: dict[tuple[str, tuple[str, ...]], tuple[KnownStrategy, KnownEdition]] = {}
        self.labels: dict[IRI, frozenset[str]] = {}
        self.titles: dict[str, Title] = defaultdict(Title)
        for strategy in strategies:
            self.strategies[strategy.iri] = strategy
            for name in (strategy.ja, *strategy.aliases):
                self.names.setdefault(key_of_title(name), strategy)
                apart = take_apart(name)
                if self.names.setdefault(apart.key, strategy) is strategy:
                    # 「…戦略2025」 is a name: the year in it is no edition of it.
                    self.own_labels.setdefault(apart.key, apart.labels)
            for edition in strategy.editions:
                self.editions[edition.iri] = edition
                self.labels[edition.iri] = frozenset(
                    code for label in edition.labels for code in label_of_group(label) or ()
                )
        # A name that only one edition bears; …（改訂） is the strategy's own name and tells no edition.
        for strategy in self.strategies.values():
            for edition in strategy.editions:
                for name in edition.aliases:
                    apart = take_apart(name)
                    for key, labels in ((apart.key, apart.labels), (key_of_title(name), ())):
                        if labels or key not in self.names:
                            self.edition_names.setdefault((key, labels), (strategy, edition))
        for sight in seen:
            self.add(sight)

    def add(self, sight: TitleObservation) -> None:
        """Take in what citations state of a title."""
        title = self.titles[sight.key]
        title.citations += sight.citations
        if sight.date:
            title.dates.add(sight.date)
            if sight.labels:
                title.pairs.setdefault(sight.date, set()).add(sight.labels)

    def by_label(self, strategy: KnownStrategy, labels: Iterable[str]) -> list[KnownEdition]:
        """Return the editions that bear one of the labels; of several, those that bear all."""
        wanted = set(labels)
        found = [one for one in strategy.editions if self.labels[one.iri] & wanted]
        full = [one for one in found if wanted <= self.labels[one.iri]]
        return full or found

    @staticmethod
    def by_date(strategy: KnownStrategy, date: PartialDate) -> list[KnownEdition]:
        """Return the editions whose dates agree with a date as far as it is stated."""
        found = [
            one
            for one in strategy.editions
            if any(compatible(known, date) for known in (one.date, *one.other_dates))
        ]
        return [one for one in found if one.date == date] or found

    def whole(self, key: str) -> bool:
        """Return whether a registered title has this key."""
        return key in self.names or (key, ()) in self.edition_names

    def part(self, key: str) -> bool:
        """Return whether a title with this key has been met on its own."""
        if self.whole(key):
            return True
        known = self.titles.get(key)
        return (
            known is not None and known.citations >= 2 and bool(ENDS_AS_TITLE.search(key)) and len(key) >= 5
        )


def learn_titles(citations: Mapping[str, int], strategies: Iterable[KnownStrategy]) -> list[TitleObservation]:
    """Return what the citations of an official file state: read twice, since titles met alone help to split lists."""
    index = Index(strategies)
    for sight in title_observations([(read(raw, index), number) for raw, number in citations.items()]):
        index.add(sight)
    return title_observations([(read(raw, index), number) for raw, number in citations.items()])


def mention_key(key: str, labels: Iterable[str], date: PartialDate | None) -> str:
    """Return the identifier of a mention: a title, its edition and date, so that spellings fold together."""
    return f"mention/{digest(key, *labels, date.iso if date else '')}"


COLUMN = "計画通知名"


def citations_of(archive: Path) -> Counter[str]:
    """Return how often each string stands in the official file's 計画通知名. Raises KonkyoError for another file."""
    from konkyo.sources.rs.table import recognise, rows

    found: Counter[str] = Counter()
    for file in recognise(archive):
        if COLUMN not in file.columns:
            raise KonkyoError(
                Words(f"列「{COLUMN}」がありません。", f"It has no column {COLUMN}."), source=str(archive)
            )
        at = file.columns.index(COLUMN)
        found.update(cells[at] for _, cells in rows(file) if at < len(cells) and cells[at])
    return found


def main(archive: str, target: str) -> None:
    """Learn from the official file and write the table."""
    write_observations(Path(target), learn_titles(citations_of(Path(archive)), Registry(graphs_dir()).known))


if __name__ == "__main__":
    main(*sys.argv[1:3])
