"""The documentation on the server: the list, each topic, its links, and what is no topic."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from konkyo.present.topics import topics


def test_the_list_links_every_topic(client: TestClient) -> None:
    text = client.get("/help").text
    assert {topic.name for topic in topics() if f'href="/help/{topic.name}"' not in text} == set()
    assert "what rests on what" in client.get("/help?lang=en").text


@pytest.mark.parametrize("name", [topic.name for topic in topics()])
def test_a_page_is_shown_and_its_links_lead_somewhere(name: str, client: TestClient) -> None:
    shown = client.get(f"/help/{name}")
    assert shown.status_code == 200 and len(re.findall(f'<h1 id="[^"]+">{name}: ', shown.text)) == 1
    assert "style=" not in shown.text and "<script" not in shown.text
    article = shown.text.split('<article lang="en">')[1].split("</article>")[0]
    for target in re.findall(r'href="([^"]+)"', article):
        assert target.startswith("https://") or client.get(target).status_code == 200, target


def test_what_is_no_topic_is_not_found(client: TestClient) -> None:
    assert client.get("/help/trase").status_code == 404
