"""RDF/XML of any text is XML that readers take, with each text as it was but for what XML forbids."""

from __future__ import annotations

import io
from typing import IO, cast

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from konkyo.common.text import in_xml
from konkyo.model.syntax import XmlFile, kept_in_xml, serialized

S, P = ox.NamedNode("http://x/s"), ox.NamedNode("http://x/p")
# What XML 1.0 forbids; the other half of the first 32 is white space.
CONTROLS = [chr(code) for code in range(32) if chr(code) not in "\t\n\r"]
texts = st.text(
    st.one_of(st.characters(exclude_categories=("Cs",)), st.sampled_from(["\v", "\r", "\ufffe", "&", "<"]))
)


def read(data: bytes) -> list[str]:
    return [str(value) for value in rdflib.Graph().parse(data=data, format="xml").objects()]


@pytest.mark.parametrize("sign", CONTROLS, ids=lambda sign: f"U+{ord(sign):04X}")
def test_a_control_character_is_its_picture(sign: str) -> None:
    (picture,) = in_xml(sign)
    assert ord(picture) == 0x2400 + ord(sign)
    assert read(serialized([ox.Triple(S, P, ox.Literal(f"a{sign}b"))], ox.RdfFormat.RDF_XML)) == [
        f"a{picture}b"
    ]


@given(texts)
def test_any_text_comes_back_from_rdf_xml(text: str) -> None:
    literals = [
        ox.Literal(text),
        ox.Literal(text, language="ja"),
        ox.Literal(text, datatype=ox.NamedNode("http://x/d")),
    ]
    data = serialized([ox.Triple(S, P, literal) for literal in literals], ox.RdfFormat.RDF_XML)
    assert set(read(data)) == {in_xml(text)}
    assert {quad.object.value for quad in ox.parse(data, format=ox.RdfFormat.RDF_XML)} == {in_xml(text)}


def test_a_long_file_counts_them_and_cuts_none() -> None:
    """Pieces come in the sizes of a library's buffer; what is three bytes long must stand in one of them."""
    out = io.BytesIO()
    triples = [
        ox.Triple(S, P, ox.Literal(f"{'x' * (number % 97)}\v\ufffe\r{number}")) for number in range(3000)
    ]
    file = XmlFile(out)
    ox.serialize(triples, cast("IO[bytes]", file), format=ox.RdfFormat.RDF_XML)
    file.end()
    data = out.getvalue()
    assert sorted(read(data)) == sorted(in_xml(cast("ox.Literal", triple.object).value) for triple in triples)
    assert data.count("\u240b\ufffd&#13;".encode()) == 3000
    assert data.rstrip().endswith(
        b"<!-- 6000 control characters, which XML forbids, are pictures here: U+000B is U+240B. -->"
    )


def test_results_in_xml_are_readable_too() -> None:
    store = ox.Store()
    store.add(ox.Quad(S, P, ox.Literal("a\vb\rc")))
    answer = store.query("SELECT ?o { ?s ?p ?o }")
    assert isinstance(answer, ox.QuerySolutions)
    data = kept_in_xml(answer.serialize(format=ox.QueryResultsFormat.XML) or b"")
    assert [row["o"].value for row in ox.parse_query_results(data, format=ox.QueryResultsFormat.XML)] == [
        "a␋b\rc"
    ]
