"""How many examples the property tests try: a quick profile as a rule, a long one by ``--hypothesis-profile=long``."""

from __future__ import annotations

from hypothesis import settings

_WRITTEN = 100
"""The ``max_examples`` of a profile under which a test tries as many examples as are written in it."""


def register() -> None:
    """Make the profiles known to hypothesis, and the quick one the usual one."""
    # The quick one tries the same examples each time: what it finds, it finds for everybody.
    settings.register_profile("quick", max_examples=_WRITTEN // 4, deadline=None, derandomize=True)
    settings.register_profile("long", max_examples=_WRITTEN * 10, deadline=None, print_blob=True)
    settings.load_profile("quick")


def examples(written: int) -> int:
    """Return how many examples the profile in use grants a test for those that are written in it."""
    return max(5, written * settings().max_examples // _WRITTEN)
