"""What a picture says of itself: its year, and what was left out."""

from __future__ import annotations

from collections.abc import Sequence

from konkyo.common.words import Words
from konkyo.graph.years import YearTold


def left_out(
    total: int,
    shown: int,
    how: Words,
    *,
    more: bool = False,
    projects: Sequence[int] = (0, 0),
) -> Words | None:
    """Return how many of how many things are shown; ``projects`` are how many projects are among all and among those."""
    if shown >= total and not more:
        return None
    ja, en = ("以上", " or more") if more else ("", "")
    every, own = projects
    among = (
        Words(f"（うち予算事業{every:,}件{ja}）", f" ({every:,}{en} of them projects)")
        if every
        else Words("", "")
    )
    here = Words(f"（うち予算事業{own:,}件）", f" ({own:,} projects)") if every else Words("", "")
    return Words(
        f"{total:,}件{ja}{among.ja}のうち関わりの深い{shown:,}件{here.ja}を示しています（残り{total - shown:,}件{ja}）。{how.ja}",
        f"The {shown:,} most relevant{here.en} of {total:,}{en} things{among.en} are shown ({total - shown:,}{en} left out). {how.en}".strip(),
    )


def of_year(title: Words, told: YearTold | None) -> Words:
    """Return the title of a picture with the year that it is of."""
    words = told.words() if told else None
    return Words(f"{title.ja}（{words.ja}）", f"{title.en} ({words.en})") if words else title


def with_others(note: Words | None, told: YearTold | None) -> Words | None:
    """Return a note with the other years that could be drawn."""
    if told is None or not told.others:
        return note
    listed = [str(year) for year in told.others]
    more = Words(
        f"ほかに{'・'.join(listed)}年度の記載があり、`--year` で選べます。",
        f"There is more of {', '.join(listed)}: `--year` chooses.",
    )
    return together([note, more] if note else [more])


def together(notes: list[Words]) -> Words | None:
    """Return several notes as one; None where there is none."""
    if not notes:
        return None
    return Words(" ".join(note.ja for note in notes), " ".join(note.en for note in notes))
