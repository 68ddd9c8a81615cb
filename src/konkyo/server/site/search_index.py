"""The index of the site's search: the side index of a store (:mod:`konkyo.graph.search`) as parts that a page loads.

All names, numbers and texts in their form stand one after the other in one long text. For each pair of neighbouring signs
a part says at which places of it the pair stands; a run of pairs at places that follow each other is a text that was looked
for. So a search loads the parts of the signs that it looks for, then the things that it shows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from konkyo.common.dates import era_date
from konkyo.common.name_form import joining, name_form, table
from konkyo.common.temporary import temporary_folder
from konkyo.graph.lookup.editions import EditionMarks, labels_in, versions
from konkyo.graph.search.gather import OWNERS, is_number, several
from konkyo.graph.search.index_file import index_of, reading
from konkyo.graph.search.kinds import GROUPS, NAMES
from konkyo.graph.search.near import LEFT_OUT
from konkyo.graph.search.write import FILE, write_index
from konkyo.graph.sparql import PROLOGUE
from konkyo.server.pages.site import versions_told
from konkyo.server.site.files import SiteFile
from konkyo.server.site.parts import base64_of, part
from konkyo.store import Store

# The first sign of a pair tells its part, the number of a thing that of its own.
PARTS = 256
CHUNK = 128
# Around each name and number, behind each text: no form holds them.
BEGIN, END = "\x02", "\x03"

_KANJI = "〇一二三四五六七八九"


def index_files(store: Store, folder: str, address: Callable[[str], str | None]) -> Iterator[SiteFile]:
    """Yield the parts of the index below a folder; ``address`` tells the page of a thing from the site's own folder.

    It holds each thing as the latest documents show it, as :func:`konkyo.graph.search.search` finds it where no year is asked.
    """
    with _opened(store) as index:
        gathered = _Gathered(index, store)
        yield from gathered.chunks(folder, address)
        stream = gathered.stream
        yield part(folder, "core", gathered.core())
        yield part(folder, "near", gathered.near())
    for number, pairs in _pairs("".join(stream)).items():
        yield part(folder, f"g/{number}", pairs)


@contextmanager
def _opened(store: Store) -> Iterator[sqlite3.Connection]:
    """Open the index of a store; one that has none (a graph in memory, a server) gets it for as long."""
    with temporary_folder() as place:
        path = index_of(store)
        if path is None:
            path = place / FILE
            write_index(store, path)
        with reading(path) as index:
            yield index


@dataclass
class _Gathered:
    """What the index says of all things, which are numbered in the order of their IRIs."""

    index: sqlite3.Connection
    store: Store
    stream: list[str] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    """Of each thing how many signs its names, its numbers and its texts take."""

    def __post_init__(self) -> None:
        self.things = self.index.execute(
            "SELECT iri, kind, grp, number, ja, en, ministry, length, years, id FROM thing ORDER BY iri"
        ).fetchall()
        self.number_of = {row[0]: number for number, row in enumerate(self.things)}
        self.keys = _grouped(self.index.execute("SELECT thing, key FROM name ORDER BY thing, key"))
        self.texts = _grouped(
            self.index.execute("SELECT thing, field, text, year FROM text ORDER BY thing, place")
        )
        self.versions = versions_told(self.store, {row[0]: row[1] for row in self.things})
        # What a later review has as well is found as that one.
        self.current = {row[0] for row in self.index.execute("SELECT thing FROM unit WHERE current")}

    def chunks(self, folder: str, address: Callable[[str], str | None]) -> Iterator[SiteFile]:
        """Yield the things with all that is shown of them, some at a time, and note the stream on the way."""
        for start in range(0, len(self.things), CHUNK):
            some = self.things[start : start + CHUNK]
            yield part(folder, f"t/{start // CHUNK}", [self._thing(row, address) for row in some])

    def _thing(self, row: tuple[Any, ...], address: Callable[[str], str | None]) -> list[Any]:
        iri, kind, _, number, ja, en, _, _, years, key = row
        latest = int(years.split(" ")[0]) if years else None
        told = [
            (name, text)
            for name, text, year in self.texts.get(key, ())
            if name == "name" or year in (None, latest)
        ]
        own = [name for (name,) in self.keys.get(key, ())]
        names = [name for name in own if not is_number(iri, name)]
        numbers = [name for name in own if is_number(iri, name)]
        described = dict.fromkeys(name_form(text) for name, text in told if name != "name")
        if key not in self.current:
            names, numbers, described = [], [], {}
        for kept, first in ((names, BEGIN), (numbers, BEGIN), (described, "")):
            text = "".join(f"{first}{one}{END}" for one in kept if one)
            self.stream.append(text)
            self.sizes.append(len(text))
        return [iri, address(iri), kind, number, ja, en, years, self.versions.get(iri), told]

    def core(self) -> dict[str, Any]:
        """Return what every search needs."""
        owners = several(self.store, OWNERS)
        heads = sorted({iri for found in owners.values() for iri in found})
        place_of = {iri: place for place, iri in enumerate(heads)}
        owned: list[int] = []
        for row in self.things:
            found = [place_of[iri] for iri in owners.get(row[0], ())]
            owned += [len(found), *found]
        shown = {iri: self.things[self.number_of[iri]] for iri in heads if iri in self.number_of}
        return {
            "parts": PARTS,
            "chunk": CHUNK,
            "count": len(self.things),
            "latest": max((row[8].split(" ")[0] for row in self.things), default=""),
            "sizes": base64_of(_packed(self.sizes)[0]),
            "groups": "".join(chr(ord("a") + row[2]) for row in self.things),
            "lengths": base64_of(_packed([row[7] for row in self.things])[0]),
            "owned": base64_of(_packed(owned)[0]),
            "heads": [
                [self.number_of[iri], shown[iri][4], shown[iri][5] or shown[iri][4]] if iri in shown else None
                for iri in heads
            ],
            "kinds": [[group.name, *group.words] for group in GROUPS],
            "cited": NAMES.index("citation"),
            "same": self._same(),
            "also": self._also(),
            "meant": self._meant(),
            "forms": _forms(),
            "joining": joining(),
        }

    def near(self) -> list[list[Any]]:
        """Return the names that one which fits nothing may have meant: 「もしかして」."""
        left_out = [NAMES.index(name) for name in LEFT_OUT]
        numbers = {row[9]: self.number_of[row[0]] for row in self.things if row[2] not in left_out}
        named = self.index.execute("SELECT key, thing FROM name ORDER BY key, thing").fetchall()
        return [[key, numbers[thing]] for key, thing in named if thing in numbers]

    def _same(self) -> dict[int, int]:
        """Return of citations that differ only in how signs are written which is the first."""
        cited = NAMES.index("citation")
        forms: dict[str, list[int]] = {}
        for number, row in enumerate(self.things):
            if row[2] == cited:
                forms.setdefault(name_form(row[4]), []).append(number)
        return {number: alike[0] for alike in forms.values() if len(alike) > 1 for number in alike}

    def _also(self) -> dict[int, list[int]]:
        """Return what is meant with a thing that is named: the documents a citation was taken for, the plan of an edition."""
        plans = self._pairs("?o dcat:hasVersion ?s")
        cited = self._pairs(
            "?s kk:hasDenotation ?d . ?d kk:denotes ?o ; kk:claimLevel ?level FILTER(?level != c:rejected)"
        )
        found = dict(plans)
        for citation, documents in cited.items():
            found[citation] = sorted(
                {*documents, *(plan for one in documents for plan in plans.get(one, ()))}
            )
        return found

    def _pairs(self, pattern: str) -> dict[int, list[int]]:
        found: dict[int, set[int]] = {}
        for row in self.store.select(f"{PROLOGUE}SELECT DISTINCT ?s ?o WHERE {{ {pattern} }}"):
            ends = self.number_of.get(row["s"].value), self.number_of.get(row["o"].value)
            if ends[0] is not None and ends[1] is not None:
                found.setdefault(ends[0], set()).add(ends[1])
        return {number: sorted(others) for number, others in sorted(found.items())}

    def _meant(self) -> dict[str, list[int]]:
        """Return the usual ways to name an edition by its plan and its number, year or date, with what they mean."""
        names: dict[str, set[str]] = {}
        editions: dict[str, dict[str, set[str]]] = {}
        rows = self.store.select(
            f"{PROLOGUE}SELECT DISTINCT ?plan ?name ?e ?version WHERE {{ ?plan dcat:hasVersion ?e . ?e dcat:version ?version . "
            "{ ?plan skos:prefLabel ?name } UNION { ?plan skos:altLabel ?name } }"
        )
        for row in rows:
            plan = row["plan"].value
            names.setdefault(plan, set()).add(row["name"].value)
            editions.setdefault(plan, {}).setdefault(row["e"].value, set()).add(row["version"].value)
        found: dict[str, set[int]] = {}
        for plan, own in editions.items():
            marks = versions(self.store, own)
            for one in marks:
                for name, version in product(names[plan], own[one.iri]):
                    for text, labels, dates in _ways(name, version, one):
                        meant = [other.iri for other in marks if other.bears(labels, dates)]
                        numbers = {self.number_of[iri] for iri in (plan, *meant) if iri in self.number_of}
                        found.setdefault(name_form(text), set()).update(numbers)
        return {form: sorted(numbers) for form, numbers in sorted(found.items())}


def _grouped(rows: Iterable[Sequence[Any]]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for key, *rest in rows:
        found.setdefault(key, []).append(tuple(rest))
    return found


def _ways(name: str, version: str, one: EditionMarks) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    """Yield how people name an edition (骨太の方針2023, 第六次…計画, 骨太の方針2023（令和5年6月16日閣議決定）), with what is stated."""
    heads = [f"{name}{version}"]
    if version.startswith("第"):
        kanji = "".join(
            _KANJI[int(sign)] if sign.isascii() and sign.isdecimal() else sign for sign in version
        )
        heads = [f"{version}{name}", f"{kanji}{name}"]
    labels = labels_in(version)
    if labels:
        yield from ((head, labels, ()) for head in heads)
    for date in one.dates:
        if told := era_date(date):
            for decided in ("閣議決定", ""):
                yield f"{name}（{told}{decided}）", (), (date,)
                yield from ((f"{head}（{told}{decided}）", labels, (date,)) for head in heads if labels)


# --- pairs and where they stand -----------------------------------------------------------------------------


def _pairs(stream: str) -> dict[int, dict[str, str]]:
    """Return of each pair of neighbours in the stream its places, packed, by the number of its part."""
    signs = np.frombuffer(stream.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    places = np.flatnonzero(signs[:-1] != ord(END))
    keys = (signs[places] << np.uint64(21)) | signs[places + 1]
    order = np.argsort(keys, kind="stable")
    keys, places = keys[order], places[order]
    found: dict[int, dict[str, str]] = {number: {} for number in range(PARTS)}
    if not len(keys):
        return found  # a graph of others may have no names at all
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    steps = np.diff(places, prepend=0)
    steps[first] = places[first]
    packed, ends = _packed(steps)
    starts = [0, *(int(ends[at - 1]) for at in first[1:])]
    for at, start, end in zip(first, starts, [*starts[1:], len(packed)], strict=True):
        key = int(keys[at])
        found[(key >> 21) % PARTS][chr(key >> 21) + chr(key & 0x1FFFFF)] = base64_of(packed[start:end])
    return found


def _packed(values: Sequence[int] | NDArray[np.int64]) -> tuple[bytes, NDArray[np.int64]]:
    """Return whole numbers as bytes, seven bits in each, the low ones first; and where each of them ends."""
    numbers = np.asarray(values, dtype=np.int64)
    sizes = np.ones(len(numbers), dtype=np.int64)
    for bits in (7, 14, 21, 28):
        sizes += numbers >= 1 << bits
    ends = np.cumsum(sizes)
    made = np.zeros(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    for place in range(5):
        some = sizes > place
        more = np.where(sizes[some] > place + 1, 128, 0)
        made[ends[some] - sizes[some] + place] = (numbers[some] >> (7 * place)) & 127 | more
    return made.tobytes(), ends


def _forms() -> dict[str, str]:
    """Return what a sign is compared as where a browser's own lower case does not say so."""
    signs = (chr(code) for code in range(0x20000) if not 0xD800 <= code < 0xE000)
    folded = {sign: sign.casefold() for sign in signs if sign.casefold() != sign.lower()}
    return folded | {chr(code): other or "" for code, other in table().items()}
