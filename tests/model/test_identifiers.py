"""IRIs: ASCII, stable on every machine, and never the same for two different things."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import konkyo
from konkyo.common.text import fold
from konkyo.model.identifiers import IRI, KEY, below, code, digest, fiscal_year, graph, key_of, measure, thing
from konkyo.model.namespaces import GRAPH, ID, C
from support.examples import examples

PROPERTY = settings(max_examples=examples(100))
keys = st.from_regex(r"[a-z0-9]([a-z0-9._-]{0,8}[a-z0-9])?", fullmatch=True)
HOSTILE = [
    "",
    " ",
    "a b",
    "日本",
    "A",
    "a/",
    "/a",
    "a//b",
    "../a",
    "a/../b",
    ".",
    "-a",
    "a-",
    "a\n",
    "a>",
    "a#b",
    "a?b",
    "a%20",
    "ａ",
]


@PROPERTY
@given(keys, st.lists(keys | st.integers(0, 9999), min_size=1, max_size=4))
def test_an_iri_is_ascii_valid_and_gives_its_key_back(kind: str, parts: list[str | int]) -> None:
    iri = thing(kind, *parts)
    assert iri.isascii() and iri.startswith(ID)
    assert ox.NamedNode(iri).value == iri
    assert key_of(iri) == "/".join(map(str, [kind, *parts]))
    assert below(thing(kind), *parts) == iri


@PROPERTY
@given(st.text(max_size=20))
def test_any_text_is_a_key_or_a_value_error(text: str) -> None:
    if KEY.fullmatch(text):
        assert text.isascii() and text == text.lower()
        assert ox.NamedNode(thing(text)).value == ID + text
    else:
        for make in (thing, code, graph):
            with pytest.raises(ValueError, match=r"identifier|code"):
                make(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_keys_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="identifier"):
        thing("measure", text)
    with pytest.raises(ValueError, match="code"):
        code(text)
    with pytest.raises(ValueError, match="identifier"):
        graph(text)


def test_nothing_goes_below_a_foreign_iri() -> None:
    with pytest.raises(ValueError, match="identifier"):
        below(IRI("https://example.org/a"), "b")


def test_the_namespaces() -> None:
    assert code("at-least") == C + "at-least"
    assert graph("interpretations/soumu-23-15") == GRAPH + "interpretations/soumu-23-15"
    assert fiscal_year(2011) == ID + "fy/2011"
    assert key_of("https://example.org/a") == "https://example.org/a"


fields = st.lists(st.text(max_size=8), min_size=1, max_size=4)


@PROPERTY
@given(fields, fields)
@example(["ab", "c"], ["a", "bc"])
@example(["a\x1fb"], ["a", "b"])
@example(["a", ""], ["a"])
@example(["", "a"], ["a", ""])
def test_digests_agree_exactly_where_the_folded_fields_do(one: list[str], other: list[str]) -> None:
    same = [fold(text) for text in one] == [fold(text) for text in other]
    assert (digest(*one) == digest(*other)) == same


def test_a_digest_is_sixteen_hexadecimal_digits() -> None:
    for text in ("", "ＩＣＴ", "\ud800", "a" * 100_000):
        assert len(digest(text)) == 16 and int(digest(text), 16) >= 0


def test_a_measure_is_the_same_however_it_is_spelt() -> None:
    one = measure("soumu", "ＩＣＴ分野における国際戦略の推進")
    assert one == measure("soumu", "ICT分野における　国際戦略の推進")
    assert one != measure("keisan", "ＩＣＴ分野における国際戦略の推進")
    assert one != measure("soumu", "ＩＣＴ分野における国際戦略の推進等")
    # Written down: the identifier of published data may not change with a new version of the program.
    assert one == ID + "measure/soumu/" + "3ac5d1655a705b21"


@pytest.mark.parametrize(("seed", "language"), [("0", "C"), ("4711", "ja_JP.UTF-8")])
def test_identifiers_are_the_same_in_every_process(seed: str, language: str) -> None:
    text = "from konkyo.model.identifiers import digest, measure; print(digest('総務省', 'ＩＣＴ'), measure('soumu', '推進'))"
    source = str(Path(konkyo.__file__).resolve().parent.parent)
    env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": language, "PYTHONPATH": source}
    done = subprocess.run([sys.executable, "-c", text], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [digest("総務省", "ＩＣＴ"), measure("soumu", "推進")]
