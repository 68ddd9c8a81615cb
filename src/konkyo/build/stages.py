"""What a build does beside reading files, and who is told how far it is."""

from __future__ import annotations

from enum import Enum
from typing import Protocol

from konkyo.common.words import Words


class Stage(Enum):
    """What a build makes, in its order."""

    KEPT = Words("残すものの用意", "what is kept")
    READ = Words("資料の読取り", "reading the sources")
    CITED = Words("引用の読み解き", "citations")
    OVER_YEARS = Words("年度をまたぐ事業と指標", "projects and indicators over the years")
    FOLLOWING = Words(
        "年度ごとの額と、結び付きから従うもの", "amounts of each year, and what follows from links"
    )
    NAMES = Words("名称と番号", "names and numbers")
    COUNTS = Words("見当たらないものと件数", "gaps and counts")
    INDEX = Words("検索の索引と、ストアの整理", "the index for searching, and packing the store")


class Progress(Protocol):
    """Who wants to know how far a build is."""

    def __call__(self, label: str | Words, done: int, total: int | None) -> object:
        """Take a file's name, the rows read, and how many it should have, if that is known.

        Or take the words of the stage that begins, and how many are done of how many.
        """


class Stages:
    """Tells which stage a build is at; nobody need listen."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress

    def begin(self, stage: Stage) -> None:
        """Tell that a stage begins, and so that those before are done."""
        self._tell(stage, list(Stage).index(stage))

    def end(self) -> None:
        """Tell that the last one is done."""
        self._tell(list(Stage)[-1], len(Stage))

    def _tell(self, stage: Stage, done: int) -> None:
        if self._progress:
            self._progress(stage.value, done, len(Stage))
