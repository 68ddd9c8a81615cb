"""``konkyo export``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from konkyo.cli.options import Say, excel_option, format_option, output_option
from konkyo.cli.progress import progress
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words

_DEFAULT_FOLDER = Path("konkyo-export")


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    from konkyo.present.export import FORMATS

    parser.add_argument(
        "graphs",
        nargs="*",
        metavar="GRAPH",
        help=say("名前付きグラフ（省くと全て）", "named graphs (default: all)"),
    )
    format_option(
        parser,
        say,
        FORMATS,
        ja="出力の形式（既定はファイル名から、又は nquads）",
        en="format (default: by the file's name, else nquads)",
    )
    output_option(
        parser,
        say,
        "書き先のファイル。csv と parquet ではフォルダー（既定は標準出力、又は konkyo-export）",
        "file to write; for csv and parquet a folder (default: standard output, or konkyo-export)",
        metavar="PATH",
        by_kind=True,
    )
    parser.add_argument(
        "--compress",
        action="store_true",
        help=say(
            "gzipで圧縮する（.gz で終わる名前でも）", "compress by gzip (as a name that ends with .gz does)"
        ),
    )
    excel_option(parser, say)
    parser.add_argument(
        "--evidence",
        action="store_true",
        help=say(
            "ネットワークと表に証拠も入れる（RDFにはいつも入る）",
            "put evidence into networks and tables too (RDF always has it)",
        ),
    )


def run(options: argparse.Namespace) -> int:
    """Write the graph for other tools."""
    from konkyo.api import open_graph
    from konkyo.present.export import FILES, FOLDERS, export_file, export_folder, export_stream, format_of

    output: Path | None = options.output
    form = options.format or (format_of(output) if output else "nquads")
    if form is None:
        listed = ", ".join((*FILES.values(), *(f"--format {name}" for name in FOLDERS)))
        raise KonkyoError(
            Words("この名前からは形式が分かりません。", "The name does not tell the format."),
            source=str(output),
            hint=Words(f"使えるもの: {listed}", f"There are: {listed}"),
        )
    if options.excel and form != "csv":
        raise KonkyoError(Words("--excel はCSVだけに使えます。", "--excel is for CSV alone."))
    store = open_graph(options.store, lang=options.lang).store
    written: list[Path] = []
    with progress(options.lang, Words("件", "items")) as show:
        how: dict[str, Any] = {
            "graphs": options.graphs or None,
            "compress": options.compress,
            "evidence": options.evidence,
            "progress": show,
        }
        if form in FOLDERS:
            written = export_folder(store, form, output or _DEFAULT_FOLDER, **how, excel=options.excel)
        elif output is None:
            if sys.stdout.isatty() and not options.graphs:
                raise KonkyoError(
                    Words(
                        "グラフの全体は端末には書きません。", "The whole graph is not written to a terminal."
                    ),
                    hint=Words(
                        "例: `konkyo export --output konkyo.nq`、`konkyo export | less`",
                        "As in: `konkyo export --output konkyo.nq`, `konkyo export | less`",
                    ),
                )
            export_stream(store, form, sys.stdout.buffer, **how)
            sys.stdout.buffer.flush()
        else:
            export_file(store, form, output, **how)
            written = [output]
    for path in written:
        size = path.stat().st_size
        print(
            Words(f"{path} に書きました（{size:,}バイト）。", f"Written to {path} ({size:,} bytes).").of(
                options.lang
            ),
            file=sys.stderr,
        )
    return 0
