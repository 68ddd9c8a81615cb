"""The links of a page as the server makes it, made those of a site: relative, and to nothing that is not on it."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import parse_qsl, quote, urlencode

from konkyo.common.words import Language
from konkyo.server.site.addresses import BY_SCRIPT, INDEX, Addresses, relative

# Whatever stands in a page is escaped, so that these find nothing but what a template wrote; links do not nest.
_ANCHOR = re.compile(r"""<a\b([^>]*?)\shref=(["'])(.*?)\2([^>]*)>(.*?)</a>""", re.DOTALL)
_OTHER = re.compile(
    r"""<(link|form|script|img|meta)\b([^>]*?)\s(href|action|src|content)="(/[^"]*)"([^>]*)>"""
)
_FORM = re.compile(r"""<form\b[^>]*?\saction="(/[^"]*)".*?</form>""", re.DOTALL)
_SPACES = re.compile(r"\n\s*\n+")
_SAFE = "/~!$'()*,;=:@-._"


def _for_script(address: str) -> str:
    """Return what a page's script is to read in its address, with its question mark."""
    path, _, query = address.partition("?")
    asked = [(name, value) for name, value in parse_qsl(query) if name != "lang"]
    return f"?{urlencode(asked)}" if path in BY_SCRIPT and asked else ""


class Links:
    """Rewrites the pages of a site. ``base`` is its public address, without a slash at its end; empty where there is none."""

    def __init__(self, addresses: Addresses, base: str = "") -> None:
        self._addresses = addresses
        self._base = base

    def page(self, html: bytes, here: str, lang: Language) -> bytes:
        """Return a page as it stands in the file ``here``."""

        def anchor(found: re.Match[str]) -> str:
            before, _, href, after, inside = found.groups()
            link = self._link(href, here, lang)
            if link is not None:
                return f'<a{before} href="{link}"{after}>{inside}</a>'
            # A page that is not there in the other language is not offered in it.
            return "" if "hreflang=" in before + after else inside

        def form(found: re.Match[str]) -> str:
            return found[0] if self._link(found[1], here, lang) is not None else ""

        def other(found: re.Match[str]) -> str:
            tag, before, name, address, after = found.groups()
            absolute = 'rel="canonical"' in before or tag == "meta"
            link = self.public(unescape(address), lang) if absolute else self._link(address, here, lang)
            return "" if link is None else f'<{tag}{before} {name}="{link}"{after}>'

        text = _FORM.sub(form, html.decode())
        text = _OTHER.sub(other, _ANCHOR.sub(anchor, text))
        # A page with a script in it says what digest that has.
        return (text if "<script>" in text else _SPACES.sub("\n", text)).encode()

    def _link(self, href: str, here: str, lang: Language) -> str | None:
        """Return a link of a page as it stands in ``here``; None for what the site has not."""
        if not href.startswith("/"):
            return href
        address, sign, fragment = unescape(href).partition("#")
        file = self._addresses.file(address, lang)
        if file is None:
            return None
        if file == here and fragment:
            return escape(f"#{fragment}")
        return escape(quote(relative(file, here), safe=_SAFE) + _for_script(address) + sign + fragment)

    def public(self, address: str, lang: Language) -> str | None:
        """Return the public address of one of the server's; None where the site has none."""
        file = self._addresses.file(address, lang)
        if file is None or not self._base:
            return None
        return self.public_file(file)

    def public_file(self, file: str) -> str:
        """Return the public address of a file; of a page without the file's name."""
        return escape(f"{self._base}/{quote(file.removesuffix(INDEX), safe=_SAFE)}")
