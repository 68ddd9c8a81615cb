"""Advice is data: every code is worded for each reader, and only a terminal reads of options and commands."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from konkyo.common.advice import PLAIN, Advice, Code, plain, worded_notes
from konkyo.common.errors import KonkyoError
from konkyo.common.jsonable import jsonable
from konkyo.common.words import Words
from konkyo.present.prose.notes import JAPANESE, document
from konkyo.present.text.advice import TERMINAL, worded
from konkyo.questions import trace

COMMAND = re.compile(r"(?<![\w-])--[a-z]{2,}|\bkonkyo [a-z]")


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", list(Code))
def test_each_code_is_worded_for_each_reader(code: Code) -> None:
    quiet = PLAIN[code]
    assert bool(quiet.ja) == bool(quiet.en) and not any(COMMAND.search(text) for text in quiet)
    assert names(quiet.ja) == names(quiet.en)
    if code not in TERMINAL:
        assert all(quiet)
        return
    told = TERMINAL[code]
    assert all(COMMAND.search(text) for text in told)
    # Both languages say the same things, and a page says nothing that the terminal does not.
    whole = [names(text.replace("{plain}", plain_text)) for text, plain_text in zip(told, quiet, strict=True)]
    assert whole[0] == whole[1] and names(quiet.ja) <= whole[0]


def test_values_stand_as_they_are_and_in_their_language() -> None:
    note = Advice(Code.MINISTRY_RESTS, {
        "count": 1234, "ministry": Words("甲{省}", "Ministry {0}"), "ministry_name": "甲{省}",
        "ground": Words("計画", "Plan"), "ground_name": "計画",
    })  # fmt: skip
    assert "「甲{省}」の施策・事業1,234件が「計画」" in note.ja and "Ministry {0}" in note.en
    assert worded(note).ja.endswith("`konkyo trace 計画 --ministry 甲{省}` で見られます。")


def test_advice_is_json_with_its_code() -> None:
    note = Advice(Code.LONGER_CHAIN, {"steps": 5})
    assert jsonable([note]) == [
        {"code": "longer-chain", "values": {"steps": 5}, "ja": note.ja, "en": note.en},
    ]


def test_advice_that_is_a_command_only_is_nothing_elsewhere() -> None:
    nothing, words = Advice(Code.QUERY_NAMES), Words("甲", "a")
    assert plain(nothing) == ("", "") and worded_notes([nothing, words]) == (words,)
    error = KonkyoError(words, hint=nothing)
    assert error.hint is None and error.report("ja") == "甲"
    assert "konkyo query --list" in error.report("ja", worded)


def test_an_error_keeps_its_advice_for_whoever_words_it() -> None:
    error = KonkyoError(Advice(Code.LIMIT_BELOW_ZERO))
    assert str(error) == "limit must be 0 or more (0: all)."
    assert error.report("en", worded) == "--limit must be 0 or more (0: all)."


def test_what_a_trace_does_not_find_has_words_for_a_document() -> None:
    folder = Path(trace.__file__).parent
    used = {
        Code[name]
        for module in ("up", "down", "chains", "denotations")
        for name in re.findall(r"Code\.([A-Z_]+)", (folder / f"{module}.py").read_text(encoding="utf-8"))
    }
    assert used == set(JAPANESE)
    for code, text in JAPANESE.items():
        assert names(text) == names(PLAIN[code].ja)
        assert not re.search(r"(です|ます|ません|ました)", text) and not text.endswith("。")


def test_a_document_gets_the_plain_style_and_no_command() -> None:
    note = Advice(Code.NOTHING_RESTS, {
        "label": Words("計画", "Plan"), "stated": Words("", ""), "only": Words("（絞り込みの範囲で）", " (within these filters)"),
    })  # fmt: skip
    assert document(note) == (
        "「計画」を挙げる施策・予算事業は、このグラフにはない（絞り込みの範囲で）",
        "In this graph nothing names Plan (within these filters)",
    )
    assert document(Words("ない。", "None.")) == ("ない", "None")
