"""Valid data with one thing wrong: the shape that is named must notice.

The updates stand in ``mutations.ru``. They are put to a store of the carried sheet and of invented rows of every kind
of RS file and invented review sheets, and, where they are beside the checkout, to one with real rows.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from konkyo.build.pipeline import build
from konkyo.graph.sparql import declared
from konkyo.model.namespaces import GRAPH, PREFIXES, expand
from konkyo.questions import check
from konkyo.sources.rs.headers import TITLES
from konkyo.store import EmbeddedStore, open_store
from support.absent import not_here
from support.judgit_sheets import lines, samples, sheet

HERE = Path(__file__).parent
CASES = HERE.parent / "cases" / "rs"
REAL = HERE.parents[2] / "shared" / "data" / "rs-rows"
CONSTRUCTS = sorted((HERE.parents[1] / "src" / "konkyo" / "graph" / "queries" / "construct").glob("*.rq"))
Mutation = tuple[str, str, str]
"""Shape, what is wrong, update."""


def mutations() -> list[Mutation]:
    text = (HERE / "mutations.ru").read_text(encoding="utf-8")
    return re.findall(r"^# (\w+): (.+)\n((?:[^#\n].*\n?)+)", text, flags=re.M)


MUTATIONS = mutations()


class Facts:
    """Facts in one store. An update changes them, is judged, and is taken back, since filling a store takes longer."""

    def __init__(self, store: EmbeddedStore) -> None:
        self.store = ox.Store()
        # Each once: the shapes ask all graphs together.
        self.store.bulk_extend(ox.Quad(*triple) for triple in {quad.triple for quad in store.matching()})
        self.before = set(self.store)

    def noticed(self, update: str, only: str = "") -> set[str] | None:
        """Return the shapes (or the only one of interest) that refuse the facts after an update; None where it changes nothing."""
        self.store.update(f"{declared(PREFIXES)}{update}")
        after = set(self.store)
        added, removed = after - self.before, self.before - after
        if not added and not removed:
            return None
        try:
            changed = EmbeddedStore(self.store)
            return {
                query.shape.rpartition("#")[2]
                for query in check._queries(check._subclasses(changed))
                if query.shape.endswith(f"#{only}" if only else "")
                and next(iter(changed.select(query.text)), None) is not None
            }
        finally:
            for fact in added:
                self.store.remove(fact)
            self.store.extend(removed)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    """The sheet, invented rows of every kind of RS file, and invented review sheets, one of which goes on from another."""
    folder = tmp_path_factory.mktemp("mutations")
    rows = folder / "rows"
    rows.mkdir()
    for case in CASES.iterdir():
        shutil.copy(case / "input.csv", rows / f"{case.name}_RS_2024_{TITLES[case.name].ja}.csv")
    earlier = sheet(2019, "新31-0002", 事業名="見本事業0061", 関連する過去のレビューシート=[])
    (rows / "sheets.ndjson").write_bytes(lines([*samples(), earlier]))
    build([rows], folder / "store")
    return open_store(folder / "store")


@pytest.fixture(scope="module")
def valid(built: EmbeddedStore) -> Facts:
    return Facts(built)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """The sheet, and real rows of two review years."""
    years = sorted(REAL.glob("20[0-9][0-9]"))
    if not years:
        not_here("real rows of the RS files beside the checkout")
    folder = tmp_path_factory.mktemp("mutations") / "store"
    build(years, folder)
    return Facts(open_store(folder))


def test_there_are_sixty_different_ones_for_many_shapes() -> None:
    assert len({what for _, what, _ in MUTATIONS}) == len(MUTATIONS) >= 60
    assert len({shape for shape, _, _ in MUTATIONS}) >= 60


@pytest.mark.parametrize("mutation", MUTATIONS, ids=[f"{m[0]}: {m[1]}" for m in MUTATIONS])
def test_each_is_noticed_by_its_shape(mutation: Mutation, valid: Facts) -> None:
    shape, what, update = mutation
    found = valid.noticed(update, shape)
    assert found is not None, f"nothing to change: {what}"
    assert shape in found


def test_what_is_not_changed_is_valid(valid: Facts) -> None:
    assert valid.noticed("INSERT { id:nothing a owl:Thing } WHERE {}") == set()


def test_real_rows_are_valid_and_each_mutation_of_them_is_noticed(real: Facts) -> None:
    """Some of the sixty have nothing to change here: no real row of the few has an indirect cost, say."""
    assert real.noticed("INSERT { id:nothing a owl:Thing } WHERE {}") == set()
    results = {what: (shape, real.noticed(update, shape)) for shape, what, update in MUTATIONS}
    missed = [what for what, (shape, found) in results.items() if found is not None and shape not in found]
    assert missed == []
    assert sum(found is not None for _, found in results.values()) > len(results) * 0.8


# ---- Every predicate that is materialised, in both directions ----


def materialised() -> list[str]:
    """Return the predicates that the queries for graph/shortcut make."""
    found: set[str] = set()
    for query in CONSTRUCTS:
        text = query.read_text(encoding="utf-8")
        template = text[text.index("CONSTRUCT") : text.index("WHERE")]
        found.update(re.findall(r"\b(?:kk|dcterms):[a-z]\w+", template))
        # A variable predicate gets its values from VALUES or BIND.
        if re.search(r"\?(plain|shortcut)\b", template):
            rows = re.findall(
                r"(?:VALUES[^{]*\{[^}]*\}|BIND\([^)]*(?:\([^)]*\))?[^)]*AS \?(?:plain|shortcut)\))", text
            )
            found.update(re.findall(r"\b(?:kk|dcterms):[a-z]\w+", " ".join(rows)))
    # No account of the invented rows differs; the mutations have their own for it.
    return sorted(found - {"kk:sumOfAccounts"})


@pytest.mark.parametrize("predicate", materialised())
def test_what_is_materialised_is_checked_both_ways(
    predicate: str, built: EmbeddedStore, valid: Facts
) -> None:
    """Taken away, it is missed; and what does not follow from the links is refused."""
    made = [fact for fact in built.triples(GRAPH + "shortcut") if fact.predicate.value == expand(predicate)]
    # What another graph states besides is stated still.
    one = max(made or built.matching(predicate=expand(predicate)), key=lambda fact: str(fact.subject))
    assert valid.noticed(f"DELETE DATA {{ {one.subject} {one.predicate} {one.object} }}")
    # Another thing of the same kind in its place: only what the shortcut follows from can tell.
    other = f"?p {predicate} ?z . FILTER(?z != ?o && NOT EXISTS {{ ?s {predicate} ?z }})"
    swapped = valid.noticed(f"INSERT {{ ?s {predicate} ?z }} WHERE {{ ?s {predicate} ?o . {other} }}")
    assert swapped is None or swapped
