"""From the server's addresses to the files of a site: ``/page/id/panel/x`` is ``page/id/panel/x/index.html``.

The Japanese page has the server's own address, the English one stands below ``en/``. Where a file system could not hold an
address (a name that Windows forbids, two that differ by case only, a path that is too long), a digest takes its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import parse_qsl, unquote

from konkyo.common.words import Language

INDEX = "index.html"
# Devices of Windows, also with an ending; signs that its names may not hold; names that a site needs for itself.
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(?:\..*)?", re.IGNORECASE | re.DOTALL
)
_UNFIT = re.compile(r'[<>:"/|?*\\\x00-\x1f\x7f]|[. ]$|\.(?:ttl|jsonld|html)$|^~', re.IGNORECASE)
_MOST_BYTES = 100
# Pages whose script reads what stands in the address.
BY_SCRIPT = ("/search", "/sparql")
# Scripts, styles and pictures.
_BESIDE = re.compile(r"/(?:static|search|sparql)/[\w./-]+\.\w+")
# Windows takes 260 signs with the folder before them.
_MOST_SIGNS = 180


def placed(paths: Iterable[str]) -> dict[str, str]:
    """Return for each path of a thing on the server (``/id/panel/x``, percent-encoded) its place below the site's folder.

    The same paths have the same places in any order; no two places differ by case only.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for path in sorted(paths):
        place = _place(path)
        if (key := _folded(place)) in taken:
            place = f"{place.rpartition('/')[0]}/~{_digest(path)}"
            key = _folded(place)
        taken.add(key)
        found[path] = place
    return found


def is_place(path: str, place: str) -> bool:
    """Return whether :func:`placed` may have put a thing there: what an earlier site says of itself is no more than a claim."""
    alone = _place(path)
    return place in (alone, f"{alone.rpartition('/')[0]}/~{_digest(path)}")


def _place(path: str) -> str:
    names = [unquote(name) for name in path.strip("/").split("/")]
    place = "/".join(f"~{_digest(name)}" if _is_unfit(name) else name for name in names)
    return f"{names[0]}/~{_digest(path)}" if len(place) > _MOST_SIGNS else place


def _is_unfit(name: str) -> bool:
    return bool(
        not name
        or _DEVICE.fullmatch(name)
        or _UNFIT.search(name)
        or len(name.encode("utf-8", "replace")) > _MOST_BYTES
    )


def _folded(place: str) -> str:
    return unicodedata.normalize("NFC", place).casefold()


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True)
class Addresses:
    """Which of the server's addresses a site has.

    ``things`` are the places of things by their paths on the server; ``pages`` the addresses of other pages, ``files`` the places
    of other files, of which those ``translated`` are there in both languages. ``paged`` are addresses of lists that go on at
    ``?offset=``. Where the site is not in ``english``, nothing below ``en/`` is there.
    """

    things: Mapping[str, str]
    pages: frozenset[str]
    files: Mapping[str, str]
    translated: frozenset[str] = frozenset()
    paged: frozenset[str] = frozenset()
    english: bool = True
    # What was looked up; others that are made of these begin with none.
    _known: dict[tuple[str, str], str | None] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def step(self, path: str) -> int:
        """Return how many lines a part of a list has; those of gaps and changes bring their evidence."""
        return 200 if path.startswith(("/gaps/", "/compare")) else 500

    def file(self, address: str, lang: Language) -> str | None:
        """Return the file of an address, as seen from a page in a language; None where the site has none."""
        key = address, lang
        if key not in self._known:
            self._known[key] = self._found(address, lang)
        return self._known[key]

    def _found(self, address: str, lang: Language) -> str | None:
        path, _, query = address.partition("?")
        asked = dict(parse_qsl(query, keep_blank_values=True))
        wanted = asked.pop("lang", lang)
        if wanted == "en" and not self.english:
            return None
        if _BESIDE.fullmatch(path):
            return path[1:]
        if path in self.files and not asked:
            file = self.files[path]
            return f"en/{file}" if wanted == "en" and path in self.translated else file
        folder = self._folder(path, asked)
        if folder is None:
            return self._data(path) if not asked else None
        below = "en/" if wanted == "en" else ""
        return f"{below}{folder}/{INDEX}" if folder else f"{below}{INDEX}"

    def _folder(self, path: str, asked: dict[str, str]) -> str | None:
        """Return the folder of a page without the one of its language."""
        if path.startswith("/page/"):
            place = self.things.get(path.removeprefix("/page"))
            folder = None if place is None else f"page/{place}"
        else:
            folder = path.strip("/") if path in self.pages else None
        if folder is None or not asked or path in BY_SCRIPT:
            return folder
        offset = asked.get("offset", "")
        if path not in self.paged or set(asked) != {"offset"} or not offset.isdecimal():
            return None
        return f"{folder}/offset-{offset}"

    def _data(self, path: str) -> str | None:
        """Return the file of what is known of a thing, as data."""
        base, dot, suffix = path.rpartition(".")
        place = self.things.get(base) if dot and suffix in ("ttl", "jsonld") else None
        return None if place is None else f"{place}.{suffix}"


def relative(target: str, here: str) -> str:
    """Return a link from one file of a site to another, as a browser takes it also from a folder."""
    to, at = target.split("/"), here.split("/")
    same = 0
    while same < min(len(to), len(at)) - 1 and to[same] == at[same]:
        same += 1
    return "../" * (len(at) - 1 - same) + "/".join(to[same:])
