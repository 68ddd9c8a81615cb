"""Full-text search: labels, numbers, citations as written, descriptions; in Japanese, without spaces.

A build writes a side index beside the graph of the same generation (:mod:`konkyo.graph.search.write`), so that both
change at the same moment. It is an SQLite file whose full-text table holds pairs of neighbouring signs: a pair is
what finds 防災, which is no word to a tokenizer that looks for spaces and too short for one of trigrams. Where
there is no index (a graph in memory, a server) the same is found by SPARQL, which takes longer.
"""

from __future__ import annotations

from konkyo.graph.search.kinds import BY_NAME, GROUPS, Group
from konkyo.graph.search.model import LIMIT, MAX_LIMIT, Hit, Results
from konkyo.graph.search.read import search, search_all
from konkyo.graph.search.snippets import Piece
from konkyo.graph.search.write import write_index

__all__ = [
    "BY_NAME",
    "GROUPS",
    "LIMIT",
    "MAX_LIMIT",
    "Group",
    "Hit",
    "Piece",
    "Results",
    "search",
    "search_all",
    "write_index",
]
