"""A page of the site that no page of the server has the body of: search and SPARQL, which run in the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup

from konkyo.common.words import Language, Words
from konkyo.server.pages.context import PageContext
from konkyo.server.pages.render import SITE_POLICY, render
from konkyo.server.site.files import SiteFile
from konkyo.server.site.parts import script


def site_context(lang: Language, path: str, *, base: str, version: str) -> PageContext:
    """Return where a page of the site stands: ``path`` is the server's address of it, ``base`` the public one of the site."""
    return PageContext(
        lang=lang,
        chosen=lang == "en",
        root="",
        origin=base,
        path=path,
        query=(),
        version=version,
        static=True,
    )


def by_script(
    address: str,
    title: Words,
    body: Callable[[Language], Markup],
    scripts: Sequence[str],
    *,
    base: str,
    version: str,
    policy: str = SITE_POLICY,
) -> Iterator[SiteFile]:
    """Yield a page that works by scripts in both languages, and these scripts, which lie in its folder.

    ``address`` is the server's (``/search``), ``body`` the HTML between the site's header and footer, ``scripts`` the names of files;
    they are loaded with ``defer``. ``policy`` is the page's Content-Security-Policy.
    """
    paths = [f"{address}/{name}" for name in scripts]
    languages: tuple[Language, ...] = ("ja", "en")
    for lang in languages:
        at = site_context(lang, address, base=base, version=version)
        html = render("framed.html", at, title=title, body=body(lang), scripts=paths, policy=policy)
        yield SiteFile(f"{'en' if lang == 'en' else ''}{address}/index.html".lstrip("/"), html)
    for name, path in zip(scripts, paths, strict=True):
        yield SiteFile(path.lstrip("/"), script(name).encode())
