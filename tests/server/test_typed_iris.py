"""What somebody types where an IRI is meant: one that is none is unknown, wherever it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from konkyo.model.identifiers import typed
from konkyo.model.namespaces import BASE, ID
from support.command import run
from support.serving import Running

NO_IRIS = [f"{ID}{bad}" for bad in ("a b", "<x>", "{x}", '"x"', "%zz", "a\\b", "a\nb", "x^y", "`", "a> ?p ?o . <b", "x|y")]  # fmt: skip
UNKNOWN = [
    BASE,
    ID,
    f"{BASE}x",
    f"{BASE}page/id/x",
    f"{BASE}ns#None",
    "urn:x",
    "mailto:",
    "id/a",
    "//x/",
    "javascript:x",
]
THERE = [f"{BASE}ns", f"{BASE}ns#Measure", f"{BASE}graph/ontology", f"{BASE}code/stated"]
ASKED = {
    "/view": ["thing"], "/search": ["q"], "/page": ["iri"], "/gaps": ["ministry"], "/compare": ["project", "measure"],
    "/api/search": ["q"], "/api/entity": ["thing"], "/api/trace": ["thing"], "/api/network": ["thing"], "/api/gaps": ["ministry"],
    "/api/between": ["from", "to"], "/api/diff": ["project", "measure"], "/sparql": ["default-graph-uri", "named-graph-uri"],
}  # fmt: skip
ALSO = {
    "/compare": {"before": "2012", "after": "2012"}, "/api/diff": {"before": "2012", "after": "2012"},
    "/api/between": {"from": "新成長戦略", "to": "新成長戦略"}, "/sparql": {"query": "ASK {}"},
}  # fmt: skip


@pytest.mark.parametrize("path", ASKED)
def test_no_address_fails_at_what_is_no_iri(carried: Running, path: str) -> None:
    for name in ASKED[path]:
        for iri in (*NO_IRIS, *UNKNOWN, *THERE):
            response = carried.get(
                path, params={**ALSO.get(path, {}), name: iri}, headers={"Accept": "text/html"}
            )
            assert response.status_code < 500, (name, iri, response.text[:300])
    assert carried.service.pages.counts.failed == carried.service.queries.counts.failed == 0


@pytest.mark.parametrize("iri", [*NO_IRIS, *UNKNOWN])
def test_the_page_of_an_unknown_iri_leads_to_no_circle(carried: Running, iri: str) -> None:
    response = carried.client.get(carried.url + "/page", params={"iri": iri}, follow_redirects=True)
    # A part of the vocabulary has no page of its own. One step more leads a slash at the end away.
    assert response.status_code == (200 if "ns#" in iri else 404) and len(response.history) <= 2


@pytest.mark.parametrize("text", [*NO_IRIS, *UNKNOWN, *THERE])
@pytest.mark.parametrize("command", ["trace", "view", "report"])
def test_no_command_fails_at_what_is_no_iri(
    store_folder: Path, tmp_path: Path, command: str, text: str
) -> None:
    done = run("--store", str(store_folder), command, text, "--output", str(tmp_path / "out"), cwd=tmp_path)
    assert done.returncode in (0, 2), done.stderr


def test_a_typed_iri_is_a_whole_one_or_a_key() -> None:
    assert typed("strategy/shin-seicho") == f"{ID}strategy/shin-seicho"
    assert typed(f"{ID}strategy/shin-seicho") == f"{ID}strategy/shin-seicho"
    assert [text for text in (*NO_IRIS, "a b", "", "\ud800", "総務省", f"{ID}\ud800") if typed(text)] == []
