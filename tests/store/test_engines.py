"""Engines that are not run here: konkyo speaks to each as its documents show, and reads its answers and its errors."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from konkyo.store.remote.endpoints import PROFILES, endpoint
from konkyo.store.remote.http import StoreError
from konkyo.store.remote.store import RemoteStore
from konkyo.store.trial import CHECKS, PREFIX, Check
from support.spoken import ENGINES, environment, speaking


def test_every_engine_that_is_not_run_is_spoken_to() -> None:
    assert set(ENGINES) == PROFILES.keys() - {"oxigraph", "virtuoso", "generic"}


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[tuple[RemoteStore, type]]:
    with speaking(request.param) as (address, answering):
        store = RemoteStore(endpoint(address, environment(request.param)), prefix=PREFIX)
        yield store, answering
        store.close()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_the_contract_holds_as_its_documents_speak(check: Check, engine: tuple[RemoteStore, type]) -> None:
    store, _ = engine
    # Megabytes tell nothing of an engine: one is asked to take them.
    if check.name == "takes-much" and store.endpoint.profile.name != "qlever":
        return
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


@pytest.mark.parametrize("name", [name for name in ENGINES if "login" in ENGINES[name]])
def test_without_its_login_it_refuses(name: str) -> None:
    with speaking(name) as (address, _):
        store = RemoteStore(endpoint(address, {"KONKYO_STORE_PROFILE": name}))
        with pytest.raises(StoreError) as error:
            store.probe()
        assert error.value.kind == "refused"
        store.close()
