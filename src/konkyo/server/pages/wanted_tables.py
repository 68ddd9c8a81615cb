"""Which tables over the whole graph a page reads: known without the graph, so that the server can have them made before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from konkyo.questions.gaps.kinds import NAMES

PageParameters = Mapping[str, Any]
_MAKERS = "konkyo.server.pages.tables"
SCOPE = ("ministry", "year")
YEARS = ("before", "after", "ministry")
CHANGES = (*YEARS, "measure", "project", "about")


def tables_of_page(page: str, asked: PageParameters) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return by name the tables that a page (``module:function``) reads: what makes each, and its arguments."""
    match page:
        case "gaps:overview" | "api:gaps" if not asked.get("name"):
            return {"counts": table_request("gap_counts", asked, SCOPE)} if asked["count"] else {}
        case "gaps:kind" | "api:gaps":
            return (
                {"lines": table_request("gap_lines", asked, ("name", *SCOPE))}
                if asked["name"] in NAMES
                else {}
            )
        case "compare:page" if asked["before"] and asked["after"]:
            return {
                "changes": table_request("changes", asked, CHANGES),
                "money": table_request("amounts", asked, YEARS),
            }
        case "api:diff":
            return {"changes": table_request("changes", asked, CHANGES)}
    return {}


def table_request(name: str, asked: PageParameters, names: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    """Return a table's maker with those of the parameters that it depends on."""
    return f"{_MAKERS}:{name}", {name: asked[name] for name in names}
