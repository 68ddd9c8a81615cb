"""Which part of a PDF page a text is drawn in: where a program clips a text, its cell is, wherever the text lies.

Office programs draw a text whole and let only a part be seen: one that does not fit into its cell, or a cell that two pages
show each a part of. pdfminer gives no clipping paths; here it keeps their corners beside the signs that lie outside of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from pdfminer.layout import LTChar, LTContainer
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.utils import apply_matrix_pt
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

from konkyo.sources.documents.lines import Char

Corners = tuple[float, float, float, float]
_SLACK = 1.0


class _Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter, which keeps the corners of the clipping path with its graphics state.

    Its methods are named as the operators of PDF are.
    """

    def init_state(self, ctm: Any) -> None:
        super().init_state(ctm)
        self.clip: Corners | None = None
        self.clips: list[Corners | None] = []

    def do_q(self) -> None:
        super().do_q()
        self.clips.append(self.clip)

    def do_Q(self) -> None:
        super().do_Q()
        if self.clips:
            self.clip = self.clips.pop()

    def do_W(self) -> None:
        points = [
            apply_matrix_pt(self.ctm, (float(part[at]), float(part[at + 1])))
            for part in self.curpath
            for at in range(1, len(part) - 1, 2)
        ]
        if points:
            xs, ys = zip(*points, strict=True)
            path = min(xs), min(ys), max(xs), max(ys)
            self.clip = _common(self.clip, path) if self.clip else path

    do_W_a = do_W

    def do_TJ(self, seq: Any) -> None:
        drawn = cast(PDFPageAggregatorWithMarkedContent, self.device).cur_item._objs
        before = len(drawn)
        super().do_TJ(seq)
        for sign in drawn[before:] if self.clip else ():
            if isinstance(sign, LTChar) and not _holds(self.clip, sign):
                sign.__dict__["clip"] = self.clip


def _common(one: Corners, other: Corners) -> Corners:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _holds(clip: Any, sign: Any) -> bool:
    x, y = (sign.x0 + sign.x1) / 2, (sign.y0 + sign.y1) / 2
    return bool(clip[0] - _SLACK <= x <= clip[2] + _SLACK and clip[1] - _SLACK <= y <= clip[3] + _SLACK)


def signs(page: Any) -> list[Char]:
    """Return the signs of a pdfplumber page as it does; ``shown`` of one outside of its clipping path lies in that."""
    device = PDFPageAggregatorWithMarkedContent(
        page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams
    )
    _Interpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    page._layout = device.get_result()
    made = []
    for sign, char in zip(_drawn(page._layout), page.chars, strict=True):
        if clip := getattr(sign, "clip", None):
            # The nearest place that is shown; corners are told from the bottom of the page, a sign's both ways.
            x = _within((sign.x0 + sign.x1) / 2, clip[0], clip[2]) - sign.x0 + char["x0"]
            y = char["top"] + sign.y1 - _within((sign.y0 + sign.y1) / 2, clip[1], clip[3])
            char = {**char, "shown": (x, y)}
        made.append(char)
    return made


def _within(at: float, begin: float, end: float) -> float:
    inset = min(2 * _SLACK, (end - begin) / 2)
    return min(max(at, begin + inset), end - inset)


def _drawn(items: Iterable[Any]) -> Iterator[LTChar]:
    """Yield the signs of a layout in the order in which pdfplumber lists them."""
    for item in items:
        if isinstance(item, LTChar):
            yield item
        elif isinstance(item, LTContainer):
            yield from _drawn(item)
