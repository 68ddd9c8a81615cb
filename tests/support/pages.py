"""Pages in a browser: what they wait for is awaited, with a guard against hanging instead of a time limit."""

from __future__ import annotations

import functools
from typing import Any

import pytest
from playwright.sync_api import Locator

from support.waiting import GUARD, until

MILLISECONDS = 1000 * GUARD
"""What Playwright takes as a time limit."""


def guarded(context: Any, **options: Any) -> Any:
    """Return a new page of a context, or of a browser with options for its context."""
    made = context.new_page(**options)
    made.set_default_timeout(MILLISECONDS)
    return made


def until_in(page: Any, what: str, argument: Any = None) -> None:
    """Wait for something of a page, told in JavaScript.

    Not ``wait_for_function``: it evaluates text in the page, which the policy of a served page forbids.
    """
    until(lambda: page.evaluate(what, argument), what, pause=lambda: page.wait_for_timeout(20))


def clicks_end_on_a_loaded_page(patch: pytest.MonkeyPatch) -> None:
    """Let a click on a link or a button return when the page that it leads to is loaded.

    By itself it returns when the answer begins: a test that counts right after it may count nothing.
    """
    for name in ("click", "press"):
        patch.setattr(Locator, name, _until_loaded(getattr(Locator, name)))


def _until_loaded(action: Any) -> Any:
    @functools.wraps(action)
    def done(self: Locator, *given: Any, **options: Any) -> None:
        action(self, *given, **options)
        self.page.wait_for_load_state()

    return done
