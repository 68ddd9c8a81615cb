"""The HTML documentation: complete, self-contained, the same at every run."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from rdflib import OWL, RDF, SH, SKOS, Graph

from konkyo.model import namespaces
from konkyo.present.ontology_page import build_ontology_html, ontology_html

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
    assert not re.search(r"@import|url\(", text)


def test_page_is_written_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one/page.html", "two/page.html"):
        build_ontology_html(tmp_path / name)
    one, two = ((tmp_path / name).read_bytes() for name in ("one/page.html", "two/page.html"))
    assert one == two == ontology_html().encode()
