"""How the kinds of things and the levels of claims look, and what the page calls them.

Nobody should need to tell two colours apart to read the picture: every kind has a shape and a sign
of its own beside its colour, and every claim level a line pattern. Grey is in no palette, since
what is faded looks grey.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from konkyo.common.words import Words
from konkyo.model.codes import heading_of
from konkyo.model.kinds import BY_NAME


@dataclass(frozen=True)
class KindStyle:
    """The look of one kind: sign of one or two letters, outline, colour on white and on dark ground."""

    name: str
    words: Words
    sign: Words
    shape: str
    light: str
    dark: str


@dataclass(frozen=True)
class LevelStyle:
    """The look of edges of one claim level: vis-network's dash pattern (False: solid) and its colours."""

    name: str
    words: Words
    meaning: Words
    dashes: bool | tuple[int, int]
    width: float
    light: str
    dark: str
    hidden: bool = False
    grounds: bool = True  # whether what such a link leads from is a ground at all
    of: str | None = None  # the claim level of the data, where the picture tells its links apart by more

    @property
    def claim(self) -> str:
        """The claim level as the data calls it."""
        return self.of or self.name


# In reading order. Colours: dark enough for white letters on the light ground (4.5:1) and light enough on the dark one.
_LOOKS = (
    ("Strategy", Words("戦", "St"), "arrow", "#332288", "#a99bff"),
    ("Edition", Words("版", "Ed"), "page", "#0b6bb0", "#62b5f2"),
    ("EvaluationSheet", Words("書", "Sh"), "page", "#5b4a9e", "#b9a8f0"),
    ("Section", Words("節", "Se"), "plain", "#00737a", "#4cc7c0"),
    ("Citation", Words("引", "Ci"), "plain", "#2f5d8a", "#8fbbe8"),
    ("LegalResource", Words("法", "La"), "page", "#5a4a1f", "#d8c27a"),
    ("Policy", Words("政", "Po"), "octagon", "#8f1d4f", "#f08fb8"),
    ("Measure", Words("施", "Me"), "octagon", "#b3261e", "#ff8a75"),
    ("Objective", Words("目", "Ob"), "pill", "#9c3587", "#e79add"),
    ("Indicator", Words("指", "In"), "slant", "#17692b", "#72cf7c"),
    ("Panel", Words("会", "Pa"), "bubble", "#8a5a00", "#e6b04f"),
    ("Organization", Words("組", "Or"), "house", "#84294b", "#ef94ae"),
    ("Project", Words("事", "Pr"), "bars", "#5c5f00", "#cccb5c"),
    ("LogicStep", Words("段", "Ls"), "slant", "#4d6a1f", "#aed27a"),
    ("Cooperation", Words("協", "Co"), "pill", "#00695c", "#5fd0b8"),
)
_KINDS = tuple(
    KindStyle(name, BY_NAME[name].words, sign, shape, light, dark)
    for name, sign, shape, light, dark in _LOOKS
)
KINDS: dict[str, KindStyle] = {style.name: style for style in _KINDS}

# For kinds that a later ontology brings: they stay apart by sign and shape, in a steady order of names.
_SPARE = (
    ("bars", "#5c5f00", "#cccb5c"),
    ("plain", "#6b3fa0", "#c7a6f5"),
    ("pill", "#1f5fa8", "#86b8f2"),
    ("slant", "#8a4b08", "#eab17a"),
)

LEVELS: tuple[LevelStyle, ...] = (
    LevelStyle(
        "stated",
        heading_of("stated"),
        Words("資料がそう書いている", "the source says so"),
        False,
        2.2,
        "#12457a",
        "#8cc2ff",
    ),
    LevelStyle(
        "derived",
        heading_of("derived"),
        Words("規則によって導いた", "follows by a rule"),
        (9, 6),
        1.6,
        "#00695c",
        "#5fd0b8",
    ),
    LevelStyle(
        "repeated",
        Words("導出（くり返し）", "Derived (repeats)"),
        Words(
            "規則によって導いたが、図の連なりと同じことを言う",
            "follows by a rule, and says once more what a chain of the picture says",
        ),
        (9, 6),
        1.2,
        "#00695c",
        "#5fd0b8",
        hidden=True,
        of="derived",
    ),
    LevelStyle(
        "interpreted",
        heading_of("interpreted"),
        Words("人が読み取った（理由と人を添える）", "read so by a person (reason and author given)"),
        (2, 5),
        2.6,
        "#b04a00",
        "#ffb066",
    ),
    LevelStyle(
        "rejected",
        heading_of("rejected"),
        Words("人が退けた", "a person said it is not so"),
        (1, 9),
        1.6,
        "#8f1d4f",
        "#f08fb8",
        hidden=True,
        grounds=False,
    ),
    LevelStyle(
        "structure",
        Words("構成", "Structure"),
        Words("部分・版・所属などのつながり", "parts, editions, offices and the like"),
        False,
        1.1,
        "#66789a",
        "#8798b8",
    ),
)


def level_of(name: str) -> LevelStyle:
    """Return the look of a claim level or of the ``structure``; an unknown level must not pass as a known one."""
    for style in LEVELS:
        if style.name == name:
            return style
    raise ValueError(f"no claim level is called {name!r}")


def kind_styles(kinds: Mapping[str, Mapping[str, str] | None]) -> list[KindStyle]:
    """Return the looks of the kinds present: the known ones in reading order, then others by name.

    ``kinds`` has what the data calls a kind, ``{"ja": …, "en": …}``, for those that are not known here.
    """
    known = [style for style in _KINDS if style.name in kinds]
    others = []
    for number, name in enumerate(sorted(kinds.keys() - KINDS.keys())):
        shape, light, dark = _SPARE[number % len(_SPARE)]
        called = kinds[name] or {"ja": name, "en": name}
        words = Words(called["ja"], called["en"])
        sign = Words(words.ja[:1] or "?", words.en[:2] or "?")
        others.append(KindStyle(name, words, sign, shape, light, dark))
    return known + others
