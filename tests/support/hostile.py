"""Strings that reading must get through in steps that grow as the string does, made in any length."""

from __future__ import annotations

from collections.abc import Callable


def repeated(unit: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """Return a function that repeats a unit until it has a length, or nearly, with what stands around it."""

    def made(length: int) -> str:
        return before + unit * ((length - len(before) - len(after)) // len(unit)) + after

    return made


def nested(opens: str, closes: str) -> Callable[[int], str]:
    """Return a function that nests brackets to a length."""
    return lambda length: opens * (length // 2) + closes * (length // 2)


CITATIONS: dict[str, Callable[[int], str]] = {
    "citations": repeated("計画（令和5年6月16日閣議決定）、"),
    "nested brackets": nested("（", "）"),
    "nested quotes": nested("「", "」"),
    "only closers": repeated("）」】"),
    "words that go on": repeated("（あ）、", "計画（令和5年6月16日）において"),
    "places that go on": repeated("⑤ア（あ）", "計画（令和5年6月16日）施策番号Ⅰ（２）"),
    "open tildes": repeated("～あ、"),
    "dates without brackets": repeated("計画令和5年6月16日"),
    "control signs": repeated("\x00\x1b[31m計画\x07\u202e"),
    "commas": repeated("、"),
    "and so on": repeated("等", "計画"),
    "digits": repeated("1"),
    "dots": repeated("R5."),
    "tildes": repeated("計画～"),
    "dashes": repeated("計画-a"),
    "years": repeated("2023年"),
    "brackets of editions": repeated("（改定）", "計画"),
    "quotes side by side": repeated("「計画」"),
    "titles": repeated("計画、"),
    "and": repeated("及び", "計画"),
    "spaces": repeated(" ", "計画", "計"),
    "quotes that state": repeated("に基づく「計画（第6次）（令和5年6月16日）」"),
    "brackets within years": repeated("2023（令和5）"),
    "halves of surrogate pairs": repeated("計画\ud800\udfff"),
    "composing signs": repeated("か\u3099"),
    "bodies": repeated("会議"),
    "open brackets": repeated("戦略（"),
    "titles and spaces": repeated("計画 "),
    "words and control signs": repeated("及び\x00計画"),
}
"""By name; ``MAX_LENGTH`` cuts longer ones off before they are read."""
RUNS = {"nested brackets", "nested quotes", "control signs", "commas", "digits", "dots", "spaces"}
"""Those in which a pattern may repeat one sign for long, and that cost little besides: they may be much longer."""
