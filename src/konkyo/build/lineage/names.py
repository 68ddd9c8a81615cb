"""What a project's name says of its history: 「（旧：…）」, 「（前年度：…）」, 「（「…」から名称変更）」; and the name without that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from konkyo.common.name_form import name_form, plain_signs

_OPEN, _CLOSE = "(<〈【", ")>〉】"
_OLD = r"(?:旧事業名称|旧事業名|旧事業|旧名称|旧名|旧称|旧|前年度)"
_SAYS = re.compile(rf"[{re.escape(_OPEN)}「『\s]*{_OLD}|.*(?:名称変更|改称)|(?:改|仮|仮称)$", re.DOTALL)
_FORMER = re.compile(rf"[{re.escape(_OPEN)}\s]*{_OLD}[)\s:・=→]*(?P<name>.+)", re.DOTALL)
_CHANGED = re.compile(r"[「『](?P<name>.+?)[」』](?:より|から|を)?(?:名称変更|改称)", re.DOTALL)
_QUOTED = re.compile(r"[「『](.+)[」』]", re.DOTALL)


def _brackets(name: str) -> Iterator[tuple[int, int]]:
    """Yield where each outermost bracket begins and ends; one that is not closed ends with the name."""
    depth = start = 0
    for place, sign in enumerate(name):
        if sign in _OPEN:
            start = start if depth else place
            depth += 1
        elif sign in _CLOSE and depth:
            depth -= 1
            if not depth:
                yield start, place + 1
    if depth:
        yield start, len(name)


def _history(name: str) -> Iterator[tuple[int, int]]:
    """Yield where a name, in plain signs, speaks of its history."""
    for start, end in _brackets(name):
        if (start and _SAYS.match(_inside(name[start:end]))) or name[start:end] in ("(改)", "(仮)", "(仮称)"):
            yield start, end


def _inside(bracket: str) -> str:
    inside = bracket[1:]
    return inside[:-1] if inside.endswith(tuple(_CLOSE)) else inside


def bare_name(name: str) -> str:
    """Return the form of a name for comparing, without what it says of its history, and without line breaks, which RS writes as ／.

    >>> bare_name("モニタリング調査（旧：価格モニタリング事業）") == bare_name("モニタリング／調査")
    True
    """
    plain = plain_signs(name)
    kept, at = [], 0
    for start, end in _history(plain):
        kept.append(plain[at:start])
        at = end
    kept.append(plain[at:])
    return name_form("".join(kept)).replace("/", "") or name_form(name)


def former_names(name: str) -> list[tuple[str, str]]:
    """Return the earlier names that a name tells, each with the words that tell it.

    >>> former_names("輸出拡大支援事業（前年度：海外需要創出事業）")
    [('海外需要創出事業', '前年度:海外需要創出事業')]
    """
    plain = plain_signs(name)
    found = []
    for start, end in _history(plain):
        words = _inside(plain[start:end]).strip()
        match = _CHANGED.search(words) or _FORMER.match(words)
        if match:
            told = match["name"].strip()
            quoted = _QUOTED.fullmatch(told)
            found.append((quoted[1] if quoted else told, words))
    return found
