"""A plain table of texts: aligned at a terminal, tab-separated elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, TextIO

from konkyo.common.line_breaks import lines
from konkyo.present.text.terminal import console, one_line

if TYPE_CHECKING:
    from rich.console import Console


# A sign of padding, and one of the table's own between two columns.
_GAP = 2
_LEAST_TEXT = 12
_LEAST_HEAD = 6


class Grid:
    """Rows of texts under headings; ``numeric`` are the columns that stand at the right.

    At a terminal neither they nor the columns ``whole`` are cut: a number in two parts is misread. An answer is one line,
    and what has no room for its text ends in an ellipsis; the first column of text goes before the others. ``folded``
    tables are read for their texts, which go on over lines, and ``ruled`` ones have a line between the rows too. Where
    even the numbers have no room, each row is a block of lines. Columns without any text are left out, and those of ``left_out``.
    """

    def __init__(
        self,
        heads: Sequence[str],
        *,
        numeric: Collection[int] = (),
        whole: Collection[int] = (),
        left_out: Collection[int] = (),
        folded: bool = False,
        ruled: bool = False,
    ) -> None:
        self.heads = [one_line(head) for head in heads]
        self.numeric = numeric
        self.whole = whole
        self.left_out = left_out
        self.folded = folded or ruled
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
        from rich.text import Text

        out = console(stream)
        if self.title:
            out.print(Text(one_line(self.title), style="bold"))
        shown = [
            number
            for number in range(len(self.heads))
            if number not in self.left_out and any(row[number] for row in self.rows)
        ]
        widths = self._widths(shown, out.width)
        if widths is None:
            self._print_blocks(out, shown)
        else:
            self._print_table(out, dict(zip(shown, widths, strict=True)))

    def _widths(self, shown: list[int], room: int) -> list[int] | None:
        """Return the width of each column; None where numbers and a beginning of each text have no room."""
        from rich.cells import cell_len

        cells = {number: max(cell_len(row[number]) for row in self.rows) for number in shown}
        heads = {number: cell_len(self.heads[number]) for number in shown}
        fixed = {
            # A heading goes on over lines, but not a sign a line.
            number: max(cells[number], min(heads[number], _LEAST_HEAD))
            for number in shown
            if number in self.numeric or number in self.whole
        }
        texts = [number for number in shown if number not in fixed]
        wish = {number: max(cells[number], min(heads[number], _LEAST_HEAD)) for number in texts}
        left = room - sum(fixed.values()) - _GAP * max(0, len(shown) - 1)
        if left < sum(min(wish[number], _LEAST_TEXT) for number in texts):
            return None
        given: dict[int, int] = {}
        # The shortest wishes first: what they leave is shared by the longer ones.
        for place, number in enumerate(sorted(texts, key=lambda number: (wish[number], -number))):
            given[number] = min(wish[number], left // (len(texts) - place))
            left -= given[number]
        if texts:  # the name before the others
            first = texts[0]
            given[first] = min(wish[first], given[first] + left)
        return [fixed.get(number, given.get(number, 0)) for number in shown]

    def _print_table(self, out: Console, widths: dict[int, int]) -> None:
        from rich import box
        from rich.table import Table
        from rich.text import Text

        drawn = Table(
            box=box.SIMPLE_HEAD,
            show_lines=self.ruled,
            padding=(0, _GAP - 1, 0, 0),
            pad_edge=False,
            show_edge=False,
        )
        for number, width in widths.items():
            right = number in self.numeric
            drawn.add_column(
                # A column that is not wrapped would cut its heading too.
                Text("\n".join(lines(self.heads[number], width))),
                justify="right" if right else "left",
                overflow="fold" if self.folded else "ellipsis",
                width=width,
                no_wrap=not self.folded or right or number in self.whole,
            )
        for row in self.rows:
            drawn.add_row(*(Text(row[number]) for number in widths))
        out.print(drawn)

    def _print_blocks(self, out: Console, shown: list[int]) -> None:
        """Print a row as a block: its first text, and below it each other cell after its heading."""
        from rich.padding import Padding
        from rich.text import Text

        first = next((number for number in shown if number not in self.numeric), None)
        for row in self.rows:
            if first is not None:
                out.print(Text(row[first], style="bold"))
            others = (f"{self.heads[n]}: {row[n]}" for n in shown if n != first and row[n])
            out.print(Padding(Text("  ".join(others)), (0, 0, 0, 2)))
