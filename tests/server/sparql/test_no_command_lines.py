"""What the endpoint says to a person or a program holds no option and no command."""

from __future__ import annotations

import pytest

from support.command_lines import in_html, in_json
from support.serving import Running


@pytest.mark.parametrize("query", [None, "SELECT", "summary", "projects-of-measure", "ASK {}", "SELECT * { ?s ?p ?o } LIMIT 3"])  # fmt: skip
@pytest.mark.parametrize("media", ["text/html", "text/plain", "application/sparql-results+json"])
def test_the_endpoint_names_no_command(carried: Running, query: str | None, media: str) -> None:
    for lang in ("ja", "en"):
        params = {} if query is None else {"query": query}
        answer = carried.get("/sparql", params=params, headers={"Accept": media, "Accept-Language": lang})
        assert answer.content and [*in_html(answer.text), *in_json(answer.text)] == []


@pytest.mark.parametrize("path", ["/ns", "/.well-known/void", "/id/strategy/shin-seicho", "/id/no/such", "/api/nothing"])  # fmt: skip
def test_data_and_problems_name_no_command(carried: Running, path: str) -> None:
    for media in ("text/html", "text/turtle", "text/plain"):
        answer = carried.get(path, headers={"Accept": media}, follow_redirects=True)
        found = in_html(answer.text) if "html" in answer.headers["content-type"] else in_json(answer.text)
        assert answer.content and list(found) == []
