"""What a test wants and a machine may lack. A skip that nobody sees would leave a promise untested."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import pytest

CI = os.environ.get("CI") == "true"
NOT_HERE = "not on this machine: "
"""How the reason of a skip begins that CI may have too; ``conftest`` makes failures of all others there."""
WANTED = "wanted: "
PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "data" / "rs2024"


def wanted(what: str, brings: str) -> NoReturn:
    """Skip for want of something that CI has: there it is a failure. ``brings`` is the command that brings it."""
    reason = f"{WANTED}{what} ({brings})"
    if CI:
        pytest.fail(reason)
    pytest.skip(reason)


def not_here(reason: str) -> NoReturn:
    """Skip for want of something that CI may lack too: files beside the checkout, a right, another system."""
    pytest.skip(NOT_HERE + reason)


def published() -> Path:
    """Return the folder of the published RS files of 2024, or skip where they are not beside the checkout."""
    if not PUBLISHED.is_dir():
        not_here("the published RS files of 2024 beside the checkout (../shared/data/rs2024)")
    return PUBLISHED


def reason_of(report: pytest.TestReport) -> str:
    """Return why a test was skipped."""
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    return str(text).removeprefix("Skipped: ")


def told(reports: Iterable[pytest.TestReport]) -> list[str]:
    """Return lines for people: how many tests were skipped, for want of what, and what brings it."""
    counted = Counter(map(reason_of, reports)).most_common()
    lines = [f"{number:5,} skipped, {reason}" for reason, number in counted]
    if any(reason.startswith(WANTED) for reason, _ in counted):
        lines.append(f"`.ci/run` installs what is {WANTED.strip(': ')}, and runs these tests too.")
    return lines
