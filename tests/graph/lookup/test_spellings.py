"""Each pair of writings finds the same, and no two names that look alike do: by search, look-up, the resolver and diff."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo.build.pipeline import build
from konkyo.build.search_keys import search_keys
from konkyo.citations.laws import NamedLaw, match_laws
from konkyo.citations.resolve import Resolver
from konkyo.cli import main
from konkyo.common.errors import KonkyoError
from konkyo.common.name_form import DASHES, TILDES, name_form, table
from konkyo.common.paths import graphs_dir
from konkyo.common.text import fold
from konkyo.graph.lookup.things import Ambiguous, find, find_ministry
from konkyo.graph.search import search
from konkyo.model.identifiers import IRI, measure
from konkyo.model.namespaces import ID, KK, SKOS, expand
from konkyo.model.ntriples import literal
from konkyo.sources.registry import Registry
from konkyo.store import EmbeddedStore, open_store
from support import absent
from support.rs_rows import row, write_csv
from support.spellings import APART, PAIRS

NAMES = [written for written, _ in PAIRS] + [name for pair in APART for name in pair]
LATER = [other for _, other in PAIRS] + [one for one, _ in APART]
# Each year writes the ministry in its own way.
MINISTRY = {2023: "総務省", 2024: "總務省"}


def write_year(folder: Path, year: int, names: list[str], measures: list[str]) -> None:
    """Write projects 1001, 1002, … with these names, each in a measure of its own."""
    basic, policy = [], []
    for number, (name, stated) in enumerate(zip(names, measures, strict=True), 1001):
        basic.append(
            row("1-2", str(number), year, MINISTRY[year], **{"事業名": name, "事業区分": "前年度事業"})
        )
        placed = {
            "番号（政策・施策）": "1",
            "政策所管府省庁_P": MINISTRY[year],
            "政策": "Ⅰ 見本の政策",
            "施策": f"１ {stated}の施策",
        }
        cited = {
            "番号（関係する計画・通知等）": "1",
            "計画通知名": f"{name}の大綱（令和５年６月16日閣議決定）",
        }
        policy.append(row("1-3", str(number), year, MINISTRY[year], **{"事業名": name}, **placed, **cited))
    for kind, rows in (("1-2", basic), ("1-3", policy)):
        write_csv(folder, kind, rows, year)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two years: the projects keep their names, the measures are written in the other way in the later year."""
    made = tmp_path_factory.mktemp("spellings")
    for year, measures in ((2023, NAMES), (2024, [*LATER, *(other for _, other in APART)])):
        (made / str(year)).mkdir()
        write_year(made / str(year), year, NAMES, measures)
    build([made / "2023", made / "2024"], made / "store")
    return made / "store"


@pytest.fixture(scope="module")
def indexed(folder: Path) -> EmbeddedStore:
    return open_store(folder)


@pytest.fixture(scope="module")
def bare(indexed: EmbeddedStore) -> EmbeddedStore:
    """The same graphs without an index."""
    made = EmbeddedStore()
    for graph in indexed.graphs():
        made.load(graph, (f"{triple} <{graph}> .\n" for triple in indexed.triples(graph)))
    return made


def project(written: str) -> str:
    return f"{ID}project/{1001 + NAMES.index(written)}"


def found(store: EmbeddedStore, text: str) -> list[str]:
    return [hit.iri for hit in search(store, text, kinds=["project"], limit=1000).hits]


@pytest.mark.parametrize(("written", "other"), PAIRS)
def test_search_finds_a_project_in_either_writing(indexed: EmbeddedStore, written: str, other: str) -> None:
    assert found(indexed, written) == found(indexed, other) == [project(written)]
    # A part of the name will do, wherever it begins.
    assert project(written) in found(indexed, other[1:])
    (hit,) = search(indexed, other, kinds=["project"]).hits
    assert hit.match == "exact" and hit.label.ja == written.strip(), "what is shown stays as written"
    assert any(piece.hit for piece in hit.pieces)


@pytest.mark.parametrize(
    "text", [*(other for _, other in PAIRS[::7]), "サ－ビス", "ーション", "－ター", "髙台 移転"]
)
def test_search_without_an_index_finds_the_same(
    indexed: EmbeddedStore, bare: EmbeddedStore, text: str
) -> None:
    assert search(bare, text, limit=1000) == search(indexed, text, limit=1000)


@pytest.mark.parametrize(("written", "other"), PAIRS)
def test_trace_finds_a_project_in_either_writing(indexed: EmbeddedStore, written: str, other: str) -> None:
    for text in (written, other):
        assert find(indexed, text).iri == project(written)
        assert find(indexed, f"{text}の施策").iri == measure("soumu", f"{other}の施策")


def test_a_ministry_is_found_in_either_writing(indexed: EmbeddedStore) -> None:
    for text in ("總務省", "総務", "総\u200b務省", "org/soumu"):
        assert find_ministry(indexed, text).label.ja == "総務省"
    # What is near is proposed; where nothing is, those that there are, and not as if they were near.
    for text, told in (("総務章", "もしかして: 総務省"), ("骨太の方針", "ある府省庁: ")):
        with pytest.raises(KonkyoError) as caught:
            find_ministry(indexed, text)
        assert told in caught.value.report("ja") and "総務省" in caught.value.report("ja")


def of_organizations(names: dict[str, str]) -> EmbeddedStore:
    """Return a store of organizations with their names by IRI, and with the keys by which they are found."""
    store = EmbeddedStore()
    store.load(
        f"{ID}graph/x",
        (
            f"<{iri}> <{expand('rdf:type')}> <{expand('org:Organization')}> <{ID}graph/x> .\n"
            f"<{iri}> <{SKOS}prefLabel> {literal(name, '@ja')} <{ID}graph/x> .\n"
            for iri, name in names.items()
        ),
    )
    store.load(f"{ID}graph/keys", search_keys(store, f"{ID}graph/keys"))
    return store


@pytest.mark.parametrize(("one", "other"), [("鹿嶋市", "鹿島市"), ("渡邉工務店", "渡辺工務店")])
def test_of_two_that_have_one_form_the_one_that_is_written_so_is_meant(one: str, other: str) -> None:
    names = {f"{ID}org/hojin/1": one, f"{ID}org/hojin/2": other}
    store = of_organizations(names)
    assert {find(store, name).label.ja for name in names.values()} == {one, other}
    assert [hit.label.ja for hit in search(store, one).hits] == [one, other]
    with pytest.raises(Ambiguous):
        find(store, one[:-1])


def test_of_many_that_fit_in_part_who_is_paid_comes_last() -> None:
    names = {
        f"{ID}org/hojin/1": "架空",
        f"{ID}payee/rs-2024/1/2": "架空社",
        f"{ID}org/kakuu": "架空の役所の名",
    }
    store = of_organizations(names)
    with pytest.raises(Ambiguous) as caught:
        find(store, "空")
    # Within each half the shortest name is first.
    assert [thing.label.ja for thing in caught.value.candidates] == ["架空の役所の名", "架空", "架空社"]


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_that_look_alike_are_not_found_for_each_other(
    indexed: EmbeddedStore, one: str, other: str
) -> None:
    assert project(one) in found(indexed, one) and project(one) not in found(indexed, other)
    assert project(other) in found(indexed, other) and project(other) not in found(indexed, one)
    assert measure("soumu", one) != measure("soumu", other)


_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_NARROW = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF61, 0xFFA0)}
_FORMS: dict[str, list[str]] = {}
for _sign, _form in table().items():
    if _form and _form not in "-~・":
        _FORMS.setdefault(_form, []).append(chr(_sign))
REWRITINGS: list[Callable[[str, int], str]] = [
    *(lambda name, _, kind=kind: unicodedata.normalize(kind, name) for kind in ("NFC", "NFD", "NFKC", "NFKD")),
    lambda name, _: name.upper(),
    lambda name, _: name.translate(_WIDE),
    lambda name, _: "".join(_NARROW.get(sign, sign) for sign in unicodedata.normalize("NFD", name)),
    lambda name, which: name.replace("ー", (DASHES + "－")[which % (len(DASHES) + 1)]),
    lambda name, which: name.replace("-", (DASHES + "－ー")[which % (len(DASHES) + 2)]),
    lambda name, which: name.replace("～", (TILDES + "～")[which % (len(TILDES) + 1)]),
    lambda name, which: "".join(_FORMS[sign][which % len(_FORMS[sign])] if sign in _FORMS else sign for sign in name),
    lambda name, which: " \u200b\u00ad\u3000\ufe0e"[which % 5].join(name),
    lambda name, which: name + "\U000e0100\ufeff\n"[which % 3],
]  # fmt: skip


def rewritten(name: str, ways: list[tuple[int, int]]) -> str:
    for way, which in ways:
        name = REWRITINGS[way](name, which)
    return name


WAYS = st.lists(st.tuples(st.integers(0, len(REWRITINGS) - 1), st.integers(0, 30)), max_size=4)


# 日本再生戦略 is a plan of the registry, too.
@given(st.sampled_from([name for name in NAMES if not name.startswith("日本再生")]), WAYS)
def test_a_project_is_found_by_its_name_however_it_is_written(
    indexed: EmbeddedStore, name: str, ways: list[tuple[int, int]]
) -> None:
    text = rewritten(name, ways)
    hits = search(indexed, text, kinds=["project"], limit=1000).hits
    assert [hit.iri for hit in hits if hit.match == "exact"] == [project(name)] == [hits[0].iri], ascii(text)
    assert find(indexed, text).iri == project(name), ascii(text)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    """The published names of the projects of 2024."""
    folder = tmp_path_factory.mktemp("published") / "store"
    build(sorted(absent.published().glob("1-2_*")), folder)
    return open_store(folder)


@pytest.mark.parametrize("ways", [2, pytest.param(len(REWRITINGS), marks=pytest.mark.endurance)])
def test_each_published_project_is_found_by_its_own_name(published: EmbeddedStore, ways: int) -> None:
    """Each name is looked for in some of the ways to write it, another name in the next ones."""
    named: dict[str, set[str]] = {}
    for item in published.select(f"SELECT ?s ?name WHERE {{ ?s a <{KK}Project> ; <{SKOS}prefLabel> ?name }}"):
        named.setdefault(item["name"].value, set()).add(item["s"].value)
    assert len(named) > 5000
    telling = [name for name in named if name_form(name) != fold(name)] + sorted(named)[::80]
    for place, name in enumerate(telling):
        for way in range(place * ways, (place + 1) * ways):
            text = REWRITINGS[way % len(REWRITINGS)](name, place)
            hits = search(published, text, kinds=["project"], limit=1000).hits
            exact = {hit.iri for hit in hits if hit.match == "exact"}
            assert named[name] <= exact, ascii(text)


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(Registry(graphs_dir()))


@pytest.mark.parametrize(("written", "other"), PAIRS)
def test_the_resolver_takes_either_writing_for_one_plan(resolver: Resolver, written: str, other: str) -> None:
    decided = "（令和５年６月16日閣議決定）"
    for one, two in (
        (written, other),
        (written + decided, other + decided),
        (f"「{written}」", f"「{other}」"),
    ):
        made = resolver.resolve([one, two])
        assert [(work.key, work.status) for work in made[one]] == [
            (work.key, work.status) for work in made[two]
        ]
        assert made[one] or "~" in name_form(one)  # what stands behind a wave may be a subtitle
        assert all(work.title in written for work in made[one]), "what is shown stays as written"


@pytest.mark.parametrize(("one", "other"), APART)
def test_the_resolver_keeps_names_that_look_alike_apart(resolver: Resolver, one: str, other: str) -> None:
    made = resolver.resolve([one, other])
    assert {work.key for work in made[one]}.isdisjoint(work.key for work in made[other])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("第６次エネルギ－基本計画（令和３年10月22日閣議決定）", "energy-kihon/2021-10-22"),
        ("第６次ｴﾈﾙｷﾞ-基本計画（令和３年10⽉22⽇閣議决定）", "energy-kihon/2021-10-22"),
        ("國土强靭化基本計畫（令和５年７月28日閣議決定）", "kyojinka-kihon/2023-07-28"),
        (
            unicodedata.normalize("NFD", "デジタル社会の実現に向けた重点計画（令和5年6月9日閣議決定）"),
            "digital-juten/2023-06-09",
        ),
        ("成\u00ad⻑戦略フォロ―アップ（令和３年６月18日閣議決定）", "seicho-followup/2021-06-18"),
    ],
)
def test_a_registered_plan_is_known_in_any_writing(resolver: Resolver, text: str, wanted: str) -> None:
    (work,) = resolver.resolve([text])[text]
    assert work.edition == f"{ID}strategy/{wanted}"


@pytest.mark.parametrize(
    "text",
    [
        "新産業ビジョン－国民のために－（令和５年６月16日閣議決定）",
        "Beyond5G推進戦略 －6Gへのロードマップ－（令和２年６月30日公表）",
    ],
)
def test_the_dashes_around_a_subtitle_are_no_long_marks(resolver: Resolver, text: str) -> None:
    (dashed,) = resolver.resolve([text])[text]
    waved = text.replace("－", "～")
    (work,) = resolver.resolve([waved])[waved]
    assert dashed.key == work.key


@pytest.mark.parametrize(("written", "other"), PAIRS)
def test_a_law_is_the_same_in_either_writing(written: str, other: str) -> None:
    laws = [
        NamedLaw(IRI(f"{ID}law/one"), f"{written}法"),
        NamedLaw(IRI(f"{ID}law/two"), f"{other}法", "411AC0000000091"),
    ]
    (match,) = match_laws(laws)
    assert match.law_id == "411AC0000000091"


def test_diff_tells_only_the_measures_that_differ(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "2023", "2024", "--store", str(folder), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["changes"]
    assert told == [], "each measure of 2023 is one of 2024, however it is written"


@pytest.mark.parametrize(("written", "other"), PAIRS[::9])
def test_diff_asks_for_a_measure_in_either_writing(
    folder: Path, capsys: pytest.CaptureFixture[str], written: str, other: str
) -> None:
    answers = []
    for text in (f"{written}の施策", f"{other}の施策"):
        assert (
            main(["diff", "2023", "2024", "--measure", text, "--store", str(folder), "--format", "json"]) == 0
        )
        answers.append(json.loads(capsys.readouterr().out))
    assert answers[0]["measure"] == answers[1]["measure"]
