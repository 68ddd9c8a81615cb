"""The HTML documentation: complete, self-contained, the same at every run."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from markupsafe import escape
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Namespace

from konkyo.common.paths import ontology_dir
from konkyo.model import namespaces
from konkyo.present.ontology_page import build_ontology_html, ontology_html
from konkyo.present.ontology_page.examples import Examples
from konkyo.present.ontology_page.picture import PICTURES

VANN = Namespace("http://purl.org/vocab/vann/")

VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_page_names_every_term_code_and_rule(ontology: Graph, codes: Graph, shapes: Graph) -> None:
    page = Page()
    page.feed(ontology_html())
    assert not page.open
    assert len(page.ids) == len(set(page.ids))
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in ontology.subjects(RDF.type, kind):
            if str(term).startswith(namespaces.KK):
                assert str(term).removeprefix(namespaces.KK) in page.ids
    for scheme in codes.subjects(RDF.type, SKOS.ConceptScheme):
        assert "code-" + str(scheme).removeprefix(namespaces.C) in page.ids
    for shape in shapes.subjects(SH.message):
        assert "shape-" + str(shape).rpartition("#")[2] in page.ids


def test_page_asks_for_nothing_from_elsewhere() -> None:
    page = Page()
    text = ontology_html()
    page.feed(text)
    assert page.tags.isdisjoint({"script", "img", "link", "iframe"})
    assert len(page.links) > 100
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert not re.search(r"@import|url\((?!#)", text)


def test_page_is_written_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one/page.html", "two/page.html"):
        build_ontology_html(tmp_path / name)
    one, two = ((tmp_path / name).read_bytes() for name in ("one/page.html", "two/page.html"))
    assert one == two == ontology_html().encode()


def test_every_class_has_a_status_and_an_example_on_the_page(ontology: Graph) -> None:
    """The example is one thing of that very class in one of the examples that the shapes let pass."""
    classes = {s for s in ontology.subjects(RDF.type, OWL.Class) if str(s).startswith(namespaces.KK)}
    above = {
        str(kind).removeprefix(namespaces.KK): {
            str(over).removeprefix(namespaces.KK) for over in ontology.objects(kind, RDFS.subClassOf)
        }
        for kind in classes
    }
    examples = Examples(above)
    files = [ontology_dir() / "examples" / "base.ttl", *(ontology_dir() / "examples" / "valid").glob("*.ttl")]
    graphs = [Graph().parse(file) for file in files]
    text = ontology_html()
    for kind in classes:
        (example,) = ontology.objects(kind, VANN.example)
        typed = [graph for graph in graphs if (example, RDF.type, None) in graph]
        assert len(typed) == 1, f"{example} must be told apart"
        kinds = set(typed[0].objects(example, RDF.type))
        assert any(kind in ontology.transitive_objects(found, RDFS.subClassOf) for found in kinds), kind
        shown = examples.of(str(example))
        assert shown and str(escape(shown)) in text
    assert text.count('<span class="status">') > len(classes)


def test_the_pictures_show_every_class_and_lines_of_the_examples(ontology: Graph) -> None:
    classes = {
        str(s).removeprefix(namespaces.KK)
        for s in ontology.subjects(RDF.type, OWL.Class)
        if str(s).startswith(namespaces.KK)
    }
    drawn = {kind for picture in PICTURES for column in picture.columns for kind in column}
    assert drawn == classes
    edges = Examples({}).edges
    for picture in PICTURES:
        for name in picture.properties:
            assert any(edge.name == name for edge in edges), f"no example has {name}"
    text = ontology_html()
    for title, names in (
        ("何が何を根拠とするか", ("hasJustification", "basisStrategy")),
        ("引用が何を指すか", ("hasDenotation", "dcat:hasVersion")),
    ):
        (drawn_as,) = re.findall(rf'<svg[^>]*aria-label="{title}.*?</svg>', text, re.DOTALL)
        assert all(f">{name}</text>" in drawn_as for name in names)


def test_the_page_shows_properties_where_the_data_have_them() -> None:
    """kk:amountYen has no domain, and stands at money of every kind."""
    text = ontology_html()
    for kind in ("BudgetFigure", "Payment", "Contract"):
        (article,) = re.findall(rf'<article id="{kind}">.*?</article>', text, re.DOTALL)
        assert 'href="#amountYen"' in article
