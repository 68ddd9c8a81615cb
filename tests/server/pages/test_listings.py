"""The lists as tables: sorted and filtered by the server, saved as CSV, with the numbers of the overview."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from konkyo.api import KnowledgeGraph
from konkyo.store import open_store

HTML = {"Accept": "text/html", "Accept-Language": "ja"}
LISTS = ("/strategies", "/ministries", "/laws", "/panels")


@pytest.fixture(scope="module")
def pair(pair_folder: Path, make_client: Callable[..., TestClient]) -> TestClient:
    return make_client(KnowledgeGraph(open_store(pair_folder)))


def names(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', page)


def rows(client: TestClient, path: str) -> list[dict[str, str]]:
    answer = client.get(path, headers={"Accept-Language": "ja"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8" and answer.content.startswith(
        b"\xef\xbb\xbf"
    )
    return list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_sorted_either_way_and_saved_in_its_order(pair: TestClient, path: str) -> None:
    first = pair.get(path, headers=HTML).text
    sorts = re.findall(rf'href="{path}\?sort=(-?\w+)"', first)
    assert "name" in sorts and len(sorts) >= 3
    for sort in sorts:
        down, up = (
            pair.get(f"{path}?sort={s}", headers=HTML).text for s in (sort, "-" + sort.removeprefix("-"))
        )
        assert sorted(names(down)) == sorted(names(up)) == sorted(names(first))
        assert [row["名称"] for row in rows(pair, f"{path}.csv?sort={sort}")] == names(down)
    assert pair.get(f"{path}?sort=x", headers=HTML).status_code == 400


def test_numbers_come_largest_first_and_what_states_none_last(pair: TestClient) -> None:
    told = [row["2024年度当初予算（円）"] for row in rows(pair, "/strategies.csv?sort=initial")]
    stated = [int(yen) for yen in told if yen]
    assert stated == sorted(stated, reverse=True) and told[: len(stated)] == list(map(str, stated))
    back = [row["2024年度当初予算（円）"] for row in rows(pair, "/strategies.csv?sort=-initial")]
    assert [int(yen) for yen in back if yen] == sorted(stated) and back[len(stated) :] == told[len(stated) :]


def test_a_filter_takes_any_spelling_and_is_kept_by_the_links(pair: TestClient) -> None:
    found = pair.get("/strategies?q=骨太&sort=name", headers=HTML).text
    every = pair.get("/strategies", headers=HTML).text
    assert len(names(found)) < len(names(every))
    name = names(every)[0]
    part = name[:4]
    assert name in names(pair.get(f"/strategies?q= {part[:2]}　{part[2:]}", headers=HTML).text)
    assert "q=%E9%AA%A8%E5%A4%AA" in re.search(r'href="(/strategies\.csv[^"]*)"', found)[1]  # type: ignore[index]
    none = pair.get("/strategies?q=どこにもない名", headers=HTML)
    assert none.status_code == 200 and "当てはまるものはありません" in none.text


def test_only_a_whole_list_is_sorted_in_the_page(pair: TestClient) -> None:
    assert "data-sortable" in pair.get("/strategies", headers=HTML).text
    part = pair.get("/strategies?limit=1", headers=HTML).text
    assert "data-sortable" not in part and 'rel="next"' in part


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_embedded_as_it_is_shown_by_its_snippet(pair: TestClient, path: str) -> None:
    page = pair.get(f"{path}?sort=name", headers=HTML).text
    (snippet,) = re.findall(r'&lt;iframe src="([^"]*)"', page)
    address = html.unescape(snippet)
    assert address.startswith("http") and address.endswith(f"/embed{path}?sort=name")
    frame = pair.get(f"/embed{path}?sort=name", headers=HTML)
    assert frame.status_code == 200 and frame.headers["content-security-policy"].endswith("frame-ancestors *")
    assert "<form" not in frame.text and "<input" not in frame.text
    assert names(frame.text) == names(page)
    # What is followed opens beside the frame; it is sorted within it.
    assert frame.text.count('<th scope="row"><a target="_blank"') == len(names(page))
    assert f'href="/embed{path}?sort=' in frame.text and f'href="{path}?sort=name"' in frame.text
