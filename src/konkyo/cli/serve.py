"""``konkyo serve``."""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import fields
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from konkyo.cli.options import Say, number
from konkyo.common.errors import KonkyoError
from konkyo.common.paths import DEFAULT_STORE
from konkyo.common.temporary import temporary_folder
from konkyo.common.words import Words

if TYPE_CHECKING:
    from konkyo.server.http.settings import Settings

_PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)+")


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="HOST",
        help=say("待ち受けるアドレス（既定は127.0.0.1）", "address to listen at (default: 127.0.0.1)"),
    )
    parser.add_argument(
        "--port",
        type=number(0, 65535),
        default=8000,
        metavar="N",
        help=say("ポート（既定は8000、0は空いているもの）", "port (default: 8000; 0: any that is free)"),
    )
    parser.add_argument(
        "--base",
        metavar="URL",
        help=say(
            "外から見えるアドレス（プロキシーの後ろなど）", "the public address, where a proxy stands before"
        ),
    )
    parser.add_argument(
        "--prefix",
        default="",
        metavar="PATH",
        help=say("プロキシーが見せるパス（/konkyo など）", "path under which a proxy shows it (/konkyo)"),
    )
    parser.add_argument(
        "--host-name",
        action="append",
        default=[],
        metavar="NAME",
        help=say(
            "答えるホスト名（既定は --base のものと、待ち受けるアドレス。* は全て。繰り返せる）",
            "name of a host that is answered (default: that of --base, and what it listens on; *: any; may be repeated)",
        ),
    )
    parser.add_argument(
        "--workers",
        type=number(1, 256),
        metavar="N",
        help=say(
            "待機する問合せのプロセス（既定はコア数+1）",
            "query processes that stand ready (default: cores + 1)",
        ),
    )
    parser.add_argument(
        "--per-client",
        type=number(0, 10_000),
        metavar="N",
        help=say(
            "一つのアドレスから同時に実行できる問合せ（既定は --workers と同じ、0は無制限）",
            "queries of one address at work at a time (default: as many as --workers; 0: no limit)",
        ),
    )
    parser.add_argument(
        "--connections",
        type=number(1, 1_000_000),
        default=500,
        metavar="N",
        help=say("同時に開ける接続（既定は500）", "open connections at a time (default: 500)"),
    )
    parser.add_argument(
        "--connections-per-client",
        type=number(0, 1_000_000),
        default=100,
        metavar="N",
        help=say(
            "一つのアドレスから同時に開ける接続（既定は100、0は無制限）",
            "open connections of one address at a time (default: 100; 0: no limit)",
        ),
    )
    parser.add_argument(
        "--proxy",
        action="append",
        default=[],
        metavar="ADDRESS",
        help=say(
            "X-Forwarded-For と X-Forwarded-Proto を信じるリバースプロキシーのアドレス（10.0.0.0/8 のようにも。繰り返せる）",
            "address of a reverse proxy whose X-Forwarded-For and X-Forwarded-Proto are believed (also as 10.0.0.0/8; "
            "may be repeated)",
        ),
    )
    parser.add_argument(
        "--timeout",
        type=seconds,
        default=10.0,
        metavar="S",
        help=say("問合せの時間の上限（秒、既定は10）", "time limit of a query in seconds (default: 10)"),
    )
    parser.add_argument(
        "--max-rows",
        type=number(1, 10**9),
        default=100_000,
        metavar="N",
        help=say(
            "答えの行の上限（既定は100000、超える答えは断る）",
            "rows of an answer at most (default: 100000; a longer one is refused)",
        ),
    )
    parser.add_argument(
        "--memory",
        type=number(0, 1 << 20),
        default=1024,
        metavar="MIB",
        help=say(
            "問合せのプロセス一つのメモリーの上限（MiB、既定は1024、0は無制限）",
            "memory of one query process at most, in MiB (default: 1024; 0: no limit)",
        ),
    )
    parser.add_argument(
        "--memory-together",
        type=number(0, 1 << 24),
        default=1024,
        metavar="MIB",
        help=say(
            "全てのプロセスを合わせたメモリーの上限（MiB、既定は1024、0は無制限）",
            "memory of all processes together at most, in MiB (default: 1024; 0: no limit)",
        ),
    )
    parser.add_argument(
        "--check-config",
        action="store_true",
        help=say(
            "設定と、ストアとポートが使えることを確かめて終わる",
            "tell the settings, look for the store and the port, and end",
        ),
    )
    parser.add_argument(
        "--cors",
        action="store_true",
        help=say("他のサイトのページにも読ませる", "let pages of other sites read the answers"),
    )
    parser.add_argument(
        "--log",
        choices=("none", "requests", "queries"),
        default="requests",
        help=say(
            "要求の記録（requests は問合せの定数を伏せ、queries は全文）",
            "log of requests (requests leaves out the literals of queries, queries keeps them)",
        ),
    )


def run(options: argparse.Namespace) -> int:
    """Serve until stopped; with ``--check-config`` tell the settings and end."""
    from konkyo.server.http.settings import MIB, Settings, default_workers
    from konkyo.server.run import serve

    _checked(options)
    workers = options.workers or default_workers()
    settings = Settings(
        host=options.host,
        port=options.port,
        base=options.base,
        prefix=options.prefix,
        host_names=tuple(options.host_name),
        lang=options.lang,
        workers=workers,
        at_once=4 * workers,
        per_client=workers if options.per_client is None else options.per_client,
        connections=options.connections,
        connections_per_client=options.connections_per_client,
        proxies=tuple(network for address in options.proxy for network in _networks(address)),
        seconds=options.timeout,
        memory=options.memory * MIB,
        memory_together=options.memory_together * MIB,
        max_rows=options.max_rows,
        cors=options.cors,
        log=options.log,
    )

    if options.check_config:
        return _check_config(options, settings)

    def ready(address: str) -> None:
        words = Words(
            f"{address} で答えます（SPARQLは {address}sparql）。Ctrl-C で終わります。",
            f"Serving at {address} (SPARQL at {address}sparql). Ctrl-C ends it.",
        )
        print(words.of(options.lang), flush=True)
        if options.host not in ("127.0.0.1", "::1") and options.base is None:
            note = Words(
                "（他の機械からも見えます。利用者の認証はありません。）",
                "(Other machines can see it; nobody is asked who they are.)",
            )
            print(note.of(options.lang), file=sys.stderr, flush=True)

    with temporary_folder() as temporary:
        serve(store_folder(options, temporary), settings, ready=ready)
    return 0


def _check_config(options: argparse.Namespace, settings: Settings) -> int:
    """Print each setting as it would be, after looking for the store, for the address, and whether a process comes up."""
    from konkyo.server.run import listen, try_worker
    from konkyo.store import is_remote
    from konkyo.store.generations import exists
    from konkyo.store.remote.store import RemoteStore

    folder = options.store or DEFAULT_STORE
    if is_remote(folder):
        RemoteStore(folder, lang=options.lang).opened()
    elif options.store is not None or exists(folder):
        try_worker(folder, settings)
    listen(settings.host, settings.port).close()
    for field in fields(settings):
        value = getattr(settings, field.name)
        print(f"{field.name}\t{' '.join(value) if isinstance(value, tuple) else value}")
    return 0


def store_folder(options: argparse.Namespace, temporary: Path) -> Path:
    """Return the store folder; where none is named and there is none, one made of the carried graph."""
    from konkyo.store import is_remote
    from konkyo.store.generations import exists

    if options.store is not None and is_remote(options.store):
        return _copied(options, temporary)
    folder: Path = options.store or DEFAULT_STORE
    if options.store is None and not exists(folder):
        from konkyo.build.pipeline import build

        note = Words(
            f"（{folder} がないので、同梱のグラフで始めます。`konkyo build` でストアを作れます。）",
            f"(There is no {folder}, so the graph that the package carries is served; `konkyo build` makes a store.)",
        )
        print(note.of(options.lang), file=sys.stderr, flush=True)
        folder = temporary / "store"
        build([], folder)
    return folder


def _copied(options: argparse.Namespace, temporary: Path) -> Path:
    """Return a folder with what a SPARQL server holds now: a query here can be ended at its limit, one there cannot."""
    from konkyo.graph.search.write import FILE as INDEX
    from konkyo.graph.search.write import write_index
    from konkyo.store import open_store
    from konkyo.store.remote.store import RemoteStore
    from konkyo.store.remote.upload import pull

    store = RemoteStore(options.store, lang=options.lang).opened()
    note = Words(
        f"（{store.endpoint.name} の中身を写しています。後の変更は、始め直すと見えます。）",
        f"(Copying what {store.endpoint.name} holds; what changes there is seen after a restart.)",
    )
    print(note.of(options.lang), file=sys.stderr, flush=True)
    folder = temporary / "store"
    pull(store, folder)
    copy = open_store(folder)
    assert copy.folder is not None
    write_index(copy, copy.folder / INDEX)
    return folder


def _checked(options: argparse.Namespace) -> None:
    """Raise KonkyoError for a prefix, a base or a name that is none."""
    from konkyo.server.http.hosts import ANY, host_name

    options.prefix = options.prefix.rstrip("/")
    if options.prefix and not _PREFIX.fullmatch(options.prefix):
        raise KonkyoError(
            Words(
                f"--prefix {options.prefix} はパスではありません。", f"--prefix {options.prefix} is no path."
            ),
            hint=Words("例: /konkyo", "As in: /konkyo"),
        )
    for name in options.host_name:
        if name != ANY and host_name(name) is None:
            raise KonkyoError(
                Words(
                    f"--host-name {name} はホスト名ではありません。",
                    f"--host-name {name} is no name of a host.",
                ),
                hint=Words("例: example.go.jp", "As in: example.go.jp"),
            )
    checked_base(options.base)


def checked_base(base: str | None) -> None:
    """Raise KonkyoError for a public address that is none."""
    if base is not None:
        parts = urlsplit(base)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
            raise KonkyoError(
                Words(
                    f"--base {base} はアドレスではありません。",
                    f"--base {base} is no address.",
                ),
                hint=Words("例: https://example.go.jp/konkyo", "As in: https://example.go.jp/konkyo"),
            )


def _networks(address: str) -> list[str]:
    """Return a proxy's address or network as it is compared with. Raises KonkyoError where it is none."""
    try:
        network = ip_network(address, strict=False)
    except ValueError:
        raise KonkyoError(
            Words(f"--proxy {address} はIPアドレスではありません。", f"--proxy {address} is no IP address."),
            hint=Words("例: --proxy 127.0.0.1", "As in: --proxy 127.0.0.1"),
        ) from None
    if network.version == 6:
        return [str(network)]
    # So it is seen by a server that listens to both kinds of addresses.
    return [str(network), f"::ffff:{network.network_address}/{96 + network.prefixlen}"]


def seconds(text: str) -> float:
    """Return the value of an option: a tenth of a second to an hour. Raises ValueError."""
    value = float(text)
    if not 0.1 <= value <= 3600:
        raise ValueError(text)
    return value


seconds.__name__ = "number"
