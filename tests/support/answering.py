"""A server that says whatever a test wants it to say."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def answering(*answers: tuple[int, str, bytes] | Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """Run a server that gives these answers one after the other, the last one for ever; yield its address."""
    left = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = left.pop(0) if len(left) > 1 else left[0]
            if callable(answer):
                answer(self)
                return
            status, media, body = answer
            self.send_response(status)
            for name, value in (
                [("Content-Type", media)]
                if "\n" not in media
                else [line.split(": ", 1) for line in media.splitlines()]
            ):
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{httpd.server_port}/query"
    finally:
        httpd.shutdown()
        httpd.server_close()
