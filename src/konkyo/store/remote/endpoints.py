"""What SPARQL servers have in common and where each differs: addresses, login, and how a graph is put in place.

Only standard SPARQL 1.1 is sent (query, update, Graph Store Protocol); a profile says where, and what to mind.
Oxigraph and Virtuoso are run by tests, the engine of Jena by a command; with the others there are recorded conversations.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit, urlunsplit

from konkyo.common.errors import KonkyoError
from konkyo.common.files import read_regular
from konkyo.common.words import Words

Login = Literal["none", "basic", "digest", "bearer", "token"]
LOGINS: tuple[Login, ...] = ("none", "basic", "digest", "bearer", "token")


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of server. ``query``, ``update`` and ``graphs`` are paths after the base of its address.

    ``union`` is the parameter of the query address that makes the default graph the union of all;
    ``listing`` the query that lists graphs (as ``?g``) cheaply; ``pages`` that rows may be cut without an error;
    ``copies`` up to how many triples the server copies a graph in one step (None: as many as there are,
    0: it knows no COPY); ``bare`` that big integers must come without quotes; ``joins`` that it is asked for no more
    than joins (see `fetch_plan.py`); ``undef`` that VALUES may leave a variable open.
    """

    name: str
    query: str
    update: str
    graphs: str | None
    login: Login = "basic"
    union: tuple[str, str] | None = None
    listing: str = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    pages: bool = False
    copies: int | None = None
    bare: bool = False
    joins: bool = False
    undef: bool = True


PROFILES = {
    profile.name: profile
    for profile in (
        # A copy of 300,000 triples takes Oxigraph 1.5 GB of memory and 20 s, so big graphs are put in otherwise.
        Profile(
            "oxigraph",
            "/query",
            "/update",
            "/store",
            union=("union-default-graph", "true"),
            listing="SELECT ?g { GRAPH ?g {} }",
            copies=100_000,
        ),
        # Counting is quicker than DISTINCT here; an INSERT … WHERE between graphs was seen to block the server;
        # "3955984000"^^xsd:integer, being more than 32 bits, would become a decimal; and the copy of 3.1 million triples
        # is more than one transaction holds (TransactionAfterImageLimit, 50 MB unless set otherwise).
        Profile(
            "virtuoso",
            "/sparql",
            "/sparql-auth",
            "/sparql-graph-crud-auth",
            login="digest",
            listing="SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
            pages=True,
            copies=200_000,
            bare=True,
            joins=True,
        ),
        Profile("rdf4j", "", "/statements", "/rdf-graphs/service"),
        Profile("graphdb", "", "/statements", "/rdf-graphs/service"),
        Profile("stardog", "/query", "/update", ""),
        Profile("neptune", "/sparql", "/sparql", "/sparql/gsp/"),
        # Jena 4.5.0 moves a FILTER of a variable to the VALUES of it, and loses all rows where these leave it open.
        Profile("fuseki", "/query", "/update", "/data", undef=False),
        Profile("qlever", "", "", None, login="token", copies=0),
        Profile("generic", "", "", None),
    )
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server is and how one logs in; what is secret does not show when it is printed.

    ``otherwise`` is what it is taken for if it turns out not to be what its address looks like.
    """

    profile: Profile
    query: str
    update: str | None
    graphs: str | None
    login: Login = "none"
    user: str | None = field(default=None, repr=False)
    secret: str | None = field(default=None, repr=False)
    timeout: float = 60.0
    otherwise: Endpoint | None = None

    @property
    def name(self) -> str:
        """Return the query address as it may be shown: without a query string, which may hold a key."""
        return shown(self.query)


def is_remote(place: str | Path) -> bool:
    """Return whether a store's place is a server: an address, or a file with the settings of one."""
    text = str(place)
    if isinstance(place, str) and text.lower().startswith(("http://", "https://")):
        return True
    return Path(text).suffix.lower() in (".yaml", ".yml", ".json") and Path(text).is_file()


def shown(url: str) -> str:
    """Return an address without what may be secret in it: login, query string, fragment."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if ":" in host:
        host = f"[{host}]"
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        port = ""
    return urlunsplit((parts.scheme, host + port, parts.path, "", ""))


_MAX_BYTES = 1_000_000
_KEYS = {"query", "update", "graphs", "profile", "login", "timeout", "credentials"}


def endpoint(where: str | Path, environment: Mapping[str, str] | None = None) -> Endpoint:
    """Return the server that an address or a settings file (YAML, JSON) names. Raises KonkyoError.

    A settings file has ``query`` and may have ``update``, ``graphs`` (the Graph Store address), ``profile``,
    ``login``, ``timeout`` (seconds) and ``credentials`` (a file with ``user`` and ``password``, or ``token``).
    The environment says the same for an address: KONKYO_STORE_UPDATE, _GRAPHS, _PROFILE, _LOGIN, _TIMEOUT,
    _CREDENTIALS; and the secrets: KONKYO_STORE_USER, _PASSWORD, _TOKEN.
    """
    environment = os.environ if environment is None else environment
    settings: dict[str, Any] = {
        key: environment[f"KONKYO_STORE_{key.upper()}"]
        for key in _KEYS - {"query"}
        if environment.get(f"KONKYO_STORE_{key.upper()}")
    }
    source = None
    if isinstance(where, str) and where.lower().startswith(("http://", "https://")):
        settings["query"] = where
    else:
        source = str(where)
        settings |= _settings(Path(where))
    for key in ("query", "update", "graphs"):
        if key in settings:
            _address(settings[key], source, key)
    if "query" not in settings:
        raise _fault("query がありません。", "there is no query address.", source, "query")
    profile = _profile(settings, source)
    user, secret, login = _credentials(settings, environment, source, profile)

    def made(kind: Profile) -> Endpoint:
        found = _addresses(kind, settings["query"])
        return replace(
            found,
            update=settings.get("update", found.update),
            graphs=settings.get("graphs", found.graphs),
            login=login,
            user=user,
            secret=secret,
            timeout=_seconds(settings.get("timeout", 60), source),
        )

    # Many servers answer at …/sparql, konkyo's own among them.
    guessed = "profile" not in settings and profile.name == "virtuoso"
    return replace(made(profile), otherwise=made(PROFILES["generic"]) if guessed else None)


def _fault(ja: str, en: str, source: str | None, key: str | None = None) -> KonkyoError:
    return KonkyoError(Words(f"接続の設定: {ja}", f"Settings of the store: {en}"), source=source, field=key)


def _settings(path: Path) -> dict[str, Any]:
    found = _read(path)
    for key in found:
        if key not in _KEYS:
            allowed = ", ".join(sorted(_KEYS))
            raise _fault(
                f"「{key}」という項目はありません（使えるもの: {allowed}）。",
                f"there is no such key (there are: {allowed}).",
                str(path),
                str(key),
            )
    if "credentials" in found:
        found["credentials"] = str(path.parent / str(found["credentials"]))
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        text = read_regular(path, _MAX_BYTES).decode("utf-8-sig")
        if path.suffix.lower() == ".json":
            found = json.loads(text)
        else:
            from ruamel.yaml import YAML

            found = YAML(typ="safe", pure=True).load(text)
    except KonkyoError:
        raise
    except Exception:  # the text of a parser's error may quote a password
        raise _fault("YAML又はJSONとして読めません。", "this is no YAML or JSON.", str(path)) from None
    if not isinstance(found, dict):
        raise _fault("項目の並びではありません。", "these are no keys with values.", str(path))
    return {str(key): value for key, value in found.items()}


def _address(value: object, source: str | None, key: str) -> None:
    text = str(value)
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - it is the port that may be no number
    except ValueError:
        raise _fault("アドレスとして読めません。", "this is no address.", source, key) from None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise _fault(
            "http又はhttpsのアドレスではありません。", "this is no http or https address.", source, key
        )
    if parts.username or parts.password:
        raise KonkyoError(
            Words(
                "アドレスに利用者名やパスワードを書かないでください。",
                "Do not write a user or password into the address.",
            ),
            source=source or shown(text),
            hint=Words(
                "環境変数 KONKYO_STORE_USER と KONKYO_STORE_PASSWORD（又は KONKYO_STORE_TOKEN）で渡せます。",
                "Pass them as KONKYO_STORE_USER and KONKYO_STORE_PASSWORD (or KONKYO_STORE_TOKEN).",
            ),
        )


def _profile(settings: Mapping[str, Any], source: str | None) -> Profile:
    named = settings.get("profile")
    if named is not None:
        if str(named) not in PROFILES:
            listed = ", ".join(PROFILES)
            raise _fault(
                f"知らない種類のサーバーです（使えるもの: {listed}）。",
                f"no such profile (there are: {listed}).",
                source,
                "profile",
            )
        return PROFILES[str(named)]
    path = urlsplit(str(settings["query"])).path.rstrip("/")
    if "/repositories/" in path:
        return PROFILES["rdf4j"]
    if path.endswith(("/sparql", "/sparql-auth")):
        return PROFILES["virtuoso"]
    if path in ("", "/query"):
        return PROFILES["oxigraph"]
    if path.endswith("/query"):
        return PROFILES["fuseki"]
    return PROFILES["generic"]


def _addresses(profile: Profile, query: str) -> Endpoint:
    """Return the three addresses that follow from the one given, be it the base or the query address."""
    parts = urlsplit(query)
    path = parts.path.rstrip("/")
    for tail in (profile.query, profile.update if profile.name == "virtuoso" else None):
        if tail and path.endswith(tail):
            path = path.removesuffix(tail)
            break
    else:
        query = urlunsplit((parts.scheme, parts.netloc, path + profile.query, parts.query, ""))

    def below(tail: str | None) -> str | None:
        return (
            None
            if tail is None
            else urlunsplit((parts.scheme, parts.netloc, path + tail or "/", parts.query, ""))
        )

    return Endpoint(profile, query, below(profile.update), below(profile.graphs))


def _credentials(
    settings: Mapping[str, Any], environment: Mapping[str, str], source: str | None, profile: Profile
) -> tuple[str | None, str | None, Login]:
    held = _read(Path(settings["credentials"])) if "credentials" in settings else {}
    user = environment.get("KONKYO_STORE_USER") or held.get("user")
    password = environment.get("KONKYO_STORE_PASSWORD") or held.get("password")
    token = environment.get("KONKYO_STORE_TOKEN") or held.get("token")
    login = settings.get("login")
    if login is not None and login not in LOGINS:
        raise _fault(
            f"使えるもの: {', '.join(LOGINS)}", f"one of {', '.join(LOGINS)} is wanted.", source, "login"
        )
    if token is not None and login in (None, "bearer", "token"):
        return None, str(token), login or ("token" if profile.login == "token" else "bearer")
    if user is not None and password is not None:
        by_default: Login = profile.login if profile.login in ("basic", "digest") else "basic"
        return str(user), str(password), login or by_default
    if login not in (None, "none"):
        raise _fault(
            "利用者名とパスワード、又はトークンがありません。",
            "user and password, or a token, are missing.",
            source,
            "login",
        )
    return None, None, "none"


def _seconds(value: object, source: str | None) -> float:
    try:
        seconds = float(str(value))
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 86_400:
        raise _fault("秒数（1日まで）が要ります。", "seconds are wanted, a day at most.", source, "timeout")
    return seconds
