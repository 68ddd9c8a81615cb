"""A server that replays the recorded conversation of an engine, with a store behind it; it knows no other address, field or login."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
from ruamel.yaml import YAML

ENGINES: dict[str, dict[str, Any]] = YAML(typ="safe").load(
    Path(__file__).parent.parent / "cases" / "engines.yaml"
)
USER, PASSWORD, TOKEN = "editor", "見本 password", "a-token"
_BASIC = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()


class _Speaker(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    spoken: dict[str, Any]
    store: ox.Store
    slow = False
    copies = True

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        address = urlsplit(self.path)
        asked = parse_qs(address.query, keep_blank_values=True)
        form = self.headers.get("Content-Type") == "application/x-www-form-urlencoded"
        if form:
            asked |= parse_qs(body.decode(), keep_blank_values=True)
        if form and address.query and self.spoken.get("forms_alone"):
            self._say({"status": 400, "body": "a form with fields in its address"})
        elif not self._known(asked):
            self._say(self.spoken["refused"])
        elif self.slow:
            self._say(self.spoken["slow"])
        elif form and "query" in asked and address.path == self.spoken["query"]:
            self._query(asked)
        elif form and "update" in asked and address.path == self.spoken["update"]:
            self._update(asked["update"][0])
        elif not form and "graph" in asked and address.path == self.spoken.get("graphs"):
            self.store.load(body, ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(asked["graph"][0]))
            self._say(self.spoken["added"])
        else:
            self._say({"status": 404, "body": f"Nothing at {self.path}"})

    def _known(self, asked: dict[str, list[str]]) -> bool:
        match self.spoken.get("login"):
            case "basic":
                return self.headers.get("Authorization") == _BASIC
            case "token":
                # Reading is open to all.
                return "update" not in asked or asked.get("access-token") == [TOKEN]
        return True

    def _query(self, asked: dict[str, list[str]]) -> None:
        default, named = (asked.get(f"{kind}-graph-uri", []) for kind in ("default", "named"))
        chosen: dict[str, Any] = {}
        if default or named:
            chosen = {
                "default_graph": [ox.NamedNode(iri) for iri in default],
                "named_graphs": [ox.NamedNode(iri) for iri in named],
            }
        try:
            answer = self.store.query(asked["query"][0], **chosen)
        except SyntaxError:
            self._say(self.spoken["wrong"])
            return
        if isinstance(answer, ox.QueryTriples):
            turtle = self.spoken["triples"]["headers"]["Content-Type"].startswith("text/turtle")
            form = ox.RdfFormat.TURTLE if turtle else ox.RdfFormat.N_TRIPLES
            self._say(self.spoken["triples"], answer.serialize(format=form))
        else:
            self._say(self.spoken["rows"], answer.serialize(format=ox.QueryResultsFormat.JSON))

    def _update(self, text: str) -> None:
        if not self.copies and text.startswith("COPY"):
            self._say({"status": 500, "body": "Invalid source target for operation"})
            return
        self.store.update(text)
        self._say(self.spoken["updated"])

    def _say(self, told: dict[str, Any], body: bytes | None = None) -> None:
        body = told.get("body", "").encode() if body is None else body
        self.send_response(told["status"])
        for name, value in told.get("headers", {}).items():
            self.send_header(name, value)
        if told["status"] != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def speaking(engine: str) -> Iterator[tuple[str, type[_Speaker]]]:
    """Run the server of an engine; yield the address that its operator would give, and the class that answers."""
    answering: type[_Speaker] = type("Speaker", (_Speaker,), {"spoken": ENGINES[engine], "store": ox.Store()})
    with ThreadingHTTPServer(("127.0.0.1", 0), answering) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{ENGINES[engine]['given']}", answering
        finally:
            server.shutdown()
            thread.join()


def environment(engine: str) -> dict[str, str]:
    """Return the settings with which an operator names and enters an engine."""
    secret = {
        "basic": {"KONKYO_STORE_USER": USER, "KONKYO_STORE_PASSWORD": PASSWORD},
        "token": {"KONKYO_STORE_TOKEN": TOKEN},
    }
    return {"KONKYO_STORE_PROFILE": engine, **secret.get(ENGINES[engine].get("login", ""), {})}
