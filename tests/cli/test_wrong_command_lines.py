"""What is said of a wrong command line, in either language."""

from __future__ import annotations

import argparse
import doctest
import inspect

import pytest

from konkyo.cli import main
from konkyo.cli.argparse_words import _JAPANESE
from konkyo.common import nearest
from konkyo.common.errors import KonkyoError
from konkyo.graph.gaps import kind_named
from konkyo.present.topics import topic


@pytest.mark.parametrize(
    ("line", "ja", "en"),
    [
        ("nope", "コマンド に 'nope' は使えません（使えるもの: ", "argument COMMAND: invalid choice: 'nope' "),
        ("trace", "引数が足りません: THING", "the following arguments are required: THING"),
        ("trace a b c", "知らない引数です: c", "unrecognized arguments: c"),
        ("trace x --level bad", "--level に 'bad' は使えません（使えるもの: ", "argument --level: invalid choice: 'bad' "),
        ("trace x --level", "--level には値が一つ要ります", "argument --level: expected one argument"),
        ("diff 1 2 --about", "--about には値が要ります", "argument --about: expected at least one argument"),
        ("trace x --limit x", "--limit の値 'x' は読めません", "argument --limit: invalid int value: 'x'"),
        ("trace x --limit -1", "--limit は0以上の数です（-1ではなく）", "argument --limit: -1 is not a number from 0 on"),
        ("serve --port 70000", "--port は0から65535までの数です（70000ではなく）", "argument --port: 70000 is not a number from 0 to 65535"),
        ("view --output -", "--output/-o に「-」は使えません。", "argument --output/-o: - means nothing here"),
        ("trace x --le stated", "--le はどれとも取れます: --level, --length", "ambiguous option: --le could match --level, --length"),
        ("trace x --cite=1", "--cite に値 '1' は付けられません", "argument --cite: ignored explicit argument '1'"),
        ("trce x", "コマンド に「trce」は使えません。もしかして: trace", "argument COMMAND: invalid choice: 'trce'. Perhaps: trace"),
        ("search x --kind stratgy", "--kind に「stratgy」は使えません。もしかして: strategy", "argument --kind: invalid choice: 'stratgy'. Perhaps: strategy"),
        ("trace x --minstry=y", "知らない引数です: --minstry=y。もしかして: --ministry", "unrecognized arguments: --minstry=y. Perhaps: --ministry"),
        ("query editions --strategy 骨太", "知らない引数です: --strategy 骨太。もしかして: strategy=骨太", "unrecognized arguments: --strategy 骨太. Perhaps: strategy=骨太"),
        ("gaps 総務省", "知らない引数です: 総務省。もしかして: --ministry 総務省", "unrecognized arguments: 総務省. Perhaps: --ministry 総務省"),
        ("gaps --frmat csv", "知らない引数です: --frmat csv。もしかして: --format", "unrecognized arguments: --frmat csv. Perhaps: --format"),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong(line: str, ja: str, en: str, capsys: pytest.CaptureFixture[str]) -> None:
    for lang, begins in (("ja", f"エラー: {ja}"), ("en", f"Error: {en}")):
        assert main(["--lang", lang, *line.split()]) == 2
        assert capsys.readouterr().err.startswith(begins)


@pytest.mark.parametrize(
    "line", [["trace", ""], ["report", " "], ["view", "　"], ["search", "防災", ""], ["resolve", ""]]
)
def test_a_name_without_any_sign_is_refused(line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line) == 2
    assert " は空です。" in capsys.readouterr().err


def test_names_of_closed_lists_are_near_by_spelling_or_by_a_word() -> None:
    assert doctest.testmod(nearest).failed == 0
    with pytest.raises(KonkyoError) as told:
        kind_named("no-basis")
    assert "もしかして: projects-without-basis、" in told.value.report("ja")
    with pytest.raises(KonkyoError) as told:
        kind_named("zzz")
    assert "もしかして" not in told.value.report("ja") and "superseded-only（旧版のみ）" in told.value.report(
        "ja"
    )
    with pytest.raises(KonkyoError) as told:
        topic("nope")
    assert "もしかして" not in told.value.report("ja") and "ten-years" in told.value.report("ja")


def test_an_unknown_language_is_told_in_japanese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "xx", "info"]) == 2
    assert capsys.readouterr().err.startswith("エラー: --lang に 'xx' は使えません（使えるもの: ")


def test_argparse_still_says_what_the_catalogue_translates() -> None:
    said = inspect.getsource(argparse)
    assert [text for text in _JAPANESE if text not in said] == []
