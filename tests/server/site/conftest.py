"""The carried graph as a site, written once."""

from __future__ import annotations

from pathlib import Path

import pytest

from konkyo.server.site.make import make

BASE = "https://example.go.jp/konkyo"


@pytest.fixture(scope="session")
def site(store_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the carried graph with rules, for an address below a path."""
    out = tmp_path_factory.mktemp("site") / "サイト"
    made = make(store_folder, out, base=BASE, with_rules=True)
    assert made is not None and made.files == made.new
    return out
