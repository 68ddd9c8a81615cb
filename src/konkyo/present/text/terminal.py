"""The terminal: what is safe to print, and how wide it is."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

from konkyo.common.text import one_line, safe

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["COLOURS", "Branch", "choose_colour", "console", "one_line", "print_tree", "safe"]
_UNWRAPPED = 100_000


@dataclass
class Branch:
    """A line of a tree with what hangs below it; ``style`` is a rich style for the terminal."""

    text: str
    style: str = ""
    children: list[Branch] = field(default_factory=list)

    def add(self, text: str, style: str = "") -> Branch:
        """Hang a line below this one and return it."""
        child = Branch(text, style)
        self.children.append(child)
        return child

    def lines(self) -> list[str]:
        """Return the tree as lines of text, unwrapped, for pipes and files."""
        made = [one_line(self.text)]
        for number, child in enumerate(self.children):
            last = number == len(self.children) - 1
            for position, line in enumerate(child.lines()):
                lead = ("└─ " if last else "├─ ") if position == 0 else ("   " if last else "│  ")
                made.append(lead + line)
        return made


COLOURS = ("auto", "always", "never")
_chosen = ["auto"]


def choose_colour(colour: str) -> None:
    """Choose when there are colours from now on: at a terminal only (``auto``), ``always``, or ``never``.

    ``auto`` heeds NO_COLOR (no-color.org) and FORCE_COLOR (force-color.org), of which the first one goes before.
    """
    _chosen[0] = colour


def _forced() -> bool:
    if _chosen[0] == "auto":
        return bool(os.environ.get("FORCE_COLOR")) and not os.environ.get("NO_COLOR")
    return _chosen[0] == "always"


def console(stream: TextIO) -> Console:
    """Return a rich console that never reads markup from data."""
    from rich.console import Console

    return Console(
        file=stream, markup=False, highlight=False, emoji=False,
        # What is forced is coloured wherever it goes, but wrapped at a terminal only.
        width=None if stream.isatty() else _UNWRAPPED,
        no_color={"always": False, "never": True}.get(_chosen[0]), force_terminal=True if _forced() else None,
    )  # fmt: skip


def print_tree(branch: Branch, stream: TextIO) -> None:
    """Print a tree: coloured and wrapped at a terminal, plain lines elsewhere unless colours are forced."""
    if not stream.isatty() and not _forced():
        stream.write("\n".join(branch.lines()) + "\n")
        return
    from rich.text import Text
    from rich.tree import Tree

    def grow(node: Branch) -> Tree:
        tree = Tree(Text(one_line(node.text), style=node.style), guide_style="dim")
        for child in node.children:
            tree.children.append(grow(child))
        return tree

    console(stream).print(grow(branch))
