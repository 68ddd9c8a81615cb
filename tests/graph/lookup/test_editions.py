"""Which edition a person means: whole years, dates, numbers and names in every way of writing, never a bare part of one."""

from __future__ import annotations

import pytest

from konkyo.common.errors import KonkyoError
from konkyo.graph.lookup.editions import among, named
from konkyo.graph.lookup.things import find
from konkyo.model.namespaces import ID
from konkyo.questions.trace import trace
from konkyo.store import Store
from support import asked_graph
from support.asked_graph import key

HONE = [f"{ID}strategy/hone/{day}" for day in ("2016-06-02", "2022-06-07", "2023-06-16")]
ENE = [f"{ID}strategy/ene/{day}" for day in ("2018-07-03", "2021-10-22")]


@pytest.fixture(scope="module", params=["embedded", "by_sparql"])
def store(request: pytest.FixtureRequest) -> Store:
    made: Store = getattr(asked_graph, request.param)()
    return made


@pytest.mark.parametrize(
    "text",
    ["2023", "2023年", "2023-06", "2023-06-16", "令和5年", "令和５年度", "令和5年6月16日", "R5.6.16", "2023年6月",
     "骨太の方針2023", "骨太方針2023", "運営と改革の基本方針２０２３", "運営と改革の基本方針（2023-06-16）",
     "骨太の方針2023（令和５年６月16日閣議決定）"],
)  # fmt: skip
def test_an_edition_by_year_date_or_name(store: Store, text: str) -> None:
    assert among(store, HONE, text) == [HONE[2]]


@pytest.mark.parametrize(
    ("text", "day"),
    [("第6次", "2021-10-22"), ("第六次", "2021-10-22"), ("6次", "2021-10-22"), ("第5次", "2018-07-03"),
     ("平成30年", "2018-07-03"), ("第6次熱源基本計画", "2021-10-22"), ("熱源基本計画第6次", "2021-10-22"),
     ("令和3年10月22日", "2021-10-22"), ("2022-04", "2021-10-22")],
)  # fmt: skip
def test_an_edition_by_number_or_amendment(store: Store, text: str, day: str) -> None:
    assert [iri.rsplit("/", 1)[-1] for iri in among(store, ENE, text)] == [day]


@pytest.mark.parametrize(
    "text",
    ["6", "06", "-06", "2023-0", "20", "16", "基本方針", "運営", "2030", "第6次", "女性版骨太の方針2023", ""],
)
def test_a_part_of_a_date_or_name_is_no_edition(store: Store, text: str) -> None:
    assert among(store, HONE, text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("骨太の方針2023", ["strategy/hone/2023-06-16"]),
        ("骨太の方針（令和５年６月）", ["strategy/hone/2023-06-16"]),
        ("第六次熱源基本計画", ["strategy/ene/2021-10-22"]),
        ("「骨太の方針」について", ["strategy/hone"]),
        ("骨太の方針2011", []),
        ("熱源の見通し", []),  # a person found that it means another document
    ],
)
def test_a_name_read_apart(store: Store, text: str, wanted: list[str]) -> None:
    assert [key(iri) for iri in named(store, text) if "/citation/" not in iri] == wanted


def test_the_filter_of_a_trace_says_what_there_is(store: Store) -> None:
    strategy = find(store, "骨太の方針")
    assert [key(g.thing.iri) for g in trace(store, strategy, edition="令和5年").groups] == [
        "strategy/hone/2023-06-16"
    ]
    with pytest.raises(KonkyoError) as caught:
        trace(store, strategy, edition="6")
    assert caught.value.hint and "2016-06-02" in caught.value.hint.ja
