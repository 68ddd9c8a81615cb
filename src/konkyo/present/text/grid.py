"""A plain table of texts: aligned at a terminal, tab-separated elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

from konkyo.common.line_breaks import lines
from konkyo.common.words import Words, default_language
from konkyo.present.text.terminal import console, one_line

if TYPE_CHECKING:
    from rich.console import Console


_LATIN = re.compile(r"[!-~]+")
# A sign of padding, and one of the table's own between two columns.
_GAP = 2
_LEAST_TEXT = 12
# What a row is about is told by more, of Latin letters by most.
_LEAST_NAME = {"ja": 16, "en": 24}
_LEAST_HEAD = 6
_WIDE_HEAD = 20
# The end of a name often holds its day: （2023-06-16）.
_TAIL = 14
# So few rows are read one by one: where they have no room as lines, they are blocks.
_FEW = 2


class Grid:
    """Rows of texts under headings; ``numeric`` are the columns that stand at the right.

    At a terminal neither they nor the columns ``whole`` are cut: a number in two parts is misread. An answer is one line,
    and what has no room for its text ends in an ellipsis; the first column of text goes before the others. ``folded``
    tables are read for their texts, which go on over lines, and ``ruled`` ones have a line between the rows too. Columns
    without any text are left out, and those of ``left_out``. Where even the numbers have no room, a column that says the same
    in all rows is told once, one that repeats another is named, and the last ones are left out, which is said below the table in
    ``lang``. Where that does not help, and of one or two rows, each row is a block of lines.
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
        lang: str | None = None,
    ) -> None:
        self.heads = [one_line(head) for head in heads]
        self.numeric = numeric
        self.whole = whole
        self.left_out = left_out
        self.folded = folded or ruled
        self.ruled = ruled
        self.lang = lang or default_language()
        self.least_name = _LEAST_NAME["en" if self.lang == "en" else "ja"]
        self.title = ""
        self.part = False
        """Whether there are more rows than these: what these share is told of them alone."""
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
        few = len(self.rows) <= _FEW
        notes: list[str] = []
        widths = self._widths(shown, out.width, _LEAST_TEXT if few else self.least_name)
        if not few and (widths is None or self._cuts(shown, widths)):
            fitting, told, notes = self._narrowed(shown, out.width)
            widths = self._widths(fitting, out.width)
            if widths is not None:
                shown = fitting
                for note in told:
                    out.print(Text(note, style="dim"))
        if widths is None:
            self._print_blocks(out, shown)
            return
        self._print_table(out, dict(zip(shown, widths, strict=True)))
        for note in notes:
            out.print(Text(note, style="dim"))

    def _narrowed(self, shown: list[int], room: int) -> tuple[list[int], list[str], list[str]]:
        """Return the columns that can stand side by side, what is told once above them, and what is said below them."""
        cells = {number: [row[number] for row in self.rows] for number in shown}
        once = [n for n in shown if len(set(cells[n])) == 1]
        if all(n in once for n in shown if n not in self.numeric):
            once = [n for n in once if n != self._name(shown)]
        kept = [n for n in shown if n not in once]
        name = self._name(kept)
        repeated: dict[int, list[int]] = {}
        # Where all has room, a number that repeats another is as good as any.
        for number in [
            n for n in kept if n in self.numeric and self._widths(kept, room, self.least_name) is None
        ]:
            if earlier := next((n for n in kept if n < number and cells[n] == cells[number]), None):
                repeated.setdefault(earlier, []).append(number)
        kept = [n for n in kept if all(n not in others for others in repeated.values())]
        dropped: list[int] = []
        while self._widths(kept, room, self.least_name) is None and len(kept) > _FEW:
            dropped.insert(0, last := [n for n in kept if n != name][-1])
            kept.remove(last)
        heads = [(self.heads[n], self._heads(others)) for n, others in repeated.items() if n in kept]
        notes = [
            Words(f"「{head}」と同じ値の列: {others}", f"Same as “{head}”: {others}")
            for head, others in heads
        ]
        # What repeats a column that is gone is gone with it.
        dropped = sorted({*dropped, *(n for one in dropped for n in repeated.get(one, ()))})
        if dropped:
            names = self._heads(dropped)
            notes.append(
                Words(
                    f"幅に入らない列: {names}（広い端末か、ファイルへの出力にあります）",
                    f"No room for: {names} (a wider terminal or a file has them)",
                )
            )
        of = Words("（示した行）", " (the rows shown)").of(self.lang) if self.part else ""
        told = [f"{self.heads[n]}{of}: {cells[n][0]}" for n in once]
        return kept, told, [note.of(self.lang) for note in notes]

    def _heads(self, numbers: Iterable[int]) -> str:
        return Words("、", ", ").of(self.lang).join(self.heads[number] for number in numbers)

    def _name(self, shown: list[int]) -> int | None:
        """Return the first column of text, which says what a row is about."""
        return next((number for number in shown if number not in self.numeric), None)

    def _cuts(self, shown: list[int], widths: list[int]) -> bool:
        """Return whether a text has no room in columns of these widths: it is cut, or goes on over lines."""
        from rich.cells import cell_len

        return any(
            cell_len(row[number]) > width
            for number, width in zip(shown, widths, strict=True)
            for row in self.rows
        )

    def _widths(self, shown: list[int], room: int, name: int = _LEAST_TEXT) -> list[int] | None:
        """Return the width of each column; None where numbers and a beginning of each text have no room.

        ``name`` is how much of the first text is to be seen.
        """
        from rich.cells import cell_len

        cells = {number: max(cell_len(row[number]) for row in self.rows) for number in shown}
        # A heading goes on over lines, but not a sign a line, nor in the middle of a Latin word.
        heads = {
            number: max(min(cell_len(head), _LEAST_HEAD), *map(len, _LATIN.findall(head)), 0)
            for number, head in enumerate(self.heads)
        }
        wish = {number: max(cells[number], heads[number]) for number in shown}
        fixed = {n: wish[n] for n in shown if n in self.numeric or n in self.whole}
        texts = [number for number in shown if number not in fixed]
        left = room - sum(fixed.values()) - _GAP * max(0, len(shown) - 1)
        least = {n: min(wish[n], _LEAST_TEXT if place else name) for place, n in enumerate(texts)}
        if left < sum(least.values()):
            return None
        given: dict[int, int] = {}
        # The shortest wishes first: what they leave is shared by the longer ones.
        for place, number in enumerate(sorted(texts, key=lambda number: (wish[number], -number))):
            given[number] = min(wish[number], left // (len(texts) - place))
            left -= given[number]
        if texts:  # the name before the others
            first = texts[0]
            given[first] = min(wish[first], given[first] + left)
            while given[first] < least[first]:
                widest = max(texts[1:], key=lambda number: given[number] - least[number])
                given[first], given[widest] = given[first] + 1, given[widest] - 1
        made = [fixed.get(number, given.get(number, 0)) for number in shown]
        spare = room - sum(made) - _GAP * max(0, len(shown) - 1)
        for place, number in enumerate(shown):  # what is left lets headings stand in fewer lines
            more = max(0, min(cell_len(self.heads[number]), _WIDE_HEAD) - made[place])
            made[place] += min(more, spare)
            spare -= min(more, spare)
        return made

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
        for row in self._told_apart(widths):
            drawn.add_row(*(Text(row[number]) for number in widths))
        out.print(drawn)

    def _told_apart(self, widths: dict[int, int]) -> list[list[str]]:
        """Return the rows; texts of a column that would look the same when their ends are cut lose their middle instead."""
        from rich.cells import cell_len, set_cell_size

        made = [list(row) for row in self.rows]
        if self.folded:
            return made
        for number, width in widths.items():
            begins: dict[str, set[str]] = {}
            for row in self.rows:
                if cell_len(row[number]) > width:
                    begins.setdefault(set_cell_size(row[number], width - 1), set()).add(row[number])
            for row in made:
                text = row[number]
                if cell_len(text) > width and len(begins[set_cell_size(text, width - 1)]) > 1:
                    end = _ending(text, min(_TAIL, width // 2))
                    row[number] = set_cell_size(text, width - 1 - cell_len(end)).rstrip() + "…" + end
        return made

    def _print_blocks(self, out: Console, shown: list[int]) -> None:
        """Print a row as a block: its first text, and below it each other cell after its heading."""
        from rich.padding import Padding
        from rich.text import Text

        first = self._name(shown)
        for row in self.rows:
            if first is not None:
                out.print(Text(row[first], style="bold"))
            others = (f"{self.heads[n]}: {row[n]}" for n in shown if n != first and row[n])
            out.print(Padding(Text("  ".join(others)), (0, 0, 0, 2)))


def _ending(text: str, room: int) -> str:
    """Return the end of a text that fits a width."""
    from rich.cells import cell_len

    start = len(text)
    while start and cell_len(text[start - 1 :]) <= room:
        start -= 1
    return text[start:]
