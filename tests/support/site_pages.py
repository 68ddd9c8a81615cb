"""A written site, read as a browser without a network would: its links, and what it would load."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# What a browser loads by itself, and does not wait for a click.
_LOADS = {"link": "href", "script": "src", "img": "src", "form": "action"}


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if told.get("rel") == "canonical":
            return
        for name in ("href", "src", "action"):
            if (value := told.get(name)) is not None:
                self.found.append((tag, value))


def faults(site: Path, prefix: str = "") -> Iterator[str]:
    """Yield what is wrong with the links of a site's pages; ``prefix`` is the path below which a host shows it."""
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    for page in sorted(path for path in there if path.endswith(".html")):
        reader = _Links()
        reader.feed((site / page).read_text("utf-8"))
        for tag, link in reader.found:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https"):
                if tag in _LOADS:
                    yield f"{page} loads {link}"
            elif parts.scheme:
                if parts.scheme != "data":
                    yield f"{page}: {link}"
            elif parts.path and _target(page, parts.path, prefix) not in there:
                yield f"{page} leads to {link}"


def _target(page: str, path: str, prefix: str) -> str:
    """Return the file that a link of a page leads to; what goes by the host's root is below the prefix."""
    if path.startswith("/"):
        return unquote(path).removeprefix(f"{prefix}/") if path.startswith(f"{prefix}/") else path
    steps = page.split("/")[:-1]
    for step in unquote(path).split("/"):
        if step == "..":
            if not steps:
                return f"above the site: {path}"
            steps.pop()
        elif step != ".":
            steps.append(step)
    return "/".join(steps)
