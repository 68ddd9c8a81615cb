"""Two years compared: the money of projects, and what documents of the two years state as bases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from konkyo.api import KnowledgeGraph
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.graph.reader import Reader
from konkyo.present.text.diffs import NAMES, change_name
from konkyo.questions.diff import KINDS
from konkyo.server.pages.context import PageContext
from konkyo.server.pages.lists import ministries
from konkyo.server.pages.made import Made, html
from konkyo.server.pages.money import compared_how, known_years
from konkyo.server.pages.render import render
from konkyo.server.pages.showing import chosen_ministry, shows
from konkyo.server.pages.tables import compared, of_money

Asked = Mapping[str, Any]
_SHOWN = 50


@shows
def page(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Return the comparison of two years, or the question which years to compare."""
    store = graph.store
    values: dict[str, Any] = {"money": None, "found": None, "problem": None, "changes": (), "labels": {}}
    title = Words("二つの年度を比べる", "Compare two years")
    pager = {"total": 0, "limit": asked["limit"], "offset": asked["offset"]}
    ministry = chosen_ministry(store, asked)
    if asked["before"] and asked["after"]:
        made = of_money(graph, asked)
        labels = Reader(store).labels(iri for iri, _, _ in made.rows[:_SHOWN])
        values |= {
            "money": made,
            "labels": labels,
            "ended": compared_how(store, asked["before"], asked["after"]),
        }
        title = Words(
            f"{asked['before']}年度と{asked['after']}年度", f"{asked['before']} and {asked['after']}"
        )
        try:
            found = compared(graph, asked)
            shown = found.changes[asked["offset"] : asked["offset"] + asked["limit"]]
            found.prepare(shown)
            pager["total"] = len(found.changes)
            values |= {
                "found": found,
                "changes": shown,
                "counts": [(NAMES[k], found.count(k)) for k in KINDS],
            }
        except KonkyoError as error:
            values["problem"] = error
    body = render(
        "compare.html", at, title=title, asked=asked, years=known_years(store), ministries=ministries(store), pager=pager,
        change_name=change_name, most=_SHOWN, ministry=ministry, **values,
    )  # fmt: skip
    return html(body)


def listed(graph: KnowledgeGraph, asked: Asked) -> tuple[list[dict[str, Any]], int, dict[str, Any]]:
    """Return one page of what /api/diff answers, the total, and what stands beside it."""
    found = compared(graph, asked)
    counts = {kind: found.count(kind) for kind in KINDS}
    total = len(found.changes)
    shown = found.changes[asked["offset"] : asked["offset"] + asked["limit"]]
    made = replace(found, changes=shown).to_json()
    rows = made.pop("changes")
    return rows, total, {**made, "counts": counts}
