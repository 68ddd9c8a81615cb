"""``konkyo resolve --new``: what a store cites and the registry lacks, as YAML that can be pasted into it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from konkyo.build.pipeline import build
from konkyo.citations.judgements import Judgement, Judgements
from konkyo.citations.lacking import CitationCount, Unregistered, lacking
from konkyo.citations.resolve import Resolver
from konkyo.citations.title_index import TitleObservation
from konkyo.cli import main
from konkyo.common.paths import graphs_dir
from konkyo.sources.registry import Registry
from support.rs_rows import row, write_csv

PLAN = "計画通知名"
# An invented plan in two editions, under five spellings; a new edition of a registered one; and what is no plan.
CITED = {
    "「架空振興基本計画」（令和５年６月１日閣議決定）": 4,
    "・架空振興基本計画（R5.6.1 閣議決定）": 3,
    "架空振興基本計画(2023年6月1日)": 1,
    "第2次架空振興基本計画（令和７年３月１日閣議決定）": 2,
    "架空振興基本計画": 2,
    "エネルギー基本計画（第９次）（令和15年2月3日閣議決定）": 3,
    "第9次エネルギー基本計画": 1,
    "エネルギー基本計画（令和15年２月）": 1,
    "骨太の方針2024": 9,
    "中期計画": 20,
    "なし": 30,
}


def found(
    cited: dict[str, int], registry: Registry, seen: list[TitleObservation], at_least: int
) -> Unregistered:
    counted = {
        raw: CitationCount(number, frozenset(f"p{raw}{place}" for place in range(number)), frozenset({2025}))
        for raw, number in cited.items()
    }
    resolved = Resolver(registry, seen=seen).resolve(counted)
    return lacking(resolved, counted, at_least, registry.is_decider)


def test_spellings_are_one_plan_and_its_editions_stand_apart(
    registry: Registry, seen: list[TitleObservation]
) -> None:
    lacks = found(CITED, registry, seen, 5)
    (plan,) = lacks.plans
    assert (plan.ja, plan.kind, plan.body) == ("架空振興基本計画", "cabinet-strategy", "閣議")
    assert plan.count.links == 12 and len(plan.count.projects) == 12 and len(plan.count.spellings) == 5
    assert [(one.date and one.date.iso, one.labels, one.count.links) for one in plan.editions] == [
        ("2023-06-01", (), 8),
        ("2025-03-01", ("第2次",), 2),
    ]
    ((key, editions),) = lacks.editions.items()
    assert key == "energy-kihon"
    (edition,) = editions
    assert edition.date and edition.date.iso == "2033-02-03" and edition.count.links == 5
    assert edition.labels == ("第9次",)


def test_what_is_cited_less_is_not_listed(registry: Registry, seen: list[TitleObservation]) -> None:
    lacks = found(CITED, registry, seen, 6)
    assert [plan.ja for plan in lacks.plans] == ["架空振興基本計画"] and not lacks.editions
    assert not found(CITED, registry, seen, 13).plans


def test_the_order_of_the_strings_does_not_matter(registry: Registry, seen: list[TitleObservation]) -> None:
    backwards = dict(reversed(CITED.items()))
    one, other = (found(cited, registry, seen, 1) for cited in (CITED, backwards))
    assert [(plan.key, plan.editions) for plan in one.plans] == [
        (plan.key, plan.editions) for plan in other.plans
    ]
    assert one.editions == other.editions


def test_two_dates_of_one_number_are_both_told(registry: Registry, seen: list[TitleObservation]) -> None:
    cited = {"第2次架空計画（令和7年3月1日）": 5, "第2次架空計画（令和7年3月2日）": 1}
    ((edition,),) = (plan.editions for plan in found(cited, registry, seen, 1).plans)
    assert edition.date and edition.date.iso == "2025-03-01"
    assert [one.iso for one in edition.other_dates] == ["2025-03-02"]


def test_what_is_like_a_registered_name_is_left_to_people(
    registry: Registry, seen: list[TitleObservation]
) -> None:
    lacks = found({"食料・農業・漁村基本計画": 9}, registry, seen, 5)
    assert not lacks.plans
    assert [(one.title, one.key) for one in lacks.alike] == [("食料・農業・漁村基本計画", "shokuryo-kihon")]


def test_a_plan_that_a_person_has_judged_is_not_listed(
    registry: Registry, seen: list[TitleObservation]
) -> None:
    raw = "架空振興基本計画（令和5年6月1日閣議決定）"
    (made,) = Resolver(registry, seen=seen).resolve([raw])[raw]
    judged = Judgements([Judgement(made.mention, f"{registry.known[0].iri}", "same", "誰か", "2026-01-01")])
    resolved = Resolver(registry, judged, seen).resolve([raw])
    cited = {raw: CitationCount(9, frozenset("p"), frozenset({2025}))}
    assert not lacking(resolved, cited, 1, registry.is_decider).plans


# --- at the command line ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lacking")
    rows = [
        row("1-3", str(9000 + number), 2025, **{"番号（関係する計画・通知等）": "1", PLAN: raw})
        for number, raw in enumerate(raw for raw, times in CITED.items() for _ in range(times))
    ]
    build([write_csv(folder, "1-3", rows, 2025)], folder / "store")
    return folder / "store"


def listed(capsys: pytest.CaptureFixture[str], store: Path, *options: str) -> str:
    capsys.readouterr()
    assert main(["--store", str(store), "resolve", "--new", *options]) == 0
    return capsys.readouterr().out


def test_the_yaml_stands_by_the_schema_and_can_be_pasted(
    capsys: pytest.CaptureFixture[str], store: Path, tmp_path: Path
) -> None:
    import json

    import konkyo.sources.registry as module

    text = listed(capsys, store, "--at-least", "5")
    made = YAML(typ="safe").load(text)
    schema = json.loads(Path(module.__file__).with_name("strategies.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(made)
    assert "「架空振興基本計画」（令和５年６月１日閣議決定）" in text and "12件（12事業）" in text
    assert "# 新: 5件（5事業）" in text

    # Pasted as a person does: new entries below the others, entries of the same key replaced.
    folder = tmp_path / "registry"
    shutil.copytree(graphs_dir(), folder, ignore=shutil.ignore_patterns("built", "sheets", "interpretations"))
    held = (folder / "strategies.yaml").read_text(encoding="utf-8")
    assert text.count("\ncited:\n") == 1 and "\nstrategies:\n" not in text
    pasted = text.split("\ncited:\n")[1]
    start = held.index("  energy-kihon:\n")
    end = held.index("\n\n", start)
    (folder / "strategies.yaml").write_text(held[:start] + held[end + 2 :] + pasted, encoding="utf-8")
    known = {one.iri.rpartition("/")[2]: one for one in Registry(folder).known}
    assert known["energy-kihon"].editions[-1].date.iso == "2033-02-03"
    carried = {one.iri.rpartition("/")[2]: one for one in Registry(graphs_dir()).known}
    assert len(known["energy-kihon"].editions) == len(carried["energy-kihon"].editions) + 1
    again = listed(capsys, store, "--at-least", "5", "--registry", str(folder))
    assert YAML(typ="safe").load(again) is None and again.startswith("# 5件以上引かれ")


def test_english_and_the_usual_threshold(capsys: pytest.CaptureFixture[str], store: Path) -> None:
    text = listed(capsys, store, "--lang", "en")
    assert text.startswith("# Cited 10 times or more and not in the registry: 1 plan, 0 editions")
    assert "12 citations (12 projects)" in text
    assert next(iter(YAML(typ="safe").load(text)["cited"].values()))["ja"] == "架空振興基本計画"


# --- the editions of 2025 -----------------------------------------------------------------------

OF_2025 = {
    "経済財政運営と改革の基本方針2025（令和7年6月13日閣議決定）": "honebuto/2025-06-13",
    "・新しい資本主義のグランドデザイン及び実行計画2025改訂版（令和7年6月13日閣議決定）　等": "atarashii-shihonshugi/2025-06-13",
    "デジタル社会の実現に向けた重点計画（令和7年6月13日）": "digital-juten/2025-06-13",
    "消費者基本計画（令和7年3月18日閣議決定）": "shohisha-kihon/2025-03-18",
    "第７次エネルギー基本計画": "energy-kihon/2025-02-18",
    "GX2040ビジョン～脱炭素成長型経済構造移行推進戦略 改訂～（令和７年２月18日閣議決定）": "gx-suishin/2025-02-18",
    "地方創生2.0基本構想（令和7年6月13日閣議決定）": "chiho-sosei-2/2025-06-13",
    "第１次国土強靱化実施中期計画（令和７年６月６日閣議決定）": "kyojinka-chuki/2025-06-06",
    "女性版骨太の方針2025": "josei-danjo/2025-06-10",
}


@pytest.mark.parametrize("raw", OF_2025)
def test_editions_of_2025_are_known(registry: Registry, seen: list[TitleObservation], raw: str) -> None:
    (made,) = Resolver(registry, seen=seen).resolve([raw])[raw]
    assert made.status == "exact" and made.edition and made.edition.endswith("/" + OF_2025[raw])


def test_what_only_general_knowledge_bears_is_not_confirmed(registry: Registry) -> None:
    certainty = {
        record.iri.partition("strategy/")[2]: getattr(record, "certainty", None)
        for records in registry.cited.values()
        for record in records
    }
    assert certainty["honebuto/2025-06-13"] is None and certainty["shohisha-kihon/2025-03-18"] is None
    for edition in ("energy-kihon/2025-02-18", "chiho-sosei-2/2025-06-13", "kisei-kaikaku/2025-06-13"):
        assert certainty[edition] == "unconfirmed"
