"""What a picture says of itself: its year, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from konkyo.common.advice import Advice, Code, Note, joined
from konkyo.common.words import Words
from konkyo.graph.years import YearTold

if TYPE_CHECKING:
    import networkx as nx


NO_ORDER = Words("", "")


def left_out(
    total: int,
    shown: int,
    order: Words = NO_ORDER,
    *,
    more: bool = False,
    projects: Sequence[int] = (0, 0),
) -> Words | None:
    """Return how many of how many things are shown; ``order`` says which come first,
    ``projects`` how many projects are among all and among those."""
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
        f"{total:,}件{ja}{among.ja}のうち関わりの深い{shown:,}件{here.ja}を示しています（残り{total - shown:,}件{ja}）。{order.ja}",
        f"The {shown:,} most relevant{here.en} of {total:,}{en} things{among.en} are shown ({total - shown:,}{en} left out). {order.en}".strip(),
    )


def of_year(title: Words, told: YearTold | None) -> Words:
    """Return the title of a picture with the year that it is of."""
    words = told.words() if told else None
    return Words(f"{title.ja}（{words.ja}）", f"{title.en} ({words.en})") if words else title


def other_years(told: YearTold | None) -> tuple[Note, ...]:
    """Return the other years that could be drawn; nothing where there is none."""
    if told is None or not told.others:
        return ()
    listed = [str(year) for year in told.others]
    return (Advice(Code.OTHER_YEARS, {"years": Words("・".join(listed), ", ".join(listed))}),)


def tell(graph: nx.MultiDiGraph[str], notes: Iterable[Note]) -> None:
    """Set the notes of a drawn graph: ``notes`` as data, and ``note``, what a page shows of them (None: nothing)."""
    graph.graph["notes"] = tuple(notes)
    words = joined(graph.graph["notes"])
    graph.graph["note"] = words._asdict() if words else None
