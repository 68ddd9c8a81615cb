"""What the tests of forms share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def printed_page(browser: Any) -> Callable[[str, Path], Path]:
    """Print HTML as a PDF, with its shades."""
    tab = browser.new_page()

    def made(source: str, path: Path) -> Path:
        tab.set_content(source)
        tab.pdf(path=path, prefer_css_page_size=True, print_background=True)
        return path

    return made
