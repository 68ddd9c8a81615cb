"""Which names of hosts a server answers to: links to itself follow the name, and a stranger's must not get into them."""

from __future__ import annotations

import re
import socket
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from konkyo.server.http.settings import Settings

ANY = "*"
_AUTHORITY = re.compile(
    r"(?:(?P<name>[A-Za-z0-9._-]{1,253})|\[(?P<six>[0-9A-Fa-f:.]{2,45})\])(?::[0-9]{1,5})?"
)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def host_name(authority: str) -> str | None:
    """Return the host of ``host:port`` in one spelling; None for what is no host."""
    found = _AUTHORITY.fullmatch(authority)
    if found is None:
        return None
    if found["six"] is None:
        return found["name"].lower().removesuffix(".") or None
    try:
        return str(ip_address(found["six"]))
    except ValueError:
        return None


def is_known(settings: Settings, authority: str) -> bool:
    """Return whether a Host header names this server: as it was told, else by what it listens on."""
    name = host_name(authority)
    names = _names(settings)
    return name is not None and (
        name in names or ANY in names or (_at_all_addresses(settings) and _is_address(name))
    )


@lru_cache(maxsize=64)
def _names(settings: Settings) -> frozenset[str]:
    own = {settings.host.lower(), *(name.lower().removesuffix(".") for name in settings.host_names)}
    if settings.base and (base := urlsplit(settings.base).hostname):
        own.add(base)
    if _at_all_addresses(settings):
        own |= {*_LOOPBACK, socket.gethostname().lower()}
    elif own & _LOOPBACK or settings.host.startswith("127."):
        own |= _LOOPBACK
    return frozenset(own)


def _at_all_addresses(settings: Settings) -> bool:
    return settings.host in ("", "0.0.0.0", "::")  # noqa: S104


def _is_address(name: str) -> bool:
    try:
        return bool(ip_address(name))
    except ValueError:
        return False
