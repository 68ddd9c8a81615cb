"""From a networkx graph to the plain data of the page: texts in both languages, places, routes.

Whatever comes in is untrusted: text becomes text that UTF-8 can hold, an address a browser might run
becomes none, and all of it ends as JSON that cannot leave the script element it stands in.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from konkyo.common.text import safe
from konkyo.common.words import Words
from konkyo.present.view.geometry import Box, Tie, natural_key
from konkyo.present.view.layout import Ordered, arrange
from konkyo.present.view.style import level_of

if TYPE_CHECKING:
    import networkx as nx

_ESCAPES = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSAFE_IN_URL = re.compile(r"[\x00-\x20\x7f-\x9f<>\"\\^`{|}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")

# The stages of a budget that charts.js draws; the facts say all of them.
CHARTED = ("initial", "total", "executed")

_MANY_DERIVED = 60

Pair = dict[str, str]


def json_for_script(data: object) -> str:
    """Return JSON that cannot end the script element it stands in, nor open a comment in it."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for char, escape in _ESCAPES.items():  # many times quicker than str.translate
        text = text.replace(char, escape)
    return text


def safe_url(url: str | None) -> str | None:
    """Return an http or https address unchanged, and ``None`` for whatever a browser might run instead."""
    if not url or _UNSAFE_IN_URL.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def text_of(value: object) -> str:
    """Return any value as text to show: UTF-8 can hold it, and nothing in it turns the order in which it is read."""
    return "" if value is None else safe(str(value))


def iri_of(value: object) -> str:
    """Return an IRI as it is, but for what UTF-8 cannot hold: by it a page asks its server, and finds things again."""
    return "" if value is None else _SURROGATE.sub("\ufffd", str(value))


def pair(value: object, default: str = "") -> Pair:
    """Return a text in both languages; a missing half is taken from the other one."""
    if isinstance(value, Words):
        value = {"ja": value.ja, "en": value.en}
    if not isinstance(value, Mapping):
        value = {"ja": value}
    ja, en = text_of(value.get("ja")), text_of(value.get("en"))
    return {"ja": ja or en or default, "en": en or ja or default}


def _optional_pair(value: object) -> Pair | None:
    return pair(value) if value else None


def _evidence(items: Iterable[Mapping[str, Any]] | None) -> list[dict[str, Any]]:
    return [
        {
            "source": text_of(item.get("source")),
            "place": text_of(item.get("place")),
            "words": text_of(item.get("words")),
            "certainty": pair(item.get("certainty")),
            "field": text_of(item.get("field")),
            "note": text_of(item.get("note")),
        }
        for item in items or ()
    ]


def _number(value: object) -> float | None:
    """Return a finite number, and None for anything else: JSON has no infinity."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if isfinite(number) else None


def _value(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return one value of an indicator for the chart: numbers where it has any, and its own words."""
    return {
        **{name: text_of(item.get(name)) for name in ("role", "text", "bound", "unit")},
        **{name: _number(item.get(name)) for name in ("lower", "upper")},
        "name": pair(item.get("name")),
        "year": _optional_pair(item.get("year")),
    }


def _figure(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return one budget figure for the chart."""
    return {
        **{name: text_of(item.get(name)) for name in ("order", "stage")},
        **{name: pair(item.get(name)) for name in ("year", "name")},
        "yen": _number(item.get("yen")) or 0,
    }


def things_of(graph: nx.MultiDiGraph[Any]) -> list[dict[str, Any]]:
    """Return the nodes in a steady order, as plain data."""
    things = []
    for key in sorted(graph.nodes, key=lambda each: natural_key(str(each))):
        node = graph.nodes[key]
        url = iri_of(node.get("url"))
        things.append(
            {
                "key": key,
                "iri": iri_of(key),
                "kind": text_of(node.get("kind")) or "Thing",
                "kindLabel": _optional_pair(node.get("kindLabel")),
                "label": pair(node.get("label"), default=text_of(key)),
                "names": [text_of(name) for name in node.get("names") or ()],
                "layer": int(node.get("layer") or 0),
                "facts": [
                    {
                        "name": pair(fact.get("name")),
                        "text": pair(fact.get("text")),
                        **({"money": True} if fact.get("money") else {}),
                    }
                    for fact in node.get("facts") or ()
                ],
                "values": [_value(item) for item in node.get("values") or ()],
                "figures": [
                    _figure(item) for item in node.get("figures") or () if item.get("stage") in CHARTED
                ],
                "evidence": _evidence(node.get("evidence")),
                "url": text_of(url),
                "link": safe_url(url),
                "more": _number(node.get("more")),
            }
        )
    return things


def links_of(graph: nx.MultiDiGraph[Any], number: Mapping[Any, int]) -> list[dict[str, Any]]:
    """Return the edges in a steady order, as plain data; ``from`` and ``to`` are numbers of nodes."""
    links = []
    for start, end, edge in graph.edges(data=True):
        relation = text_of(edge.get("relation"))
        links.append(
            {
                "from": number[start],
                "to": number[end],
                "relation": relation,
                "label": pair(edge.get("label"), default=relation),
                "level": level_of(edge.get("level") or "structure").name,
                "rule": _optional_pair(edge.get("rule")),
                "reason": _optional_pair(edge.get("reason")),
                "author": text_of(edge.get("author")),
                "evidence": _evidence(edge.get("evidence")),
            }
        )
    between = Counter((link["from"], link["to"]) for link in links)
    links.sort(
        key=lambda link: (
            link["from"],
            link["to"],
            json.dumps(link, sort_keys=True, ensure_ascii=False)
            if between[link["from"], link["to"]] > 1
            else "",
        )
    )
    _tell_repeats(links)
    return links


def _tell_repeats(links: list[dict[str, Any]]) -> None:
    """Call a derived link "repeated" where stated links and structure lead from its one end to the other anyway.

    The picture hides those at its start; a derived link that joins what nothing else joins is part of a chain.
    """
    ways: dict[int, set[int]] = {}
    for link in links:
        if link["level"] in ("stated", "structure"):
            ways.setdefault(link["from"], set()).add(link["to"])
    reached: dict[int, set[int]] = {}
    for link in links:
        if link["level"] != "derived":
            continue
        start = link["from"]
        if start not in reached:
            found, queue = set[int](), [start]
            while queue:
                fresh = ways.get(queue.pop(), set()) - found
                found |= fresh
                queue.extend(fresh)
            reached[start] = found
        if link["to"] in reached[start]:
            link["level"] = "repeated"


def network_of(graph: nx.MultiDiGraph[Any]) -> dict[str, Any]:
    """Return a graph as the JSON values that a page asks its server for: see :func:`konkyo.present.view.network_json`."""
    things = things_of(graph)
    links = links_of(graph, {thing["key"]: number for number, thing in enumerate(things)})
    for link in links:
        link["from"], link["to"] = things[link["from"]]["iri"], things[link["to"]]["iri"]
        link["repeats"] = link["level"] == "repeated"
        link["level"] = level_of(link["level"]).claim
    for thing in things:
        thing["url"] = thing["link"] or ""
        for name in ("key", "link"):
            del thing[name]
    note = graph.graph.get("note")
    return {"nodes": things, "edges": links, "note": pair(note) if note else None}


def place(things: list[dict[str, Any]], links: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Give every thing its place and every link its route in both languages; return the columns of both.

    Links hidden at the start (they repeat others) pull nothing and get no lanes. Nor do derived ones where they are
    many: what a source states, and what belongs together, decides where hundreds of things stand.
    """
    many = sum(link["level"] == "derived" for link in links) > _MANY_DERIVED
    columns: dict[str, list[dict[str, Any]]] = {}
    number = {thing["iri"]: thing for thing in things}
    ties = [
        Tie(
            things[link["from"]]["iri"],
            things[link["to"]]["iri"],
            binds=link["level"] == "structure",
            pulls=not level_of(link["level"]).hidden and not (many and link["level"] == "derived"),
        )
        for link in links
    ]
    ordered: Ordered = {}
    for lang in ("ja", "en"):
        boxes = [Box(thing["iri"], thing["layer"], thing["label"][lang]) for thing in things]
        picture = arrange(boxes, ties, ordered=ordered)
        for iri, place in picture.places.items():
            box = [place.x, place.y, place.width, place.height, place.lines]
            number[iri].setdefault("place", {})[lang] = box
        for link, route in zip(links, picture.routes, strict=True):
            link.setdefault("route", {})[lang] = [route.start, route.lanes, route.end]
        columns[lang] = [
            {"x": x, "width": width, "kinds": _by_count(number[key]["kind"] for key in keys)}
            for x, width, keys in picture.columns
        ]
    return columns


def _by_count(names: Iterable[str]) -> list[str]:
    return [name for name, _ in Counter(names).most_common()]
