"""Steps and indicators of two reviews that are one thing, whatever their numbers; and those that nobody can tell."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo.build.over_years import Version, lines, pairs
from konkyo.build.pipeline import Report, build
from konkyo.graph.stored_queries import run
from konkyo.model.graphs import OVER_YEARS
from konkyo.model.namespaces import DCTERMS, ID
from konkyo.questions.check import check_store
from konkyo.store import EmbeddedStore, open_store
from support import year_pair


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[EmbeddedStore, Report]:
    folder = tmp_path_factory.mktemp("years")
    report = build(year_pair.write_years(folder / "in"), folder / "store")
    return open_store(folder / "store"), report


def version(number: str, *signs: str, year: int = 2024) -> Version:
    return Version(year, number, [f"{year}-{number}"], "文", frozenset(signs))


def told(olds: list[Version], news: list[Version]) -> set[tuple[str, str]]:
    return {(olds[one].number, news[two].number) for one, two in pairs(olds, news)}


@pytest.mark.parametrize(
    ("olds", "news", "found"),
    [
        pytest.param([("1",)], [("101",)], {("1", "101")}, id="one on each side, whatever the number"),
        pytest.param(
            [("3",), ("6",)], [("201",), ("202",)], {("3", "201"), ("6", "202")}, id="all numbers changed"
        ),
        pytest.param(
            [("9",), ("10",)], [("201",), ("1001",)], {("9", "201"), ("10", "1001")}, id="order of numbers"
        ),
        pytest.param([("3",), ("6",)], [("6",), ("3",)], {("3", "3"), ("6", "6")}, id="numbers stayed"),
        pytest.param([("3",), ("6",)], [("6",), ("9",)], set(), id="a number that stayed for another one"),
        pytest.param([("1",), ("2",)], [("201",)], set(), id="not as many"),
        pytest.param(
            [("1", "甲"), ("2", "乙")],
            [("201", "乙"), ("202", "甲")],
            {("1", "202"), ("2", "201")},
            id="indicators before numbers",
        ),
        pytest.param(
            [("1", "甲"), ("2", "乙")], [("201", "乙")], {("2", "201")}, id="indicators though not as many"
        ),
        pytest.param(
            [("1", "甲"), ("2", "甲")],
            [("201", "甲"), ("202", "甲")],
            {("1", "201"), ("2", "202")},
            id="indicators alike: in the order of numbers",
        ),
        pytest.param(
            [("1", "甲"), ("2", "乙")], [("201", "丙"), ("202", "丁")], set(), id="indicators contradict"
        ),
        pytest.param(
            [("1", "甲"), ("2", "乙")],
            [("201", "甲"), ("202", "丙")],
            {("1", "201"), ("2", "202")},
            id="one left on each side",
        ),
    ],
)
def test_of_the_same_words_those_are_one_that_can_be_told(
    olds: list[tuple[str, ...]], news: list[tuple[str, ...]], found: set[tuple[str, str]]
) -> None:
    for before in permutations(olds):
        for after in permutations(news):
            one = [version(number, *signs) for number, *signs in before]
            two = [version(number, *signs, year=2025) for number, *signs in after]
            assert told(one, two) == found
            assert told(two, one) == {(b, a) for a, b in found}


_VERSIONS = st.lists(
    st.tuples(st.integers(1, 400).map(str), st.frozensets(st.sampled_from("甲乙丙"), max_size=2)),
    max_size=5,
    unique_by=lambda each: each[0],
)


@given(_VERSIONS, _VERSIONS)
def test_none_is_joined_twice_and_both_directions_agree(
    olds: list[tuple[str, frozenset[str]]], news: list[tuple[str, frozenset[str]]]
) -> None:
    one = [Version(2024, number, [], "", signs) for number, signs in olds]
    two = [Version(2025, number, [], "", signs) for number, signs in news]
    found = pairs(one, two)
    assert len({a for a, _ in found}) == len({b for _, b in found}) == len(found)
    assert {(b, a) for a, b in pairs(two, one)} == set(found)


def test_a_line_goes_on_over_a_year_without_the_words() -> None:
    by_year = {
        2023: [version("1", year=2023)],
        2025: [version("9", year=2025)],
        2026: [version("7", year=2026)],
    }
    made, unsure = lines(by_year)
    assert [[v.year for v in line] for line in made] == [[2023, 2025, 2026]] and unsure == 0


def test_what_cannot_be_told_is_counted_and_goes_on_by_itself() -> None:
    by_year = {
        2023: [version("1", year=2023)],
        2024: [version("1"), version("2")],
        2025: [version("101", year=2025), version("102", year=2025)],
    }
    made, unsure = lines(by_year)
    assert [[(v.year, v.number) for v in line] for line in made] == [
        [(2023, "1")],
        [(2024, "1"), (2025, "101")],
        [(2024, "2"), (2025, "102")],
    ]
    assert unsure == 2


def joined(store: EmbeddedStore, kind: str) -> set[tuple[str, ...]]:
    """The versions of each thing over the years, without what all keys have in common and the hash of the words."""
    found: dict[str, set[str]] = {}
    for triple in store.triples(OVER_YEARS):
        subject = triple.subject.value.removeprefix(ID)  # type: ignore[union-attr]
        if triple.predicate.value == f"{DCTERMS}isVersionOf" and subject.startswith(f"{kind}/"):
            parts = subject.removeprefix(f"{kind}/rs-").split("/")
            found.setdefault(triple.object.value, set()).add(" ".join(parts[:3]))  # type: ignore[union-attr]
    return {tuple(sorted(versions)) for versions in found.values()}


def test_steps_of_two_reviews_are_joined_by_their_words(built: tuple[EmbeddedStore, Report]) -> None:
    store, _ = built
    same, twice, wide = (year_pair.SAME, year_pair.TWICE, year_pair.WIDE)
    assert joined(store, "step") == {
        (f"2024 {same} activity-1", f"2025 {same} activity-101"),
        # ＡＢＣ and ABC are the same words.
        (f"2024 {same} output-10", f"2025 {same} output-201"),
        (f"2024 {same} outcome-11-short", f"2025 {same} outcome-301-short"),
        # The long-term outcome has other words: it stays apart.
        (f"2024 {twice} activity-1", f"2025 {twice} activity-101"),
        (f"2024 {twice} activity-2", f"2025 {twice} activity-102"),
        (f"2024 {twice} output-3", f"2025 {twice} output-201"),
        (f"2024 {twice} output-6", f"2025 {twice} output-202"),
        (f"2024 {twice} outcome-4-short", f"2025 {twice} outcome-301-short"),
        (f"2024 {twice} outcome-7-short", f"2025 {twice} outcome-302-short"),
        # Two outputs of the same words against one: neither is joined.
        (f"2024 {wide} activity-1", f"2025 {wide} activity-101"),
    }


def test_indicators_are_joined_by_their_step_and_name(built: tuple[EmbeddedStore, Report]) -> None:
    store, _ = built
    same, twice = year_pair.SAME, year_pair.TWICE
    assert joined(store, "indicator") == {
        (f"2024 {same} output-10", f"2025 {same} output-201"),
        (f"2024 {twice} output-3", f"2025 {twice} output-201"),
        (f"2024 {twice} output-6", f"2025 {twice} output-202"),
    }


def test_what_was_left_apart_is_told(built: tuple[EmbeddedStore, Report]) -> None:
    _, report = built
    (note,) = report.notes
    assert "段階10件、指標3件を一つ" in note.ja and "段階1件、指標0件は分けたまま" in note.ja
    assert report.facts["over-years"] > 0


def test_the_series_of_an_indicator_has_each_reviews_telling(built: tuple[EmbeddedStore, Report]) -> None:
    store, _ = built
    rows = [
        (row["year"].value[-4:], row["value"].value, row["review"].value[-4:], row["latest"].value)
        for row in run(store, "indicator-over-years", project=f"{ID}project/{year_pair.SAME}", role="result")
        if "over-years" in row["series"].value
    ]
    assert rows == [
        ("2023", "90", "2024", "false"),
        ("2023", "90", "2025", "true"),
        ("2024", "95", "2025", "true"),
    ]


def test_one_review_has_nothing_to_join(tmp_path: Path) -> None:
    report = build(year_pair.write_years(tmp_path / "in", [2024]), tmp_path / "store")
    assert OVER_YEARS not in open_store(tmp_path / "store").graphs()
    assert "over-years" not in report.facts and report.notes == []


def test_a_second_review_that_is_added_later_is_joined(tmp_path: Path) -> None:
    build(year_pair.write_years(tmp_path / "2024", [2024]), tmp_path / "store")
    build(year_pair.write_years(tmp_path / "2025", [2025]), tmp_path / "store", keep=True)
    assert len(joined(open_store(tmp_path / "store"), "step")) == 10


def test_what_was_joined_is_valid(built: tuple[EmbeddedStore, Report]) -> None:
    store, _ = built
    found = [v for v in check_store(store) if v.severity == "violation"]
    assert found == []
