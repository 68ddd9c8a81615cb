"""Resolutions as records: what is sure becomes a claim with reason and score, what is not claims nothing."""

from __future__ import annotations

from konkyo.citations.graph import denotations
from konkyo.citations.judgements import Judgement, Judgements
from konkyo.citations.resolve import resolve_all
from konkyo.identifiers import thing
from konkyo.records import CitedEdition, CitedStrategy, Denotation
from konkyo.resources import graphs_dir
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
