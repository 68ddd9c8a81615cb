"""What is asked for by other names, or as a chain that is none."""

from __future__ import annotations

from starlette.testclient import TestClient


def test_a_thing_and_itself_have_no_chain(client: TestClient) -> None:
    answer = client.get("/api/between", params={"from": "新成長戦略", "to": "strategy/shin-seicho"})
    assert answer.status_code == 400 and "同じもの" in answer.text


def test_a_ministry_by_its_name(client: TestClient) -> None:
    answer = client.get("/api/entity", params={"thing": "総務省"})
    assert answer.status_code == 200 and "/org/soumu" in answer.text
