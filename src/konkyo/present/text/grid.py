"""A plain table of texts: aligned at a terminal, tab-separated elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TextIO

from konkyo.present.text.terminal import console, one_line


class Grid:
    """Rows of texts under headings; ``numeric`` are the columns that stand at the right.

    Neither they nor the columns ``whole`` are broken over lines: a number in two parts is misread, so the texts give way.
    With ``ruled`` a line parts the rows at a terminal.
    """

    def __init__(
        self,
        heads: Sequence[str],
        *,
        numeric: Collection[int] = (),
        whole: Collection[int] = (),
        ruled: bool = False,
    ) -> None:
        self.heads = [one_line(head) for head in heads]
        self.numeric = numeric
        self.whole = whole
        self.ruled = ruled
        self.title = ""
        self.rows: list[list[str]] = []

    def add(self, *cells: str) -> None:
        """Add a row; each cell is one line, and its control characters are made harmless."""
        self.rows.append([one_line(cell) for cell in cells])

    def print(self, stream: TextIO) -> None:
        """Print the table."""
        if not stream.isatty():
            if self.title:
                stream.write(one_line(self.title) + "\n")
            for row in [self.heads, *self.rows]:
                stream.write("\t".join(row) + "\n")
            return
        from rich import box
        from rich.table import Table
        from rich.text import Text

        title = Text(one_line(self.title), style="bold") if self.title else None
        drawn = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", show_lines=self.ruled)
        for number, head in enumerate(self.heads):
            right = number in self.numeric
            drawn.add_column(
                Text(head),
                justify="right" if right else "left",
                overflow="fold",
                min_width=4,
                no_wrap=right or number in self.whole,
            )
        for row in self.rows:
            drawn.add_row(*(Text(cell) for cell in row))
        console(stream).print(drawn)
