"""From a network to the page: pyvis holds nodes, edges and options; the template and scripts are ours.

pyvis' own templates load from a CDN and put labels into scripts and titles unescaped, so its template
environment is replaced by an autoescaping one. All data reaches the page as one JSON block.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.present.templates import own_text, policy_hash, templates
from konkyo.present.view.chains import chains_in_words
from konkyo.present.view.data import iri_of, json_for_script, links_of, pair, place, text_of, things_of
from konkyo.present.view.geometry import natural_key
from konkyo.present.view.style import KINDS, LEVELS, KindStyle, kind_styles
from konkyo.present.view.texts import TEXTS

if TYPE_CHECKING:
    import networkx as nx

_HERE = Path(__file__).resolve().parent
# In this order in one function: input.js, the last, starts the page.
_SCRIPTS = (
    "paint.js", "panel.js", "charts.js", "state.js", "view.js", "find.js", "table.js", "export.js", "hash.js", "map.js", "area.js", "neighbours.js", "input.js",
)  # fmt: skip
_SERVED = "neighbours.js"  # only in pages of a server


def _options() -> str:
    """Return vis-network's options as JSON: positions are given, so nothing moves by itself.

    vis gets no edges, and finds nothing under the pointer: paint.js draws links around boxes and view.js finds
    them, where vis would run them from centre to centre and look at thousands of hidden ones in every frame.
    """
    return json.dumps(
        {
            "autoResize": True,
            "physics": {"enabled": False},
            "layout": {"improvedLayout": False},
            "nodes": {"shape": "custom", "chosen": False},
            "interaction": {"dragNodes": False, "hover": False, "selectable": False},
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


@contextmanager
def _without_ipython() -> Iterator[None]:
    """Let pyvis be imported without IPython, which takes longer to import than a page to draw.

    pyvis 0.3.2 imports IPython's IFrame at its top, for its notebook mode alone, and offers no way round it. So
    where nobody has imported either, a function stands for IFrame that imports the real one when it is called.
    """
    if "pyvis" in sys.modules or "IPython" in sys.modules:
        yield
        return
    display = ModuleType("IPython.display")
    display.IFrame = _frame  # type: ignore[attr-defined]
    stand_in = {"IPython": ModuleType("IPython"), "IPython.display": display}
    sys.modules.update(stand_in)
    try:
        yield
    finally:
        for name in stand_in:
            sys.modules.pop(name, None)


def _frame(*arguments: Any, **named: Any) -> Any:
    from IPython.display import IFrame

    return IFrame(*arguments, **named)


def _network(things: Sequence[dict[str, Any]], links: Sequence[dict[str, Any]], lang: str,
             kinds: Mapping[str, KindStyle]) -> Any:  # fmt: skip
    """Return a pyvis network. Its ids are ``n0``, ``n1`` …: IRIs are untrusted, and vis keeps ids as object keys.

    Nodes and edges are added one by one: ``from_nx`` would write into the caller's graph. The network is
    directed because pyvis drops parallel edges of undirected ones.
    """
    with _without_ipython():
        from pyvis.network import Network

    network = Network(directed=True)
    network.node_ids = _Ids()
    for number, thing in enumerate(things):
        x, y, width, height, _ = thing["place"][lang]
        network.add_node(
            f"n{number}", label=thing["label"][lang], shape="custom", color=kinds[thing["kind"]].light,
            x=x, y=y, size=max(width, height) / 2,
        )  # fmt: skip
    for link in links:
        network.add_edge(f"n{link['from']}", f"n{link['to']}")
    network.set_options(_options())
    return network


def carried_vis() -> Path:
    """Return the minified vis-network that the installed pyvis carries. Raises KonkyoError where it has none."""
    spec = find_spec("pyvis")
    roots = [Path(root) for root in (spec.submodule_search_locations or ())] if spec else []
    found = sorted(
        (path for root in roots for path in (root / "lib").glob("vis-*/vis-network.min.js")),
        key=lambda path: natural_key(path.parent.name),
    )
    if not found:
        raise KonkyoError(
            Words("pyvisにvis-network.min.jsが見つかりません", "the installed pyvis carries no vis-network.min.js"),
            hint=Words("pyvis（0.3.2以上、0.4未満）を入れ直してください。", "Install pyvis again (from 0.3.2 on, before 0.4)."),
        )  # fmt: skip
    return found[-1]


@cache
def vis_script(path: Path | None = None) -> str:
    """Return the text of vis-network (default: pyvis' copy), without its source map's address."""
    path = path or carried_vis()
    text = path.read_text(encoding="utf-8")
    return _inline(re.sub(r"(?m)^//# sourceMappingURL=.*$", "", text), path.name)


def _inline(text: str, name: str) -> str:
    """Return script text with the line ends that a browser would hash; refuse what would end the element."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if re.search(r"</script|<!--", text, re.IGNORECASE):
        raise ValueError(f"{name} cannot stand inside a script element")
    return text


def _public(thing: Mapping[str, Any], *, served: bool) -> dict[str, Any]:
    private = {
        "key",
        "kindLabel",
        *(() if served else ("layer", "more")),
        *(() if thing["names"] else ("names",)),
    }
    return {name: value for name, value in thing.items() if name not in private}


def _look(style: KindStyle) -> dict[str, Any]:
    return {
        "name": style.name,
        "words": style.words._asdict(),
        "sign": style.sign._asdict(),
        "shape": style.shape,
        "light": style.light,
        "dark": style.dark,
    }


def own_address(address: str | None, *, part: str = "") -> str | None:
    """Return an address on the page's own server. Raises ValueError for any other, or where ``part`` is not in it."""
    if address is not None and not (re.fullmatch(r"/(?![/\\])[!-~]*", address) and part in address):
        raise ValueError(
            f"{address!r} is no path on the page's own server" + (f" with {part} in it" if part else "")
        )
    return address


def policy_of(page: str) -> str:
    """Return the Content-Security-Policy that a page says of itself."""
    found = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    if not found:
        raise ValueError("this is no page of konkyo")
    return unescape(found[1])


def render(
    graph: nx.MultiDiGraph[Any],
    lang: str,
    *,
    vis: Path | None = None,
    neighbours_url: str | None = None,
    page_url: str | None = None,
    more_url: str | None = None,
) -> str:
    """Return the page for a graph, starting in ``lang`` (``ja`` or ``en``).

    ``vis`` is another vis-network.min.js than the one that pyvis carries, to measure with. The addresses make
    it a page of a server: see :func:`konkyo.present.view.render_html`.
    """
    neighbours_url, page_url = (own_address(url, part="{iri}") for url in (neighbours_url, page_url))
    served = bool(neighbours_url or page_url)
    from markupsafe import Markup

    things = things_of(graph)
    links = links_of(graph, {thing["key"]: number for number, thing in enumerate(things)})
    columns = place(things, links)
    styles = kind_styles({thing["kind"]: thing["kindLabel"] for thing in things})
    kinds = {style.name: style for style in styles}
    network = _network(things, links, lang, kinds)
    chains, all_chains = chains_in_words(links)
    about = graph.graph
    title = pair(about.get("title"), default="konkyo")
    note = pair(about["note"]) if about.get("note") else None

    def payload(options: str) -> Markup:
        """Return the one JSON block of the page; the options come from pyvis."""
        data = {
            "lang": lang,
            "title": title,
            "note": note,
            "focus": iri_of(about.get("focus")),
            "ends": [iri_of(end) for end in about.get("ends") or ()],
            "texts": {name: words._asdict() for name, words in TEXTS.items()},
            "kinds": [_look(style) for style in styles],
            "levels": [
                {"name": style.name, "words": style.words._asdict(), "meaning": style.meaning._asdict(),
                 "dashes": style.dashes, "width": style.width, "light": style.light, "dark": style.dark,
                 "hidden": style.hidden, "grounds": style.grounds, "claim": style.claim}
                for style in LEVELS
            ],
            "columns": columns,
            "folded": len(columns["ja"]) > len({thing["layer"] for thing in things}),
            "options": json.loads(options),
            "server": {"neighbours": neighbours_url, "page": page_url, "kinds": [_look(style) for style in KINDS.values()]}
            if served else None,
            "things": [_public(thing, served=served) for thing in things],
            "links": links,
        }  # fmt: skip
        return Markup(json_for_script(data))  # noqa: S704 - escaped for this very place, and tested so

    scripts = [name for name in _SCRIPTS if served or name != _SERVED]
    # One own function around all files: nothing of the page is a global but window.konkyoView.
    script = _inline(
        '(() => {\n"use strict";\n' + "\n".join(own_text(_HERE / name) for name in scripts) + "})();\n",
        "view.js",
    )
    head_script = 'document.documentElement.className = "js";'
    style = own_text(_HERE / "view.css")
    policy = "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(map(policy_hash, (head_script, vis_script(vis), script))),
            "style-src " + policy_hash(style),
            "img-src data:",
            *(("connect-src 'self'",) if neighbours_url else ()),
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    environment = templates(_HERE).overlay()
    environment.globals = {
        **environment.globals,
        "lang": lang,
        "title": title,
        "note": note,
        "more_url": own_address(more_url),
        "policy": policy,
        "head_script": Markup(head_script),  # noqa: S704 - ours
        "vis_script": Markup(vis_script(vis)),  # noqa: S704 - of the installed pyvis, checked by _inline
        "script": Markup(script),  # noqa: S704 - ours
        "style": Markup(style),  # noqa: S704 - ours
        "t": {name: words.of(lang) for name, words in TEXTS.items()},
        "things": things,
        "links": links,
        "chains": chains,
        "all_chains": all_chains,
        "kind_words": {name: style.words.of(lang) for name, style in kinds.items()},
        "level_words": {style.name: style.words.of(lang) for style in LEVELS},
        "payload": payload,
        "text_of": text_of,
    }
    network.templateEnv = environment
    network.path = "page.html.jinja"
    return str(network.generate_html())
