"""Stores built from RS files: years side by side, built again, replaced, failed and killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from konkyo.build.pipeline import build
from konkyo.build.stages import Stage
from konkyo.common.errors import KonkyoError, RefusedFiles
from konkyo.common.words import Words
from konkyo.model.identifiers import graph
from konkyo.questions.check import check_graph
from konkyo.sources.rs import IMPORTERS
from konkyo.store import EmbeddedStore, open_store
from support.absent import NOT_HERE
from support.children import environment
from support.rs_rows import OUTPUT, SHORT, connection, row, sample, write_csv, write_zip
from support.waiting import LONG_GUARD, until

KINDS = sorted(IMPORTERS)


def folder_of(base: Path, year: int, kinds: Iterable[str]) -> Path:
    made = base / str(year)
    made.mkdir(parents=True, exist_ok=True)
    for number, kind in enumerate(kinds):
        (write_zip if number % 2 else write_csv)(made, kind, sample(kind, year), year)
    return made


def quads(store: EmbeddedStore) -> dict[str, set[str]]:
    """Return the triples of each named graph."""
    return {name: {str(triple) for triple in store.triples(name)} for name in store.graphs()}


def count(store: EmbeddedStore, where: str) -> int:
    text = f"""PREFIX kk: <https://w3id.org/konkyo/ns#> PREFIX c: <https://w3id.org/konkyo/code/>
    PREFIX id: <https://w3id.org/konkyo/id/> PREFIX dcterms: <http://purl.org/dc/terms/>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    SELECT (COUNT(*) AS ?n) WHERE {{ {where} }}"""
    return int(next(iter(store.select(text)))["n"].value)


@pytest.fixture(scope="module")
def all_kinds(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    base = tmp_path_factory.mktemp("rs")
    told: list[tuple[str | Words, int, int | None]] = []
    report = build([folder_of(base, 2024, KINDS)], base / "store", progress=lambda *state: told.append(state))
    assert [file.kind for file in report.files] == KINDS
    assert all(file.refused == 0 and file.rows == len(sample(file.kind)) for file in report.files)
    store = open_store(base / "store")
    for file in report.files:
        name = graph(f"rs-2024/{file.kind}")
        assert report.facts[f"rs-2024/{file.kind}"] == file.facts == len(list(store.triples(name)))
    files = {path.name for path in (base / "2024").iterdir()}
    assert {label for label, _, _ in told} == files | {stage.value for stage in Stage}
    return store


def test_what_is_built_conforms_to_the_shapes(all_kinds: EmbeddedStore) -> None:
    from rdflib import Graph

    joined = Graph()
    for name in all_kinds.graphs():
        joined.parse(data="\n".join(f"{t} ." for t in all_kinds.triples(name)), format="nt")
    assert [(v.shape, v.focus, v.value) for v in check_graph(joined) if v.severity == "violation"] == []


def test_everything_has_one_name(all_kinds: EmbeddedStore) -> None:
    for kind in ("kk:Project", "kk:Measure", "kk:Policy", "org:OrganizationalUnit", "eli:LegalResource"):
        prefixed = kind.replace("org:", "<http://www.w3.org/ns/org#").replace(
            "eli:", "<http://data.europa.eu/eli/ontology#"
        )
        term = prefixed + ">" if prefixed.startswith("<") else prefixed
        assert count(all_kinds, f"?x a {term} FILTER NOT EXISTS {{ ?x skos:prefLabel ?l }}") == 0, kind
    assert (
        count(all_kinds, "<https://w3id.org/konkyo/id/law/411ac0000000091> skos:prefLabel '見本法'@ja") == 1
    )


def test_the_sheets_policy_and_the_measure_of_2024_are_one(all_kinds: EmbeddedStore) -> None:
    assert (
        count(
            all_kinds,
            """id:evaluation\\/soumu-23-15 kk:evaluates ?m . id:project\\/9001 dcterms:isPartOf ?m .
            ?m kk:hasAppearance ?old, ?new . ?old dcterms:identifier "政策15" . ?new dcterms:identifier "６" ;
            kk:rule id:rule\\/same-measure-name ; kk:claimLevel c:derived ; kk:evidence/kk:column "施策"@ja .
            id:rule\\/same-measure-name skos:definition ?said FILTER(LANG(?said) = "ja")""",
        )
        >= 1
    )


def test_shortcuts_hold_the_citations(all_kinds: EmbeddedStore) -> None:
    assert count(all_kinds, "id:project\\/9001 kk:statedBasis ?c . ?c a kk:Citation") == 3
    assert count(all_kinds, "?i a kk:Indicator ; kk:statedBasis ?c . ?c kk:statedText '指標の計画'@ja") == 1


def test_a_link_says_as_what_it_is_stated(all_kinds: EmbeddedStore) -> None:
    link = "id:project\\/9001 kk:hasLink|kk:hasJustification ?l . ?l kk:claimLevel c:stated ; kk:statedAs {}"
    assert count(all_kinds, link.format("c:related-plan")) == 2
    assert count(all_kinds, link.format("c:legal-ground")) == 2
    assert count(all_kinds, link.format("c:kpi-decision ; kk:statedPlace '第２章 １（３）'@ja")) == 1


def test_the_decision_of_a_kpi_is_denoted_like_any_citation(all_kinds: EmbeddedStore) -> None:
    meant = "?l kk:statedAs c:kpi-decision ; kk:basis ?c . ?c kk:hasDenotation/kk:denotes ?d ."
    assert count(all_kinds, f"id:project\\/9001 kk:hasJustification ?l . {meant}") == 1
    assert (
        count(all_kinds, f"{meant} id:project\\/9001 kk:justifiedBy ?d ; kk:basisStatedIn id:fy\\/2024") == 1
    )
    assert count(all_kinds, f"?i a kk:Indicator ; kk:hasJustification ?l ; kk:justifiedBy ?d . {meant}") == 1


def test_a_step_is_measured_by_the_indicator_of_that_name(all_kinds: EmbeddedStore) -> None:
    named = (
        "?l a kk:StepMeasurement ; kk:statedText ?n ; kk:basis ?i . ?s kk:hasLink ?l ; kk:hasIndicator ?i ."
    )
    assert count(all_kinds, f"{named} ?i skos:prefLabel ?n") == 2
    # Said by the file of the indicators, and therefore not again.
    assert count(all_kinds, "GRAPH <https://w3id.org/konkyo/graph/shortcut> { ?s kk:hasIndicator ?i }") == 0


def test_an_indicator_of_another_text_of_the_step_is_found_by_kind_number_and_period(tmp_path: Path) -> None:
    known = sample("3-1")
    both = {"派生先ー活動指標／成果指標": "見本の数"}
    other = [
        row("3-2", **connection(OUTPUT, (*SHORT[:3], "見本が広く知られる"), **both)),
        row("3-2", **connection(OUTPUT, ("7", *SHORT[1:3], "別の成果"), **both)),
    ]
    source = tmp_path / "in"
    source.mkdir()
    write_csv(source, "3-2", other)
    write_csv(source, "3-1", known)
    build([source], tmp_path / "store")
    store = open_store(tmp_path / "store")
    assert count(store, "?l a kk:StepMeasurement") == 2
    assert count(store, "?l a kk:StepMeasurement ; kk:basis ?i") == 1
    made = (
        "GRAPH <https://w3id.org/konkyo/graph/shortcut> {{ ?s kk:hasIndicator ?i }} ?s skos:prefLabel '{}'@ja"
    )
    assert count(store, made.format("見本が広く知られる")) == 1
    assert count(store, made.format("別の成果")) == 0


def test_a_chain_can_be_walked(all_kinds: EmbeddedStore) -> None:
    assert (
        count(
            all_kinds,
            """SELECT DISTINCT ?end WHERE { id:project\\/9001 kk:hasLogicStep ?start . ?start kk:kind c:activity ;
            kk:leadsTo+ ?end . ?end kk:period c:long }""",
        )
        == 1
    )


def test_two_years_can_be_told_apart(tmp_path: Path) -> None:
    folder_of(tmp_path / "in", 2024, ["1-2", "1-3", "2-1", "3-2"])
    year = tmp_path / "in" / "2025"
    year.mkdir()
    renamed = [{**item, "事業名": "改めた名の事業"} for item in sample("1-2", 2025)]
    write_zip(year, "1-2", renamed, 2025)
    moved = [{**item, "施策": "７ ＩＣＴ分野における 国際戦略の推進"} for item in sample("1-3", 2025)[:1]]
    write_zip(year, "1-3", moved, 2025)
    write_zip(year, "2-1", [{**item, "当初予算（合計）": "1001"} for item in sample("2-1", 2025)[:1]], 2025)
    build([tmp_path / "in"], tmp_path / "store")
    store = open_store(tmp_path / "store")
    names = "id:project\\/9001 kk:hasAppearance ?a . ?a kk:fiscalYear id:fy\\/{} ; kk:statedText '{}'@ja"
    assert count(store, names.format(2024, "見本事業9001")) == 1
    assert count(store, names.format(2025, "改めた名の事業")) == 1
    # One name to be called by: the latest year's.
    assert count(store, "id:project\\/9001 skos:prefLabel ?l") == 1
    assert count(store, "id:project\\/9001 skos:prefLabel '改めた名の事業'@ja") == 1
    # The number moved, the measure did not: three appearances of one.
    assert count(store, "id:project\\/9001 dcterms:isPartOf ?m . ?m kk:hasAppearance ?a") == 3
    # The same budget year, as two reviews state it.
    figures = "id:project\\/9001 kk:hasBudgetFigure ?f . ?f kk:fiscalYear id:fy\\/2023 ; kk:budgetStage c:initial ; "
    assert count(store, figures + "kk:evidence/kk:reviewYear id:fy\\/2024 ; kk:amountYen 1000") == 1
    assert count(store, figures + "kk:evidence/kk:reviewYear id:fy\\/2025 ; kk:amountYen 1001") == 1
    assert count(store, "?l a kk:Placement ; kk:reviewYear id:fy\\/2025") == 1
    assert count(store, "id:fy\\/2026 a kk:FiscalYear") == 1


def test_built_twice_gives_the_same(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "in", 2024, KINDS)
    build([source], tmp_path / "one")
    first = quads(open_store(tmp_path / "one"))
    build([source], tmp_path / "one", keep=True)
    assert quads(open_store(tmp_path / "one")) == first
    # In two steps and another order, kept together.
    files = sorted(source.iterdir())
    build(files[8:], tmp_path / "two")
    build(files[:8], tmp_path / "two", keep=True)
    assert quads(open_store(tmp_path / "two")) == first


@pytest.mark.parametrize(
    ("removal", "little", "at_once"),
    [(10**9, 0, 500), (0, 0, 500), (0, 10**9, 500), (0, 0, 10**9)],
    ids=["copying what is kept", "removing in pieces", "removing without packing", "removing at once"],
)
def test_a_new_version_replaces_its_own_graph_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, removal: int, little: int, at_once: int
) -> None:
    monkeypatch.setattr("konkyo.build.pipeline._REMOVAL", removal)
    monkeypatch.setattr("konkyo.build.pipeline._LITTLE", little)
    monkeypatch.setattr("konkyo.store.embedded._REMOVED_AT_ONCE", at_once)
    source = folder_of(tmp_path / "in", 2024, ["1-2", "1-3", "6-1"])
    build([source], tmp_path / "store")
    before = quads(open_store(tmp_path / "store"))
    new = tmp_path / "new"
    new.mkdir()
    build([write_zip(new, "6-1", [row("6-1", **{"備考": "改めた備考"})])], tmp_path / "store", keep=True)
    after = quads(open_store(tmp_path / "store"))
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert changed == {graph("rs-2024/6-1")}
    assert any("改めた備考" in triple for triple in after[graph("rs-2024/6-1")])


def test_a_refused_file_stops_all_or_is_left_out(tmp_path: Path) -> None:
    """What the refused file and the others name alike (projects, ministries) is told by the others then."""
    source = folder_of(tmp_path / "in", 2024, ["1-2", "1-3", "6-1"])
    build([source], tmp_path / "whole")
    write_csv(source, "2-1", [*sample("2-1"), {**sample("2-1")[0], "当初予算（合計）": "不明"}])
    write_csv(source, "1-1", [*sample("1-1"), row("1-1", "番号なし")])
    with pytest.raises(RefusedFiles) as caught:
        build([source], tmp_path / "store")
    assert [*caught.value.by_source] == ["rs-2024/1-1"]  # the first one is enough to stop
    assert caught.value.row == 6 and caught.value.column == "予算事業ID"
    report = build([source], tmp_path / "store", keep_going=True)
    assert quads(open_store(tmp_path / "store")) == quads(open_store(tmp_path / "whole"))
    assert [one.source for one in report.found.missing] == ["rs-2024/1-1", "rs-2024/2-1"]
    assert [file.kind for file in report.files] == ["1-2", "1-3", "6-1"]


def test_a_refused_file_alone_is_an_error_all_the_same(tmp_path: Path) -> None:
    path = write_csv(tmp_path, "6-1", [*sample("6-1"), row("6-1", "x")])
    with pytest.raises(RefusedFiles, match="Too many"):
        build([path], tmp_path / "store", keep_going=True)
    cut = path.read_text(encoding="utf-8-sig").replace("備考", "")
    path.write_text(cut, encoding="utf-8")
    for keep_going in (False, True):
        with pytest.raises(KonkyoError, match="missing"):
            build([path], tmp_path / "store", keep_going=keep_going)


def test_a_registry_of_ones_own_is_joined_with_nothing(tmp_path: Path) -> None:
    registry = tmp_path / "registry"
    registry.mkdir()
    (registry / "organizations.yaml").write_text("ministries:\n  soumu: {ja: 総務省}\n", encoding="utf-8")
    (registry / "strategies.yaml").write_text("strategies: {}\n", encoding="utf-8")
    build([write_csv(tmp_path, "6-1", sample("6-1"))], tmp_path / "store", registry=registry)
    assert not [name for name in open_store(tmp_path / "store").graphs() if "soumu-23-15" in name]


# --- builds that fail ---------------------------------------------------------------------------


def test_a_failed_build_leaves_the_store(tmp_path: Path) -> None:
    build([folder_of(tmp_path / "in", 2024, ["1-2", "6-1"])], tmp_path / "store")
    before = quads(open_store(tmp_path / "store"))
    bad = tmp_path / "bad"
    bad.mkdir()
    write_zip(bad, "1-2", sample("1-2"))  # read first, and loaded when the next one fails
    rows = [row("3-2", str(n)) for n in range(1, 20000)]
    write_csv(bad, "3-2", [*rows, row("3-2", "1", 2025)])
    for keep in (False, True):
        with pytest.raises(KonkyoError) as caught:
            build([bad], tmp_path / "store", keep=keep)
        assert caught.value.row == 20001 and caught.value.column == "事業年度"
        assert caught.value.source and "3-2" in caught.value.source
        assert quads(open_store(tmp_path / "store")) == before


def test_a_dead_reader_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from konkyo.sources import stream

    real = stream._worker

    def worker() -> subprocess.Popen[bytes]:
        started = real()
        started.kill()
        return started

    monkeypatch.setattr(stream, "_worker", worker)
    with pytest.raises((RuntimeError, BrokenPipeError)):
        build([write_csv(tmp_path, "6-1", sample("6-1"))], tmp_path / "store")
    with pytest.raises(KonkyoError):
        open_store(tmp_path / "store")


CHILD = """
import os, signal, sys
from pathlib import Path
from konkyo.build.pipeline import build
from konkyo.sources import stream

steps = []

def step(name):
    behind = "behind " + (steps[-1] if steps else "nothing")
    steps.append(name)
    if sys.argv[3] in (str(len(steps)), name, behind):
        os.kill(os.getpid(), signal.SIGKILL)

def seen(event, arguments):
    if event == "open" or event.partition(".")[0] in ("os", "shutil", "fcntl", "subprocess"):
        step(event)

read = stream._Load.readinto
stream._Load.readinto = lambda load, buffer: (step("read"), read(load, buffer))[1]
sys.addaudithook(seen)
build([Path(sys.argv[1])], Path(sys.argv[2]), keep=True)
print(len(steps), flush=True)
"""


def built_by_a_child(source: Path, store: Path, killed_at: str = "") -> int:
    """Build in a process that is killed at a step, and leaves nothing running; return how many steps there were.

    A step is what is done to a file, and each part of the data that the store takes: the same on any machine. It is told
    by its number, by its name (the first one of this name), or as the one behind a name.
    """
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(source), str(store), killed_at],
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    told, _ = child.communicate(timeout=LONG_GUARD)
    assert child.returncode == (-signal.SIGKILL if killed_at else 0)
    until(lambda: not of_session(child.pid), "the end of the process that reads for the one that was killed")
    return int(told or 0)


def of_session(leader: int) -> list[int]:
    """Return the processes of a session."""
    found = []
    for pid in psutil.pids():
        with suppress(ProcessLookupError, PermissionError):
            if os.getsid(pid) == leader and psutil.pid_exists(pid):
                found.append(pid)
    return found


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason=f"{NOT_HERE}SIGKILL")
@pytest.mark.parametrize("kills", [4, pytest.param(40, marks=pytest.mark.endurance)])
def test_killed_at_many_points_the_old_store_stays(tmp_path: Path, kills: int) -> None:
    """Whatever a build is doing when it is killed, readers see the old store whole or the new one whole."""
    old = folder_of(tmp_path / "old", 2024, ["1-2", "6-1"])
    new = folder_of(tmp_path / "new", 2024, ["1-2", "1-3", "2-1", "3-2"])
    store = tmp_path / "store"

    def seen() -> dict[str, set[str]]:
        return quads(open_store(store))

    build([old], store)
    before = seen()
    steps = built_by_a_child(new, store)
    after = seen()
    assert before != after
    build([old], store)
    for part in range(1, kills):
        built_by_a_child(new, store, killed_at=str(steps * part // kills))
        assert seen() == before
    # CURRENT is renamed, and names the new store from then on.
    built_by_a_child(new, store, killed_at="os.rename")
    assert seen() == before
    built_by_a_child(new, store, killed_at="behind os.rename")
    assert seen() == after
    built_by_a_child(new, store)
    assert seen() == after
