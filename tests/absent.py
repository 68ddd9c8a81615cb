"""What a test wants and a machine may lack. A skip that nobody sees would leave a promise untested."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

CI = os.environ.get("CI") == "true"
NOT_HERE = "not on this machine: "
"""How the reason of a skip begins that CI may have too; ``conftest`` makes failures of all others there."""


def wanted(reason: str) -> NoReturn:
    """Skip for want of something that CI has: there it is a failure."""
    if CI:
        pytest.fail(reason)
    pytest.skip(reason)


def not_here(reason: str) -> NoReturn:
    """Skip for want of something that CI may lack too: files beside the checkout, a right, another system."""
    pytest.skip(NOT_HERE + reason)


def published() -> Path:
    """Return the folder of the published RS files of 2024, or skip where they are not beside the checkout."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data" / "rs2024"
    if not folder.is_dir():
        not_here("the published RS files of 2024 beside the checkout")
    return folder
