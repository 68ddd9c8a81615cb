"""The viewer that a server hands out says what it left out in terms of the page, not of the command."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from support.pagecheck import read

HTML = {"Accept": "text/html"}
# Without scripts the page is tables, after a title and a note.
NOTE = '<p class="plain-title plain-note">'


def note_of(page: str) -> str:
    return page.split(NOTE, 1)[1].split("</p>", 1)[0] if NOTE in page else ""


@pytest.mark.parametrize("thing", ["org/soumu", "indicator/soumu-23-15/3", "strategy/shin-seicho&depth=20"])
def test_what_is_left_out_is_one_click_away(client: TestClient, thing: str) -> None:
    path, seen = f"/view?thing={thing}&limit=4", []
    while True:
        page = client.get(path, headers=HTML).text
        links = [link for link in read(page).links if link.startswith("/view")]
        if not links:
            break
        note = note_of(page)
        assert "件を示しています" in note and "--" not in note and "konkyo view" not in note
        assert len(set(links)) == 1 and links[0] in note.replace("&amp;", "&")
        (path,) = set(links)
        asked = parse_qs(urlsplit(path).query)
        assert ("depth" in asked) == ("org/" not in thing)  # of a ministry no steps are counted
        assert asked["thing"] == [thing.partition("&")[0]]
        seen.append(int(asked["limit"][0]))
    # Each shows twice as much, until nothing is left out and nothing is said of it.
    assert seen and seen == [8, 16, 32, 64][: len(seen)]
    assert note_of(page) == ""


def test_the_link_keeps_depth_language_and_prefix(make_client: Callable[..., TestClient]) -> None:
    client = make_client(prefix="/konkyo", base="https://example.go.jp/konkyo")
    page = client.get("/konkyo/view?thing=strategy/shin-seicho&limit=4&depth=3&lang=en", headers=HTML).text
    (link,) = {each for each in read(page).links if "/view" in each}
    assert link == "/konkyo/view?thing=strategy%2Fshin-seicho&depth=3&limit=8&lang=en"
    assert "most relevant" in note_of(page)
