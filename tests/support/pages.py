"""Pages in a browser: what they wait for is awaited, with a guard against hanging instead of a time limit."""

from __future__ import annotations

from typing import Any

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
