"""The questions of the vocabulary's contract on published rows: what the stored query tells is what the CSV holds, counted apart.

The sets of rows: the 13 files of 2024, and the rows of all kinds of 2024 and of 2025 that lie beside the checkout. What the same
queries answer on the sheet of 2012 stands in ``tests/cases/queries``.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from konkyo.build.pipeline import Report, build
from konkyo.graph.stored_queries import run
from konkyo.model.namespaces import ID, KK, SKOS, C
from konkyo.store import Store, open_store
from support import absent
from support.answers_counted import END, STAGES, Rows

BESIDE = absent.PUBLISHED.parent / "rs-rows"
SETS = {"rs2024": 2024, "rows-2024": 2024, "rows-2025": 2025}

Data = tuple[Store, Rows]


@pytest.fixture(scope="module", params=SETS)
def data(
    request: pytest.FixtureRequest,
    real_build: tuple[Path, Report],
    tmp_path_factory: pytest.TempPathFactory,
) -> Data:
    """The store of a set of rows, and the rows."""
    year = SETS[request.param]
    if request.param == "rs2024":
        folder, _ = real_build
        return open_store(folder), Rows(absent.published(), year)
    if not (BESIDE / str(year)).is_dir():
        absent.not_here("real rows of the RS files beside the checkout (../shared/data/rs-rows)")
    folder = tmp_path_factory.mktemp("rows") / "store"
    build([BESIDE / str(year)], folder)
    return open_store(folder), Rows(BESIDE / str(year), year)


def text(term: Any) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal), term
    return term.value


def number(term: Any) -> int | None:
    return None if term is None else int(text(term))


def project(term: Any) -> str:
    """Return the number of a project, or nothing for what is none."""
    head, _, tail = text(term).rpartition("/")
    return tail if head == f"{ID}project" else ""


def values(store: Store, predicate: str) -> dict[str, str]:
    """Return a literal of each thing that has one by a predicate, in Japanese or without a language."""
    found = {}
    for row in store.select(f"SELECT ?s ?o WHERE {{ ?s <{predicate}> ?o }}"):
        if isinstance(row["o"], ox.Literal) and row["o"].language in (None, "ja"):
            found[text(row["s"])] = row["o"].value
    return found


def stated_justifications(store: Store) -> Any:
    rows = run(store, "stated-justifications")
    found = ((project(row["owner"]), text(row["place"])) for row in rows if row["place"] is not None)
    return {(own, int(place[1:].split()[0])) for own, place in found if own and place.endswith("計画通知名")}


def laws(store: Store) -> set[tuple[str, str]]:
    """Return project and id of each law that the query tells."""
    found = ((project(row["element"]), text(row["law"])) for row in run(store, "legal-basis"))
    return {(own, law.removeprefix(f"{ID}law/")) for own, law in found if own and "/named/" not in law}


def legal_basis(store: Store) -> Any:
    """Leave out the laws that are known by their names alone: see below."""
    asked = f"SELECT ?p ?law WHERE {{ ?p <{KK}hasLink> ?l . ?l a <{KK}LegalCitation> ; <{KK}basis> ?law }}"
    stated = {(project(row["p"]), text(row["law"]).removeprefix(f"{ID}law/")) for row in store.select(asked)}
    return laws(store) & stated


def projects_of_measure(store: Store) -> Any:
    names, owner = values(store, f"{SKOS}prefLabel"), {}
    for row in store.select(f"SELECT ?m ?o WHERE {{ ?m a <{KK}Measure> ; <{KK}ministry> ?o }}"):
        owner[text(row["m"])] = names[text(row["o"])]
    found = set()
    for row in run(store, "projects-of-measure"):
        measure = text(row["measure"])
        found.add((owner[measure], "".join(names[measure].split())[-END:], project(row["project"])))
    return found


def budget_by_year(store: Store) -> Any:
    found = {}
    for row in run(store, "budget-by-year"):
        amounts = tuple(number(row[stage]) for stage in STAGES)
        if project(row["owner"]) and any(amount is not None for amount in amounts):
            found[project(row["owner"]), text(row["year"]).rpartition("/")[2]] = amounts
    return found


def changes_between_years(store: Store, year: int) -> Any:
    found = set()
    for row in run(store, "changes-between-years", before=str(year - 1), after=str(year)):
        stage = text(row["aspect"]).removeprefix(C)
        if project(row["element"]) and stage in STAGES:
            found.add((project(row["element"]), stage, number(row["old"]), number(row["new"])))
    return found


def gap_projects_without_basis(store: Store, year: int) -> Any:
    return {project(row["element"]) for row in run(store, "gap-projects-without-basis", year=str(year))}


def logic_chain(store: Store) -> Any:
    found = set()
    for row in run(store, "logic-chain"):
        if row["next"] is not None:
            ends = (text(row[name]).rpartition("/")[2] for name in ("kind", "nextKind"))
            found.add((project(row["project"]), *ends, text(row["step"]), text(row["next"])))
    return Counter(key[:3] for key in found)


def payments_by_payee(store: Store) -> Any:
    numbers, found = {}, {}
    for row in store.select(
        "SELECT ?o ?n WHERE { ?o <http://www.w3.org/ns/org#identifier> ?n . FILTER(isLiteral(?n)) }"
    ):
        numbers[text(row["o"])] = text(row["n"])
    for row in run(store, "payments-by-payee"):
        if payee := numbers.get(text(row["payee"])):
            found[payee] = (number(row["payments"]), number(row["yen"]))
    return found


def payments_of_projects(store: Store) -> Any:
    found = {}
    for row in run(store, "payments-of-projects"):
        direct, further, unclear, blocks, contracts = (
            number(row[name]) or 0 for name in ("direct", "further", "unclear", "blocks", "contracts")
        )
        found[project(row["project"])] = (direct + further + unclear, blocks, contracts)
    return found


@cache
def _owners_of_indicators(store: Store) -> dict[str, str]:
    asked = (
        f"""SELECT ?p ?i WHERE {{ ?p a <{KK}Project> ; <{KK}hasLogicStep> ?s . ?s <{KK}hasIndicator> ?i }}"""
    )
    return {text(row["i"]): project(row["p"]) for row in store.select(asked)}


def indicator_results(store: Store) -> Any:
    found = {
        (text(row["indicator"]), text(row["year"]))
        for row in run(store, "indicator-results")
        if row["year"] is not None
    }
    owners = _owners_of_indicators(store)
    return Counter(owners[indicator] for indicator, _ in found if indicator in owners)


def values_in_words(store: Store) -> Any:
    owners = _owners_of_indicators(store)
    rows = [row for row in run(store, "values-in-words") if row["year"] is None]
    return Counter(owners[text(row["indicator"])] for row in rows if text(row["indicator"]) in owners)


# Each question: what the graph tells, and the kinds of files that it is counted from.
QUESTIONS: dict[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "stated-justifications": (stated_justifications, ("1-3",)),
    "legal-basis": (legal_basis, ("1-3",)),
    "projects-of-measure": (projects_of_measure, ("1-3",)),
    "budget-by-year": (budget_by_year, ("2-1",)),
    "changes-between-years": (changes_between_years, ("2-1",)),
    "gap-projects-without-basis": (gap_projects_without_basis, ("1-2", "1-3")),
    "logic-chain": (logic_chain, ("3-2",)),
    "payments-by-payee": (payments_by_payee, ("5-1",)),
    "payments-of-projects": (payments_of_projects, ("5-1",)),
    "indicator-results": (indicator_results, ("3-1",)),
    "values-in-words": (values_in_words, ("3-1",)),
}
OF_A_YEAR = {"changes-between-years", "gap-projects-without-basis"}


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_is_the_count(
    name: str, data: Data, record_property: Callable[[str, object], None]
) -> None:
    store, rows = data
    ask, kinds = QUESTIONS[name]
    answered = ask(store, rows.year) if name in OF_A_YEAR else ask(store)
    if not rows.has(*kinds):
        assert not answered, f"{name} has an answer without {', '.join(kinds)}"
        return
    counted = getattr(rows, name.replace("-", "_"))()
    record_property("rows", len(counted))
    assert answered == counted


def test_a_law_without_an_id_is_one_whose_name_is_written(data: Data) -> None:
    store, rows = data
    by_name, written = laws(store) - legal_basis(store), rows.words_of_laws()
    names = values(store, f"{SKOS}prefLabel")
    others = set()
    for own, law in by_name:
        name = "".join(unicodedata.normalize("NFKC", names[f"{ID}law/{law}"]).split())
        if name not in written[own]:
            others.add((own, name))
    assert not others, f"{len(others)} of {len(by_name)}"


# An edition of a plan, and the era's year that it was decided in: one that is written with the date of another is told as open.
EDITIONS = {"2023": "5", "2022": "4", "2021": "3"}


@pytest.mark.parametrize("year", EDITIONS)
def test_what_rests_on_an_edition_is_what_writes_its_name(year: str, data: Data) -> None:
    store, rows = data
    surely = rf"経済財政運営と改革の基本方針{year}(?!.{{0,8}}令和[^{EDITIONS[year]}])"
    least = rf"(?:骨太|基本?的?方針).*(?:{year}|令和{EDITIONS[year]})"
    found, edition = set(), f"{ID}strategy/honebuto/{year}"
    for row in run(store, "rests-on-strategy", strategy=f"{ID}strategy/honebuto"):
        if text(row["basis"]).startswith(edition) and project(row["owner"]):
            found.add(project(row["owner"]))
    assert rows.citing(surely) <= found <= rows.citing(least)
    # Each of them has a newer one, so that all of it rests on what is superseded, and says so.
    if found:
        superseded = {
            project(row["owner"])
            for row in run(store, "superseded-editions")
            if text(row["edition"]).startswith(edition)
        }
        assert superseded == found
        issued = [row["issued"] for row in run(store, "editions", strategy=f"{ID}strategy/honebuto")]
        assert sum(text(date).startswith(year) for date in issued if date is not None) == 1
