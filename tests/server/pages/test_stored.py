"""The stored queries as pages: fields, rows, bars, pages, CSV, and what is wrong with a value."""

from __future__ import annotations

import csv
import html
import io
import re
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from konkyo.graph.stored_queries import names, stored
from konkyo.present.text.query_results import Table
from konkyo.server.pages.cells import drawn_column


def get(client: TestClient, path: str, **headers: str) -> httpx.Response:
    return client.get(f"/{path}", headers={"Accept": "text/html", **headers})


def test_every_stored_query_has_a_page_with_a_field_for_each_parameter(client: TestClient) -> None:
    listed = get(client, "queries").text
    for name in names():
        assert f'href="/queries/{name}"' in listed
    for name in ("cited-strategies", "rests-on-strategy", "gap-mixed-editions"):
        page = get(client, f"queries/{name}").text
        shown = set(re.findall(r'<(?:input|select) id="p-(\w+)" name="(\w+)"', page))
        assert shown == {(one.name, one.name) for one in stored(name).parameters}


def test_a_query_is_run_by_filling_in_a_field(client: TestClient) -> None:
    page = get(client, f"queries/rests-on-strategy?strategy={quote('新成長戦略')}")
    assert page.status_code == 200
    assert 'value="新成長戦略"' in page.text and "<td" in page.text
    assert re.search(r'href="/sparql\?query=[^"]+#query"', page.text)


def test_the_pages_of_the_rows_have_the_same_total_and_different_rows(client: TestClient) -> None:
    first, second, beyond = (
        get(client, f"queries/justifications?limit=5&offset={offset}").text for offset in (0, 5, 5000)
    )
    totals = {re.search(r"<p>([\d,]+)行", page)[1] for page in (first, second, beyond)}  # type: ignore[index]
    assert len(totals) == 1
    rows = [set(re.findall(r"<tr><td.*?</tr>", page)) for page in (first, second)]
    assert len(rows[0]) == len(rows[1]) == 5 and not rows[0] & rows[1]
    assert "当てはまる行はありません" in beyond


def test_the_csv_has_all_rows_with_names_and_iris(client: TestClient) -> None:
    answer = get(client, "queries/justifications.csv?lang=en")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="justifications.csv"'
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert any(name.endswith(" (IRI)") for name in head)
    shown = get(client, "queries/justifications?lang=en").text
    assert f"{len(rows):,} rows" in shown


def test_bars_are_of_what_the_rows_go_by() -> None:
    one, two, nine = (ox.Literal(number) for number in (1, 2, 9))
    assert (
        drawn_column(
            Table(
                ["name", "editions", "projects"], [[ox.Literal("a"), one, nine], [ox.Literal("b"), two, two]]
            )
        )
        == 2
    )
    assert drawn_column(Table(["n", "m"], [[one, two], [nine, nine]])) == 0
    assert drawn_column(Table(["n"], [[one], [ox.Literal("x")]])) is None


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("queries/nothing", 404, "/queries"),
        ("queries/justifications?nosuch=1", 400, "nosuch"),
        ("queries/justifications?strategy=x", 400, "strategy"),
        ("queries/rests-on-strategy?strategy=zzz", 400, "zzz"),
        ("queries/cited-strategies?year=x", 400, "year"),
    ],
)
def test_what_is_wrong_is_said(client: TestClient, path: str, status: int, told: str) -> None:
    answer = get(client, path)
    assert answer.status_code == status and told in answer.text


def test_what_is_filled_in_is_no_part_of_the_page(client: TestClient) -> None:
    typed = quote('"><script>alert(1)</script>')
    answer = get(client, f"queries/rests-on-strategy?strategy={typed}")
    assert "<script>alert" not in answer.text


def test_a_table_is_embedded_by_its_snippet(client: TestClient) -> None:
    page = get(client, "queries/rests-on-strategy?strategy=新成長戦略&lang=ja").text
    address = re.search(r"&lt;iframe src=&#34;([^&]*?/embed/[^ ]*?)&#34;|&lt;iframe src=\"([^\"]*)\"", page)
    assert address
    path = html.unescape(address[1] or address[2]).split("/embed/", 1)[1]
    frame = client.get("/embed/" + path, headers={"Accept": "text/html", "Accept-Language": "ja"})
    policy = frame.headers["content-security-policy"]
    assert frame.status_code == 200 and policy.endswith("frame-ancestors *") and "unsafe" not in policy
    assert (
        frame.text.count("<tr>") == page.count("<tr>")
        and "<form" not in frame.text
        and "<input" not in frame.text
    )
    assert '<td><a target="_blank" href=' in frame.text
    # Nothing else may stand in another's frame.
    assert "frame-ancestors 'self'" in client.get("/").headers["content-security-policy"]
