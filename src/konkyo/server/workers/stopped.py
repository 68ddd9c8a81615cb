"""Why a task was not answered: no place for it, or a limit at which it was stopped."""

from __future__ import annotations

from konkyo.common.words import Words

_RETRY_SECONDS = 5


class Busy(Exception):
    """Every worker is at work, and too many wait or one waited too long."""


def told(error: Exception) -> str:
    """Return what a log says of an error: the name of those that say nothing themselves, too."""
    return f"{type(error).__name__}: {error}".removesuffix(": ")


class OverLimit(Exception):
    """A query was stopped at a limit: ``time`` or ``memory``. ``hint`` and ``retry`` (seconds) say how to get on."""

    def __init__(
        self, limit: str, words: Words, *, hint: Words | None = None, retry: int | None = None
    ) -> None:
        super().__init__(limit)
        self.limit = limit
        self.words = words
        self.hint = hint
        self.retry = retry


def over_time(seconds: float) -> OverLimit:
    """Return what a query comes to that takes longer than ``seconds``."""
    return OverLimit(
        "time",
        Words(
            f"問合せが時間の上限（{seconds:g}秒）に達したので、止めました。",
            f"The query was stopped at its time limit ({seconds:g} s).",
        ),
    )


def over_memory() -> OverLimit:
    """Return what a query comes to that wants more memory than its process may have."""
    return OverLimit(
        "memory",
        Words(
            "問合せがメモリーの上限に達したので、止めました。", "The query was stopped at its memory limit."
        ),
    )


def crowded_out() -> OverLimit:
    """Return what a query comes to that held most when all together held too much."""
    return OverLimit(
        "memory",
        Words(
            "同時に実行している問合せが合わせてメモリーの上限に達したので、最も多く使っていたこの問合せを止めました。",
            "The queries at work reached their memory limit together; this one, which held most, was stopped.",
        ),
        retry=_RETRY_SECONDS,
    )
