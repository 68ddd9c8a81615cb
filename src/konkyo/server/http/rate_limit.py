"""How many queries one client has at work, so that it cannot hold all the workers by itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import Request

log = logging.getLogger("konkyo.server")

_HOME_BITS = 64  # what one IPv6 subscriber has for itself
_MOST_NAMED = 64


class TooMany(Exception):
    """A client has its share of queries at work already, and waited for its turn in vain."""


@dataclass(slots=True)
class _Share:
    free: asyncio.Semaphore
    users: int = 0


class Clients:
    """Turns of clients: ``most`` queries of one at a time (0: no limit), ``queue`` that wait, for ``seconds``."""

    def __init__(self, most: int, queue: int, seconds: float) -> None:
        self.most = most
        self.queue = queue
        self.seconds = seconds
        self.refused = 0
        self._shares: dict[str, _Share] = {}

    @property
    def waiting(self) -> int:
        """Return how many queries wait for others of their own client."""
        return sum(max(0, share.users - self.most) for share in self._shares.values())

    @property
    def known(self) -> int:
        """Return how many clients have queries at work or waiting."""
        return len(self._shares)

    @asynccontextmanager
    async def turn(self, client: str) -> AsyncIterator[None]:
        """Hold one of a client's turns, as soon as there is one. Raises TooMany."""
        if not self.most:
            yield
            return
        share = self._shares.setdefault(client, _Share(asyncio.Semaphore(self.most)))
        if share.users >= self.most + self.queue:
            self.refused += 1
            raise TooMany
        share.users += 1
        try:
            try:
                async with asyncio.timeout(self.seconds):
                    await share.free.acquire()
            except TimeoutError:
                self.refused += 1
                raise TooMany from None
            try:
                yield
            finally:
                share.free.release()
        finally:
            share.users -= 1
            if not share.users:
                del self._shares[client]


def client_key(address: str) -> str:
    """Return what stands for a client: its address, of IPv6 the network that one subscriber has."""
    try:
        made = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:_MOST_NAMED]
    if not isinstance(made, IPv6Address):
        return str(made)
    return str(made.ipv4_mapped or ip_network((made, _HOME_BITS), strict=False))


class Callers:
    """Tells clients apart; ``proxies`` are those whose X-Forwarded-For has been taken for the address already."""

    def __init__(self, proxies: tuple[str, ...]) -> None:
        self._told = bool(proxies)

    def of(self, request: Request) -> str:
        """Return what stands for the client of a request; tell once of a proxy that nobody has named."""
        address = request.client.host if request.client else ""
        if not self._told and "x-forwarded-for" in request.headers:
            self._told = True
            log.warning(
                "a request from %s has X-Forwarded-For, which is not believed: if that is your reverse proxy, name it "
                "as a proxy of the server, else all its clients count as one",
                address,
            )
        return client_key(address)
