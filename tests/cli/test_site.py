"""``konkyo site``: what it asks for, and what it tells. The site itself is looked at in ``tests/server/site``."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from konkyo.cli import main
from konkyo.server.site import make as making
from konkyo.server.site.make import Made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the command asked for; the site is one page."""
    told: dict[str, Any] = {}

    def make(store: Path, out: Path, **options: Any) -> Made | None:
        told.update(store=store, out=out, **options)
        if out.exists():
            return None
        out.mkdir()
        (out / "index.html").write_text("<title>x</title>")
        return Made(new=1, things=1)

    monkeypatch.setattr(making, "make", make)
    return told


def test_it_writes_tells_and_packs(
    store_folder: Path, tmp_path: Path, asked: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    out, packed = tmp_path / "out", tmp_path / "site.zip"
    line = [
        "--lang",
        "en",
        "--store",
        str(store_folder),
        "site",
        str(out),
        "--base",
        "https://example.go.jp/konkyo/",
    ]
    assert main([*line, "--rules", "--workers", "1", "--archive", str(packed)]) == 0
    assert (asked["store"], asked["out"], asked["base"]) == (
        store_folder,
        out,
        "https://example.go.jp/konkyo",
    )
    assert asked["with_rules"] and asked["workers"] == 1
    assert f"{out / 'index.html'} (pages of 1 things, 1 files: 1 new" in capsys.readouterr().out
    with ZipFile(packed) as made:
        assert made.namelist() == ["out/index.html"]
    assert main(line) == 0
    assert "nothing has changed" in capsys.readouterr().out


def test_it_opens_the_first_page(
    store_folder: Path, tmp_path: Path, asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: bool(opened.append(address)) or True)
    assert main(["--store", str(store_folder), "site", str(tmp_path / "out"), "--open"]) == 0
    assert opened == [(tmp_path / "out" / "index.html").as_uri()]


def test_a_base_that_is_no_address_is_refused(
    store_folder: Path, tmp_path: Path, asked: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--store", str(store_folder), "site", str(tmp_path / "out"), "--base", "example"]) == 2
    assert "--base example" in capsys.readouterr().err and not asked
