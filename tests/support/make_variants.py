"""Write src/konkyo/common/name_variants.tsv: which signs are one sign in another form, as official tables have it.

How to renew it, in an empty folder:

    npm pack @mandel59/mojidata
    tar xzf mandel59-mojidata-*.tgz
    python make_variants.py package/dist/moji.db name_variants.tsv

The package is a database of published character tables. Only those with a permissive licence are read.

A sign in standard use (常用漢字, 人名用漢字) is never taken for another, so that two words of today stay two. Any other sign
is taken for the one that an official table says it is an old or other form of:

* 常用漢字表 and 人名用漢字 state old forms themselves (廣: 広, 嶋: 島), 表外漢字字体表 pairs simple and printed forms.
* The unified signs of the family registers (戸籍統一文字) list the forms of each sign, and some that are only alike in sense.
  One of them counts where a second table agrees. For a sign of JIS X 0208, which people write today, the second must be
  of Japanese use, too; for the others Unihan will do. IBM's extension was made for names: its signs need no second.
* A sign that leads to two standard ones is left alone.
"""

from __future__ import annotations

import re
import sqlite3
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

VERSION = "1.8.1"
HEADER = f"""\
# Forms of one sign: sign, the sign it is compared as, the table that says so. Made by tests/support/make_variants.py
# from @mandel59/mojidata {VERSION} (npm), which carries these tables:
# joyo      常用漢字表 (文化庁), 康熙字典体 in brackets; public domain
# jinmeiyo  人名用漢字, in the Unihan database; Unicode License v3, (c) Unicode, Inc.
# hyogai    表外漢字字体表, in the Kanji Database Project; MIT, (c) 2014-2018 CJKVI Database
# koseki    戸籍統一文字, in the same; MIT. Where a second table agrees: JIS X 0213 or JIS X 0212 in the same,
#           法務省告示第582号別表第四 (public domain), or Unihan
# radical   EquivalentUnifiedIdeograph.txt of the Unicode Character Database 17; Unicode License v3
"""
_NAMED = re.compile(r"U\+([0-9A-F]{4,6})")
_OFFICIAL = ("joyo", "jinmeiyo")
# 表外漢字字体表 prints these forms (強靱化, 諫早), not the simpler ones (靭, 諌) of the first level.
_PRINTED = "諫靱"
_SECOND_LEVEL = 0xD0A1  # of JIS X 0208, in the order of EUC-JP
_OF_UNIHAN = ("kSemanticVariant", "kZVariant")

Signs = dict[str, set[str]]


class Tables:
    """The tables of the database: for each sign which others it is a form of; all signs as NFKC leaves them."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        self.forms: dict[str, Signs] = {
            name: defaultdict(set) for name in ("joyo", "jinmeiyo", "hyogai", "koseki")
        }
        self.joyo: set[str] = set()
        self.standard: set[str] = set()
        self._official()
        for table in ("hyogai", "koseki"):
            for proper, variant in self._base.execute(f'SELECT subject, object FROM "kdpv_{table}/variant"'):
                self._add(self.forms[table], variant, proper)
        self.japanese: Signs = defaultdict(set)
        for table in ("jisx0213", "jisx0212"):
            self._alike(self.japanese, f'SELECT subject, object FROM "kdpv_{table}/variant"')
        self._alike(self.japanese, "SELECT 簡体字等のUCS, 正字のUCS FROM nyukan_itaiji")
        self.any: Signs = defaultdict(set, {sign: set(found) for sign, found in self.japanese.items()})
        for name in _OF_UNIHAN:
            for sign, value in self._base.execute(f"SELECT UCS, value FROM unihan_{name}"):
                for other in _NAMED.findall(value):
                    self._pair(self.any, sign, chr(int(other, 16)))
        self.of_names = {sign for (sign,) in self._base.execute("SELECT UCS FROM unihan_each_kIBMJapan")}

    def close(self) -> None:
        """Let go of the database."""
        self._base.close()

    def _official(self) -> None:
        """Read the signs in standard use, and the old forms that their tables state."""
        for name, table in (("kJoyoKanji", "joyo"), ("kJinmeiyoKanji", "jinmeiyo")):
            for sign, value in self._base.execute(f"SELECT UCS, value FROM unihan_each_{name}"):
                if other := _NAMED.search(value):
                    self._add(self.forms[table], sign, chr(int(other[1], 16)))
                else:
                    self.standard.add(unicodedata.normalize("NFKC", sign))
            self.joyo = self.joyo or set(self.standard)
        for old, new in self._base.execute("SELECT 康熙字典体, 漢字 FROM joyo_kangxi"):
            self._add(self.forms["joyo"], old, new)
        for table in _OFFICIAL:
            self.standard -= self.forms[table].keys()

    def radicals(self) -> Iterator[tuple[str, str]]:
        """Yield the radicals and strokes that NFKC leaves, and the signs that look like them."""
        for radical, sign in self._base.execute("SELECT * FROM radeqv WHERE radical_CJKUI IS NOT NULL"):
            if unicodedata.normalize("NFKC", radical) == radical:
                yield radical, sign

    def _alike(self, into: Signs, query: str) -> None:
        for one, other in self._base.execute(query):
            if one and other:
                self._pair(into, one, other)

    def _pair(self, into: Signs, one: str, other: str) -> None:
        self._add(into, one, other)
        self._add(into, other, one)

    @staticmethod
    def _add(into: Signs, sign: str, other: str) -> None:
        sign, other = unicodedata.normalize("NFKC", sign), unicodedata.normalize("NFKC", other)
        if sign != other and len(sign) == len(other) == 1:
            into[sign].add(other)


def place(sign: str) -> int:
    """Return the place of a sign in JIS X 0208; 0 where it has none."""
    try:
        code = sign.encode("euc_jp")
    except UnicodeEncodeError:
        return 0
    return int.from_bytes(code) if len(code) == 2 else 0


class Folding:
    """Which sign each sign is compared as."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        # The proper form of an entry of the registers may be out of use, and one form of it in use: 讚, 讃.
        self.used: Signs = defaultdict(set)
        for table in ("koseki", "hyogai"):
            for sign in tables.standard:
                for proper in tables.forms[table].get(sign, ()):
                    if proper not in tables.standard and (table == "hyogai" or self._agreed(proper, sign)):
                        self.used[proper].add(sign)

    def _agreed(self, sign: str, other: str) -> bool:
        """Return whether a second table has a sign as a form of another, or of what that one is a form of."""
        if sign in self.tables.of_names and not place(sign):
            return True
        second = (self.tables.japanese if place(sign) else self.tables.any).get(sign, set())
        beyond = {other}.union(*(forms.get(other, ()) for forms in self.tables.forms.values()))
        return not second.isdisjoint(beyond)

    def nexts(self, sign: str) -> tuple[str, set[str]]:
        """Return the table that says what a sign is a form of, and of what; an empty set where it is its own."""
        forms = self.tables.forms
        for table in _OFFICIAL:
            if found := forms[table].get(sign):
                return table, found
        if sign in self.tables.standard:
            return "", set()
        if found := forms["hyogai"].get(sign):
            return "hyogai", found
        if found := self.used.get(sign):
            return "hyogai" if sign in {
                p for f in found for p in forms["hyogai"].get(f, ())
            } else "koseki", found
        return "koseki", {other for other in forms["koseki"].get(sign, ()) if self._agreed(sign, other)}

    def ends(self, sign: str) -> set[str]:
        """Return where the forms of forms of a sign end; of two that are forms of each other one."""
        seen, waiting, found = {sign}, [sign], set()
        while waiting:
            _, others = self.nexts(one := waiting.pop())
            if not others:
                found.add(one)
            waiting += others - seen
            seen |= others
        return found or {max(seen, key=lambda sign: (place(sign), sign))}

    def all(self) -> dict[str, tuple[str, str]]:
        """Return for each sign that is not its own what it is compared as, and by which table."""
        known = {sign for forms in self.tables.forms.values() for sign in forms} | self.used.keys()
        ends = {sign: found.pop() for sign in known if len(found := self.ends(sign)) == 1}
        classes: dict[str, set[str]] = defaultdict(set)
        for sign, end in ends.items():
            classes[end] |= {sign, end}
        made = {}
        for end, signs in classes.items():
            # Of signs that are not in standard use the one of JIS X 0208's first level is what people write.
            kept = end in self.tables.joyo or (end in self.tables.standard and 0 < place(end) < _SECOND_LEVEL)
            chosen = end if kept else min(signs, key=lambda sign: (place(sign) or 1 << 16, sign))
            chosen = next((sign for sign in signs if sign in _PRINTED), chosen)
            made.update(
                {sign: (chosen, self.nexts(sign)[0] or self.nexts(chosen)[0]) for sign in signs - {chosen}}
            )
        return made


def rows(path: Path) -> Iterator[str]:
    """Yield the lines of the table, in the order of the signs."""
    with closing(Tables(path)) as tables:
        made = Folding(tables).all()
        for radical, sign in tables.radicals():
            made[radical] = (made.get(sign, (sign, ""))[0], "radical")
    for sign, (chosen, table) in sorted(made.items()):
        yield f"{sign}\t{chosen}\t{table}\n"


def main(source: str, target: str) -> None:
    """Write the table."""
    Path(target).write_text(HEADER + "".join(rows(Path(source))), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
