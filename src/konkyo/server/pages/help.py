"""The topics of the documentation: the list, and each page from its Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count, pairwise
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.present.topics import topic, topics
from konkyo.server.http.problems import Problem
from konkyo.server.pages.context import PageContext
from konkyo.server.pages.respond import page_context, page_response
from konkyo.server.workers.service import service

if TYPE_CHECKING:
    from markdown_it.token import Token

# A link from one topic to another, which stands beside it as a file.
_TO_TOPIC = re.compile(r"([\w-]+)\.md(#.+)?")
# The pages are in English; what is Japanese in them says so to whoever reads them aloud.
_JAPANESE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]+")
_WIDE = re.compile(r"<table>.*?</table>|<pre>.*?</pre>", re.DOTALL)


async def index(request: Request) -> Response:
    """Answer with the list of topics."""
    context = page_context(request, service(request).version)
    return page_response(request, "help.html", at=context, **list_of_topics())


async def page(request: Request) -> Response:
    """Answer with one topic; 404 where there is none of that name."""
    context = page_context(request, service(request).version)
    try:
        values = one_topic(request.path_params["name"], context)
    except KonkyoError as error:
        raise Problem(
            404, error.message, hint=Words("/help に一覧があります。", "/help lists them.")
        ) from None
    return page_response(request, "help.html", at=context, **values)


def list_of_topics() -> dict[str, Any]:
    """Return what the list of topics is rendered of."""
    return {"title": Words("使い方", "Help"), "topics": topics(), "text": None}


def one_topic(name: str, at: PageContext) -> dict[str, Any]:
    """Return what the page of a topic is rendered of. Raises KonkyoError where there is none of that name."""
    found = topic(name)
    return {"title": found.about, "topics": topics(), "text": _html(found.text, at)}


def _html(text: str, context: PageContext) -> Markup:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("text", _text)
    tokens = reader.parse(text)
    boxes = count(1)
    for token, after in pairwise(tokens):
        if token.type == "heading_open":
            token.attrs["id"] = _anchor(after.content)
        # GitHub's alignment would be an inline style, which the Content-Security-Policy forbids.
        token.attrs.pop("style", None)
        for inner in after.children or ():
            if target := _TO_TOPIC.fullmatch(str(inner.attrs.get("href", ""))):
                inner.attrs["href"] = context.url(f"/help/{target[1]}") + (target[2] or "")
            if inner.type == "code_inline" and _JAPANESE.search(inner.content):
                inner.attrs["lang"] = "ja"
    html = reader.renderer.render(tokens, reader.options, {})
    html = _WIDE.sub(lambda found: _box(found[0], next(boxes)), html)
    return Markup(html)  # noqa: S704 (html is off: all text is escaped)


def _anchor(heading: str) -> str:
    """Return the name that GitHub gives a heading, so that a link works in both places."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _text(_: object, tokens: Sequence[Token], index: int, *__: object) -> str:
    return _JAPANESE.sub(r'<span lang="ja">\g<0></span>', str(escape(tokens[index].content)))


def _box(html: str, number: int) -> str:
    """Return a table or an example that scrolls by itself: the keyboard reaches it, and it has a name."""
    code = '<code lang="ja"' if _JAPANESE.search(html) else "<code"
    name = "Table" if html.startswith("<table") else "Example"
    shown = html if name == "Table" else html.replace("<code", code, 1)
    return f'<div class="scroll" tabindex="0" role="group" aria-label="{name} {number}">{shown}</div>'
