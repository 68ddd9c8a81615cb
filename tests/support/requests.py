"""Requests that are sent and not waited for: what they hold at work is seen, and then they are answered or hung up."""

from __future__ import annotations

import select
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import quote, urlsplit

from support.waiting import GUARD, until


class Asked:
    """A request on its way, on a connection of its own."""

    def __init__(self, url: str, headers: Mapping[str, str] | None = None) -> None:
        parts = urlsplit(url)
        assert parts.hostname
        self._connection = HTTPConnection(parts.hostname, parts.port, timeout=GUARD)
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path
        self._connection.request("GET", path, headers={"Accept": "*/*", **(headers or {})})
        self._answer: tuple[int, Mapping[str, str], str] | None = None

    @property
    def answered(self) -> bool:
        """Return whether an answer is there, or the server has hung up."""
        if self._answer is not None:
            return True
        assert self._connection.sock is not None
        return bool(select.select([self._connection.sock], [], [], 0)[0])

    def answer(self) -> tuple[int, Mapping[str, str], str]:
        """Wait for the answer; return its status, its headers (names in lower case) and its text."""
        if self._answer is None:
            response = self._connection.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            self._answer = response.status, headers, response.read().decode("utf-8", "replace")
        return self._answer

    def hang_up(self) -> None:
        """Close the connection."""
        self._connection.close()


@contextmanager
def asking(*urls: str, headers: Mapping[str, str] | None = None) -> Iterator[list[Asked]]:
    """Send requests, and hang up on what is still under way at the end."""
    asked: list[Asked] = []
    try:
        asked.extend(Asked(url, headers) for url in urls)
        yield asked
    finally:
        for one in asked:
            one.hang_up()


def sparql(address: str, query: str) -> str:
    """Return the address of a query, for a server whose address has no slash at its end."""
    return f"{address}/sparql?query={quote(query, safe='')}"


def answered(asked: list[Asked], number: int) -> list[Asked]:
    """Wait until so many of the requests are answered, and return those; the others are still under way."""
    until(lambda: sum(one.answered for one in asked) >= number, f"{number} of {len(asked)} answers")
    return [one for one in asked if one.answered]
