"""Which project goes on from which: by the number that a sheet names, and by the name in a ministry."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo.api import KnowledgeGraph
from konkyo.build.lineage.matched import Neighbours, follow_names
from konkyo.build.lineage.shown import Shown, reviews_of, told_of
from konkyo.build.pipeline import Report, build
from konkyo.citations.judgements import Judgement, append
from konkyo.common.name_form import name_form
from konkyo.common.paths import graphs_dir
from konkyo.model.namespaces import ID, C
from konkyo.sources.judgit.form import earlier_words, read_earlier
from konkyo.store import open_store
from support.judgit_sheets import budget, lines, sheet
from support.rs_rows import row, write_zip

Links = set[tuple[str, str, str]]
LINKS = """PREFIX kk: <https://w3id.org/konkyo/ns#>
SELECT ?p ?b ?level WHERE { ?p kk:continues ?b ; kk:hasLink ?l . ?l a kk:Lineage ; kk:basis ?b ; kk:claimLevel ?level }"""


def amounts(*initial: float) -> list[dict[str, Any]]:
    """Initial budgets of 2015 and the years after."""
    return [budget(2015 + place, amount) for place, amount in enumerate(initial)]


def named(year: int, number: str, ministry: str = "総務省") -> list[dict[str, Any]]:
    return [{"年度": year, "府省庁": ministry, "事業番号1": None, "事業番号2": number, "事業番号3": None}]


def plain(year: int, number: str, name: str, **changes: Any) -> dict[str, Any]:
    return sheet(year, number, **{"事業名": name, "関連する過去のレビューシート": [], **changes})


def _short(iri: str) -> str:
    return iri.removeprefix(f"{ID}project/").removeprefix(C)


def built(
    folder: Path, sheets: list[dict[str, Any]], registry: Path | None = None
) -> tuple[Links, Report, KnowledgeGraph]:
    folder.mkdir(exist_ok=True)
    (folder / "a.ndjson").write_bytes(lines(sheets))
    report = build([folder / "a.ndjson", *folder.glob("*.zip")], folder / "store", registry=registry)
    store = open_store(folder / "store")
    found = {
        (_short(r["p"].value), _short(r["b"].value), _short(r["level"].value)) for r in store.select(LINKS)
    }
    return found, report, KnowledgeGraph(store)


def test_names_lead_on_in_a_ministry_and_from_review_to_review(tmp_path: Path) -> None:
    found, report, graph = built(
        tmp_path,
        [
            plain(2018, "0001", "見本事業"),
            plain(2019, "0007", "見本　事業"),
            plain(2020, "0003", "見本事業"),
            plain(2020, "0004", "見本事業", 府省庁="環境省"),  # of another ministry
            plain(2018, "0002", "二つある"),
            plain(2019, "0008", "二つある"),
            plain(2019, "0009", "二つある"),
            plain(2018, "0010", "一年おいた事業"),
            plain(2020, "0010", "一年おいた事業"),
        ],
    )
    assert found == {
        ("judgit-2019/soumu/0007", "judgit-2018/soumu/0001", "derived"),
        ("judgit-2020/soumu/0003", "judgit-2019/soumu/0007", "derived"),
    }
    (note,) = (note for note in report.notes if "続く" in note.ja)
    facts = graph.trace("project/judgit-2020/soumu/0003").to_json()["facts"]
    (fact,) = (fact for fact in facts if fact["key"] == "continues")
    assert "見本　事業" in fact["text"]["ja"] and "導出" in fact["text"]["ja"] and fact["evidence"]
    assert "名称で2件" in note.ja and "複数ある2件" in note.ja and "2 by name" in note.en
    assert graph.check() == []


def test_the_first_year_of_the_rs_files_goes_on_from_the_last_sheets(tmp_path: Path) -> None:
    write_zip(tmp_path, "1-2", [row("1-2", "9001", 事業名="見本事業", 府省庁="総務省")])
    found, _, _ = built(tmp_path, [plain(2023, "2023-総務-22-0061", "見本事業")])
    ((owner, before, level),) = found
    assert (owner, level) == ("9001", "derived") and before.startswith("judgit-2023/soumu/")


@pytest.mark.parametrize(
    ("name", "told", "wanted"),
    [
        ("旧い名", (5.0, 6.0, 7.0), True),  # the name agrees, whatever the amounts
        ("新しい名", (1.0, 2.0, 3.0), True),  # renamed, and all amounts that both tell agree
        ("新しい名", (1.0, 2.0, 4.5), False),
        ("新しい名", (1.0, 0.0, 0.0), False),  # one amount that is not 0 proves nothing
    ],
)
def test_a_stated_number_is_followed_where_name_or_amounts_agree(
    tmp_path: Path, name: str, told: tuple[float, ...], wanted: bool
) -> None:
    before = told if (name == "新しい名" and wanted) or told[1:] == (0.0, 0.0) else (1.0, 2.0, 3.0)
    found, report, graph = built(
        tmp_path,
        [
            plain(2018, "0001", "旧い名", 予算=amounts(*before), 事業概要="橋を直す。"),
            plain(2019, "0002", name, 予算=amounts(*told), 関連する過去のレビューシート=named(2018, "0001")),
        ],
    )
    levels = {level for *_, level in found}
    assert ("stated" in levels) == wanted
    (note,) = (note for note in report.notes if "続く" in note.ja)
    assert ("違う1件" in note.ja) == (not wanted)
    # The words stay, whether they are followed or not.
    words = "PREFIX kk: <https://w3id.org/konkyo/ns#> SELECT ?w WHERE { ?l a kk:Lineage ; kk:statedText ?w }"
    assert [r["w"].value for r in graph.store.select(words)] == ["2018年度　総務省　0001"]
    assert graph.check() == []


def test_equal_amounts_do_not_outweigh_a_name_that_another_bears(tmp_path: Path) -> None:
    found, _, _ = built(
        tmp_path,
        [
            plain(2018, "0001", "別の事業", 予算=amounts(1.0, 2.0)),
            plain(2018, "0002", "見本事業", 予算=amounts(5.0)),
            plain(
                2019,
                "0003",
                "見本事業",
                予算=amounts(1.0, 2.0),
                関連する過去のレビューシート=named(2018, "0001"),
            ),
        ],
    )
    assert found == {("judgit-2019/soumu/0003", "judgit-2018/soumu/0002", "derived")}


@pytest.mark.parametrize(
    "earlier",
    [
        named(2010, "0001"),
        named(2018, "0009"),
        named(2018, "0001", "環境省"),
        named(2020, "0001"),
        named(2019, "0002"),
    ],
)
def test_a_number_that_is_not_here_or_not_earlier_leads_nowhere(
    tmp_path: Path, earlier: list[dict[str, Any]]
) -> None:
    found, report, _ = built(
        tmp_path,
        [
            plain(2018, "0001", "旧い名"),
            plain(2019, "0002", "旧い名でない", 関連する過去のレビューシート=earlier),
            plain(2020, "0001", "旧い名でない名"),
        ],
    )
    assert not found and any("シートがない1件" in note.ja for note in report.notes)


def test_all_kinds_of_links_beside_each_other(tmp_path: Path) -> None:
    """What sheets state in names and RS in 旧事業番号, equal amounts, a move, a split, and what people judged."""
    write_zip(
        tmp_path,
        "1-2",
        [
            row(
                "1-2",
                "9001",
                事業名="改めた名",
                府省庁="総務省",
                旧事業番号="旧事業番号　2023－総務－22－0061",
            ),
            row("1-2", "9002", 事業名="人の見た事業", 府省庁="総務省"),
        ],
    )

    def told(year: int, number: str, name: str, *initial: float, **changes: Any) -> dict[str, Any]:
        return plain(year, number, name, 予算=[budget(2019 + n, a) for n, a in enumerate(initial)], **changes)

    registry = tmp_path / "registry"
    shutil.copytree(graphs_dir(), registry, ignore=shutil.ignore_patterns("built", "examples"))
    for pair, verdict in (
        ((f"{ID}project/judgit-2023/soumu/2023-x", f"{ID}project/9002"), "same"),
        ((f"{ID}project/judgit-2023/soumu/2023-y", f"{ID}project/judgit-2022/soumu/2022-y"), "different"),
    ):
        append(registry / "judgements.csv", Judgement(*pair, verdict, "甲", "2026-11-29", "見比べた"))  # type: ignore[arg-type]
    found, report, graph = built(
        tmp_path,
        [
            told(2022, "2022-x", "海外需要創出事業", 81.0, 82.0),
            told(2023, "2023-総務-22-0061", "輸出拡大事業（前年度：海外需要創出事業）", 0.0, 0.0),
            told(2022, "2022-y", "別とされた事業", 61.0, 62.0),
            told(2023, "2023-y", "別とされた事業", 61.0, 62.0),
            told(2022, "2022-a", "運用の改善", 4617.0, 4476.0, 4642.0),
            told(2023, "2023-a", "担い手の育成", 4617.0, 4476.0, 4642.0),
            told(2022, "2022-m", "府省をまたぐ事業", 5.0, 6.5, 府省庁="環境省"),
            told(2023, "2023-m", "府省をまたぐ事業", 5.0, 6.5),
            told(2022, "2022-w", "河川とダムの維持", 1679.0, 1781.0, 1645.0),
            told(2023, "2023-p", "河川の維持", 1131.0, 1012.0, 1028.0),
            told(2023, "2023-q", "ダムの維持", 548.0, 769.0, 617.0),
            told(2023, "2023-x", "昔の名", 0.0, 0.0),
        ],
        registry,
    )
    assert found == {
        ("9001", "judgit-2023/soumu/" + found_number(found, "9001"), "stated"),
        (found_owner(found, "judgit-2022/soumu/2022-x"), "judgit-2022/soumu/2022-x", "stated"),
        ("judgit-2023/soumu/2023-a", "judgit-2022/soumu/2022-a", "derived"),
        ("judgit-2023/soumu/2023-m", "judgit-2022/kankyo/2022-m", "derived"),
        ("judgit-2023/soumu/2023-p", "judgit-2022/soumu/2022-w", "derived"),
        ("judgit-2023/soumu/2023-q", "judgit-2022/soumu/2022-w", "derived"),
        ("9002", "judgit-2023/soumu/2023-x", "interpreted"),
    }
    (note,) = (note for note in report.notes if "続く" in note.ja)
    for words in (
        "旧称で2件",
        "額の一致で2件",
        "額の和で2件",
        "人の判断で1件",
        "人が別とした1件",
    ):
        assert words in note.ja
    assert "people judged to be two" in note.en
    facts = graph.trace("project/9001").to_json()["facts"]
    (fact,) = (fact for fact in facts if fact["key"] == "continues")
    assert "輸出拡大事業" in fact["text"]["ja"] and "明記" in fact["text"]["ja"]
    (place,) = fact["evidence"]
    assert "旧事業番号" in str(place)
    assert graph.check() == []


def found_number(found: Links, owner: str) -> str:
    """The number that the identifier of the one project has that ``owner`` goes on from; a number in kanji is a digest there."""
    return next(before for one, before, _ in found if one == owner).rpartition("/")[2]


def found_owner(found: Links, before: str) -> str:
    return next(one for one, other, _ in found if other == before)


@pytest.mark.parametrize("many", [1, 3, 10**9])
def test_many_projects_tell_the_same_as_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """Amounts are looked up for few projects of a review, and read with all others of its files for many."""
    monkeypatch.setattr("konkyo.build.lineage.shown._MANY", many)
    (tmp_path / "a.ndjson").write_bytes(
        lines(
            [
                plain(2018, "0001", "一つめ", 予算=amounts(1, 2, 3.5)),
                plain(2018, "0002", "二つめ", 予算=amounts(4)),
                plain(2019, "0001", "三つめ", 予算=amounts(1, 2, 5)),
            ]
        )
    )
    write_zip(tmp_path, "1-2", [row("1-2")])
    files = [*tmp_path.glob("*.ndjson"), *tmp_path.glob("*.zip")]
    build(files, tmp_path / "store")
    store = open_store(tmp_path / "store")
    shown = [one for several in reviews_of(store).values() for one in several]
    told = {(one.year, one.number): each.amounts for one, each in told_of(store, shown).items()}
    assert len(told) == 4
    assert told[2018, "0002"] == {("initial", 2015): 4_000_000}
    assert told[2018, "0001"] == {
        ("initial", 2015): 1_000_000,
        ("initial", 2016): 2_000_000,
        ("initial", 2017): 3_500_000,
    }
    assert told[2019, "0001"][("initial", 2017)] == 5_000_000


def test_a_store_without_sheets_has_no_lineage(tmp_path: Path) -> None:
    write_zip(tmp_path, "1-2", [row("1-2", "9001")])
    report = build([tmp_path], tmp_path / "store")
    assert "lineage" not in report.facts and not any("続く" in note.ja for note in report.notes)


_NAME = st.sampled_from(["甲", "乙", "丙　丁", "丙丁"])
_REVIEW = st.lists(st.tuples(st.sampled_from("ab"), _NAME), max_size=6)


@given(_REVIEW, _REVIEW)
def test_two_of_one_name_are_never_crossed(old: list[tuple[str, str]], new: list[tuple[str, str]]) -> None:
    reviews = {
        year: [
            Shown(f"{year}/{place}", "", ministry, "", year, name, "", 1, single=True)
            for place, (ministry, name) in enumerate(told)
        ]
        for year, told in ((2018, old), (2019, new))
    }
    made = Neighbours(reviews[2018], reviews[2019])
    follow_names(made)
    links = [(link.owner, link.before) for link in made.joined]
    keys = {
        year: [(shown.ministry, name_form(shown.name)) for shown in several]
        for year, several in reviews.items()
    }
    for owner, before in links:
        key = (owner.ministry, name_form(owner.name))
        assert key == (before.ministry, name_form(before.name))
        assert keys[2018].count(key) == keys[2019].count(key) == 1
    assert len({owner.iri for owner, _ in links}) == len({before.iri for _, before in links}) == len(links)


@given(
    st.integers(1990, 2030),
    st.text(alphabet="総務省　庁", min_size=1),
    st.text(alphabet="新30-0001", min_size=1),
)
def test_words_of_an_earlier_sheet_are_read_again(year: int, ministry: str, number: str) -> None:
    assert read_earlier(earlier_words(str(year), ministry, number)) == (year, ministry, number)
