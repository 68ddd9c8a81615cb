"""Records to N-Quads: every text comes back as it was, from both RDF libraries."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rdflib import Dataset

from konkyo.common.dates import PartialDate
from konkyo.model import records
from konkyo.model.identifiers import IRI, graph, thing
from konkyo.model.namespaces import DCTERMS, KK, OA, RDF, SKOS, XSD, C, expand
from konkyo.model.ntriples import literal, n_quads, triples
from konkyo.model.records import (
    Edition,
    Evidence,
    IndicatorValue,
    LineSelector,
    Objective,
    Record,
    SourceFile,
)
from support.examples import examples

PROPERTY = settings(max_examples=examples(100))
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
HERE = graph("test")


def parsed(text: str) -> list[ox.Quad]:
    return list(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS))


@PROPERTY
@given(texts)
@example("".join(map(chr, range(0x00, 0x20))))
@example("\x7f\x80\x85\x9f\u2028\u2029\ufeff\ufffe\uffff\U0010ffff")
@example('"@en . <https://e/s> <https://e/p> "x')
@example("\\u0041 \\n \\\\")
@example('</script><img src=x onerror="alert(1)">')
def test_a_literal_comes_back_as_it_was(text: str) -> None:
    for suffix in ("", "@ja", f"^^<{XSD}anyURI>"):
        (quad,) = parsed(f"<https://e/s> <https://e/p> {literal(text, suffix)} .\n")
        assert isinstance(quad.object, ox.Literal) and quad.object.value == text
        assert quad.object.language == ("ja" if suffix == "@ja" else None)


@settings(max_examples=examples(40))
@given(texts)
@example("".join(map(chr, range(0x01, 0x20))) + '\x7f\x85\u2028\\u0041"')
def test_rdflib_reads_the_same_literal(text: str) -> None:
    data = Dataset()
    data.parse(data=f"<https://e/s> <https://e/p> {literal(text, '@ja')} <https://e/g> .\n", format="nquads")
    ((_, _, found, _),) = data.quads()
    assert str(found) == text


def test_half_a_surrogate_is_refused_before_it_reaches_a_store() -> None:
    with pytest.raises(UnicodeEncodeError):
        literal("\ud800")


def test_a_line_of_n_quads_is_one_line() -> None:
    record = SourceFile(iri=thing("source", "x"), title="a\nb\r\x0b\x0c\x1c\x85\u2028c", sha256="0" * 64)
    lines = list(n_quads([record], HERE))
    assert all(line.endswith(f" <{HERE}> .\n") and line.count("\n") == 1 for line in lines)
    assert len(parsed("".join(lines))) == len(lines) == 3


@PROPERTY
@given(texts, texts | st.none(), st.integers(1, 10**7), st.integers(1, 10**7))
def test_records_come_back_from_n_quads(field: str, words: str | None, first: int, last: int) -> None:
    selector = LineSelector(
        iri=thing("evidence", "x", "l"),
        first=first,
        last=last,
        fragment=f"line={first - 1},{last}",
        conforms_to=IRI("http://tools.ietf.org/rfc/rfc5147"),
    )
    evidence = Evidence(
        iri=thing("evidence", "x"),
        source=thing("sheet", "x"),
        field=field,
        certainty="layout",
        words=words,
        selector=selector.iri,
    )
    quads = parsed("".join(n_quads([evidence, selector], HERE)))
    assert {quad.graph_name for quad in quads} == {ox.NamedNode(HERE)}
    found = {(quad.subject.value, quad.predicate.value): quad.object for quad in quads}
    one = evidence.iri
    assert found[one, RDF + "type"] == ox.NamedNode(KK + "Evidence")
    assert found[one, OA + "hasSource"] == ox.NamedNode(thing("sheet", "x"))
    assert found[one, SKOS + "prefLabel"] == ox.Literal(field, language="ja")
    assert found[one, KK + "readingCertainty"] == ox.NamedNode(C + "layout")
    assert found.get((one, KK + "statedText")) == (
        None if words is None else ox.Literal(words, language="ja")
    )
    assert found[selector.iri, KK + "firstLine"] == ox.Literal(first)
    assert found[selector.iri, RDF + "value"] == ox.Literal(f"line={first - 1},{last}")
    assert len(quads) == 5 + (words is not None) + 5


def test_inverse_properties_dates_and_decimals() -> None:
    measure, objective = thing("measure", "m"), thing("objective", "o")
    written = set(
        triples(
            Objective(
                iri=objective,
                ja="目標",
                kind="basic-goal",
                of=measure,
                part_of=measure,
                certainty=None,
                evidence=(),
            )
        )
    )
    assert f"<{measure}> <{KK}hasObjective> <{objective}>" in written
    assert f"<{objective}> <{KK}kind> <{C}basic-goal>" in written
    assert not any("readingCertainty" in line or "evidence" in line for line in written)
    for day, text, kind in [
        (PartialDate(2011), "2011", "gYear"),
        (PartialDate(2011, 7), "2011-07", "gYearMonth"),
        (PartialDate(2011, 7, 3), "2011-07-03", "date"),
    ]:
        edition = Edition(iri=thing("report", "r"), ja="r", title="r", issued=day)
        assert f'<{edition.iri}> <{DCTERMS}issued> "{text}"^^<{XSD}{kind}>' in set(triples(edition))


@pytest.mark.parametrize("number", ["7", "1E+3", "0.10", "12345678901234567890", "1E-7"])
def test_a_decimal_is_never_written_with_an_exponent(number: str) -> None:
    value = IndicatorValue(
        iri=thing("value", "v"),
        of=thing("indicator", "i"),
        role="target",
        stated=number,
        bound="exact",
        lower=Decimal(number),
        year=thing("fy", 2011),
        certainty="plain",
        evidence=(),
    )
    (line,) = (line for line in triples(value) if "lowerBound" in line)
    text = line.split('"')[1]
    assert "E" not in text.upper() and Decimal(text) == Decimal(number)
    assert line.endswith(f"^^<{XSD}decimal>")


def record_classes() -> Iterator[type]:
    for _, item in inspect.getmembers(records, inspect.isclass):
        if getattr(item, "types", None) is not None and "__dataclass_fields__" in vars(item):
            yield item


@pytest.mark.parametrize("cls", list(record_classes()), ids=lambda cls: cls.__name__)
def test_every_record_class_compiles_to_known_properties(cls: type) -> None:
    from konkyo.model import ntriples

    assert all(expand(name) for name in cls.types)  # type: ignore[attr-defined]
    names = [name for name, *_ in ntriples._writers(cls)]
    # An attribute that is not written would be a fact that is lost.
    fields = set(cls.__dataclass_fields__) - {"iri"}  # type: ignore[attr-defined]
    assert set(names) == fields


def test_records_are_frozen() -> None:
    record: Record = SourceFile(iri=thing("source", "x"), title="x", sha256="0" * 64)
    with pytest.raises((AttributeError, TypeError)):
        record.iri = thing("source", "y")
