"""Templates: autoescaped, working without scripts, in either language, and with nothing that a text of the data could break."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from konkyo import __version__
from konkyo.common.advice import Advice, Note, plain
from konkyo.common.text import number_of
from konkyo.common.words import Language
from konkyo.model.codes import label_of
from konkyo.model.levels import HELD
from konkyo.present.templates import templates
from konkyo.present.text.terminal import safe
from konkyo.present.text.yen import amount, in_words
from konkyo.server.pages.context import PageContext, short
from konkyo.server.pages.structured import structured

if TYPE_CHECKING:
    from jinja2 import Environment

# What a page that is written to a file may load: the files beside it, and nothing else.
SITE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'"
)
_HERE = Path(__file__).resolve().parent


def _clean(value: object) -> object:
    """Return a text of the data without control and direction signs; what is markup already is left alone."""
    return safe(value) if type(value) is str else value


@cache
def environment() -> Environment:
    """Return the environment of the templates."""
    made = templates(_HERE / "templates", finalize=_clean, extensions=("jinja2.ext.do",))
    made.globals.update(
        HELD=HELD,
        label_of=label_of,
        short=short,
        weblink=weblink,
        max=max,
        program=__version__,
        site_policy=SITE_POLICY,
        structured=structured,
    )
    made.filters["number"] = number
    made.filters["amount"] = amount
    made.filters["in_words"] = in_words
    made.filters["number_in"] = number_in
    return made


def number(value: int | None) -> str:
    """Return a whole number with its thousands apart; nothing where it is not known."""
    return "" if value is None else f"{value:,}"


def number_in(text: str | None, lang: str) -> str:
    """Return the number by which a thing is known, as it stands in a language; empty where it has none."""
    return number_of(text or "", lang)


def weblink(address: str | None) -> str | None:
    """Return an address of the data where a browser may be sent to it, which no ``javascript:`` is."""
    return address if address and address.startswith(("http://", "https://")) else None


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a page was made of: its values are in both languages, so it need not be gathered again for the other one."""

    template: str
    at: PageContext
    values: Mapping[str, Any]

    def in_language(self, lang: Language) -> bytes:
        """Return the same page in a language, whose links name it where the language is not the first one."""
        return render(self.template, replace(self.at, lang=lang, chosen=lang != self.at.lang), **self.values)


_kept: ContextVar[list[Rendering] | None] = ContextVar("kept", default=None)


@contextmanager
def keeping() -> Iterator[list[Rendering]]:
    """Collect what is rendered in the block."""
    kept: list[Rendering] = []
    token = _kept.set(kept)
    try:
        yield kept
    finally:
        _kept.reset(token)


def render(template: str, at: PageContext, **values: Any) -> bytes:
    """Return a page as UTF-8."""
    kept = _kept.get()
    if kept is not None:
        kept.append(Rendering(template, at, values))

    def t(ja: str, en: str) -> str:
        return en if at.lang == "en" else ja

    def w(words: Note | dict[str, str] | list[str] | None) -> str:
        if words is None:
            return ""
        if isinstance(words, dict):
            return words.get(at.lang) or words.get("ja") or ""
        ja, en = plain(words) if isinstance(words, Advice) else words
        return en if at.lang == "en" else ja

    def yen(value: int | None) -> str:
        """Return an amount as it is, with its size in words: ``129,500,000円``."""
        return t(f"{value:,}円", f"{value:,} yen") if value is not None else t("記載なし", "not stated")

    def some(count: int, ja: str, en: str) -> str:
        """Return a number of things: ``3事業``, ``1 project``, ``3 projects``."""
        return t(f"{count:,}{ja}", f"{count:,} {en}{'' if count == 1 else 's'}")

    page = environment().get_template(template)
    text = page.render(at=at, lang=at.lang, t=t, w=w, yen=yen, some=some, **values)
    return text.encode("utf-8", "replace")
