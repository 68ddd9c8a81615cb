"""``konkyo site``."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from konkyo.cli.options import Say, number
from konkyo.cli.progress import progress
from konkyo.cli.serve import checked_base, store_folder
from konkyo.common.temporary import temporary_folder
from konkyo.common.words import Words

_DEFAULT = Path("konkyo-site")
_JOBS = Words("組", "parts")


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=_DEFAULT,
        metavar="OUT",
        help=say("書き先のフォルダー（既定は konkyo-site）", "folder to write to (default: konkyo-site)"),
    )
    parser.add_argument(
        "--base",
        metavar="URL",
        help=say(
            "公開するアドレス（https://example.go.jp/konkyo など。サイトマップと正規のリンクに要る）",
            "public address, such as https://example.go.jp/konkyo (sitemap and canonical links need it)",
        ),
    )
    parser.add_argument(
        "--rules",
        action="store_true",
        help=say(
            "w3id.org、Apache、nginx、Netlifyの転送の規則も書く",
            "write rules for w3id.org, Apache, nginx and Netlify too",
        ),
    )
    parser.add_argument(
        "--no-english",
        dest="english",
        action="store_false",
        help=say(
            "英語の頁を書かない（およそ三分の二の大きさになる）",
            "leave out the English pages (about two thirds of the size)",
        ),
    )
    parser.add_argument(
        "--archive",
        type=Path,
        metavar="FILE",
        help=say("一つのzipにもする", "make one zip of it too"),
    )
    parser.add_argument(
        "--workers",
        type=number(1, 256),
        metavar="N",
        help=say("プロセスの数（既定はコア数）", "processes (default: as many as cores)"),
    )
    parser.add_argument(
        "--open",
        action="store_true",
        help=say("最初の頁をブラウザーで開く", "open the first page in the browser"),
    )


def run(options: argparse.Namespace) -> int:
    """Write the site, and tell what became of it."""
    from konkyo.server.site.archive import archive
    from konkyo.server.site.make import make

    checked_base(options.base)
    out: Path = options.folder
    with temporary_folder() as temporary, progress(options.lang, _JOBS) as tell:
        made = make(
            store_folder(options, temporary),
            out,
            base=(options.base or "").rstrip("/"),
            with_rules=options.rules,
            english=options.english,
            workers=options.workers or os.cpu_count() or 1,
            progress=lambda done, total: tell(str(out), done, total),
        )
    first = out / "index.html"
    if made is None:
        words = Words(f"{first}（変わったことはありません）", f"{first} (nothing has changed)")
    else:
        words = Words(
            f"{first}（{made.things:,}のものの頁、{made.files:,}ファイル: 新しい{made.new:,}、変わった{made.changed:,}、同じ{made.same:,}、"
            f"なくなった{made.gone:,}）",
            f"{first} (pages of {made.things:,} things, {made.files:,} files: {made.new:,} new, {made.changed:,} changed, "
            f"{made.same:,} the same, {made.gone:,} gone)",
        )
    print(words.of(options.lang))
    if options.archive:
        archive(out, options.archive)
        print(options.archive)
    if options.open:
        import webbrowser

        if not webbrowser.open(first.resolve().as_uri()):
            note = Words("ブラウザーを開けません。", "No browser can be opened.")
            print(note.of(options.lang), file=sys.stderr)
    return 0
