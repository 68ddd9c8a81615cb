"""Reads a page as a browser would: its elements, links, and whether anything in it could run."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "rect", "path", "img", "hr"}
RUNS = {"script", "object", "embed", "base", "frame", "iframe", "template", "style", "foreignobject"}


@dataclass
class Page(HTMLParser):
    """Elements, links and texts of a page; ``faults`` is what must not be there."""

    tags: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    attributes: dict[str, dict[str, str | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.setdefault(tag, dict(attrs))
        # A script of the server's own, which the policy allows; nothing of it stands in the page.
        own = tag == "script" and "/static/" in (dict(attrs).get("src") or "")
        if tag in RUNS and not own:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "http-equiv", "formaction"):
                self.faults.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action"):
                if not (value or "").startswith(("/", "#", "http://", "https://")) or (
                    value or ""
                ).startswith("//"):
                    self.faults.append(f"{tag} {name}={value}")
                elif tag == "a":
                    self.links.append(value or "")
            if name == "id":
                self.ids.append(value or "")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> out of place")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)


def read(html: str) -> Page:
    """Return a page; its faults include elements left open and ids given twice."""
    page = Page()
    page.feed(html)
    page.close()
    page.faults += [f"<{tag}> left open" for tag in page._open]
    page.faults += [f"id {name} twice" for name in set(page.ids) if page.ids.count(name) > 1]
    return page
