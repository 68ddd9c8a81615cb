"""Where everything stands: a layered drawing from left to right, the same for the same data.

The browser gets finished positions; a physics simulation would take seconds and end differently each
time. Lengths are in vis-network's canvas units, which are CSS pixels at scale 1.

The method is the usual one for layered graphs: edges that pass a column get a lane in it, columns are
ordered by sweeps of neighbours' mean ranks, and heights settle near the neighbours' mean. Where a column would
be very tall (hundreds of projects of a ministry) it is folded into several side by side, row by row, so that
what belongs together stays together and the whole keeps the shape of a window; edges then run behind the cards.

Things that no order runs through (projects that name each other, classes) are drawn by forces: scatter.py says
what was measured.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from konkyo.present.view.geometry import Box, Picture, Place, Route, Tie, natural_key, spread
from konkyo.present.view.labels import text_width, wrap, wrap_width
from konkyo.present.view.scatter import scatter

FONT = 14
LINE = 20
BAND = 24  # the coloured band with the kind's sign
PADDING_X = 11
PADDING_Y = 10
COLUMN_GAP = 50
ROW_GAP = 14
GROUP_GAP = 26
LANE = 6  # room for an edge that passes a column
LANE_GAP = 7
PORT = 8  # distance of the ends of two edges at the side of a box
# The canvas that a drawing should fill well: a laptop's window less the page's bars.
_CANVAS = (1400.0, 660.0)
# Past this many boxes only one setting is tried: no drawing of that size fits a window anyway.
_TRIED = 300
# Past this many boxes the drawing is made with fewer sweeps and plainer line breaks.
_CAREFUL = 2000
# A column taller than this, and clearly taller than a well-shaped picture, is folded into several.
_TALL = 40
_CARD = (190, 70)  # an ordinary card with its gaps
# Up to this many boxes forces are reckoned for each pair; more without an order are folded like any tall column.
_SCATTERED = 800
_LOOSE = 12  # fewer links inside layers are no picture of their own
# Past this many lanes the columns would be mostly lanes: then edges run straight behind the boxes.
MAX_LANES = 400


class _Lane(NamedTuple):
    tie: int
    column: int


_Slot = str | _Lane


def _mean(values: Sequence[float], default: float) -> float:
    return sum(values) / len(values) if values else default


class _Drawing:
    """One layered drawing while it is being made: columns of slots (boxes and lanes), ranks and heights."""

    def __init__(
        self,
        boxes: Mapping[str, Box],
        ties: Sequence[Tie],
        column_of: Mapping[str, int],
        *,
        lanes: bool = True,
    ) -> None:
        self.column_of = dict(column_of)
        count = max(column_of.values(), default=-1) + 1
        self.columns: list[list[_Slot]] = [[] for _ in range(count)]
        for key in sorted(boxes, key=natural_key):
            self.columns[self.column_of[key]].append(key)
        self.parent: dict[str, str] = {}
        self.mate: dict[_Slot, str] = {}  # the parent in the same column
        self.left: dict[_Slot, list[_Slot]] = defaultdict(list)
        self.right: dict[_Slot, list[_Slot]] = defaultdict(list)
        self.lanes: dict[int, list[_Lane]] = {}
        if lanes:
            self._add_lanes(ties)
        self._join(ties)
        self.at = self._ranks(self.columns)

    def _add_lanes(self, ties: Sequence[Tie]) -> None:
        lanes = {
            index: [_Lane(index, column) for column in range(*self._between(tie))]
            for index, tie in enumerate(ties)
            if tie.pulls
        }
        if sum(map(len, lanes.values())) <= MAX_LANES:
            self.lanes = {index: slots for index, slots in lanes.items() if slots}
        for slots in self.lanes.values():
            for lane in slots:
                self.columns[lane.column].append(lane)

    def _between(self, tie: Tie) -> tuple[int, int]:
        """Return the range of the columns that lie between the two ends."""
        start, end = sorted((self.column_of[tie.start], self.column_of[tie.end]))
        return start + 1, end

    def _join(self, ties: Sequence[Tie]) -> None:
        for index, tie in enumerate(ties):
            start, end = tie.start, tie.end
            if self.column_of[start] > self.column_of[end]:
                start, end = end, start
            if not tie.pulls:
                continue
            if self.column_of[start] == self.column_of[end]:
                # Of two that bind each other the first counts, so that no mates go round in a ring.
                if tie.binds and end not in self.mate and self._eldest(start) != end:
                    self.mate[end] = start
                continue
            way: list[_Slot] = [start, *self.lanes.get(index, ()), end]
            for one, other in pairwise(way):
                self.right[one].append(other)
                self.left[other].append(one)
            if tie.binds and (end not in self.parent or self._nearer(start, self.parent[end])):
                self.parent[end] = start

    def _nearer(self, key: str, than: str) -> bool:
        mine, other = self.column_of[key], self.column_of[than]
        return mine > other or (mine == other and natural_key(key) < natural_key(than))

    @staticmethod
    def _ranks(columns: Sequence[Sequence[_Slot]]) -> dict[_Slot, float]:
        return {
            slot: index - (len(column) - 1) / 2 for column in columns for index, slot in enumerate(column)
        }

    def _eldest(self, slot: _Slot) -> _Slot:
        while slot in self.mate:
            slot = self.mate[slot]
        return slot

    def _group(self, slot: _Slot) -> Hashable:
        """Return what keeps slots together: the parent, the mate's group, or the slot itself."""
        eldest = self._eldest(slot)
        return (self.parent[eldest],) if isinstance(eldest, str) and eldest in self.parent else eldest

    def _sort(self, column: list[_Slot], beside: Mapping[_Slot, list[_Slot]]) -> None:
        """Order one column by the mean rank of the neighbours on one side; siblings stay together."""
        at = self.at
        mean = {slot: _mean([at[other] for other in beside.get(slot, ())], at[slot]) for slot in column}
        groups: dict[Hashable, list[_Slot]] = defaultdict(list)
        for slot in column:
            groups[self._group(slot)].append(slot)
        for slots in groups.values():
            slots.sort(key=lambda slot: (mean[slot], at[slot]))
        ordered = sorted(
            groups.values(), key=lambda slots: (_mean([mean[slot] for slot in slots], 0), at[slots[0]])
        )
        column[:] = [slot for slots in ordered for slot in slots]
        at.update(self._ranks([column]))

    def _crossings(self) -> int:
        """Count crossings between neighbouring columns (by inversions of right ends in order of left ends)."""
        total = 0
        for column in self.columns:
            ends: list[float] = []
            for slot in column:
                rights = sorted(self.at[other] for other in self.right.get(slot, ()))
                total += sum(sum(1 for end in ends if end > right) for right in rights)
                ends.extend(rights)
        return total

    def _cost(self) -> float:
        edges = sum(map(len, self.right.values()))
        if edges <= 500:
            return float(self._crossings())
        return sum(abs(self.at[slot] - self.at[other]) for slot in self.right for other in self.right[slot])

    def order(self, sweeps: int = 10) -> None:
        """Untangle by sweeping to the left and back; keep the order with the fewest crossings."""
        best: list[list[_Slot]] | None = None
        least = 0.0
        for _ in range(sweeps):
            for column in self.columns:
                self._sort(column, self.left)
            cost = self._cost()
            if best is None or cost < least:
                best, least = [list(column) for column in self.columns], cost
            for column in self.columns[::-1]:
                self._sort(column, self.right)
        if best is not None:
            self.columns = best
        self.at = self._ranks(self.columns)

    def fold(self, rows: int) -> None:
        """Fold each ordered column of many more than ``rows`` boxes into several; a drawing without lanes only."""
        columns: list[list[_Slot]] = []
        for column in self.columns:
            count = -(-len(column) // rows) if len(column) > max(_TALL, rows * 3 // 2) else 1
            columns += [column[start::count] for start in range(count)]
        self.columns = columns
        self.column_of = {
            slot: n for n, column in enumerate(columns) for slot in column if isinstance(slot, str)
        }
        self.at = self._ranks(columns)

    def _gap(self, above: _Slot, below: _Slot) -> float:
        if not (isinstance(above, str) and isinstance(below, str)):
            return LANE_GAP
        return ROW_GAP if self._group(above) == self._group(below) else GROUP_GAP

    def heights(self, size: Mapping[_Slot, float], sweeps: int = 24) -> dict[_Slot, float]:
        """Return the centre y of each slot: near its neighbours, never over another of its column."""
        y: dict[_Slot, float] = {}
        aparts: list[list[float]] = []
        for column in self.columns:
            apart = [0.0]
            for above, below in pairwise(column):
                apart.append((size[above] + size[below]) / 2 + self._gap(above, below))
            aparts.append(apart)
            place = -sum(apart) / 2
            for slot, gap in zip(column, apart, strict=True):
                place += gap
                y[slot] = place
        pairs = list(zip(self.columns, aparts, strict=True))
        for sweep in range(sweeps):
            for column, apart in pairs if sweep % 2 else pairs[::-1]:
                wanted = [
                    _mean(
                        [y[other] for other in (*self.left.get(slot, ()), *self.right.get(slot, ()))], y[slot]
                    )
                    for slot in column
                ]
                y.update(zip(column, spread(wanted, apart), strict=True))
        return y


# Drawings of which the columns are ordered, by whether layers share them.
Ordered = dict[bool, _Drawing]


def _ports(
    ties: Sequence[Tie], drawing: _Drawing, y: Mapping[_Slot, float], size: Mapping[_Slot, float]
) -> dict[tuple[int, str], float]:
    """Return the height at which each pulling tie meets each of its boxes, spread in the order of the other side."""
    sides: dict[tuple[str, bool], list[tuple[float, int]]] = defaultdict(list)
    for index, tie in enumerate(ties):
        if not tie.pulls:
            continue
        way: list[_Slot] = [tie.start, *drawing.lanes.get(index, ()), tie.end]
        if drawing.column_of[tie.start] > drawing.column_of[tie.end]:
            way[1:-1] = way[-2:0:-1]
        for key, other, far in ((tie.start, way[1], tie.end), (tie.end, way[-2], tie.start)):
            rightwards = drawing.column_of[far] >= drawing.column_of[key]
            sides[key, rightwards].append((y[other], index))
    heights: dict[tuple[int, str], float] = {}
    for (key, _), ends in sides.items():
        ends.sort()
        step = min(PORT, (size[key] - 14) / max(len(ends) - 1, 1))
        for position, (_, index) in enumerate(ends):
            heights[index, key] = y[key] + (position - (len(ends) - 1) / 2) * step
    return heights


def _columns(boxes: Mapping[str, Box], ties: Sequence[Tie], share: bool) -> dict[str, int]:
    """Return each box's column: its layer's rank; with ``share``, layers that no tie joins stand in one column."""
    layers = sorted({box.layer for box in boxes.values()})
    joined = {(boxes[tie.start].layer, boxes[tie.end].layer) for tie in ties}
    joined |= {(end, start) for start, end in joined}
    number: dict[int, int] = {}
    members: list[list[int]] = []
    for layer in layers:
        if share and members and not any((layer, other) in joined for other in members[-1]):
            members[-1].append(layer)
        else:
            members.append([layer])
        number[layer] = len(members) - 1
    return {key: number[box.layer] for key, box in boxes.items()}


def _draw(
    drawing: _Drawing, boxes: Mapping[str, Box], ties: Sequence[Tie], rows: int, *, even: bool
) -> Picture:
    """Return the picture of an ordered drawing, its columns as narrow as labels of about ``rows`` lines allow.

    ``even``: break labels between phrases, which takes most of the time; a setting is chosen without.
    """
    lines: dict[str, tuple[str, ...]] = {}
    widths: list[int] = []
    size: dict[_Slot, float] = {}
    for column in drawing.columns:
        keys = [slot for slot in column if isinstance(slot, str)]
        width = wrap_width([boxes[key].label for key in keys], rows)
        for key in keys:
            lines[key] = wrap(boxes[key].label, width, even=even)
            busy = max(len(drawing.left.get(key, ())), len(drawing.right.get(key, ())))
            size[key] = max(len(lines[key]) * LINE + 2 * PADDING_Y, min(busy, 24) * PORT + 8)
        size.update((slot, LANE) for slot in column if not isinstance(slot, str))
        widest = max(text_width(line) for key in keys for line in lines[key])
        widths.append(round(max(widest, 4) * FONT) + BAND + 2 * PADDING_X)
    y = drawing.heights(size, 24 if even else 8)

    picture = Picture()
    left = 0
    for column, room in zip(drawing.columns, widths, strict=True):
        x = left + room // 2
        keys = [slot for slot in column if isinstance(slot, str)]
        picture.columns.append((x, room, keys))
        for key in keys:
            picture.places[key] = Place(x, round(y[key]), room, round(size[key]), lines[key])
        left += room + COLUMN_GAP
    ports = _ports(ties, drawing, y, size)
    for index, tie in enumerate(ties):
        lanes = tuple((lane.column, round(y[lane])) for lane in drawing.lanes.get(index, ()))
        if drawing.column_of[tie.start] > drawing.column_of[tie.end]:
            lanes = lanes[::-1]
        start, end = (round(ports.get((index, key), y[key])) for key in (tie.start, tie.end))
        picture.routes.append(Route(start, lanes, end))
    return picture


def _scale(picture: Picture) -> float:
    """Return the scale at which a picture fits the canvas that is aimed at."""
    places = picture.places.values()
    width = picture.columns[-1][0] + picture.columns[-1][1] / 2 - picture.columns[0][0]
    height = max(each.y + each.height / 2 for each in places) - min(
        each.y - each.height / 2 for each in places
    )
    return min(_CANVAS[0] / width, _CANVAS[1] / height)


def _has_no_order(boxes: Mapping[str, Box], ties: Sequence[Tie]) -> bool:
    """Return whether most of what is joined is joined inside its layer only, so that columns would say nothing."""
    pulling = [tie for tie in ties if tie.pulls]
    inside = [tie for tie in pulling if boxes[tie.start].layer == boxes[tie.end].layer]
    joined = {key for tie in pulling for key in (tie.start, tie.end)}
    across = {
        key
        for tie in pulling
        if boxes[tie.start].layer != boxes[tie.end].layer
        for key in (tie.start, tie.end)
    }
    return len(inside) >= _LOOSE and len(across) * 2 < len(joined)


def arrange(boxes: Iterable[Box], ties: Iterable[Tie], *, ordered: Ordered | None = None) -> Picture:
    """Return the layered drawing of the boxes, left to right, in whole units and without overlaps.

    Every tie's ends must be among the boxes; a tie from a box to itself is let through and routed nowhere.
    Of a few settings the one is taken that a window shows largest. ``ordered`` is filled with what labels have no part
    in: given again with the same ties and the same boxes under other labels it saves to order the columns anew.
    """
    ordered = {} if ordered is None else ordered
    by_key = {box.key: box for box in boxes}
    all_ties = list(ties)
    if not by_key:
        return Picture()
    # Where nothing pulls, even an edge that only repeats others is better than no order at all.
    held = {key for tie in all_ties if tie.pulls for key in (tie.start, tie.end)}
    all_ties = [
        Tie(
            tie.start,
            tie.end,
            tie.binds,
            tie.start != tie.end and (tie.pulls or not {tie.start, tie.end} <= held),
        )
        for tie in all_ties
    ]
    if len(by_key) <= _SCATTERED and _has_no_order(by_key, all_ties):
        return scatter(by_key, all_ties, _CANVAS)
    small = len(by_key) <= _TRIED
    tall = max(Counter(box.layer for box in by_key.values()).values())
    # As many rows as give the whole the shape of the canvas.
    rows_wanted = round(sqrt(len(by_key) * _CARD[0] / _CARD[1] * _CANVAS[1] / _CANVAS[0]))
    folds = tall > max(_TALL, rows_wanted * 3 // 2)
    best: tuple[float, _Drawing, int] | None = None
    for share in (False, True) if small else (False,):
        if share not in ordered:
            made = _Drawing(by_key, all_ties, _columns(by_key, all_ties, share), lanes=not folds)
            made.order(10 if len(by_key) <= _CAREFUL else 4)
            if folds:
                made.fold(rows_wanted)
            ordered[share] = made
        drawing = ordered[share]
        for rows in (2, 3, 4) if small else (3,):
            scale = _scale(_draw(drawing, by_key, all_ties, rows, even=False)) if small else 1.0
            # A drawing must be clearly larger to be worth denser columns.
            if best is None or scale > best[0] * 1.03:
                best = scale, drawing, rows
    assert best is not None
    _, drawing, rows = best
    return _draw(drawing, by_key, all_ties, rows, even=len(by_key) <= _CAREFUL)
