"""Things that an earlier site had and this one has not: their pages stay, and say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from konkyo.common.words import Words
from konkyo.server.site.files import SiteFile
from konkyo.server.site.folder import Draft
from konkyo.server.site.rendering import Site, message_page

_TITLE = re.compile(r"<title>(.*?) — konkyo</title>", re.DOTALL)


@dataclass(frozen=True)
class Gone:
    """A thing that is gone: where its page is, and what it was called."""

    place: str
    name: Words

    def mark(self) -> dict[str, str]:
        """Return it as values of JSON."""
        return {"place": self.place, "ja": self.name.ja, "en": self.name.en}


def still_gone(draft: Draft, things: Mapping[str, str]) -> dict[str, Gone]:
    """Return by path what the last site had, or knew to be gone, and what is not among the things of this one."""
    last = draft.last()
    found = {path: _known(told) for path, told in last.get("gone", {}).items()}
    for path, place in last.get("things", {}).items():
        found[path] = Gone(place, _name(draft, f"page/{place}/index.html"))
    taken = set(things.values())
    return {path: one for path, one in sorted(found.items()) if path not in things and one.place not in taken}


def _known(told: Mapping[str, Any]) -> Gone:
    return Gone(told["place"], Words(told["ja"], told["en"]))


def _name(draft: Draft, file: str) -> Words:
    ja = title_of(draft, file)
    return Words(ja, title_of(draft, f"en/{file}") if draft.before(f"en/{file}") else ja)


def title_of(draft: Draft, file: str, *, new: bool = False) -> str:
    """Return the title of a page of the last site, or of the new one; its file's name where there is none."""
    try:
        content = (draft.new / file).read_bytes() if new else draft.before(file)
    except OSError:
        return file
    found = _TITLE.search((content or b"").decode("utf-8", "replace"))
    return unescape(found[1]) if found else file


def gone_pages(site: Site, gone: Mapping[str, Gone]) -> Iterator[SiteFile]:
    """Yield the pages of what is gone, in both languages."""
    places = {path: one.place for path, one in gone.items()}
    known = replace(site.addresses, things={**site.addresses.things, **places})
    wider = replace(site, addresses=known)
    for path, one in gone.items():
        message = Words(
            f"「{one.name.ja}」は前の版のデータにありましたが、今の版にはありません。",
            f"“{one.name.en}” was in an earlier version of the data, and is in it no more.",
        )
        for lang in site.languages:
            html = message_page(wider, f"/page{path}", lang, one.name, message, status=410)
            yield wider.page(html, f"/page{path}", lang)
