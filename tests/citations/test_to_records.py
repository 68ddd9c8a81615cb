"""Resolutions as records: what is sure becomes a claim with reason and score, what is not claims nothing."""

from __future__ import annotations

from konkyo.citations.judgements import Judgement, Judgements
from konkyo.citations.resolve import resolve_all
from konkyo.citations.to_records import denotations
from konkyo.common.paths import graphs_dir
from konkyo.model.identifiers import thing
from konkyo.model.records import CitedEdition, CitedStrategy, Denotation, Unidentified
from konkyo.sources.registry import Registry

HONEBUTO = "「経済財政運営と改革の基本方針2023」（令和5年6月16日閣議決定）"
OTHER = "存在しない例示計画（令和3年4月1日決定）"
TWO = "国家防衛戦略、防衛力整備計画"


def records(*texts: str, judgements: Judgements | None = None) -> list[object]:
    citations = {text: thing("citation", f"c{number}") for number, text in enumerate(texts)}
    resolved = resolve_all(texts, Registry(graphs_dir()), judgements)
    return list(denotations(resolved, citations))


def test_a_registered_edition_is_denoted_with_its_reason() -> None:
    (found,) = (record for record in records(HONEBUTO) if isinstance(record, Denotation))
    assert found.denotes == thing("strategy", "honebuto", "2023-06-16")
    assert (
        (found.level, found.author) == ("derived", None)
        and found.rule
        and found.reason.ja
        and found.reason.en
    )
    assert 0 < found.score <= 1


def test_what_no_registry_holds_is_a_plan_of_its_own() -> None:
    made = records(OTHER)
    (denotation,) = (record for record in made if isinstance(record, Denotation))
    (strategy,) = (record for record in made if isinstance(record, CitedStrategy))
    (edition,) = (record for record in made if isinstance(record, CitedEdition))
    assert denotation.denotes == edition.iri and strategy.editions == (edition.iri,)
    assert strategy.note and edition.issued and edition.issued.iso == "2021-04-01"


def test_one_string_may_denote_two() -> None:
    found = [record.denotes for record in records(TWO) if isinstance(record, Denotation)]
    assert len(found) == len(set(found)) == 2


def test_the_same_records_whatever_the_order_of_strings() -> None:
    citations = {text: thing("citation", f"c{number}") for number, text in enumerate((HONEBUTO, OTHER, TWO))}
    registry = Registry(graphs_dir())
    one = list(denotations(resolve_all(citations, registry), citations))
    other = list(denotations(resolve_all(reversed(list(citations)), registry), citations))
    assert one == other


def test_a_judgement_is_somebody_s_and_can_be_taken_back() -> None:
    registry = Registry(graphs_dir())
    (resolved,) = resolve_all([HONEBUTO], registry)[HONEBUTO]
    no = Judgement(
        resolved.mention, thing("strategy", "honebuto"), "different", "甲", "2026-01-01", "別の文書"
    )
    (judged,) = (r for r in records(HONEBUTO, judgements=Judgements([no])) if isinstance(r, Denotation))
    assert judged.level == "interpreted" and judged.author and judged.rule is None
    assert not judged.denotes.startswith(thing("strategy", "honebuto"))
    back = Judgement(resolved.mention, thing("strategy", "honebuto"), "back", "甲", "2026-01-02")
    (again,) = (r for r in records(HONEBUTO, judgements=Judgements([no, back])) if isinstance(r, Denotation))
    assert again.level == "derived" and again.denotes == resolved.edition


def named(*texts: str) -> tuple[CitedStrategy, list[CitedEdition]]:
    made = records(*texts)
    (strategy,) = (record for record in made if isinstance(record, CitedStrategy))
    return strategy, [record for record in made if isinstance(record, CitedEdition)]


def test_a_series_bears_what_its_editions_share_and_each_edition_its_own_title() -> None:
    strategy, editions = named(
        "架空再生会議　第七次提言（平成27年5月1日）",
        "架空再生会議　第七次提言",
        "架空再生会議　第三次提言（平成25年4月1日）",
        "架空再生会議提言（第２次）",
    )
    assert strategy.ja in ("架空再生会議　提言", "架空再生会議提言") and "次" not in strategy.ja
    assert [one.title for one in editions] == [
        "架空再生会議提言",
        "架空再生会議　第三次提言",
        "架空再生会議　第七次提言",
    ]
    assert [one.ja for one in editions] == [
        "架空再生会議提言（第２次）",
        "架空再生会議　第三次提言（2013-04-01）",
        "架空再生会議　第七次提言（2015-05-01）",
    ]
    assert not any("次" in name for name in strategy.other_names), (
        "an edition's name is no name of the series"
    )


def test_years_and_widths_of_a_series() -> None:
    strategy, editions = named("架空研究ＡＢ戦略２０２２", "架空研究ＡＢ戦略2024（令和6年6月4日）")
    assert strategy.ja == "架空研究ＡＢ戦略", "as written, not as compared"
    assert [one.ja for one in editions] == ["架空研究ＡＢ戦略２０２２", "架空研究ＡＢ戦略2024（2024-06-04）"]


def test_a_single_edition_gives_its_own_title_to_the_series() -> None:
    strategy, (edition,) = named("第７次架空提言", "第７次架空提言（令和5年4月1日）")
    assert strategy.ja == edition.title == "第７次架空提言" and edition.ja == "第７次架空提言（2023-04-01）"


def test_a_plan_known_from_citations_alone_is_never_wholly_sure() -> None:
    (found,) = (record for record in records(OTHER) if isinstance(record, Denotation))
    assert found.score < 1


def test_an_open_edition_is_the_strategy_s() -> None:
    (found,) = records("こども大綱（令和5年12月12日閣議決定）")
    assert isinstance(found, Denotation)
    assert found.denotes == thing("strategy", "kodomo-taiko") and "登録簿にない" in found.reason.ja


def test_what_names_no_document_claims_nothing() -> None:
    made = records("架空機構からの拠出要請", "架空省、例示庁）", "ほか３計画", "架空条約第２回締約国会議")
    assert all(isinstance(record, Unidentified) for record in made)


def test_dates_that_agree_are_one_and_a_key_that_is_a_date_is_one() -> None:
    (one,) = named("架空構想の青写真（令和元年12月9日）", "架空構想の青写真（令和元年12月）")[1]
    assert one.issued and one.issued.iso == "2019-12-09" and one.label is None


def test_what_is_not_identified_is_told_of_the_citation() -> None:
    made = records("国家防衛戦略、実施要綱")
    (open_one,) = (record for record in made if isinstance(record, Unidentified))
    assert open_one.titles == ("実施要綱",)
    assert [r.owner for r in made if isinstance(r, Denotation)] == [open_one.iri]


def test_what_an_edition_is_called_by_is_no_other_name_as_well() -> None:
    _, (edition,) = named("架空健康21（第三次）", "「架空健康21（第三次）」", "架空健康21（第三次）")
    assert edition.ja == "架空健康21（第三次）" and edition.title == "架空健康21"
    assert edition.ja not in edition.other_names
