"""The wheel, away from the repository: what the package carries must be enough for the main job."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def _built(folder: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _built(tmp_path_factory.mktemp("wheel"))


def test_two_builds_are_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    assert _built(tmp_path).read_bytes() == wheel.read_bytes()


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_demo_runs_from_the_wheel(unpacked: Path, tmp_path: Path) -> None:
    # Before every other place, so that neither the checkout nor an editable install is what runs.
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    where = subprocess.run(
        [sys.executable, "-c", "import konkyo; print(konkyo.__file__)"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert where.stdout.startswith(str(unpacked))
    done = subprocess.run(
        [sys.executable, "-m", "konkyo", "demo"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("［明記］") == 10 and (tmp_path / "konkyo-demo.html").is_file()


def test_the_wheel_carries_ontology_graphs_queries_and_page(unpacked: Path) -> None:
    package = unpacked / "konkyo"
    for name in (
        "_carried/ontology/konkyo.ttl",
        "_carried/ontology/shapes.ttl",
        "_carried/graphs/sheets/soumu-23-15.yaml",
        "_carried/graphs/built/soumu-23-15.ttl",
        "graph/queries/construct/shortcut.rq",
        "sources/sheet.schema.json",
        "sources/review_sheet.schema.json",
        "present/view/page.html.jinja",
        "server/pages/static/editor.js",
        "server/pages/static/editor.licences.txt",
        "docs/trace.md",
        "common/name_variants.tsv",
        "py.typed",
    ):
        assert (package / name).is_file(), name
    assert not list(unpacked.rglob("tests"))
