"""What tells machines of a site: sitemaps, robots.txt, and the page for addresses that lead to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from konkyo.common.words import Words
from konkyo.server.site.files import SiteFile
from konkyo.server.site.rendering import Site, message_page

# A sitemap holds 50,000 addresses at most.
_MOST = 20_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_LINK = re.compile(r'(href|action|src)="(?![/#]|https?:)')


def sitemaps(site: Site, files: Iterable[str]) -> Iterator[SiteFile]:
    """Yield the sitemap in parts; none without a public address, which each of its lines names."""
    if not site.base:
        return
    pages = sorted(file for file in files if file.endswith(".html"))
    parts = [pages[start : start + _MOST] for start in range(0, len(pages), _MOST)]
    for number, part in enumerate(parts, start=1):
        lines = "".join(f"<url><loc>{site.links.public_file(file)}</loc></url>\n" for file in part)
        yield SiteFile(f"sitemap-{number}.xml", f"{_HEAD}<urlset {_SPACE}>\n{lines}</urlset>\n".encode())
    lines = "".join(
        f"<sitemap><loc>{site.base}/sitemap-{number + 1}.xml</loc></sitemap>\n"
        for number in range(len(parts))
    )
    yield SiteFile("sitemap.xml", f"{_HEAD}<sitemapindex {_SPACE}>\n{lines}</sitemapindex>\n".encode())


def robots(site: Site) -> SiteFile:
    """Return what crawlers are told: they may read everything."""
    where = f"Sitemap: {site.base}/sitemap.xml\n" if site.base else ""
    return SiteFile("robots.txt", f"User-agent: *\nAllow: /\n{where}".encode())


def not_found(site: Site) -> SiteFile:
    """Return the page that a host shows at any address that leads to nothing, so that its links go by the host's root."""
    html = message_page(
        site,
        "/",
        "ja",
        Words("見つかりません", "Not found"),
        Words(
            "このアドレスの頁はありません。名称や番号で探せます。 There is no page at this address.",
            "There is no page at this address.",
        ),
    )
    made = site.links.page(html, "404.html", "ja").decode()
    return SiteFile("404.html", _LINK.sub(rf'\1="{urlsplit(site.base).path}/', made).encode())
