"""The answer of a query as a network: the triples of a CONSTRUCT, or the things that stand in one row of a SELECT."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import pyoxigraph as ox

from konkyo.api import KnowledgeGraph
from konkyo.common.words import Words
from konkyo.graph.network import Network
from konkyo.questions.subgraph.notes import left_out, tell
from konkyo.questions.subgraph.select import LIMIT
from konkyo.questions.subgraph.triples import triples_to_networkx
from konkyo.server.sparql.results import QueryHead

# Of an answer no more is looked at, and of its things the three hundred that most is joined to are drawn.
_MOST = 20_000
_COLUMN = "urn:konkyo:column:"
_TITLE = Words("問合せの答え", "Answer of the query")


def network_page(
    graph: KnowledgeGraph, answer: ox.QuerySolutions | ox.QueryTriples, lang: str, root: str
) -> tuple[QueryHead, bytes]:
    """Return the viewer's page of an answer; the first thing of a row is joined to the others of it, by the names of their columns."""
    from konkyo.present.view import content_policy, render_html

    triples: Iterable[ox.Triple] = answer if isinstance(answer, ox.QueryTriples) else _joined(answer)
    drawn, total = triples_to_networkx(
        Network(graph.store), islice(triples, _MOST), title=_TITLE, limit=LIMIT
    )
    for _, _, edge in drawn.edges(data=True):
        if edge["relation"].startswith(_COLUMN):
            name = edge["relation"].removeprefix(_COLUMN)
            edge.update(relation=name, label={"ja": name, "en": name})
    counted = left_out(total, drawn.number_of_nodes())
    nothing = Words(
        "答えに図にできるもの（IRI）がありません。",
        "There is nothing in the answer (no IRI) that can be drawn.",
    )
    tell(drawn, (counted,) if counted else () if total else (nothing,))
    page = render_html(
        drawn,
        lang=lang,
        neighbours_url=f"{root}/api/network?thing={{iri}}",
        page_url=f"{root}/page?iri={{iri}}",
    )
    policy = content_policy(page) + "; frame-ancestors 'self'"
    return {"media": "text/html; charset=utf-8", "count": total, "policy": policy}, page.encode(
        "utf-8", "replace"
    )


def _joined(rows: ox.QuerySolutions) -> Iterator[ox.Triple]:
    names = [variable.value for variable in rows.variables]
    for row in rows:
        things = [(name, value) for name in names if isinstance(value := row[name], ox.NamedNode)]
        for name, value in things[1:]:
            yield ox.Triple(things[0][1], ox.NamedNode(_COLUMN + name), value)
        if len(things) == 1:
            yield ox.Triple(things[0][1], ox.NamedNode(_COLUMN + names[0]), ox.Literal(""))
