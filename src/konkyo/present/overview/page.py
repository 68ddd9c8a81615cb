"""From an overview to its page: the first picture, the same as a list and as tables, and the rows for the page's script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from markupsafe import Markup

from konkyo.common.files import write_whole
from konkyo.common.text import safe
from konkyo.common.words import Language, Words
from konkyo.model.codes import label_of
from konkyo.model.levels import HELD
from konkyo.model.namespaces import ID
from konkyo.present.overview.drawing import draw, money_label
from konkyo.present.overview.groups import first_picture
from konkyo.present.overview.texts import TEXTS, TITLE
from konkyo.present.templates import framed, own_text, policy_hash, templates
from konkyo.present.view.data import json_for_script
from konkyo.questions.overview import USUAL, CitedEdition, Overview, OverviewYear, ProjectRow

_HERE = Path(__file__).resolve().parent
_SCRIPTS = ("model.js", "keep.js", "picture.js", "refine.js", "page.js")
_HEAD_SCRIPT = 'document.documentElement.className = "js";'
# The size that the picture has without scripts, and on paper; the script draws it for its reader's window.
WIDTH, HEIGHT = 1280, 600
LEFT, RIGHT = 16, 24


@dataclass(frozen=True)
class OverviewPage:
    """An overview in a language; shows in a notebook, and is saved as one offline HTML file."""

    overview: Overview
    lang: Language

    def html(self) -> str:
        """Return the page."""
        return render_html(self.overview, self.lang)

    def save(self, path: str | Path) -> Path:
        """Write the page and return its path. Raises KonkyoError where it cannot be written."""
        write_whole(Path(path), self.html())
        return Path(path)

    def _repr_html_(self) -> str:
        return framed(self.html())


def render_html(
    overview: Overview, lang: str = "ja", *, page_url: str | None = None, home_url: str | None = None
) -> str:
    """Return the page as text, starting in ``lang``; the same overview gives the same text.

    ``page_url`` is the path of a page of a thing, with ``{iri}`` or the ``{path}`` of its key in it, and ``home_url`` that of its front page.
    Save the text as UTF-8 without changing line ends: the page's Content-Security-Policy holds hashes of its scripts.
    """
    lang = "en" if lang == "en" else "ja"
    year = overview.years[-1]
    picture = first_picture(overview, year, LEFT, RIGHT)
    script = _script()
    style = own_text(_HERE / "overview.css")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {policy_hash(_HEAD_SCRIPT)} {policy_hash(script)}",
            f"style-src {policy_hash(style)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    texts = {name: words.of(lang) for name, words in TEXTS.items()}
    heads = (TEXTS["strategy"], TEXTS["ministry"], TEXTS["count"], TEXTS["money"])
    title = title_of(year)
    return (
        templates(_HERE)
        .get_template("page.html.jinja")
        .render(
            lang=lang,
            t=texts,
            policy=policy,
            title=title.of(lang),
            lead=lead(overview, year).of(lang),
            notes=_notes(overview, year, lang),
            source=source(overview, year).of(lang),
            home_url=home_url,
            picture=picture,
            name=lambda group: safe(group.name.of(lang)),
            money=lambda group: money_label(group.yen, lang) if group.stated else "–",
            svg=draw(picture, WIDTH, HEIGHT, lang, heads, title.of(lang)),
            most=max((group.projects for group in (*picture.left, *picture.right)), default=1),
            several=len(overview.years) > 1,
            style=Markup(style),  # noqa: S704 - ours
            head_script=Markup(_HEAD_SCRIPT),  # noqa: S704 - ours
            script=Markup(script),  # noqa: S704 - ours
            data=Markup(json_for_script(_data(overview, lang, page_url))),  # noqa: S704 - escaped for this very place
            projects=Markup(json_for_script(_projects(overview))),  # noqa: S704 - escaped for this very place
        )
    )


def picture_svg(overview: Overview, lang: str) -> str:
    """Return the first picture as a file of its own, which is light or dark as its reader's screen is."""
    lang = "en" if lang == "en" else "ja"
    year = overview.years[-1]
    heads = (TEXTS["strategy"], TEXTS["ministry"], TEXTS["count"], TEXTS["money"])
    picture = first_picture(overview, year, LEFT, RIGHT)
    svg = draw(picture, WIDTH, HEIGHT, lang, heads, title_of(year).of(lang))
    head, sign, rest = svg.partition(">")
    return f"{head}{sign}<style><![CDATA[{own_text(_HERE / 'overview.css')}]]></style>{rest}\n"


def _script() -> str:
    made = "\n".join(own_text(_HERE / name) for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{made}}})();\n'


def content_policy(page: str) -> str:
    """Return the Content-Security-Policy of a page of :func:`render_html`, for a server to send as a header too."""
    found = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    if not found:
        raise ValueError("this is no overview of konkyo")
    return unescape(found[1])


def title_of(year: OverviewYear) -> Words:
    """Return the title of the page."""
    return Words(f"{TITLE.ja}（{year.of.ja}）", f"{TITLE.en} ({year.of.en})")


def source(overview: Overview, year: OverviewYear) -> Words:
    """Return of what documents the picture is made, and of which day they are."""
    name = "sourceText" if overview.dated else "sourceUndated"
    return Words(
        *(text.format(of=of, date=overview.dated) for text, of in zip(TEXTS[name], year.of, strict=True))
    )


def lead(overview: Overview, year: OverviewYear) -> Words:
    """Return what the picture says, in a sentence or two."""
    cited = [row for row in year.rows if row.editions]
    counts: dict[int, int] = {}
    for row in cited:
        for strategy in {overview.editions[number].strategy for number in row.editions}:
            counts[strategy] = counts.get(strategy, 0) + 1
    none = sum(1 for row in year.rows if not row.editions and not row.unidentified)
    if not counts:
        return Words(
            f"{len(year.rows):,}の予算事業に、分かる計画を挙げるものはありません。",
            f"Of {len(year.rows):,} projects none names a plan that is known.",
        )
    most = min(counts, key=lambda key: (-counts[key], key))
    name = overview.strategies[most].name
    return Words(
        f"{len(year.rows):,}の予算事業のうち{len(cited):,}事業が、{len(counts):,}の戦略・計画を挙げます。最も多いのは「{safe(name.ja)}」の"
        f"{counts[most]:,}事業です。計画を一つも挙げない事業は{none:,}あります。",
        f"{len(cited):,} of {len(year.rows):,} budget projects name {len(counts):,} plans. Most name “{safe(name.en)}” "
        f"({counts[most]:,}). {none:,} name no plan at all.",
    )


def _notes(overview: Overview, year: OverviewYear, lang: str) -> list[str]:
    beside = sum(year.beside.values())
    made = [TEXTS["caption"].of(lang), TEXTS["unknownNote"].of(lang)]
    return [*made, TEXTS["beside"].of(lang).format(n=f"{beside:,}")] if beside else made


def _named(iri: str, name: Words) -> list[Any]:
    """Return a thing as a row: its key, its name, and its English name where that is another."""
    ja, en = safe(name.ja), safe(name.en)
    return [iri.removeprefix(ID), ja] if ja == en else [iri.removeprefix(ID), ja, en]


def _data(overview: Overview, lang: str, page_url: str | None) -> dict[str, Any]:
    """Return what the script needs to draw: names, and a row for each project and year."""
    return {
        "lang": lang,
        "base": ID,
        "pageUrl": page_url,
        "texts": {name: words._asdict() for name, words in TEXTS.items()},
        "levels": [{"code": code, "name": label_of(code)._asdict()} for code in HELD],
        "ministries": [_named(item.iri, item.name) for item in overview.ministries],
        "policies": [_named(item.iri, item.name) for item in overview.policies],
        "places": [[item.policy, *_named(item.iri, item.name)] for item in overview.places],
        "strategies": [_named(item.iri, item.name) for item in overview.strategies],
        "editions": [_edition(overview, item) for item in overview.editions],
        "years": [
            {
                "year": year.year,
                "title": title_of(year)._asdict(),
                "lead": lead(overview, year)._asdict(),
                "source": source(overview, year)._asdict(),
                "beside": sum(year.beside.values()),
                "rows": [
                    [
                        row.project,
                        row.yen,
                        row.ministries,
                        row.places,
                        row.editions,
                        *_unusual(row),
                    ]
                    for row in year.rows
                ],
            }
            for year in overview.years
        ],
    }


def _unusual(row: ProjectRow) -> list[Any]:
    """Return what few rows have: whether a plan is not identified, and the levels of what is named where one is not the usual."""
    if any(level != USUAL for level in row.levels):
        return [int(row.unidentified), [HELD.index(level) for level in row.levels]]
    return [1] if row.unidentified else []


def _edition(overview: Overview, edition: CitedEdition) -> list[Any]:
    """Return an edition as a row: its strategy, its day, its key and its names; what the strategy says already is left out."""
    if not edition.iri:
        return [edition.strategy]
    strategy = overview.strategies[edition.strategy]
    usual = [
        Words(f"{strategy.name.ja}（{edition.issued}）", f"{strategy.name.en} ({edition.issued})"),
        Words(*(f"{name}（{edition.issued}）" for name in strategy.name)),
    ]
    if edition.iri == f"{strategy.iri}/{edition.issued}" and edition.name in usual:
        return [edition.strategy, edition.issued]
    return [edition.strategy, edition.issued, *_named(edition.iri, edition.name)]


def _projects(overview: Overview) -> list[list[str]]:
    """Return the names of the projects, which only a reader needs who opens a measure; a block of its own in the page."""
    return [_named(item.iri, item.name) for item in overview.projects]
