"""The registries: exact names, exact editions; nothing merged by likeness, every fault with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from konkyo.common.dates import parse_date
from konkyo.common.errors import KonkyoError
from konkyo.common.paths import graphs_dir
from konkyo.model.identifiers import thing
from konkyo.model.records import Edition, Section, Strategy
from konkyo.sources.registry import NotRegistered, Registry


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(graphs_dir())


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    for name in ("organizations.yaml", "strategies.yaml"):
        shutil.copy(graphs_dir() / name, folder / name)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


# --- look-ups -----------------------------------------------------------------------------------------


def test_names_fold_width_case_and_spaces(registry: Registry) -> None:
    koteihyo = thing("strategy", "aratana-ict-koteihyo")
    for name in (
        "新たな情報通信技術戦略　工程表",
        "新たな情報通信技術戦略 工程表",
        "新たな情報通信技術戦略工程表",
    ):
        assert registry.strategy(name) == koteihyo
    assert registry.panel("ＩＣＴグローバル展開の在り方に関する懇談会") == thing("panel", "ict-global-tenkai")
    assert registry.panel("情報通信審議会　情報通信政策部会　基本戦略ボード") == registry.panel(
        "基本戦略ボード"
    )


def test_near_equal_names_are_two_things(registry: Registry) -> None:
    saisei, kihon = registry.strategy("日本再生戦略"), registry.strategy("日本再生の基本戦略")
    assert saisei != kihon
    by_iri = {record.iri: record for record in registry.strategies if isinstance(record, Strategy)}
    assert by_iri[saisei].different_from == (kihon,) and by_iri[kihon].different_from == (saisei,)


@pytest.mark.parametrize(
    "name", ["新成長", "新成長戦略２", "日本再生", "成長戦略", "", "新成長戦略（2010-06-18）"]
)
def test_nothing_is_matched_by_likeness(registry: Registry, name: str) -> None:
    with pytest.raises(NotRegistered) as caught:
        registry.strategy(name)
    assert "strategies.yaml" in caught.value.hint.ja


def test_documents_by_date(registry: Registry) -> None:
    name = "新たな情報通信技術戦略 工程表"
    first = registry.document(name, parse_date("平成22年6月22日"))
    revised = registry.document(name, parse_date("平成23年8月3日"))
    assert first == thing("strategy", "aratana-ict-koteihyo", "2010-06-22")
    assert revised == thing("strategy", "aratana-ict-koteihyo", "2011-08-03")
    editions = {record.iri: record for record in registry.strategies if isinstance(record, Edition)}
    assert editions[revised].previous == first and editions[first].previous is None
    # An undated mention is the strategy itself, and a report has but one edition.
    assert registry.document(name, None) == thing("strategy", "aratana-ict-koteihyo")
    report = registry.document("ICTグローバル展開の在り方に関する懇談会 報告書", None)
    assert report == thing("report", "ict-global-tenkai", "2011-07")
    assert (
        registry.document("ICTグローバル展開の在り方に関する懇談会 報告書", parse_date("2011-07")) == report
    )
    for text in ("2010-06", "2010-06-23", "2012年"):
        with pytest.raises(NotRegistered):
            registry.document(name, parse_date(text))


def test_sections_by_path_and_by_heading(registry: Registry) -> None:
    edition = registry.document("新成長戦略", parse_date("2010-06-18"))
    path = ["第３章", "強みを活かす成長分野", "(3)アジア経済戦略"]
    section = registry.section(edition, path)
    assert section == edition + "/s-3.3" == registry.section(edition, path[-1:])
    assert registry.section_of_strategy(registry.strategy("新成長戦略"), path[-1]) == section
    for wrong in (["第3章", "（３）アジア経済戦略"], ["アジア経済戦略"], ["第4章"], []):
        with pytest.raises(NotRegistered):
            registry.section(edition, wrong)
    other = registry.document("日本再生の基本戦略", parse_date("2011-12-24"))
    with pytest.raises(NotRegistered):
        registry.section(other, path[-1:])


def test_every_section_has_one_parent_and_reaches_its_edition(registry: Registry) -> None:
    sections = {record.iri: record for record in registry.strategies if isinstance(record, Section)}
    editions = {record.iri for record in registry.strategies if isinstance(record, Edition)}
    for section in sections.values():
        steps = 0
        parent = section.parent
        while parent in sections:
            parent, steps = sections[parent].parent, steps + 1
            assert steps < 10
        assert parent in editions and section.iri.startswith(parent + "/")


# --- broken registries --------------------------------------------------------------------------------

BROKEN = [
    ("strategies.yaml", 'date: "2010-05-11"', 'date: "2010-13-11"', "editions[1].date"),
    ("strategies.yaml", 'date: "2010-05-11"', "date: 2010-05-11", "editions[1].date"),
    ("strategies.yaml", 'date: "2010-05-11"', 'date: "いつか"', "editions[1].date"),
    ("strategies.yaml", "part_of: aratana-ict\n", "part_of: nowhere\n", "aratana-ict-koteihyo"),
    ("strategies.yaml", "different_from: [nihon-saisei]", "different_from: [nowhere]", "nihon-saisei-kihon"),
    ("strategies.yaml", 'key: "2.3"', 'key: "2"', "sections[1].sections[1]"),
    ("strategies.yaml", 'key: "2.3"', 'key: "2.3."', "key"),
    ("strategies.yaml", 'key: "2.3"', "key: Ⅱ", "key"),
    ("strategies.yaml", "panel: ict-global-tenkai", "panel: nowhere", "reports.ict-global-tenkai.panel"),
    ("strategies.yaml", '- date: "2011-08-03"', '- date: "2010-06-01"', "editions[2]"),
    ("strategies.yaml", '- date: "2011-08-03"', '- date: "2010-06-22"', "editions[2]"),
    ("strategies.yaml", "kind: roadmap", "kind: map", "kind"),
    ("strategies.yaml", "    kind: roadmap\n", "", "aratana-ict-koteihyo"),
    ("strategies.yaml", "    ja: 日本再生戦略\n", "    ja: 日本再生の 基本戦略\n", "nihon-saisei"),
    (
        "strategies.yaml",
        "url: http://www.kantei.go.jp/jp/singi/it2/100511honbun.pdf",
        "url: javascript:alert(1)",
        "url",
    ),
    (
        "strategies.yaml",
        "url: http://www.kantei.go.jp/jp/singi/it2/100511honbun.pdf",
        'url: "http://a b"',
        "url",
    ),
    ("strategies.yaml", "  aratana-ict:\n", "  Aratana:\n", "strategies"),
    ("strategies.yaml", "  aratana-ict:\n", "  aratana-:\n", "strategies"),
    ("strategies.yaml", "strategies:\n", "strategy:\n", "strategy"),
    ("organizations.yaml", "within: [情報通信審議会, 情報通信政策部会]", "within: [情報通信審議会]", None),
    (
        "organizations.yaml",
        "within: [情報通信審議会, 情報通信政策部会]",
        "within: [内閣]",
        "panels.kihon-senryaku-board.within",
    ),
    ("organizations.yaml", "europe: {ja: 欧州", "europe: {ja: 米国", "places.europe"),
    ("organizations.yaml", "ja: 総務省\n", "ja: 7\n", "ministries.soumu.ja"),
    ("organizations.yaml", "kokusai-seisaku:", "国際政策課:", "units"),
]


@pytest.mark.parametrize(("file", "old", "new", "field"), BROKEN, ids=[new[:40] for _, _, new, _ in BROKEN])
def test_a_broken_registry_is_told(tmp_path: Path, file: str, old: str, new: str, field: str | None) -> None:
    folder = changed(tmp_path, file, old, new)
    if field is None:  # the same name, one level up: a body of its own, and rightly read
        assert Registry(folder)
        return
    with pytest.raises(KonkyoError) as caught:
        Registry(folder)
    error = getattr(caught.value, "errors", [caught.value])[0]
    assert error.source == str(folder / file) and error.line is not None and field in (error.field or "")


def test_who_decides_and_what_follows_what(registry: Registry) -> None:
    made = {
        one.iri: one
        for records in (registry.strategies, *registry.cited.values())
        for one in records
        if isinstance(one, Strategy)
    }
    assert made[thing("strategy", "honebuto")].deciders == (thing("panel", "kakugi"),)
    both = made[thing("strategy", "kokka-boei")]
    assert both.deciders == (thing("panel", "kakugi"), thing("panel", "kokka-anzen-hosho-kaigi"))
    assert both.replaces == (thing("strategy", "boei-taiko"),)
    assert both.iri in made[thing("strategy", "boei-taiko")].replaced_by
    for one in made.values():
        assert one.source, one.iri
        for old in one.replaces:
            assert one.iri in made[old].replaced_by
        for new in one.replaced_by:
            assert one.iri in made[new].replaces


def test_what_is_not_certain_says_so(registry: Registry) -> None:
    editions = [one for records in registry.cited.values() for one in records if isinstance(one, Edition)]
    unsure = [one for one in editions if one.certainty]
    assert unsure and {one.certainty for one in unsure} == {"unconfirmed"}
    assert all(one.source for one in editions)
    assert all("編者の知見" in (one.source or "") for one in unsure)


def test_a_cited_strategy_comes_with_what_it_names(registry: Registry) -> None:
    found = {record.iri for record in registry.records_of([thing("strategy", "kokka-boei")])}
    assert {thing("strategy", "boei-taiko"), thing("panel", "kakugi")} <= found
    one = [record.iri for record in registry.records_of([thing("strategy", "honebuto")])]
    assert len(one) == len(set(one)) and thing("strategy", "kokka-boei") not in one
    assert (
        registry.records_of([thing("strategy", "shin-seicho")]) == []
    )  # a sheet's, written by its own graph


def test_an_unknown_decider_is_told(tmp_path: Path) -> None:
    folder = changed(tmp_path, "strategies.yaml", "    body: 閣議\n", "    body: 架空会議\n")
    with pytest.raises(KonkyoError) as caught:
        Registry(folder)
    assert "deciders" in caught.value.message.ja and caught.value.line is not None


def test_a_registry_that_contains_itself_ends(tmp_path: Path) -> None:
    folder = changed(tmp_path, "organizations.yaml", "ministries:\n", "ministries:\n")
    (folder / "organizations.yaml").write_text(
        "ministries:\n  soumu: &m\n    ja: 総務省\n    units: {bu: *m}\n", encoding="utf-8"
    )
    with pytest.raises(KonkyoError):
        Registry(folder)


def test_a_missing_registry_is_told(tmp_path: Path) -> None:
    with pytest.raises(KonkyoError, match="cannot be read"):
        Registry(tmp_path)


def test_a_strategy_is_no_part_of_itself(tmp_path: Path) -> None:
    folder = changed(tmp_path, "strategies.yaml", "part_of: aratana-ict\n", "part_of: aratana-ict-koteihyo\n")
    with pytest.raises(KonkyoError):
        Registry(folder)
