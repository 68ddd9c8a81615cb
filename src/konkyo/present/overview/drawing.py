"""A picture of bands between two columns as SVG. The page's script draws all later ones by the same rules (`picture.js`).

Each group has a line of its own as high as its label at least, so that every label can be read: name, projects and money.
All bands have one scale. The sides are filled from top to bottom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from konkyo.common.text import safe
from konkyo.common.words import Words
from konkyo.present.overview.groups import Group, Picture

HEAD, PITCH, GAP, BAR = 26, 21, 5, 10
FONT = 13
COUNT, MONEY = 50, 100
# As high as a line has to be for a name of two lines.
TWO_LINES = 38
# Few groups need no more height than this in all, or this for each.
LEAST, ENOUGH = 170, 60


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a group stands: the top and height of its line, and of its bar."""

    top: float
    height: float
    bar_top: float
    bar: float


def money_label(yen: int, lang: str) -> str:
    """Return a sum as people say it, rounded; the table beside the picture has it to the yen.

    >>> money_label(12_345_678_900_000, "ja"), money_label(345_678_900_000, "ja"), money_label(812_345_678, "ja"), money_label(12_345, "ja")
    ('12兆3,457億円', '3,457億円', '8.1億円', '1万円')
    >>> money_label(12_345_678_900_000, "en"), money_label(812_345_678, "en")
    ('¥12.35 tn', '¥812 mn')
    """
    if lang == "en":
        for least, unit, digits in ((10**12, "tn", 2), (10**9, "bn", 1), (10**6, "mn", 0)):
            if abs(yen) >= least:
                return f"¥{_divided(yen, least, digits)} {unit}"
        return f"¥{yen:,}"
    hundred_millions = _half_up(yen, 10**8)
    if hundred_millions >= 10**4:
        return f"{hundred_millions // 10**4:,}兆{hundred_millions % 10**4:,}億円"
    if hundred_millions >= 10:
        return f"{hundred_millions:,}億円"
    if yen >= 10**8:
        return f"{_divided(yen, 10**8, 1)}億円"
    return f"{_half_up(yen, 10**4):,}万円" if yen >= 10**4 else f"{yen:,}円"


def _half_up(value: int, unit: int) -> int:
    return (2 * value + unit) // (2 * unit)


def _divided(value: int, unit: int, digits: int) -> str:
    scaled = _half_up(value * 10**digits, unit)
    return f"{scaled // 10**digits:,}" + (f".{scaled % 10**digits:0{digits}}" if digits else "")


def slots(values: Sequence[int], scale: float, height: float) -> list[Slot]:
    """Return the lines of a side from top to bottom: at least :data:`PITCH` high, and what is left over shared by all."""
    heights = [max(PITCH, value * scale + GAP) for value in values]
    spare = max(0.0, height - sum(heights)) / max(1, len(values))
    found, top = [], float(HEAD)
    for value, own in zip(values, heights, strict=True):
        bar = value * scale
        found.append(Slot(top, own + spare, top + (own + spare - bar) / 2, bar))
        top += own + spare
    return found


def scale_of(sides: Sequence[Sequence[int]], height: float) -> float:
    """Return the greatest scale, in pixels for one, at which no side is higher than this."""
    low, high = 0.0, height / max(1, *(sum(side) for side in sides))
    for _ in range(40):
        middle = (low + high) / 2
        fits = all(sum(max(PITCH, value * middle + GAP) for value in side) <= height for side in sides)
        low, high = (middle, high) if fits else (low, middle)
    return low


def in_lines(text: str, width: float, most: int) -> list[str]:
    """Return a text in at most so many lines of a width in pixels, the last one cut where need be.

    A full-width sign is as wide as high. A Latin word is not cut in two where a line can end before it.
    """
    made: list[str] = []
    while text:
        cut = len(made) == most - 1 and sum(map(_wide, text)) > width
        room, end = width - FONT if cut else width, 0
        while end < len(text) and _wide(text[end]) <= room:
            room, end = room - _wide(text[end]), end + 1
        space = text.rfind(" ", 0, end)
        if not cut and end < len(text) and space > end / 2:
            end = space + 1
        end = max(1, end)
        made.append(text[:end].rstrip() + ("…" if cut else ""))
        text = "" if cut else text[end:].lstrip()
    return made


def _wide(sign: str) -> float:
    return FONT * (1 if ord(sign) > 0x2E7F else 0.56)


def columns(width: float) -> tuple[float, float]:
    """Return where the bars of both sides begin."""
    return min(500.0, max(330.0, width * 0.37)), width - BAR - min(460.0, max(300.0, width * 0.33))


def draw(picture: Picture, width: int, height: int, lang: str, heads: tuple[Words, Words, Words, Words],
         title: str) -> Markup:  # fmt: skip
    """Return the picture. ``heads`` are what stands above the columns: left, right, projects, money; bands are by projects."""
    most = max(len(picture.left), len(picture.right))
    room = max(most * PITCH, min(height - HEAD, max(LEAST, most * ENOUGH)))
    whole = round(room + HEAD)
    values = [
        [
            sum(band.projects for band in picture.bands if (band.left if side == 0 else band.right) == place)
            for place in range(len(groups))
        ]
        for side, groups in enumerate((picture.left, picture.right))
    ]
    scale = scale_of(values, room)
    left, right = (slots(side, scale, room) for side in values)
    x_left, x_right = columns(width)
    made = [
        Markup('<svg xmlns="http://www.w3.org/2000/svg" class="picture" id="picture" width="{0}" height="{1}" viewBox="0 0 {0} {1}" '
               'role="group" aria-label="{2}">').format(width, whole, safe(title)),
        _heads(heads, lang, x_left, x_right, width),
        Markup('<g class="bands" aria-hidden="true">'),
    ]  # fmt: skip
    used: dict[tuple[int, int], float] = {}
    for band in picture.bands:
        thick = band.projects * scale
        ends = []
        for side, place, own in ((0, band.left, left), (1, band.right, right)):
            offset = used.get((side, place), 0.0)
            used[side, place] = offset + thick
            ends.append(own[place].bar_top + offset + thick / 2)
        middle = (x_left + BAR + x_right) / 2
        made.append(
            Markup('<path class="band {}" d="M{} {}C{} {} {} {} {} {}" stroke-width="{}"/>').format(
                picture.left[band.left].colour,
                *(
                    _px(v)
                    for v in (x_left + BAR, ends[0], middle, ends[0], middle, ends[1], x_right, ends[1])
                ),
                _px(max(0.5, thick)),
            )
        )
    made.append(Markup("</g>"))
    made += [_group(g, s, lang, 0.0, x_left, x_left - 14) for g, s in zip(picture.left, left, strict=True)]
    made += [
        _group(g, s, lang, x_right + BAR + 12, x_right, width)
        for g, s in zip(picture.right, right, strict=True)
    ]
    made.append(Markup("</svg>"))
    return Markup("").join(made)


def _px(value: float) -> str:
    return f"{value:.1f}"


def _heads(
    heads: tuple[Words, Words, Words, Words], lang: str, x_left: float, x_right: float, width: float
) -> Markup:
    made = []
    for name, start, end in ((heads[0], 0.0, x_left - 14), (heads[1], x_right + BAR + 12, width)):
        made += [(start, "start", name), (end - MONEY, "end", heads[2]), (end, "end", heads[3])]
    text = Markup('<text class="head" x="{}" y="14" text-anchor="{}">{}</text>')
    return Markup("").join(text.format(_px(x), anchor, words.of(lang)) for x, anchor, words in made)


def _group(group: Group, slot: Slot, lang: str, start: float, bar: float, end: float) -> Markup:
    """Return a group: its bar, and a line of name, projects and money."""
    name = safe(group.name.of(lang))
    y = slot.top + slot.height / 2 + FONT * 0.36
    lines = in_lines(name, end - MONEY - COUNT - start, 2 if slot.height >= TWO_LINES else 1)
    text = Markup('<text class="{}" x="{}" y="{}"{}>{}</text>')
    ends = Markup(' text-anchor="end"')
    return Markup("").join(
        (
            Markup(
                '<g class="group"><title>{}</title><rect class="bar {}" x="{}" y="{}" width="{}" height="{}"/>'
            ).format(name, group.colour, _px(bar), _px(slot.bar_top), BAR, _px(max(1.0, slot.bar))),
            *(
                text.format("name", _px(start), _px(y + (place - (len(lines) - 1) / 2) * 17), "", line)
                for place, line in enumerate(lines)
            ),
            text.format("count", _px(end - MONEY), _px(y), ends, f"{group.projects:,}"),
            text.format(
                "money", _px(end), _px(y), ends, money_label(group.yen, lang) if group.stated else "–"
            ),
            Markup("</g>"),
        )
    )
