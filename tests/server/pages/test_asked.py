"""What the picture of a page leaves out is told with an address, and not with options of the command."""

from __future__ import annotations

from html import unescape

from starlette.testclient import TestClient


def test_what_is_left_out_is_told_with_an_address(client: TestClient) -> None:
    page = unescape(
        client.get("/view", params={"thing": "strategy/shin-seicho", "limit": 3, "depth": 20}).text
    )
    assert "関わりの深い3件" in page and "--limit" not in page and "--depth" not in page
    address = page.partition("多くするには: ")[2].split("<")[0].strip()
    assert address.startswith("/view?") and "limit=6" in address
    assert "関わりの深い6件" in unescape(client.get(address).text)
    assert "多くするには" not in client.get("/view", params={"thing": "strategy/shin-seicho"}).text


def test_a_thing_and_itself_have_no_chain(client: TestClient) -> None:
    answer = client.get("/api/between", params={"from": "新成長戦略", "to": "strategy/shin-seicho"})
    assert answer.status_code == 400 and "同じもの" in answer.text


def test_a_ministry_by_its_name(client: TestClient) -> None:
    answer = client.get("/api/entity", params={"thing": "総務省"})
    assert answer.status_code == 200 and "/org/soumu" in answer.text
