"""Engines that are not run here: konkyo speaks to each in its recorded conversation, and reads its answers and its errors."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from konkyo.graph.stored_queries import names, stored
from konkyo.store import EmbeddedStore
from konkyo.store.remote.answers import without_open_values
from konkyo.store.remote.endpoints import PROFILES, endpoint
from konkyo.store.remote.http import StoreError
from konkyo.store.remote.store import RemoteStore
from konkyo.store.trial import CHECKS, PREFIX, Check
from support.spoken import ENGINES, environment, speaking


def test_every_engine_that_is_not_run_is_spoken_to() -> None:
    assert set(ENGINES) == PROFILES.keys() - {"oxigraph", "virtuoso", "generic"}


@pytest.mark.parametrize("name", ENGINES)
def test_each_recorded_answer_says_from_where_it_is(name: str) -> None:
    spoken = ENGINES[name]
    answers = {key: told for key, told in spoken.items() if isinstance(told, dict)}
    wanted = {"updated", "rows", "triples", "wrong", "slow", "refused"}
    assert set(answers) == wanted | ({"added"} if "graphs" in spoken else set())
    for told in (spoken, *answers.values()):
        source = told.get("addresses") or told["source"]
        assert len(source) > 5 and "://" not in source


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[tuple[RemoteStore, type]]:
    with speaking(request.param) as (address, answering):
        store = RemoteStore(endpoint(address, environment(request.param)), prefix=PREFIX)
        yield store, answering
        store.close()


# Megabytes tell nothing of an engine.
@pytest.mark.parametrize("check", CHECKS[:-1], ids=lambda check: check.name)
def test_the_contract_holds_as_its_documents_speak(check: Check, engine: tuple[RemoteStore, type]) -> None:
    store, _ = engine
    for name in store.everything():
        store.drop(name)
    check.run(store)


def test_its_errors_are_told_in_its_words(engine: tuple[RemoteStore, type]) -> None:
    store, answering = engine
    with pytest.raises(StoreError, match="SELEC") as error:
        store.rows("SELEC ?s { ?s ?p ?o }")  # what konkyo itself would refuse
    assert error.value.kind == "bad query" and "{" not in error.value.message.en
    answering.slow = True  # type: ignore[attr-defined]
    with pytest.raises(StoreError) as error:
        store.rows("SELECT ?s { ?s ?p ?o }")
    answering.slow = False  # type: ignore[attr-defined]
    assert error.value.kind == "slow" and "{" not in error.value.message.en


def test_a_server_whose_copy_fails_is_given_the_graph_in_another_way() -> None:
    with speaking("fuseki") as (address, answering):
        answering.copies = False
        store = RemoteStore(endpoint(address, environment("fuseki")), prefix=PREFIX)
        CHECKS[0].run(store)
        store.close()


def test_a_query_says_the_same_without_the_values_that_leave_a_parameter_open(
    built_store: EmbeddedStore,
) -> None:
    open_ones = [stored(name).text for name in names() if "UNDEF" in stored(name).text]
    assert len(open_ones) > 20
    for text in open_ones:
        shorter = without_open_values(text)
        assert "UNDEF" not in shorter
        assert [*map(str, built_store.select(shorter))] == [*map(str, built_store.select(text))]


@pytest.mark.parametrize("name", [name for name in ENGINES if "login" in ENGINES[name]])
def test_without_its_login_it_refuses(name: str) -> None:
    with speaking(name) as (address, _):
        store = RemoteStore(endpoint(address, {"KONKYO_STORE_PROFILE": name}))
        with pytest.raises(StoreError) as error:
            store.probe()
        assert error.value.kind == "refused"
        wrong = {**environment(name), "KONKYO_STORE_PASSWORD": "x", "KONKYO_STORE_TOKEN": "x"}
        if ENGINES[name]["login"] == "basic":
            del wrong["KONKYO_STORE_TOKEN"]
        other = RemoteStore(endpoint(address, wrong))
        with pytest.raises(StoreError) as error:
            other.probe()
        assert error.value.kind == "refused"
        other.close()
        store.close()


NESTED = b"[" * 100_000
ONE_ROW = b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"%s"}}]}}'


@pytest.mark.parametrize(
    ("most", "bodies"),
    [
        ("many", []),
        ("9" * 5000, []),
        ("10", [ONE_ROW % b"many"]),
        ("10", [ONE_ROW % b"-1"]),
        ("10", [b'{"head":{"vars":["n"]},"results":{"bindings":[{}]}}']),
        ("10", [b'{"head":{"vars":["n"]},"results":{"bindings":[]}}']),
        ("10", [ONE_ROW % b"999999999999999999", b'{"head":{"vars":["n"]},"results":{"bindings":[]}}']),
        ("10", [ONE_ROW % b"20", NESTED]),
        ("10", [ONE_ROW % b"20", b'{"head":{},"results":{}}']),
        ("0", [ONE_ROW % b"20", b'{"head":{"vars":7},"results":{"bindings":7}}']),
    ],
)
def test_a_server_that_counts_in_nonsense_is_told(
    most: str, bodies: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = RemoteStore(endpoint("http://127.0.0.1:9/sparql", {"KONKYO_STORE_PROFILE": "virtuoso"}))
    left = iter(bodies)
    monkeypatch.setattr(store, "_post", lambda *asked: (next(left), {}))
    with pytest.raises(StoreError) as error:
        store._paged("SELECT ?s { ?s ?p ?o }", {}, {"X-SPARQL-MaxRows": most})  # type: ignore[arg-type]
    assert error.value.kind in ("nonsense", "cut")
    store.close()
