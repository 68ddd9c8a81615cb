"""Search: the same things by the index and without it, best first, in any width and case, safe from its questions."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo.cli import main
from konkyo.common.errors import KonkyoError
from konkyo.common.text import fold
from konkyo.graph.lookup.things import find
from konkyo.graph.search import GROUPS, Results, gather, index_file, read, search, write_index
from konkyo.graph.search.grams import phrase, tokens
from konkyo.graph.search.index_file import index_of
from konkyo.graph.search.kinds import group_named
from konkyo.graph.search.shelves import Shelves
from konkyo.graph.search.snippets import snippet
from konkyo.graph.search.write import FILE
from konkyo.model.namespaces import ID, KK, SKOS
from konkyo.model.ntriples import literal
from konkyo.store import EmbeddedStore, Store, open_store
from konkyo.store.carried import carried_store
from support import asked_graph

HOSTILE = [
    '" OR 1=1 --', "NEAR(a b)", "names : x", "*", '"', "'", "a AND NOT b", "%_%", "\\", "x\x00y", "</script>", "\ud83d",
    "．", "か゛", "ｶﾞ", "🏴‍☠️", "(((", "{names}", "-a", "^a", "a" * 5000, "防 災" * 200, "\u202e逆",
]  # fmt: skip


@pytest.fixture(scope="module")
def memory() -> EmbeddedStore:
    return carried_store()  # type: ignore[return-value]


def labels(found: Results) -> list[str]:
    return [hit.label.ja for hit in found.hits]


def test_no_step_of_a_search_walks_all_things(
    built_store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten years have fifteen times as many things as one; what a text finds is few of them."""
    plans: list[str] = []

    class Explained(sqlite3.Connection):
        def execute(self, text: str, *values: object) -> sqlite3.Cursor:  # type: ignore[override]
            if text.startswith(("SELECT", "DELETE")):
                plans.extend(row[3] for row in super().execute(f"EXPLAIN QUERY PLAN {text}", *values))
            return super().execute(text, *values)  # type: ignore[arg-type]

    monkeypatch.setattr(index_file, "opened", lambda path: sqlite3.connect(path, factory=Explained))
    assert search(built_store, "戦略").total
    assert any("SCAN best" in plan for plan in plans)
    assert not [plan for plan in plans if plan.startswith("SCAN thing")]


def test_a_build_writes_the_index_into_its_generation(store_folder: Path, built_store: EmbeddedStore) -> None:
    assert built_store.folder == store_folder / "g-000001"
    assert index_of(built_store) == built_store.folder / FILE


def without_index(store: EmbeddedStore) -> EmbeddedStore:
    """Return the same graphs in memory."""
    bare = EmbeddedStore()
    for graph in store.graphs():
        bare.load(graph, (f"{triple} <{graph}> .\n" for triple in store.triples(graph)))
    return bare


@pytest.fixture(scope="module")
def reviews(pair_folder: Path) -> tuple[EmbeddedStore, EmbeddedStore]:
    """Two invented review years with their index, and without."""
    store = open_store(pair_folder)
    return store, without_index(store)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "新成長戦略",
            "ｼﾝ成長",
            "受講者数",
            "ICT",
            "ｉｃｔ",
            "総務省",
            "戦略 工程表",
            "政策15",
            "測定指標3",
            "の",
            "（",
            "91",
        ),
        *(
            "見本",
            "水 環境",
            "総務省 電波",
            "配布 環境省",
            "見本を広",
            "見本 広まる",
            "9001",
            "予算事業",
            "事業",
            "登録簿",
            "が",
        ),
    ],
)
def test_the_index_and_the_graph_alone_answer_alike(
    reviews: tuple[EmbeddedStore, EmbeddedStore], text: str
) -> None:
    by_index, by_store = (search(store, text, limit=500) for store in reviews)
    assert by_store == by_index
    some = {hit.group for hit in by_index.hits[:1]}
    for options in ({"kinds": sorted(some)}, {"limit": 2, "offset": 1}):
        one, other = (search(store, text, **options) for store in reviews)  # type: ignore[arg-type]
        assert one == other


def spelled(text: str) -> list[str]:
    """Return some of the ways in which a text that folds to the same may be written."""
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)
    return [text, wide, text.upper(), " ".join(text), unicodedata.normalize("NFD", text)]


@pytest.mark.parametrize("text", ["がん対策", "ict", "神社", "株式", "kwh", "ガス", "強靱化2"])
def test_no_spelling_of_a_text_is_kept_out(tmp_path: Path, text: str) -> None:
    ways = [*spelled(text), text.replace("神", "\ufa19").replace("株式", "㍿").replace("ガ", "ｶﾞ")]
    things = {
        f"project/{number}": {"class": [f"{KK}Project"], "name": [f"甲{number}"], "step": [f"乙{way}丙"]}
        for number, way in enumerate(ways, 1)
    }
    store = invented(tmp_path, things)
    by_index, by_store = search(store, text), search(without_index(store), text)
    assert by_store == by_index and by_index.total == len(things)


def test_exact_comes_before_prefix_before_part(built_store: EmbeddedStore) -> None:
    found = search(built_store, "新成長戦略")
    order = [hit.match for hit in found.hits]
    assert order == sorted(order, key=["exact", "prefix", "part", "text"].index)
    assert order[0] == "exact"
    assert found.hits[0].iri == f"{ID}strategy/shin-seicho"
    assert found.hits[0].group == "strategy"


def test_two_signs_and_one_are_found(built_store: EmbeddedStore) -> None:
    for text in ("戦略", "略", "省", "③", "（"):
        found = search(built_store, text, limit=1000)
        assert found.total == len(found.hits)
        names = {hit.iri for hit in found.hits}
        expected = {
            row["s"].value
            for row in built_store.select(
                f"SELECT DISTINCT ?s {{ ?s <{KK}searchKey> ?k FILTER(CONTAINS(?k, {literal(fold(text))})) }}"
            )
        }
        assert expected <= names


@given(text=st.text(min_size=1, max_size=6))
def test_any_text_is_answered(built_store: EmbeddedStore, text: str) -> None:
    found = search(built_store, text)
    assert found.total >= len(found.hits)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_questions_are_texts(built_store: EmbeddedStore, memory: EmbeddedStore, text: str) -> None:
    for store in (built_store, memory):
        assert search(store, text).total < 50


def test_an_empty_text_finds_nothing(built_store: EmbeddedStore) -> None:
    for text in ("", " 　", "\n"):
        assert search(built_store, text) == Results(text, 0)


def test_pages_join_to_the_whole(built_store: EmbeddedStore) -> None:
    whole = search(built_store, "戦略", limit=200)
    pages = [search(built_store, "戦略", limit=3, offset=start) for start in range(0, whole.total, 3)]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    assert {page.total for page in pages} == {whole.total}
    assert sum(whole.groups.values()) == whole.total


def test_groups_narrow_and_stay_counted(built_store: EmbeddedStore) -> None:
    whole = search(built_store, "戦略", limit=200)
    for name, count in whole.groups.items():
        one = search(built_store, "戦略", kinds=[name], limit=200)
        assert one.total == count == len(one.hits)
        assert {hit.group for hit in one.hits} == {name}
        assert one.groups == whole.groups


def test_unknown_groups_and_bad_pages_are_refused(built_store: EmbeddedStore) -> None:
    for options in ({"kinds": ["x"]}, {"limit": 0}, {"limit": 10**6}, {"offset": -1}):
        with pytest.raises(KonkyoError):
            search(built_store, "戦略", **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("project", "project"),
        ("事業", "project"),
        ("予算事業", "project"),
        ("施策", "policy"),
        (" Laws", "law"),
        ("戦術", "戦術"),
    ],
)
def test_a_group_is_called_by_its_name_or_by_that_of_a_kind(text: str, group: str) -> None:
    assert group_named(text) == group


# --- an invented graph ------------------------------------------------------------------------------


def invented(tmp_path: Path, things: dict[str, dict[str, list[str]]]) -> EmbeddedStore:
    """Return a store with an index: things with a class, names, texts of logic models, and a ministry."""
    lines: list[str] = []

    def put(subject: str, predicate: str, value: str) -> None:
        lines.append(f"<{subject}> <{predicate}> {value} <urn:x:g> .\n")

    for key, properties in things.items():
        iri = ID + key
        for kind in properties["class"]:
            put(iri, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", f"<{kind}>")
        for name in properties.get("name", ()):
            put(iri, f"{SKOS}prefLabel", literal(name, "@ja"))
            put(iri, f"{KK}searchKey", literal(fold(name)))
        for name in properties.get("ministry", ()):
            put(iri, f"{KK}ministry", f"<{ID}{name}>")
        for number, text in enumerate(properties.get("step", ())):
            step = f"{iri}/step/{number}"
            put(step, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", f"<{KK}LogicStep>")
            put(iri, f"{KK}hasLogicStep", f"<{step}>")
            put(step, f"{SKOS}prefLabel", literal(text, "@ja"))
    store = EmbeddedStore()
    store.load("urn:x:g", lines)
    store.folder = tmp_path
    write_index(store, tmp_path / FILE)
    return store


@pytest.fixture
def small(tmp_path: Path) -> Iterator[EmbeddedStore]:
    project, org = f"{KK}Project", "http://www.w3.org/ns/org#Organization"
    yield invented(
        tmp_path,
        {
            "org/umi": {"class": [org], "name": ["海洋省"]},
            "org/payee": {"class": [org], "name": ["海洋商事"]},
            "project/1": {"class": [project], "name": ["防災訓練"], "ministry": ["org/umi"], "step": ["避難所を設ける"]},
            "project/2": {"class": [project], "name": ["地域の防災"], "ministry": ["org/umi"]},
            "project/3": {"class": [project], "name": ["観測網"], "ministry": ["org/umi"], "step": ["防災情報を配る"]},
            "project/4": {"class": [project], "name": ["消防・災害対応"], "ministry": ["org/umi"]},
        },
    )  # fmt: skip


def test_two_sign_words_in_names_then_in_texts(small: EmbeddedStore) -> None:
    found = search(small, "防災")
    assert [(hit.label.ja, hit.match, hit.found_in) for hit in found.hits] == [
        ("防災訓練", "prefix", "name"),
        ("地域の防災", "part", "name"),
        ("観測網", "text", "logic"),
    ]
    assert [(piece.text, piece.hit) for piece in found.hits[2].pieces] == [
        ("防災", True),
        ("情報を配る", False),
    ]


def test_a_run_of_pairs_does_not_reach_over_two_names(small: EmbeddedStore) -> None:
    assert search(small, "災避").total == 0
    assert search(small, "・災").total == 1


def test_a_ministry_helps_to_narrow_but_is_not_found_by_itself(small: EmbeddedStore) -> None:
    assert labels(search(small, "海洋省 防災")) == ["防災訓練", "地域の防災", "観測網"]
    assert labels(search(small, "海洋省")) == ["海洋省"]
    assert search(small, "海洋省").hits[0].group == "ministry"
    assert search(small, "海洋商事").hits[0].group == "payee"
    assert [hit.ministry.ja for hit in search(small, "観測網").hits if hit.ministry] == ["海洋省"]


def test_the_kind_before_a_number_is_no_part_of_a_name(tmp_path: Path) -> None:
    store = invented(
        tmp_path, {"project/820": {"class": [f"{KK}Project"], "name": ["観測網", "820", "予算事業820"]}}
    )
    assert (
        labels(search(store, "予算事業820"))
        == labels(search(store, "820"))
        == labels(search(store, "予算事業"))
    )
    assert search(store, "予算事業820").hits[0].match == "exact"
    assert search(store, "事業").total == 0


def test_a_broken_or_foreign_index_is_done_without(small: EmbeddedStore, tmp_path: Path) -> None:
    for content in (b"", b"no database"):
        (tmp_path / FILE).write_bytes(content)
        assert index_of(small) is None
        assert labels(search(small, "防災")) == ["防災訓練", "地域の防災", "観測網"]
    (tmp_path / FILE).unlink()
    with closing(sqlite3.connect(tmp_path / FILE)) as index:
        index.execute("CREATE TABLE meta (key, value)")
        index.execute("INSERT INTO meta VALUES ('format', '999')")
        index.commit()
    assert index_of(small) is None


@pytest.mark.parametrize("table", ["thing", "unit", "name", "text"])
def test_an_index_that_lacks_a_part_is_told(small: EmbeddedStore, tmp_path: Path, table: str) -> None:
    """Its format is right: somebody else made it, or took something out of it."""
    with closing(sqlite3.connect(tmp_path / FILE)) as index:
        index.execute(f"DROP TABLE {table}")
        index.commit()
    with pytest.raises(KonkyoError, match="damaged") as caught:
        search(small, "防災")
        search(small, "防才")  # names that are near
    assert caught.value.hint


def test_the_index_is_the_same_for_the_same_graph(small: EmbeddedStore, tmp_path: Path) -> None:
    first = (tmp_path / FILE).read_bytes()
    write_index(small, tmp_path / FILE)
    assert (tmp_path / FILE).read_bytes() == first


# --- pieces -----------------------------------------------------------------------------------------


def test_pairs_are_spelled_by_code_points() -> None:
    assert tokens("防災") == "9632x707d 707dx"
    assert phrase("防災") == '"9632x707d"'
    assert phrase("防") == '"9632x" *'
    assert phrase('a"b') == '"61x22 22x62"'


@given(text=st.text(max_size=60), part=st.text(min_size=1, max_size=5))
def test_a_snippet_is_of_the_text(text: str, part: str) -> None:
    pieces = snippet(text, [fold(part)], around=None)
    if pieces is not None:
        assert "".join(piece.text for piece in pieces) == text
        assert any(piece.hit for piece in pieces)


@pytest.mark.parametrize(
    ("text", "part", "hit"),
    [
        ("ＩＣＴ分野", "ict", "ＩＣＴ"),
        ("ｶﾞｽ管", "ガス", "ｶﾞｽ"),
        ("強 靱化", "強靱", "強 靱"),
        ("㍿海洋", "会社", "㍿"),
    ],
)
def test_a_snippet_marks_what_was_written(text: str, part: str, hit: str) -> None:
    assert [piece.text for piece in snippet(text, [part]) or () if piece.hit] == [hit]


def test_a_long_text_is_cut() -> None:
    pieces = snippet("あ" * 100 + "防災" + "い" * 100, ["防災"], around=5)
    assert "".join(piece.text for piece in pieces or ()) == "…あああああ防災いいいいい…"


# --- the command ------------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    assert main(["search", *arguments]) == 0
    read = capsys.readouterr()
    return read.out, read.err


def test_the_command_in_each_format(store_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = ("--store", str(store_folder))
    table, counted = run(capsys, "新成長戦略", *store)
    assert table.splitlines()[1].split("\t")[2] == "新成長戦略"
    assert "件のうち" in counted
    made = json.loads(run(capsys, "新成長戦略", "--format", "json", "--limit", "1", *store)[0])
    assert made["results"][0]["label"] == {"ja": "新成長戦略", "en": "New Growth Strategy"}
    assert made["total"] > 1 == len(made["results"])
    rows = run(
        capsys,
        "新成長戦略",
        "--format",
        "csv",
        "--kind",
        "citation",
        "--kind",
        "strategy",
        "--lang",
        "en",
        *store,
    )[0]
    assert rows.splitlines()[0] == "kind,number,name,ministry,match,where,key,year"
    assert "\r\nStrategies and plans,," in rows


def test_the_command_refuses_what_means_nothing(store_folder: Path) -> None:
    assert main(["search", "x", "--kind", "y", "--store", str(store_folder)]) == 2
    assert main(["search", "x", "--limit", "-1", "--store", str(store_folder)]) == 2


def test_all_is_what_the_pages_have_together(
    built_store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "MAX_LIMIT", 7)
    found = read.search_all(built_store, "戦略")
    pages = [
        read.search(built_store, "戦略", limit=7, offset=offset).hits for offset in range(0, found.total, 7)
    ]
    assert found.total > 14 and found.hits == tuple(hit for page in pages for hit in page)


@pytest.mark.parametrize(
    ("text", "name"),
    [("新生長戦略", "新成長戦略"), ("総務所", "総務省"), ("ICT分野における国際戦略の推身", "ＩＣＴ分野における国際戦略の推進"), ("新たな情報通信技術戰略", "新たな情報通信技術戦略")],
)  # fmt: skip
def test_a_name_that_fits_nothing_brings_the_nearest(
    built_store: EmbeddedStore, text: str, name: str
) -> None:
    found = search(built_store, text)
    if found.total == 0:  # a variant of a sign finds the name itself
        assert found.near[0].label.ja == name
        with pytest.raises(KonkyoError) as told:
            find(built_store, text)
        assert name in told.value.report("ja") and "もしかして" in told.value.report("ja")
    else:
        assert text == "新たな情報通信技術戰略" and found.hits[0].label.ja == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("国土強じん化", ["国土強靱化基本計画", "国土強靱化年次計画"]),
        ("骨太のほうしん", ["骨太の方針"]),
        ("しょくりょう・農業・農村基本計画", ["食料・農業・農村基本計画"]),
        ("こどもまんなか", []),  # no Chinese character tells what is meant
        ("あい国うえ土おか強きく化けこ基", []),  # more runs of kana than are tried
    ],
)
def test_kana_may_stand_for_chinese_characters(tmp_path: Path, text: str, names: list[str]) -> None:
    known = (
        "国土強靱化基本計画",
        "国土強靱化年次計画",
        "骨太の方針",
        "食料・農業・農村基本計画",
        "国土利用計画",
    )
    things = {f"strategy/{n}": {"class": [f"{KK}Strategy"], "name": [name]} for n, name in enumerate(known)}
    found = search(invented(tmp_path, things), text)
    assert found.total == 0 and sorted(one.label.ja for one in found.near) == sorted(names)


def test_what_is_like_nothing_brings_nothing(built_store: EmbeddedStore) -> None:
    assert search(built_store, "zqzqzq").near == () == search(built_store, "戦略").near
    assert search(built_store, "！").near == ()


def test_groups_have_names_in_both_languages() -> None:
    assert len({group.name for group in GROUPS}) == len(GROUPS)
    assert all(group.words.ja != group.words.en for group in GROUPS)


def test_the_index_switches_with_the_generation(tmp_path: Path) -> None:
    from konkyo.build.pipeline import build

    folder = tmp_path / "store"
    for generation in ("g-000001", "g-000002"):
        build([], folder)
        path = index_of(open_store(folder))
        assert path == folder / generation / FILE


@pytest.fixture(scope="module", params=["index", "memory", "sparql"])
def asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The invented graph of plans: with an index, in memory without one, behind another engine."""
    if request.param == "sparql":
        return asked_graph.by_sparql()
    store = asked_graph.embedded()
    if request.param == "index":
        folder = tmp_path_factory.mktemp("asked")
        write_index(store, folder / FILE)
        store.folder = folder
    return store


@pytest.mark.parametrize(
    ("text", "first"),
    [
        # The plan and its edition, by the edition's own name or as a source cites it, before citations of it.
        ("運営と改革の基本方針２０２３", ["strategy/hone", "strategy/hone/2023-06-16", "citation/1"]),
        ("骨太の方針2023", ["strategy/hone", "strategy/hone/2023-06-16"]),
        ("骨太の方針2023（令和５年６月16日閣議決定）", ["strategy/hone", "strategy/hone/2023-06-16"]),
        ("第六次熱源基本計画", ["strategy/ene", "strategy/ene/2021-10-22"]),
        ("強靭化基本計画", ["strategy/kyojin", "citation/4"]),
    ],
)
def test_what_a_text_means_comes_before_citations_of_it(asked: Store, text: str, first: list[str]) -> None:
    found = search(asked, text)
    assert [hit.iri.removeprefix(ID) for hit in found.hits][: len(first)] == first
    assert {hit.match for hit in found.hits[: len(first)]} == {"exact"}


def test_citations_that_differ_in_width_only_are_one(asked: Store) -> None:
    found = search(asked, "基本方針2023")
    cited = [hit.iri.removeprefix(ID) for hit in found.hits if hit.group == "citation"]
    assert cited == ["citation/1"] and found.groups["citation"] == 1
    assert found.total == sum(found.groups.values()) == len(found.hits)


def test_a_sign_that_keyboards_give_for_another_finds_both(asked: Store) -> None:
    for text in ("強靭化", "強靱化", "強靭 計画"):
        found = {hit.iri.removeprefix(ID) for hit in search(asked, text).hits}
        assert found == {"strategy/kyojin", "citation/4"}


def test_shelves_answer_as_the_store_does(built_store: EmbeddedStore) -> None:
    with closing(sqlite3.connect(":memory:")) as index:
        shelves = Shelves(built_store, index)
        every = sorted(gather.several(built_store, gather.KEYS))
        parts = list(shelves.parts(gather.KEYS, 7))
        assert [iri for part in parts for iri in part] == every and {len(part) for part in parts[:-1]} == {7}
        for part in parts[:4]:
            assert gather.several(shelves, gather.KEYS, part) == gather.several(
                built_store, gather.KEYS, part
            )
            assert gather.labels_of(shelves, part) == gather.labels_of(built_store, part)
            assert gather.years_of(shelves, part) == gather.years_of(built_store, part)
            assert gather.texts(shelves, part, among=part) == gather.texts(built_store, part, among=part)
        assert gather.several(shelves, gather.KEYS, [f"{ID}none", *parts[0], *parts[0]]) == gather.several(
            built_store, gather.KEYS, parts[0]
        )


def test_of_two_signs_one_wrong_brings_names_of_two_signs_only(tmp_path: Path) -> None:
    names = ("防災", "防災基本計画", "最低")
    things = {f"policy/{n}": {"class": [f"{KK}Policy"], "name": [name]} for n, name in enumerate(names)}
    found = search(invented(tmp_path, things), "防最")
    assert found.total == 0 and {one.label.ja for one in found.near} == {"防災"}
