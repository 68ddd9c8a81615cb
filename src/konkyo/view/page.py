"""From a network to the page: pyvis holds nodes, edges and options; the template and scripts are ours.

pyvis' own templates load from a CDN and put labels into scripts and titles unescaped, so its template
environment is replaced by an autoescaping one. All data reaches the page as one JSON block.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from konkyo.errors import KonkyoError
from konkyo.view.layout import Box, Tie, arrange, natural_key
from konkyo.view.style import LEVELS, KindStyle, kind_styles, level_of
from konkyo.view.texts import TEXTS
from konkyo.words import Words

if TYPE_CHECKING:
    import networkx as nx
    from jinja2 import Environment

_HERE = Path(__file__).resolve().parent
# view.js starts the page and find.js adds the search to it.
_SCRIPTS = ("paint.js", "panel.js", "state.js", "view.js", "find.js")
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSAFE_IN_URL = re.compile(r"[\x00-\x20\x7f-\x9f<>\"\\^`{|}\u2028\u2029]")

Pair = dict[str, str]


def json_for_script(data: object) -> str:
    """Return JSON that cannot end the script element it stands in, nor open a comment in it."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


def safe_url(url: str | None) -> str | None:
    """Return an http or https address unchanged, and ``None`` for whatever a browser might run instead."""
    if not url or _UNSAFE_IN_URL.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def _text(value: object) -> str:
    """Return any value as text that UTF-8 can hold."""
    return "" if value is None else _SURROGATE.sub("\ufffd", str(value))


def _pair(value: object, default: str = "") -> Pair:
    """Return a text in both languages; a missing half is taken from the other one."""
    if isinstance(value, Words):
        value = {"ja": value.ja, "en": value.en}
    if not isinstance(value, Mapping):
        value = {"ja": value}
    ja, en = _text(value.get("ja")), _text(value.get("en"))
    return {"ja": ja or en or default, "en": en or ja or default}


def _optional_pair(value: object) -> Pair | None:
    return _pair(value) if value else None


def _evidence(items: Iterable[Mapping[str, Any]] | None) -> list[dict[str, Any]]:
    return [
        {
            "source": _text(item.get("source")),
            "place": _text(item.get("place")),
            "words": _text(item.get("words")),
            "certainty": _pair(item.get("certainty")),
            "field": _text(item.get("field")),
            "note": _text(item.get("note")),
        }
        for item in items or ()
    ]


def _things(graph: nx.MultiDiGraph[Any]) -> list[dict[str, Any]]:
    """Return the nodes in a steady order, as plain data."""
    things = []
    for key in sorted(graph.nodes, key=lambda each: natural_key(str(each))):
        node = graph.nodes[key]
        url = _text(node.get("url"))
        things.append(
            {
                "key": key,
                "iri": _text(key),
                "kind": _text(node.get("kind")) or "Thing",
                "label": _pair(node.get("label"), default=_text(key)),
                "layer": int(node.get("layer") or 0),
                "facts": [
                    {"name": _pair(fact.get("name")), "text": _pair(fact.get("text"))}
                    for fact in node.get("facts") or ()
                ],
                "evidence": _evidence(node.get("evidence")),
                "url": url,
                "link": safe_url(url),
            }
        )
    return things


def _links(graph: nx.MultiDiGraph[Any], number: Mapping[Any, int]) -> list[dict[str, Any]]:
    """Return the edges in a steady order, as plain data; ``from`` and ``to`` are numbers of nodes."""
    links = []
    for start, end, edge in graph.edges(data=True):
        relation = _text(edge.get("relation"))
        links.append(
            {
                "from": number[start],
                "to": number[end],
                "relation": relation,
                "label": _pair(edge.get("label"), default=relation),
                "level": level_of(edge.get("level") or "structure").name,
                "rule": _optional_pair(edge.get("rule")),
                "reason": _optional_pair(edge.get("reason")),
                "author": _text(edge.get("author")),
                "evidence": _evidence(edge.get("evidence")),
            }
        )
    links.sort(
        key=lambda link: (link["from"], link["to"], json.dumps(link, sort_keys=True, ensure_ascii=False))
    )
    return links


def _place(things: list[dict[str, Any]], links: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Give every thing its place and every link its route in both languages; return the columns of both.

    Links hidden at the start (derived ones repeat others) pull nothing and get no lanes.
    """
    columns: dict[str, list[dict[str, Any]]] = {}
    number = {thing["iri"]: thing for thing in things}
    ties = [
        Tie(
            things[link["from"]]["iri"],
            things[link["to"]]["iri"],
            binds=link["level"] == "structure",
            pulls=not level_of(link["level"]).hidden,
        )
        for link in links
    ]
    for lang in ("ja", "en"):
        picture = arrange([Box(thing["iri"], thing["layer"], thing["label"][lang]) for thing in things], ties)
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


def _options() -> str:
    """Return vis-network's options as JSON: positions are given, so nothing moves by itself.

    vis keeps the edges, but paint.js draws them: vis runs them from centre to centre, behind other boxes.
    """
    return json.dumps(
        {
            "autoResize": True,
            "physics": {"enabled": False},
            "layout": {"improvedLayout": False},
            "nodes": {"shape": "custom", "chosen": False},
            "edges": {"smooth": False, "hidden": True, "chosen": False},
            "interaction": {"dragNodes": False, "hover": True, "selectConnectedEdges": False},
        }
    )


class _Ids(list[str]):
    """pyvis' list of node ids with a quick ``in``: pyvis asks at every node and edge, so a list is quadratic."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: set[str] = set()

    def append(self, item: str) -> None:
        super().append(item)
        self._seen.add(item)

    def __contains__(self, item: object) -> bool:
        return item in self._seen


def _network(things: Sequence[dict[str, Any]], links: Sequence[dict[str, Any]], lang: str,
             kinds: Mapping[str, KindStyle]) -> Any:  # fmt: skip
    """Return a pyvis network. Its ids are ``n0``, ``n1`` …: IRIs are untrusted, and vis keeps ids as object keys.

    Nodes and edges are added one by one: ``from_nx`` would write into the caller's graph. The network is
    directed because pyvis drops parallel edges of undirected ones.
    """
    from pyvis.network import Network

    network = Network(directed=True)
    network.node_ids = _Ids()
    for number, thing in enumerate(things):
        x, y, width, height, _ = thing["place"][lang]
        network.add_node(
            f"n{number}", label=thing["label"][lang], shape="custom", color=kinds[thing["kind"]].light,
            x=x, y=y, size=max(width, height) / 2,
        )  # fmt: skip
    for number, link in enumerate(links):
        style = level_of(link["level"])
        network.add_edge(
            f"n{link['from']}", f"n{link['to']}", id=f"e{number}", dashes=style.dashes, width=style.width,
            color=style.light, hidden=True,
        )  # fmt: skip
    network.set_options(_options())
    return network


@cache
def _vis_script() -> str:
    """Return the minified vis-network that the installed pyvis carries, without its source map's address."""
    spec = find_spec("pyvis")
    roots = [Path(root) for root in (spec.submodule_search_locations or ())] if spec else []
    found = sorted(
        (path for root in roots for path in (root / "lib").glob("vis-*/vis-network.min.js")),
        key=lambda path: natural_key(path.parent.name),
    )
    if not found:
        raise KonkyoError(
            Words("pyvisにvis-network.min.jsが見つかりません", "the installed pyvis carries no vis-network.min.js"),
            hint=Words("pip install --force-reinstall 'pyvis>=0.3.2,<0.4'", "pip install --force-reinstall 'pyvis>=0.3.2,<0.4'"),
        )  # fmt: skip
    text = found[-1].read_text(encoding="utf-8")
    return _inline(re.sub(r"(?m)^//# sourceMappingURL=.*$", "", text), found[-1].name)


def _inline(text: str, name: str) -> str:
    """Return script text with the line ends that a browser would hash; refuse what would end the element."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if re.search(r"</script|<!--", text, re.IGNORECASE):
        raise ValueError(f"{name} cannot stand inside a script element")
    return text


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


@cache
def _own(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def _public(thing: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: thing[name] for name in ("iri", "kind", "label", "facts", "evidence", "url", "link", "place")
    }


def render(graph: nx.MultiDiGraph[Any], lang: str) -> str:
    """Return the page for a graph, starting in ``lang`` (``ja`` or ``en``)."""
    from markupsafe import Markup

    things = _things(graph)
    links = _links(graph, {thing["key"]: number for number, thing in enumerate(things)})
    columns = _place(things, links)
    styles = kind_styles({thing["kind"] for thing in things})
    kinds = {style.name: style for style in styles}
    network = _network(things, links, lang, kinds)
    about = graph.graph
    title = _pair(about.get("title"), default="konkyo")
    note = _optional_pair(about.get("note"))

    def payload(nodes: list[Any], edges: list[Any], options: str) -> Markup:
        """Return the one JSON block of the page from what pyvis hands its template."""
        data = {
            "lang": lang,
            "title": title,
            "note": note,
            "focus": _text(about.get("focus")),
            "texts": {name: words._asdict() for name, words in TEXTS.items()},
            "kinds": [
                {"name": style.name, "words": style.words._asdict(), "sign": style.sign._asdict(),
                 "shape": style.shape, "light": style.light, "dark": style.dark}
                for style in styles
            ],
            "levels": [
                {"name": style.name, "words": style.words._asdict(), "meaning": style.meaning._asdict(),
                 "dashes": style.dashes, "width": style.width, "light": style.light, "dark": style.dark,
                 "hidden": style.hidden, "grounds": style.grounds}
                for style in LEVELS
            ],
            "columns": columns,
            "options": json.loads(options),
            "nodes": nodes,
            "edges": edges,
            "things": [_public(thing) for thing in things],
            "links": links,
        }  # fmt: skip
        return Markup(json_for_script(data))  # noqa: S704 - escaped for this very place, and tested so

    # One own function around all files: nothing of the page is a global but window.konkyoView.
    script = _inline('(() => {\n"use strict";\n' + "\n".join(map(_own, _SCRIPTS)) + "})();\n", "view.js")
    head_script = 'document.documentElement.className = "js";'
    style = _own("view.css")
    policy = "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(map(_hash, (head_script, _vis_script(), script))),
            "style-src " + _hash(style),
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    environment = _environment().overlay()
    environment.globals = {
        **environment.globals,
        "lang": lang,
        "title": title,
        "note": note,
        "policy": policy,
        "head_script": Markup(head_script),  # noqa: S704 - ours
        "vis_script": Markup(_vis_script()),  # noqa: S704 - of the installed pyvis, checked by _inline
        "script": Markup(script),  # noqa: S704 - ours
        "style": Markup(style),  # noqa: S704 - ours
        "t": {name: words.of(lang) for name, words in TEXTS.items()},
        "things": things,
        "links": links,
        "kind_words": {name: style.words.of(lang) for name, style in kinds.items()},
        "level_words": {style.name: style.words.of(lang) for style in LEVELS},
        "payload": payload,
    }
    network.templateEnv = environment
    network.path = "page.html.jinja"
    return str(network.generate_html())


def save(text: str, path: Path) -> None:
    """Write a page as UTF-8, byte for byte, all or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        # mkstemp makes files for their owner alone; a page is made to be shared.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
