"""The feed of a site: what is new, changed and gone since the site before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import quote

from konkyo.common.text import in_xml
from konkyo.common.words import Words
from konkyo.model.namespaces import BASE
from konkyo.server.site.addresses import INDEX
from konkyo.server.site.files import SiteFile
from konkyo.server.site.folder import Change, Draft
from konkyo.server.site.gone import Gone, title_of
from konkyo.server.site.rendering import Site

# A reader of feeds takes no more at once.
_MOST = 200
_TITLE = Words("konkyo 根拠: 変わったこと", "konkyo: what changed")
_WORDS = {
    "new": Words("新しい頁", "new page"),
    "changed": Words("変わった頁", "changed page"),
    "gone": Words("なくなった頁", "page that is gone"),
}
_FIRST = Words("サイトが作られました", "The site was made")
_MORE = Words("ほかに{}件", "{} more")


def feed(
    site: Site, done: Mapping[str, Change], gone: Mapping[str, Gone], draft: Draft, day: str
) -> Iterator[SiteFile]:
    """Yield the feed in both languages; where nothing changed, the last one. ``day`` is when the data were built."""
    told = draft.last()
    before = {f"page/{place}/{INDEX}" for place in told.get("things", {}).values()}
    lately = [one.place for path, one in gone.items() if path in told.get("things", {})]
    changes = [
        *(("gone", f"page/{place}/{INDEX}") for place in lately),
        *(
            (change, file)
            for file, change in sorted(done.items())
            if change != "same" and file.startswith("page/") and file.endswith(INDEX)
        ),
    ]
    for lang in site.languages:
        below = "en/" if lang == "en" else ""
        file = f"{below}feed.xml"
        if not changes and (last := draft.before(file)):
            yield SiteFile(file, last)
            continue
        shown = changes[:_MOST] if before else []
        entries = [
            _entry(
                f"{BASE}{place}",
                f"{_WORDS[change].of(lang)}: {title_of(draft, below + place, new=change != 'gone')}",
                below + place,
                site,
                day,
            )
            for change, place in shown
        ]
        if not before:
            entries.append(_entry(BASE, _FIRST.of(lang), f"{below}{INDEX}", site, day))
        elif len(changes) > _MOST:
            entries.append(
                _entry(
                    f"{BASE}more", _MORE.of(lang).format(len(changes) - _MOST), f"{below}{INDEX}", site, day
                )
            )
        body = "".join(entries)
        yield SiteFile(
            file,
            f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">\n'
            f"<id>{BASE}feed/{lang}</id>\n<title>{_TITLE.of(lang)}</title>\n<updated>{day}</updated>\n"
            f"<author><name>konkyo</name></author>\n{body}</feed>\n".encode(),
        )


def _entry(identity: str, title: str, file: str, site: Site, day: str) -> str:
    link = (
        f"{site.base}/{quote(file.removesuffix(INDEX))}"
        if site.base
        else quote("../" * file.startswith("en/") + file)
    )
    name = escape(identity.removesuffix(f"/{INDEX}"))
    return f'<entry><id>{name}</id><title>{escape(in_xml(title))}</title><link href="{escape(link)}"/><updated>{day}</updated></entry>\n'
