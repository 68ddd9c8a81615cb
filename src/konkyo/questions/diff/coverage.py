"""Whether a file of a year lists all projects, or is an excerpt of which nothing can be told that it does not hold.

People keep rows of a few projects beside whole files. That such a file does not have a project says nothing: it is not
called gone. A file is taken for whole where it has a third of what the other year lists, and for a ministry where it has
two thirds of the ministry's (of 2024's projects nine in ten stand in 2025, in each ministry more than four in five).
"""

from __future__ import annotations

from konkyo.common.words import Words
from konkyo.questions.diff.model import Side

# The file of a review year that lists all elements of a kind.
LISTED = {"Measure": "1-3", "Project": "1-2"}


def holds(side: Side, file: str) -> bool:
    """Return whether a side has a file, or sheets that tell the same: these list projects, too."""
    return file in side.files or (side.single and file == LISTED["Project"])


def lists(side: Side, other: Side, file: str, ministry: str | None) -> bool:
    """Return whether a side's file would have what the other side lists of a ministry, were it there."""
    if not holds(side, file):
        return False
    if whole(side, other, file):
        return True
    own, theirs = side.listed.get(file, {}), other.listed.get(file, {})
    here = {project for project, of in theirs.items() if of == ministry}
    return bool(here) and 3 * len(here & own.keys()) >= 2 * len(here)


def whole(side: Side, other: Side, file: str) -> bool:
    """Return whether a side's file is no excerpt, by what the other side lists."""
    own, theirs = side.listed.get(file, {}), other.listed.get(file, {})
    # Of projects that no id joins, few are left after many years: their number tells it.
    shared = len(own) if side.goes_on else len(own.keys() & theirs.keys())
    return 3 * shared >= len(theirs)


def told(side: Side, other: Side, element: str) -> bool:
    """Return whether that ``other`` does not show an element of ``side`` means that it has none.

    What was split or merged goes on; and over a year without a review no link leads from one side to the other.
    """
    kind, ministry, _ = side.shown[element]
    file = LISTED.get(kind)
    if side.goes_on and kind == "Project" and (side.goes_on.unknown or element in side.goes_on.divided):
        return False
    return file is not None and holds(side, file) and lists(other, side, file, ministry)


def excerpts(before: Side, after: Side, project: str | None = None) -> list[Words]:
    """Return which file is an excerpt, and how many projects of the other year it does not hold."""
    made = []
    for side, other, what in (
        (after, before, Words("終了した", "gone")),
        (before, after, Words("新しい", "new")),
    ):
        absent = [
            element
            for element, (kind, ministry, _) in other.shown.items()
            if kind == "Project" and element not in side.shown and not lists(side, other, "1-2", ministry)
        ]
        if not absent or not (holds(side, "1-2") and holds(other, "1-2")):
            continue
        held = [len(each.listed.get("1-2", {})) for each in (side, other)]
        count = Words(f"{len(absent):,}事業", f"{len(absent):,} projects")
        if project:
            count = Words("この事業", "This project")
        file = (
            Words("レビューシート", "The review sheets")
            if side.single
            else Words("ファイル 1-2 ", "File 1-2")
        )
        made.append(
            Words(
                f"{side.name.ja}の{file.ja}は一部の事業だけとみられます（{held[0]:,}事業、{other.name.ja}は{held[1]:,}事業）。"
                f"{other.name.ja}の{count.ja}は{'そこ' if side.single else 'このファイル'}にありませんが、{what.ja}とは言えません。",
                f"{file.en} of {side.name.en} {'seem' if side.single else 'seems'} to hold some projects only ({held[0]:,}; {held[1]:,} in {other.name.en}). "
                f"{count.en} of {other.name.en} not in it cannot be called {what.en}.",
            )
        )
    return made
