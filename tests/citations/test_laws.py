"""Laws that are named without an id: the one of the same name, or nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo.build.pipeline import build
from konkyo.citations.judgements import Judgement, Judgements
from konkyo.citations.laws import NamedLaw, law_denotations, match_laws, name_and_place
from konkyo.cli import main
from konkyo.model.identifiers import IRI, digest, law, thing
from konkyo.model.records import Agent, Denotation
from konkyo.store import open_store

SAMPLE = Path(__file__).parents[1] / "cases" / "rs" / "1-3" / "input.csv"
NAMED = thing("law", "named", digest("見本法"))


def with_id(name: str, law_id: str) -> NamedLaw:
    return NamedLaw(law(law_id), name, law_id)


def without(name: str, number: str = "") -> NamedLaw:
    return NamedLaw(thing("law", "named", digest(name)), name, number=number)


READINGS = [
    ("見本法", ("見本法", None)),
    ("見本法（平成11年法律第94号）", ("見本法", None)),
    ("見本法（平成11年法律第94号）第４条第１項", ("見本法", "第4条第1項")),
    ("見本法_第7条の３及び第9条から第12条まで等", ("見本法", "第7条の3及び第9条から第12条まで等")),
    ("見本法（第20条ほか）", ("見本法", "第20条ほか")),
    ("・「見本法」（平成11年法律第94号）", ("見本法", None)),
    ("見本法第3条、別見本法", ("見本法第3条、別見本法", None)),
    ("見本法第8条の規定に基づく基本方針", ("見本法第8条の規定に基づく基本方針", None)),
    ("第33条第3項", ("", "第33条第3項")),
]


@pytest.mark.parametrize(("name", "wanted"), READINGS, ids=[name for name, _ in READINGS])
def test_the_articles_and_the_number_are_no_part_of_a_name(name: str, wanted: tuple[str, str | None]) -> None:
    assert name_and_place(name) == wanted


@given(st.text(max_size=600))
def test_any_name_is_read(name: str) -> None:
    key, _ = name_and_place(name)
    assert isinstance(key, str)


LAWS = [
    with_id("見本法", "411AC0000000091"),
    with_id("見本法第2条", "411AC0000000091"),
    with_id("二重法", "325AC0000000002"),
    with_id("二重法", "325AC0000000003"),
]


@pytest.mark.parametrize(
    ("named", "law_id", "possible"),
    [
        (without("見本法"), "411AC0000000091", 1),
        (without("見本法第4条", "平成十一年法律第九十一号"), "411AC0000000091", 1),
        (without("見本法", "第91号"), "411AC0000000091", 1),
        (without("見本法", "令和3年法律第94号"), None, 1),
        (without("見本法（平成12年法律第1号）"), None, 1),
        (without("二重法"), None, 2),
    ],
)
def test_only_what_is_exact_is_claimed(named: NamedLaw, law_id: str | None, possible: int) -> None:
    (found,) = match_laws([named, *LAWS])
    assert (found.law_id, len(found.possible)) == (law_id, possible)
    made = [one for one in law_denotations([found]) if isinstance(one, Denotation)]
    assert [one.denotes for one in made] == ([law(law_id)] if law_id else [])
    assert found.reason.ja and found.reason.en


@pytest.mark.parametrize("name", ["見本法施行令", "第33条第3項", "", "見本", "新見本法"])
def test_another_name_is_another_law(name: str) -> None:
    assert match_laws([without(name), *LAWS]) == []


def test_people_decide() -> None:
    def judged(named: IRI, law_id: str, verdict: str) -> Judgements:
        return Judgements([Judgement(named, law(law_id), verdict, "甲", "2026-01-01", "理由")])  # type: ignore[arg-type]

    (found,) = match_laws([without("見本法"), *LAWS], judged(NAMED, "411AC0000000091", "different"))
    assert found.law_id is None and found.possible == ()
    two = without("二重法")
    (found,) = match_laws([two, *LAWS], judged(two.iri, "325AC0000000003", "same"))
    assert found.law_id == "325AC0000000003"
    agent, claim = law_denotations([found])
    assert isinstance(agent, Agent) and isinstance(claim, Denotation)
    assert (claim.level, claim.author, claim.rule) == ("interpreted", agent.iri, None)
    (found,) = match_laws([two, *LAWS], judged(two.iri, "325AC0000000003", "different"))
    assert found.law_id == "325AC0000000002"


def test_the_graph_reaches_the_law_with_an_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.reader(io.StringIO(SAMPLE.read_text(encoding="utf-8-sig"), newline="")))
    head, made = rows[0], []
    for number, (name, law_id) in enumerate((("見本法", "411AC0000000091"), ("見本法第4条", "")), start=1):
        row = list(rows[1])
        row[head.index("番号（根拠法令）")] = str(number)
        row[head.index("法令名")], row[head.index("法令ID")] = name, law_id
        row[head.index("予算事業ID")] = str(number)
        made.append(row)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([head, *made])
    path = tmp_path / "1-3.csv"
    path.write_text(out.getvalue(), encoding="utf-8-sig", newline="")
    build([path], tmp_path / "store")
    store = open_store(tmp_path / "store")
    text = "SELECT ?p ?l WHERE { ?p <https://w3id.org/konkyo/ns#legalBasis> ?l } ORDER BY ?p ?l"
    found = [(row["p"].value.split("/")[-1], row["l"].value) for row in store.select(text)]
    with_number = law("411AC0000000091")
    assert found == [
        ("1", with_number),
        ("2", with_number),
        ("2", thing("law", "named", digest("見本法第4条"))),
    ]
    claims = list(
        store.select(
            "SELECT ?level ?rule ?place WHERE { ?d a <https://w3id.org/konkyo/ns#Denotation> ; "
            f"<https://w3id.org/konkyo/ns#denotes> <{with_number}> ; <https://w3id.org/konkyo/ns#claimLevel> ?level ; "
            "<https://w3id.org/konkyo/ns#rule> ?rule ; <https://w3id.org/konkyo/ns#statedPlace> ?place }"
        )
    )
    assert [(row["level"].value.split("/")[-1], row["place"].value) for row in claims] == [
        ("derived", "第4条")
    ]
    # The command lists the same from the store.
    assert main(["resolve", "--laws", "--store", str(tmp_path / "store"), "--format", "csv"]) == 0
    _, *rows = csv.reader(capsys.readouterr().out.splitlines())
    assert [row[:4] for row in rows] == [["見本法第4条", "第4条", "411AC0000000091", "同じ"]]
