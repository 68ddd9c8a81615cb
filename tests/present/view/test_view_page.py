"""The page as text: sound, safe, the same for the same graph; tests/browser opens it."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
import os
import random
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konkyo.common.errors import KonkyoError
from konkyo.present.view import render_html, write_html
from konkyo.present.view.data import json_for_script, safe_url
from konkyo.present.view.style import KINDS, LEVELS, kind_styles, level_of
from support.examples import examples
from support.sample_graph import HOSTILE, MEASURE, hostile_graph, sample_graph

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def page() -> str:
    return render_html(sample_graph())


class _Reader(HTMLParser):
    """Elements, attributes and script texts as a browser finds them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] == "script" and self.cdata_elem == "script":
            attributes, text = self.scripts[-1]
            self.scripts[-1] = (attributes, text + data)
        else:
            self.text.append(data)


def data_of(page: str) -> dict:
    return next(json.loads(text) for attributes, text in _Reader(page).scripts if attributes.get("type"))


@given(JSON_VALUES)
def test_json_cannot_leave_its_script_and_says_the_same(value: object) -> None:
    text = json_for_script(value)
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text) == value


@settings(max_examples=examples(40))
@given(st.text())
def test_any_label_makes_a_page_that_can_be_saved(label: str) -> None:
    graph = nx.MultiDiGraph(title={"ja": label, "en": label})
    graph.add_node("urn:a", kind="Measure", label={"ja": label, "en": None}, layer=0)
    page = render_html(graph)
    page.encode()
    assert len(_Reader(page).scripts) == 4


def test_same_graph_same_bytes_whatever_the_order() -> None:
    graph = sample_graph()
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges(data=True))
    random.Random(7).shuffle(nodes)
    random.Random(8).shuffle(edges)
    mixed = nx.MultiDiGraph(**graph.graph)
    mixed.add_nodes_from(nodes)
    mixed.add_edges_from(edges)
    assert render_html(graph) == render_html(graph) == render_html(mixed)


def test_bytes_do_not_depend_on_the_hash_seed(page: str) -> None:
    code = (
        f"import sys; sys.path[:0] = {sys.path!r}; from support.sample_graph import sample_graph; "
        "from konkyo.present.view import render_html; import hashlib; "
        "print(hashlib.sha256(render_html(sample_graph()).encode()).hexdigest())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": "4"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == hashlib.sha256(page.encode()).hexdigest()


def test_the_graph_is_only_read() -> None:
    graph = sample_graph()
    before = copy.deepcopy((dict(graph.nodes(data=True)), list(graph.edges(data=True)), graph.graph))
    render_html(graph)
    assert before == (dict(graph.nodes(data=True)), list(graph.edges(data=True)), graph.graph)


def test_the_page_asks_for_nothing(page: str) -> None:
    assert page.startswith('<!DOCTYPE html>\n<html lang="ja"')
    for tag, attributes in _Reader(page).elements:
        assert tag not in ("iframe", "object", "embed", "base", "img", "form", "audio", "video", "source")
        assert "src" not in attributes
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        if tag == "link":
            assert attributes == {"rel": "icon", "href": "data:,"}
    assert "sourceMappingURL" not in page
    style = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    assert not re.search(
        r"localStorage|sessionStorage|indexedDB|document\.cookie|innerHTML",
        "".join(
            path.read_text("utf-8") for path in (Path(render_html.__code__.co_filename).parent).glob("*.js")
        ),
    )


@pytest.mark.parametrize("graph", [sample_graph, hostile_graph])
def test_the_policy_allows_exactly_the_scripts_of_the_page(graph) -> None:
    reader = _Reader(render_html(graph()))
    policy = next(
        a["content"] for tag, a in reader.elements if a.get("http-equiv") == "Content-Security-Policy"
    )
    hashes = ["'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
              for attributes, text in reader.scripts if attributes.get("type") != "application/json"]  # fmt: skip
    assert policy.split("; ")[1] == "script-src " + " ".join(hashes)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert len(reader.scripts) == 4


def test_all_of_the_graph_is_in_the_page(page: str) -> None:
    graph, data = sample_graph(), data_of(page)
    assert [len(data["things"]), len(data["links"])] == [graph.number_of_nodes(), graph.number_of_edges()]
    thing = next(thing for thing in data["things"] if thing["iri"] == MEASURE)
    assert thing["label"]["ja"] == "海洋観測分野における国際連携の推進"
    assert thing["evidence"][0]["place"] == "L75"
    levels = [link["level"] for link in data["links"]]
    assert (levels.count("repeated"), levels.count("interpreted"), levels.count("stated")) == (56, 4, 10)


def test_parallel_edges_are_kept() -> None:
    graph = nx.MultiDiGraph()
    for key in "ab":
        graph.add_node(key, kind="Section", label={"ja": key}, layer="ab".index(key))
    for level in ("stated", "interpreted"):
        graph.add_edge("a", "b", relation="justifies", label={"ja": "根拠"}, level=level)
    assert [link["level"] for link in data_of(render_html(graph))["links"]] == ["interpreted", "stated"]


def test_hostile_text_is_text() -> None:
    page = render_html(hostile_graph())
    reader = _Reader(page)
    assert not [a for tag, a in reader.elements if tag in ("img", "b")]
    assert page.count("<script") == page.count("</script>") + page.split("vis-network\n", 1)[1].count(
        '"<script>"'
    )
    text = "".join(reader.text)
    assert HOSTILE in text
    data = data_of(page)
    assert all(thing["link"] is None or thing["link"].startswith("https://") for thing in data["things"])
    assert not [
        a["href"] for tag, a in reader.elements if tag == "a" and not a["href"].startswith("https://")
    ]


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://www.example.go.jp/a.pdf?x=1&y=2#z", True),
        ("http://example.jp", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        (" https://example.jp", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//example.jp", False),
        ("https:", False),
        ("https://[bad", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_links(url: str | None, safe: bool) -> None:
    assert safe_url(url) == (url if safe else None)


def test_pages_in_both_languages() -> None:
    english = render_html(sample_graph(), lang="en")
    assert '<html lang="en"' in english
    assert "<title>What justifies" in english
    assert "Ministry of the Sea" in "".join(_Reader(english).text)


def test_empty_and_bare_graphs() -> None:
    assert data_of(render_html(nx.MultiDiGraph()))["things"] == []
    graph = nx.MultiDiGraph()
    graph.add_edge("urn:a", "urn:b")
    thing = data_of(render_html(graph))["things"][0]
    assert thing["label"] == {"ja": "urn:a", "en": "urn:a"}


def test_unknown_claim_levels_are_refused() -> None:
    graph = nx.MultiDiGraph()
    graph.add_edge("urn:a", "urn:b", level="hearsay")
    with pytest.raises(ValueError, match="hearsay"):
        render_html(graph)
    assert level_of("rejected").hidden


def test_writing_is_whole_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    target = tmp_path / "new" / "図.html"
    assert write_html(sample_graph(), target) == target
    assert target.read_bytes() == page.encode()

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(KonkyoError, match="disk full"):
        write_html(nx.MultiDiGraph(), target)
    assert target.read_bytes() == page.encode()
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_importing_the_view_is_cheap() -> None:
    code = "import sys, konkyo.present.view; print([m for m in ('jinja2', 'pyvis', 'networkx', 'IPython') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}; {code}"],
                         capture_output=True, text=True, check=True)  # fmt: skip
    assert run.stdout.strip() == "[]"


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_colours_have_contrast_and_kinds_have_signs_of_their_own() -> None:
    for style in KINDS.values():
        assert _contrast(style.light, "#ffffff") >= 4.5, style.name
        assert _contrast(style.dark, "#10131a") >= 4.5, style.name
    for level in LEVELS:
        assert _contrast(level.light, "#f3f1eb") >= 3, level.name
        assert _contrast(level.dark, "#191d25") >= 3, level.name
    for lang in ("ja", "en"):
        signs = [style.sign.of(lang) for style in KINDS.values()]
        assert len(set(signs)) == len(signs)
    looks = [(style.shape, style.light) for style in KINDS.values()]
    assert len(set(looks)) == len(looks)
    strokes = [(level.dashes, level.width) for level in LEVELS]
    assert len(set(strokes)) == len(strokes)


def test_kinds_of_a_later_ontology_get_a_steady_look() -> None:
    zeal = {"ja": "熱意", "en": "Zeal"}
    styles = kind_styles({"Strategy": None, "Zeal": zeal, "Alms": None})
    assert [style.name for style in styles] == ["Strategy", "Alms", "Zeal"]
    assert styles == kind_styles({"Zeal": zeal, "Alms": None, "Strategy": None})
    assert (styles[2].words.ja, styles[2].sign.ja) == ("熱意", "熱")


def test_the_script_of_others_is_the_one_that_is_written_down() -> None:
    from konkyo.present.view.page import carried_vis

    notice = (Path(render_html.__code__.co_filename).parent / "THIRD-PARTY.md").read_text("utf-8")
    data = carried_vis().read_bytes()
    assert hashlib.sha256(data).hexdigest() in notice
    assert carried_vis().parent.name == "vis-9.1.2" and "| 9.1.2 |" in notice
    assert "@license" in render_html(nx.MultiDiGraph())  # the licence goes with every page


def test_large_graphs_cost_nothing_before_they_are_drawn() -> None:
    page = render_html(sample_graph())
    # Tables for readers without scripts stand in noscript, which a browser with scripts reads as plain text.
    inside = page[page.index("<noscript>") : page.index("</noscript>")]
    assert inside.count("<tr>") > 90 and page.count("<tr>") == inside.count("<tr>")
    assert len(page.encode()) - len(inside.encode()) < 1_500_000


@pytest.mark.parametrize(
    "address",
    ["https://example.org/", "//example.org/", "/\\\\example.org", "javascript:alert(1)", "view", "/a b"],
)
def test_a_link_to_more_leads_to_the_own_server_only(address: str) -> None:
    for name in ("more_url", "page_url", "neighbours_url"):
        with pytest.raises(ValueError, match="own server"):
            render_html(sample_graph(), **{name: address + "{iri}"})
    assert 'href="/view?limit=6&amp;x=&#34;"' in render_html(sample_graph(), more_url='/view?limit=6&x="')


TURNING = "".join(map(chr, (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))


def test_no_text_turns_the_order_in_which_it_is_read() -> None:
    text = f"甲{TURNING}=1+1"
    both = {"ja": text, "en": text}
    proofs = [dict.fromkeys(("source", "place", "words", "field", "note"), text) | {"certainty": both}]
    graph = nx.MultiDiGraph(title=both, note=both)
    graph.add_node("urn:a", kind=text, label=both, kindLabel=both, facts=[{"name": both, "text": both}], evidence=proofs,
                   names=[text], url=f"https://example.org/{TURNING}")  # fmt: skip
    graph.add_node(f"urn:{TURNING}b", kind="Project", layer=2)
    graph.add_edge("urn:a", f"urn:{TURNING}b", relation=text, label=both, level="interpreted", rule=both,
                   reason=both, author=text, evidence=proofs)  # fmt: skip
    page = render_html(graph)
    data = data_of(page)
    things = {thing["iri"]: thing for thing in data["things"]}
    # An IRI stays as it is, since things are asked for by it, but not where it is shown.
    assert page.count(TURNING) == 1 and set(things) == {"urn:a", f"urn:{TURNING}b"}
    assert not set(page.replace(TURNING, "")) & set(TURNING)
    assert things["urn:a"]["label"]["ja"].startswith("甲\ufffd") and things["urn:a"]["link"] is None


def test_charts_take_numbers_only() -> None:
    graph = nx.MultiDiGraph()
    bad = [float("nan"), float("inf"), "1<script>", None, True, 10**400]
    graph.add_node("urn:a", kind="Indicator", values=[{"lower": value, "text": "x"} for value in bad],
                   figures=[{"yen": value, "stage": "initial"} for value in bad])  # fmt: skip
    thing = data_of(render_html(graph))["things"][0]
    assert {value["lower"] for value in thing["values"]} == {None}
    assert {figure["yen"] for figure in thing["figures"]} == {0}
