"""The chains of a page as text, for readers without scripts: whole ones, from the first ground to the last thing on it.

A small graph's chains are all told. Of a larger one's, whose chains are countless, as many are told as take every
claim at least once, and at most :data:`STEPS` steps in all: the tables below have every link anyway.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from konkyo.present.view.style import level_of

# Past this many chains no one reads them all, and each claim is told once.
ALL = 200
# About as many lines as a thousand chains of seven things.
STEPS = 7000

# A chain of the data has a dozen steps; a longer one is cut at its ends.
_LENGTH = 100

# Numbers of things; each with the level of the step that leads to it ("structure" for the first).
Chain = list[tuple[int, str]]


def chains_in_words(links: list[dict[str, Any]]) -> tuple[list[Chain], bool]:
    """Return the chains of claims that the page shows at its start, and whether these are all chains of the graph.

    A chain is told once where several links join the same two things at one level. Being responsible for a thing
    is no ground of it.
    """
    ways = _Ways(links)
    whole = ways.all()
    if whole is not None:
        return sorted(whole), True
    return ways.covering(), False


class _Ways:
    def __init__(self, links: list[dict[str, Any]]) -> None:
        steps = dict.fromkeys(
            (link["from"], link["to"], link["level"])
            for link in links
            if link["from"] != link["to"]
            and link["relation"] != "responsible"
            and not level_of(link["level"]).hidden
        )
        self.claims = [step for step in steps if step[2] != "structure"]
        self.down: dict[int, list[tuple[int, str]]] = {}
        self.up: dict[int, list[tuple[int, str]]] = {}
        for start, end, level in steps:
            self.down.setdefault(start, []).append((end, level))
            self.up.setdefault(end, []).append((start, level))
        for near in self.up.values():  # what a section is a part of comes before what else leads to it
            near.sort(key=lambda step: step[1] != "structure")

    def all(self) -> list[Chain] | None:
        """Return all chains from what rests on nothing, or None where they are too many or rings keep some out."""
        found: list[Chain] = []
        told: set[tuple[int, int, str]] = set()
        steps = 0
        for root in sorted(self.down.keys() - self.up.keys()):
            for chain in self._from(root):
                steps += len(chain)
                if steps > STEPS:
                    return None
                claims = {step for step in _steps(chain) if step[2] != "structure"}
                if claims:
                    found.append(chain)
                    told |= claims
                if len(found) > ALL:
                    return None
        return found if told == set(self.claims) else None

    def _from(self, root: int) -> Iterator[Chain]:
        waiting: list[Chain] = [[(root, "structure")]]
        while waiting:
            chain = waiting.pop()
            seen = {number for number, _ in chain}
            further = [step for step in self.down.get(chain[-1][0], ()) if step[0] not in seen]
            if not further or len(chain) >= _LENGTH:
                yield chain
                continue
            waiting += ([*chain, step] for step in reversed(further))

    def covering(self) -> list[Chain]:
        """Return chains of which each tells a claim that none before it does, as far as there is room."""
        found: list[Chain] = []
        told: set[tuple[int, int, str]] = set()
        room = STEPS
        for claim in sorted(self.claims):
            if claim in told:
                continue
            start, end, level = claim
            chain: Chain = [(start, "structure"), (end, level)]
            seen = {start, end}
            while len(chain) < _LENGTH and (
                above := next((step for step in self.up.get(chain[0][0], ()) if step[0] not in seen), None)
            ):
                chain[0] = (chain[0][0], above[1])
                chain.insert(0, (above[0], "structure"))
                seen.add(above[0])
            while len(chain) < _LENGTH and (
                further := [step for step in self.down.get(chain[-1][0], ()) if step[0] not in seen]
            ):
                last = chain[-1][0]
                fresh = (step for step in further if (last, *step) not in told)
                chain.append(next(fresh, further[0]))
                seen.add(chain[-1][0])
            room -= len(chain)
            if room < 0:
                break
            told.update(_steps(chain))
            found.append(chain)
        return sorted(found)


def _steps(chain: Chain) -> Iterator[tuple[int, int, str]]:
    for (start, _), (end, level) in pairwise(chain):
        yield start, end, level
