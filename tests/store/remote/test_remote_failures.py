"""What can go wrong with a server: nothing is lost, nothing is there twice, and the error says what happened."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Language
from konkyo.store import EmbeddedStore
from konkyo.store.remote import upload
from konkyo.store.remote.endpoints import endpoint
from konkyo.store.remote.http import Http, StoreError
from konkyo.store.remote.store import LOADING, STATE, RemoteStore
from konkyo.store.remote.upload import pull, push
from support import absent
from support.answering import answering
from support.ports import Port
from support.remote_stores import EXAMPLES, connect, emptied
from support.servers import PASSWORD, OxigraphServer, Server, made
from support.waiting import GUARD

SECRET = "sesame-9f3"


def source(version: int, count: int = 300, graphs: str = "ab") -> EmbeddedStore:
    """A store of two graphs, each of several small pieces."""
    store = EmbeddedStore()
    for name in graphs:
        lines = (
            f'<{EXAMPLES}s{number}> <{EXAMPLES}p> "版{version} {name} {number}"@ja <{EXAMPLES}{name}> .\n'
            for number in range(count + version)
        )
        store.load(EXAMPLES + name, lines)
    return store


def same(there: RemoteStore, here: EmbeddedStore) -> bool:
    there.forget()
    return there.graphs() == here.graphs() and all(
        sorted(map(str, there.triples(name))) == sorted(map(str, here.triples(name)))
        for name in here.graphs()
    )


def impatient(store: RemoteStore) -> RemoteStore:
    """The same store without waiting between attempts."""
    return RemoteStore(store.endpoint, prefix=EXAMPLES, http=Http(store.endpoint, sleep=lambda _: None))


@pytest.fixture(params=["oxigraph-server", "virtuoso"])
def server(request: pytest.FixtureRequest, servers: Callable[[str], Server]) -> Server:
    """A server without graphs. A test may kill it: it is started again for the next one."""
    server = servers(request.param)
    emptied(connect(server, prefix=EXAMPLES))
    return server


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "PIECE", 10_000)
    monkeypatch.setattr(upload, "_LINES", 100)


@pytest.mark.parametrize("straight", [False, True])
@pytest.mark.parametrize("graph", ["a", "b"])
def test_a_server_killed_in_mid_load_goes_on(
    server: Server, small_pieces: None, graph: str, straight: bool
) -> None:
    old, new = source(1), source(2)
    store = impatient(connect(server, prefix=EXAMPLES))
    if straight:
        profile = replace(store.endpoint.profile, copies=1)
        store = impatient(RemoteStore(replace(store.endpoint, profile=profile)))
    push(old, store)
    assert same(store, old)

    def kill(name: str, done: int, total: int | None) -> None:
        if name == EXAMPLES + graph and total and done < total:
            server.kill()

    with pytest.raises(StoreError) as caught:
        push(new, store, progress=kill)
    assert caught.value.kind == "away"
    server.start()
    # Whatever is seen now is an old graph or a new one; a big one that Oxigraph gets straight is not seen at all.
    store.forget()
    assert store.unfinished()
    for name in store.graphs():
        held = set(map(str, store.triples(name)))
        assert held in (set(map(str, old.triples(name))), set(map(str, new.triples(name))))
    assert (EXAMPLES + graph in store.graphs()) != straight
    asked: list[int] = []
    push(new, store, progress=lambda name, done, total: asked.append(done))
    assert same(store, new) and not store.unfinished()
    assert not [name for name in store.everything() if name.startswith(LOADING)]


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_server_killed_at_the_last_step_goes_on(
    server: Server, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    old, new = source(1), source(2)
    store = impatient(connect(server, prefix=EXAMPLES))
    push(old, store)
    real = upload._put_in_place

    def dying(target: RemoteStore, staging: str, graph: str, triples: int) -> None:
        if when == "after":
            real(target, staging, graph, triples)
        server.kill()
        real(target, staging, graph, triples)

    monkeypatch.setattr(upload, "_put_in_place", dying)
    with pytest.raises(StoreError):
        push(new, store)
    monkeypatch.undo()
    server.start()
    push(new, store)
    assert same(store, new)


def test_one_who_loads_and_is_stopped_goes_on(
    servers: Callable[[str], Server], small_pieces: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = emptied(connect(servers("oxigraph-server"), prefix=EXAMPLES))
    new = source(1)

    def stop(name: str, done: int, total: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        push(new, store, progress=stop)
    store.forget()
    assert store.unfinished() and store.graphs() == []
    with pytest.raises(StoreError, match="not ended"):
        pull(store, Path("nowhere"))
    sent: list[bytes] = []
    real = upload._add
    monkeypatch.setattr(upload, "_add", lambda t, g, block: (sent.append(block), real(t, g, block))[1])
    push(new, store)
    first = b"".join(new.dump(EXAMPLES + "a", upload.PIECE)).count(b"\n")
    # The piece that was in is not sent again.
    assert 0 < b"".join(sent).count(b"\n") < 2 * first
    assert same(store, new)


@pytest.mark.parametrize("copies", [None, 0, 1])
def test_a_server_without_graph_store_or_copy_is_loaded_by_updates(
    servers: Callable[[str], Server], copies: int | None
) -> None:
    store = emptied(connect(servers("oxigraph-server"), prefix=EXAMPLES))
    profile = replace(store.endpoint.profile, copies=copies)
    plain = RemoteStore(replace(store.endpoint, profile=profile, graphs=None), prefix=EXAMPLES)
    for version in (1, 2):
        push(source(version), plain)
        assert same(plain, source(version))


def test_the_same_content_again_ends_well(servers: Callable[[str], Server]) -> None:
    store = emptied(connect(servers("oxigraph-server"), prefix=EXAMPLES))
    new = source(1)
    push(new, store)
    push(new, store)
    assert same(store, new)
    sent = push(source(1), store, before=new)
    assert sent == {} and same(store, new)


def test_keeping_reads_a_server_back(servers: Callable[[str], Server], tmp_path: Path) -> None:
    from konkyo.store import open_store

    store = emptied(connect(servers("virtuoso"), prefix=EXAMPLES))
    new = source(1, 10_050, "a")  # more than the rows that Virtuoso gives at once
    push(new, store)
    pull(store, tmp_path / "s")
    assert same(store, open_store(tmp_path / "s"))


# --- servers that refuse ----------------------------------------------------------------------


def test_a_wrong_password_is_told_and_changes_nothing(servers: Callable[[str], Server]) -> None:
    server = servers("virtuoso")
    store = emptied(connect(server, prefix=EXAMPLES))
    push(source(1), store)
    wrong = connect(server, prefix=EXAMPLES, KONKYO_STORE_PASSWORD=SECRET)
    with pytest.raises(StoreError) as caught:
        push(source(2), wrong)
    assert caught.value.kind == "refused"
    for text in (
        caught.value.report("ja"),
        caught.value.report("en"),
        repr(wrong.endpoint),
        str(caught.value),
    ):
        assert SECRET not in text
    assert same(store, source(1))


def test_without_a_login_virtuoso_is_not_written_to(servers: Callable[[str], Server]) -> None:
    store = RemoteStore(endpoint(servers("virtuoso").url + "/sparql", {}), prefix=EXAMPLES)
    with pytest.raises(StoreError) as caught:
        push(source(1), store)
    assert caught.value.kind in ("refused", "read-only")


def test_a_read_only_server_is_read_and_not_written_to(tmp_path: Path) -> None:
    server = made("oxigraph-server", tmp_path)
    assert isinstance(server, OxigraphServer)
    server.start()
    push(source(1), connect(server, prefix=EXAMPLES))
    server.kill()
    server.read_only = True
    server.start()
    try:
        store = connect(server, prefix=EXAMPLES)
        assert same(store, source(1))
        with pytest.raises(StoreError) as caught:
            push(source(2), store)
        assert caught.value.kind == "read-only"
        with pytest.raises(StoreError):
            store.probe()
        assert same(store, source(1))
    finally:
        server.kill()


def test_an_endpoint_without_an_address_for_writing_is_told() -> None:
    bare = replace(endpoint("https://example.org/some", {}), update=None)
    with pytest.raises(StoreError, match="no address for writing"):
        push(source(1), RemoteStore(bare, prefix=EXAMPLES))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        absent.not_here("the right to mount a small file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_told_and_the_old_graphs_stay(small_disk: Path, tmp_path: Path) -> None:
    server = made("oxigraph-server", small_disk)
    server.start()
    try:
        store = impatient(connect(server, prefix=EXAMPLES))
        old = source(1, 50)
        push(old, store)
        assert same(store, old)
        with pytest.raises(StoreError):
            push(source(2, 150_000), store)
    finally:
        server.kill()
    # With more room, the same data are served on and the load is done.
    roomy = tmp_path / "roomy"
    subprocess.run(["cp", "-r", str(small_disk), str(roomy)], check=True)
    server = made("oxigraph-server", roomy)
    server.start()
    try:
        store = impatient(connect(server, prefix=EXAMPLES))
        store.forget()
        for name in store.graphs():
            assert set(map(str, store.triples(name))) == set(map(str, old.triples(name)))
        new = source(3, 2_000)
        push(new, store)
        assert same(store, new)
    finally:
        server.kill()


# --- servers that answer slowly, or with nonsense ---------------------------------------------

GOOD = (
    b'{"head":{"vars":["g","n"]},"results":{"bindings":'
    b'[{"g":{"type":"uri","value":"https://example.org/a"},"n":{"type":"literal","value":"1"}}]}}'
)
JSON = "application/sparql-results+json"


def asked(url: str, timeout: float = GUARD) -> RemoteStore:
    where = endpoint(url, {"KONKYO_STORE_TIMEOUT": str(timeout), "KONKYO_STORE_TOKEN": SECRET})
    return RemoteStore(where, prefix=EXAMPLES, http=Http(where, sleep=lambda _: None))


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((200, "text/html", b"<html><h1>Welcome</h1></html>"), "nonsense"),
        ((200, JSON, b""), "nonsense"),
        ((200, JSON, GOOD[:60]), "nonsense"),
        ((200, JSON, b'{"head":{},"boolean":true}'), "nonsense"),
        (
            (
                200,
                JSON,
                b'{"head":{"vars":["g"]},"results":{"bindings":[{"g":{"type":"uri","value":"no iri"}}]}}',
            ),
            "nonsense",
        ),
        ((200, JSON, b"\xff\xfe\x00"), "nonsense"),
        ((302, "Location: http://elsewhere.example/?key=k\nX: y", b""), "nonsense"),
        ((404, "text/html", b"<html>not here"), "nonsense"),
        ((401, "text/plain", b""), "refused"),
        ((403, "text/plain", b"no"), "refused"),
        ((500, "text/plain", b"boom \x1b[31m"), "failed"),
        ((503, "text/plain", b"busy"), "failed"),
        ((504, "text/plain", b""), "slow"),
        ((507, "text/plain", b""), "full"),
        ((500, "text/plain", b"IO error: No space left on device"), "full"),
    ],
)
def test_what_is_no_answer_is_told(answer: tuple[int, str, bytes], kind: str) -> None:
    with answering(answer) as url, pytest.raises(StoreError) as caught:
        asked(url).graphs()
    assert caught.value.kind == kind
    for lang in ("ja", "en"):
        text = caught.value.report(lang)
        assert (
            "\x1b" not in text
            and SECRET not in text
            and "key=k" not in text
            and url.partition("?")[0] in text
        )


def test_a_server_that_is_not_there_is_told() -> None:
    nobody = Port()
    with pytest.raises(StoreError) as caught:
        asked(f"http://127.0.0.1:{nobody.number}/query").graphs()
    nobody.close()
    assert caught.value.kind == "away"


def test_a_server_that_is_busy_is_asked_again() -> None:
    busy = (503, "Content-Type: text/plain\nRetry-After: 0", b"busy")
    with answering(busy, busy, (200, JSON, GOOD)) as url:
        assert asked(url).graphs() == [EXAMPLES + "a"]


def waiting(url: str, timeout: float, lang: Language | None = None) -> tuple[RemoteStore, list[float]]:
    """A store whose waits are kept in a list instead of waited for."""
    waits: list[float] = []
    where = endpoint(url, {"KONKYO_STORE_TIMEOUT": str(timeout)})
    return RemoteStore(where, prefix=EXAMPLES, http=Http(where, sleep=waits.append, lang=lang)), waits


@pytest.mark.parametrize(("lang", "words"), [("ja", "秒待って、もう一度"), ("en", "Asking again in")])
def test_a_wait_is_told(capsys: pytest.CaptureFixture[str], lang: Language, words: str) -> None:
    short, long = ((429, f"Content-Type: text/plain\nRetry-After: {wait}", b"busy") for wait in (1, 20))
    with answering(short, long, (200, JSON, GOOD)) as url:
        store, waits = waiting(url, 60, lang)
        assert store.graphs() == [EXAMPLES + "a"]
    assert 1 <= waits[0] <= 1.25 and 20 <= waits[1] <= 25
    (told,) = capsys.readouterr().err.splitlines()
    assert words in told and "429: busy" in told and url in told and f"{waits[1]:.0f}" in told


def test_who_names_no_time_is_asked_again_however_short_the_time_limit_is() -> None:
    with answering((503, "text/plain", b"busy"), (200, JSON, GOOD)) as url:
        store, waits = waiting(url, 0.4)
        assert store.graphs() == [EXAMPLES + "a"] and waits[0] > 0.4


@pytest.mark.parametrize(("timeout", "wait", "most"), [(60, 3600, 30), (3, 20, 3)])
def test_a_wait_that_is_too_long_is_not_waited_for(timeout: float, wait: int, most: int) -> None:
    with answering((429, f"Content-Type: text/plain\nRetry-After: {wait}", b"busy")) as url:
        store, waits = waiting(url, timeout)
        with pytest.raises(StoreError) as caught:
            store.graphs()
    assert waits == []
    assert "429: busy" in caught.value.report("en")
    for lang in ("ja", "en"):
        assert f"{wait:,}" in caught.value.report(lang) and f"{most}" in caught.value.report(lang)


def test_a_connection_that_breaks_is_made_again() -> None:
    def breaks(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(GOOD[:40])
        handler.close_connection = True

    with answering(breaks, (200, JSON, GOOD)) as url:
        assert asked(url).graphs() == [EXAMPLES + "a"]
    with answering(breaks) as url, pytest.raises(StoreError) as caught:
        asked(url).graphs()
    assert caught.value.kind == "away"


NO_ROWS = (
    b'{"head":{"link":[],"vars":["__ASK_RETVAL"]},"results":{"distinct":false,"ordered":true,"bindings":[]}}'
)
YES = b'{"head":{},"boolean":true}'


@pytest.mark.parametrize(
    ("headers", "body", "kind"),
    [
        ("Server: Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu", YES, "virtuoso"),
        ("Server: nginx", NO_ROWS, "virtuoso"),  # behind a proxy
        ("X-Konkyo-Data: g-000001", YES, "generic"),
        ("Server: nginx", YES, "generic"),
    ],
)
def test_what_answers_at_sparql_is_recognised_by_one_request(headers: str, body: bytes, kind: str) -> None:
    asked_of: list[str] = []

    def answer(handler: BaseHTTPRequestHandler, media: str, body: bytes) -> None:
        asked_of.append(handler.path)
        handler.send_response_only(200)
        for name, value in [line.split(": ", 1) for line in (f"Content-Type: {JSON}", *media.splitlines())]:
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    with answering(
        lambda handler: answer(handler, headers, body), lambda handler: answer(handler, "X: y", GOOD)
    ) as url:
        store = asked(url.replace("/query", "/sparql")).opened()
    assert store.endpoint.profile.name == kind and store.graphs() == [EXAMPLES + "a"]
    assert asked_of == ["/sparql", "/sparql"]  # what it is, and which graphs it has
    assert store.endpoint.update == store.endpoint.query + ("-auth" if kind == "virtuoso" else "")
    store.recognise()
    assert len(asked_of) == 2


@pytest.mark.parametrize("kind", ["virtuoso", "generic"])
def test_a_server_whose_kind_is_named_is_not_asked_for_it(kind: str) -> None:
    named = endpoint("http://127.0.0.1:9/sparql", {"KONKYO_STORE_PROFILE": kind})
    RemoteStore(named, http=Http(named)).recognise()
    assert named.profile.name == kind and named.otherwise is None
    guessed = endpoint("http://127.0.0.1:9/sparql", {"KONKYO_STORE_UPDATE": "http://127.0.0.1:9/u"})
    assert guessed.otherwise and guessed.otherwise.update == "http://127.0.0.1:9/u"
    assert endpoint("http://127.0.0.1:9/query", {}).otherwise is None


def test_virtuoso_itself_is_recognised(servers: Callable[[str], Server]) -> None:
    store = connect(servers("virtuoso"), prefix=EXAMPLES)
    store.probe()
    assert store.endpoint.profile.name == "virtuoso" and store.endpoint.otherwise is None


def test_what_is_slow_may_be_taken_for_another_kind() -> None:
    with answering((504, "text/plain", b"")) as url, pytest.raises(StoreError) as caught:
        asked(url).graphs()
    assert "KONKYO_STORE_PROFILE" in caught.value.report(
        "ja"
    ) and "KONKYO_STORE_PROFILE" in caught.value.report("en")


def test_a_server_that_hangs_is_left() -> None:
    """The server says nothing until its client has left it."""
    done = threading.Event()
    with answering(lambda _: done.wait(GUARD) and None) as url:
        with pytest.raises(StoreError) as caught:
            asked(url, 0.5).graphs()
        done.set()
    assert caught.value.kind == "slow"
    assert "KONKYO_STORE_PROFILE" in caught.value.report("en")


def test_a_server_that_drips_is_left() -> None:
    """The server sends a byte now and then until its client has left it."""
    stop = threading.Event()

    def drips(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        drips = 0
        while not stop.wait(0.05) and drips < GUARD / 0.05:
            handler.wfile.write(b" ")
            drips += 1

    with answering(drips) as url:
        with pytest.raises(StoreError) as caught:
            asked(url, 0.6).graphs()
        stop.set()
    assert caught.value.kind == "slow"


def test_an_update_that_may_have_run_is_not_run_twice() -> None:
    count = []

    def breaks(handler: BaseHTTPRequestHandler) -> None:
        count.append(1)
        handler.close_connection = True

    with answering(breaks) as url, pytest.raises(StoreError):
        asked(url).update("INSERT DATA { <urn:a> <urn:b> <urn:c> }", again=False)
    assert len(count) == 1


# --- rows that are cut ------------------------------------------------------------------------


def test_all_rows_come_though_virtuoso_cuts_them(servers: Callable[[str], Server]) -> None:
    store = emptied(connect(servers("virtuoso"), prefix=EXAMPLES))
    here = source(1, 10_345, "a")
    push(here, store)
    text = f"""# a comment
        PREFIX ex: <{EXAMPLES}>
        SELECT ?s ?o WHERE {{ GRAPH ex:a {{ ?s ex:p ?o }} }} ORDER BY DESC(STR(?s)) # the end"""
    there = [(row["s"].value, row["o"].value) for row in store.select(text)]
    assert len(there) == 10_346
    assert there == [(row["s"].value, row["o"].value) for row in here.select(text)]
    made = list(store.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{EXAMPLES}a> {{ ?s ?p ?o }} }}"))
    assert len(made) == 10_346
    assert len(list(store.select("SELECT * { ?s ?p ?o } LIMIT 7"))) == 7
    assert len(list(store.construct("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 7"))) == 7


# --- settings ---------------------------------------------------------------------------------


def test_addresses_follow_from_one() -> None:
    def three(url: str, **environment: str) -> tuple[str, str | None, str | None]:
        made = endpoint(url, environment)
        return made.query, made.update, made.graphs

    h = "http://h:1"
    assert three(h) == three(h + "/query") == three(h + "/") == (h + "/query", h + "/update", h + "/store")
    sparql = (h + "/sparql", h + "/sparql-auth", h + "/sparql-graph-crud-auth")
    assert three(h + "/sparql") == sparql
    repository = h + "/rdf4j-server/repositories/k"
    assert three(repository) == (repository, repository + "/statements", repository + "/rdf-graphs/service")
    assert three(h + "/ds/query") == (h + "/ds/query", h + "/ds/update", h + "/ds/data")
    assert three(h + "/db", KONKYO_STORE_PROFILE="stardog") == (h + "/db/query", h + "/db/update", h + "/db")
    assert three(h, KONKYO_STORE_PROFILE="neptune") == (h + "/sparql", h + "/sparql", h + "/sparql/gsp/")
    assert three(h + "/x", KONKYO_STORE_UPDATE="http://u/") == (h + "/x", "http://u/", None)


def test_settings_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "login.yaml").write_text(f"user: u\npassword: {SECRET}\n")
    file = tmp_path / "server.yaml"
    file.write_text("query: https://h/sparql\nprofile: virtuoso\ncredentials: login.yaml\ntimeout: 5\n")
    made = endpoint(file, {})
    assert (made.user, made.secret, made.login, made.timeout) == ("u", SECRET, "digest", 5)
    assert SECRET not in repr(made)
    assert endpoint(file, {"KONKYO_STORE_USER": "v", "KONKYO_STORE_PASSWORD": "w"}).user == "v"


@pytest.mark.parametrize(
    "text",
    [
        "query: ftp://h/\n",
        "update: http://h/\n",
        "query: http://h/\nprofil: virtuoso\n",
        "query: http://h/\nprofile: nobody\n",
        "query: http://h/\ntimeout: soon\n",
        "query: http://h/\ntimeout: -1\n",
        "query: http://h/\nlogin: basic\n",
        f"query: http://me:{SECRET}@h/\n",
        f"query: http://h:{SECRET}/\n",
        "query: http://h/\ncredentials: nowhere.yaml\n",
        f"password: [{SECRET}\n",
        "- a\n",
        "",
    ],
)
def test_wrong_settings_are_told_without_secrets(tmp_path: Path, text: str) -> None:
    file = tmp_path / "server.yaml"
    file.write_text(text)
    with pytest.raises(KonkyoError) as caught:
        endpoint(file, {})
    assert SECRET not in caught.value.report("en") + caught.value.report("ja") + repr(caught.value)


def test_a_login_in_the_address_is_refused_and_not_shown() -> None:
    with pytest.raises(KonkyoError) as caught:
        endpoint(f"http://dba:{SECRET}@h/sparql", {})
    assert SECRET not in caught.value.report("en")


def test_the_tests_know_the_state_graph() -> None:
    assert STATE.startswith(LOADING) and PASSWORD and os.environ.get("KONKYO_STORE_TOKEN") is None


@pytest.mark.parametrize("name", ["a> } ; DROP ALL #", "no iri", "http://a b/"])
def test_a_name_that_is_no_iri_reaches_no_server(name: str) -> None:
    with answering((200, JSON, GOOD)) as url, pytest.raises(ValueError):
        asked(url).drop(EXAMPLES + name)
