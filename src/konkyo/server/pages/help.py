"""The topics of the documentation: the list, and each page from its Markdown."""

from __future__ import annotations

import re

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.present.topics import topic, topics
from konkyo.server.http.problems import Problem
from konkyo.server.pages.context import PageContext
from konkyo.server.pages.respond import page_context, page_response
from konkyo.server.workers.service import service

# A link from one topic to another, which stands beside it as a file.
_TO_TOPIC = re.compile(r"([\w-]+)\.md")


async def index(request: Request) -> Response:
    """Answer with the list of topics."""
    context = page_context(request, service(request).version)
    title = Words("使い方", "Help")
    return page_response(request, "help.html", at=context, title=title, topics=topics(), text=None)


async def page(request: Request) -> Response:
    """Answer with one topic; 404 where there is none of that name."""
    context = page_context(request, service(request).version)
    try:
        found = topic(request.path_params["name"])
    except KonkyoError as error:
        raise Problem(
            404, error.message, hint=Words("/help に一覧があります。", "/help lists them.")
        ) from None
    text = _html(found.text, context)
    return page_response(request, "help.html", at=context, title=found.about, topics=topics(), text=text)


def _html(text: str, context: PageContext) -> Markup:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    for token in tokens:
        for inner in token.children or ():
            target = _TO_TOPIC.fullmatch(str(inner.attrs.get("href", "")))
            if target:
                inner.attrs["href"] = context.url(f"/help/{target[1]}")
        # GitHub's alignment would be an inline style, which the Content-Security-Policy forbids.
        token.attrs.pop("style", None)
    return Markup(reader.renderer.render(tokens, reader.options, {}))  # noqa: S704 (html is off: all text is escaped)
