"""Queries and files of unknown origin run in a process with limits: none of them takes the command with it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support.command import run

ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a = ?l && ?a != ?d) } ORDER BY ?a ?d"
# Each of millions of rows is kept until they are sorted. One that only searches for long keeps nothing.
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(9))
    + ']><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description r:about="a:a"><x xmlns="a:">&a8;</x>'
    "</r:Description></r:RDF>"
)


def refused(store: Path, *arguments: str, stdin: str = "") -> str:
    done = run("--store", str(store), "--lang", "en", *arguments, cwd=store.parent, stdin=stdin)
    assert done.returncode == 2, done
    assert done.stderr.count("Error") == 1 and "Traceback" not in done.stderr
    return done.stderr


def test_a_query_nested_too_deeply(store_folder: Path) -> None:
    deep = "ASK { FILTER(" + "(" * 100_000 + "1" + ")" * 100_000 + ") }"
    assert "nested too deeply" in refused(store_folder, "query", "-", stdin=deep)


def test_a_query_without_end(store_folder: Path) -> None:
    assert "time limit (1 s)" in refused(store_folder, "query", ENDLESS, "--timeout", "1")


@pytest.mark.skipif(os.name != "posix", reason="the system limits no memory")
def test_a_query_that_takes_all_memory(store_folder: Path) -> None:
    assert "more memory than 500 MiB" in refused(
        store_folder, "query", HUNGRY, "--memory", "500", "--timeout", "0"
    )


@pytest.mark.skipif(os.name != "posix", reason="the system limits no memory")
def test_a_file_whose_entities_multiply(store_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "bomb.rdf").write_text(BOMB, encoding="utf-8")
    assert "more memory than 500 MiB" in refused(
        store_folder, "check", str(tmp_path / "bomb.rdf"), "--memory", "500"
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_is_not_waited_for(store_folder: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ttl")
    os.mkfifo(tmp_path / "pipe.csv")
    assert "no regular file" in refused(store_folder, "check", str(tmp_path / "pipe.ttl"))
    assert "no regular file" in refused(store_folder, "build", str(tmp_path / "pipe.csv"))
