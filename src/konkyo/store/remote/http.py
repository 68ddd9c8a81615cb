"""Requests to a SPARQL server: deadlines, patience with what may be asked again, and errors in plain words."""

from __future__ import annotations

import random
import re
import ssl
import sys
import time
import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from konkyo.common.advice import Advice, Code, Note
from konkyo.common.errors import KonkyoError
from konkyo.common.text import printable, whole
from konkyo.common.words import Language, Words, default_language
from konkyo.store.remote.deadline import Connections, ended_after
from konkyo.store.remote.endpoints import Endpoint, shown
from konkyo.store.remote.said import said

if TYPE_CHECKING:
    import httpx

Kind = Literal["away", "refused", "read-only", "slow", "nonsense", "bad query", "full", "cut", "failed"]

ATTEMPTS = 4
MAX_BYTES = 1 << 29
_AGAIN = {429, 502, 503}
_WAIT_AT_MOST = 30.0
_TOLD_FROM = 1.5  # seconds: a shorter wait is no silence
_CONNECT = 10.0
_GRACE = 0.5  # seconds: who reads the body sees the deadline by itself
_PACKED = {"", "identity", "gzip", "x-gzip", "deflate"}


class StoreError(KonkyoError):
    """A server that cannot be reached, refuses, or answers what it should not; ``kind`` says which."""

    def __init__(self, kind: Kind, message: Words, *, source: str, hint: Note | None = None) -> None:
        super().__init__(message, source=source, hint=hint)
        self.kind: Kind = kind


@cache
def _trusted() -> ssl.SSLContext:
    """Return the authorities that are trusted; reading them takes longer than a question, so it is done once."""
    import httpx

    return httpx.create_ssl_context()


class Http:
    """A client of one server. Nothing it raises or prints holds a password or a token.

    ``lang`` is the language in which it says on stderr that it waits.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        sleep: Callable[[float], object] = time.sleep,
        lang: Language | None = None,
    ) -> None:
        import httpx

        self.endpoint = endpoint
        self._sleep = sleep
        self._lang = lang or default_language()
        headers = {"User-Agent": "konkyo", "Accept-Encoding": "gzip, deflate"}
        auth: httpx.Auth | None = None
        self._fields: dict[str, str] = {}
        user, secret = endpoint.user or "", endpoint.secret or ""
        match endpoint.login:
            case "basic":
                auth = httpx.BasicAuth(user, secret)
            case "digest":
                auth = httpx.DigestAuth(user, secret)
            case "bearer":
                headers["Authorization"] = f"Bearer {secret}"
            case "token":
                self._fields["access-token"] = secret
            case "none":
                pass
        # No redirects: a login must not follow to where a server points.
        self._client = httpx.Client(auth=auth, headers=headers, follow_redirects=False, verify=_trusted())
        self._connections = Connections()
        # Whoever forgets to close it leaves no connection open when it is gone.
        weakref.finalize(self, self._client.close)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def post(
        self,
        url: str,
        fields: Mapping[str, str | Sequence[str]],
        *,
        accept: str = "*/*",
        params: Mapping[str, str] | None = None,
        again: bool = True,
        timeout: float | None = None,
    ) -> tuple[bytes, httpx.Headers]:
        """Post a form; return the body and the headers. ``again``: doing it twice does the same as once."""
        data: dict[str, Any] = {**fields, **self._fields}
        return self._ask("POST", url, accept, again, timeout, params=params, data=data)

    def put(
        self,
        method: Literal["POST", "PUT", "DELETE"],
        url: str,
        graph: str,
        content: bytes = b"",
        media: str = "application/n-triples",
        *,
        timeout: float | None = None,
    ) -> None:
        """Speak the Graph Store Protocol: add triples to a graph, replace it by them, or remove it."""
        params = {"graph": graph, **self._fields}
        headers = {"Content-Type": media} if method != "DELETE" else {}
        self._ask(method, url, "*/*", True, timeout, params=params, headers=headers, content=content or None)

    def _ask(
        self, method: str, url: str, accept: str, again: bool, timeout: float | None, **request: Any
    ) -> tuple[bytes, httpx.Headers]:
        patience = timeout or self.endpoint.timeout
        request["headers"] = {"Accept": accept, **request.get("headers", {})}
        if request.get("params"):
            import httpx

            # Given as params, httpx would put them in place of what the address has itself.
            request["params"] = httpx.URL(url).params.merge(request["params"])
        else:
            request.pop("params", None)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._once(method, url, patience, request)
            except _Fleeting as fleeting:
                if attempt == ATTEMPTS or not (again or fleeting.untouched):
                    raise fleeting.error from None
                wait, most = fleeting.wait, min(_WAIT_AT_MOST, patience)
                if wait is None:
                    wait = 0.25 * 2**attempt
                elif wait > most:
                    raise _busy(fleeting.error, wait, most) from None
                wait *= 1 + random.random() / 4  # noqa: S311 - no secret
                if wait > _TOLD_FROM:
                    self._tell(fleeting.error, wait)
                self._sleep(wait)
        raise AssertionError

    def _tell(self, error: StoreError, wait: float) -> None:
        note = Words(
            f"（{error.source}: {error.message.ja}{wait:.0f}秒待って、もう一度尋ねます。）",
            f"({error.source}: {error.message.en} Asking again in {wait:.0f} s.)",
        )
        print(note.of(self._lang), file=sys.stderr, flush=True)

    def _once(
        self, method: str, url: str, patience: float, request: dict[str, Any]
    ) -> tuple[bytes, httpx.Headers]:
        import httpx

        name = shown(url)
        deadline = time.monotonic() + patience
        timeout = httpx.Timeout(patience, connect=min(_CONNECT, patience))
        request["extensions"] = {"trace": self._connections.trace}
        try:
            with (
                ended_after(patience + _GRACE, self._connections.end),
                self._client.stream(method, url, timeout=timeout, **request) as response,
            ):
                _refuse_packed(response, name)
                body = _read(response.iter_bytes(), deadline, patience, name)
                if response.is_success:
                    return body, response.headers
                raise_for(response, body, name)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise _Fleeting(away(name, error), untouched=True) from None
        except httpx.TimeoutException:
            raise slow(name, patience) from None
        except (httpx.TransportError, httpx.DecodingError) as error:
            if time.monotonic() > deadline:
                raise slow(name, patience) from None
            raise _Fleeting(away(name, error)) from None
        except (httpx.InvalidURL, ValueError):
            raise StoreError(
                "nonsense",
                Words("アドレスとして使えません。", "This address cannot be used."),
                source=name,
            ) from None
        raise AssertionError


class _Fleeting(Exception):
    """What may pass: ``untouched`` if the server cannot have begun; ``wait`` seconds if it said so."""

    def __init__(self, error: StoreError, *, untouched: bool = False, wait: float | None = None) -> None:
        super().__init__()
        self.error, self.untouched, self.wait = error, untouched, wait


def _busy(error: StoreError, wait: float, most: float) -> StoreError:
    return StoreError(
        error.kind,
        Words(
            f"{error.message.ja}{wait:,.0f}秒後に尋ねるように言われましたが、{most:,.0f}秒より長くは待ちません。",
            f"{error.message.en} It asks to come back in {wait:,.0f} s; konkyo waits no longer than {most:,.0f} s.",
        ),
        source=str(error.source),
        hint=Words("後でもう一度実行してください。", "Run it again later."),
    )


def _refuse_packed(response: httpx.Response, name: str) -> None:
    """Raise StoreError for what is packed otherwise than was asked for: of what is packed twice, a piece of 64 KB may be 64 GB."""
    packed = response.headers.get("Content-Encoding", "").strip().lower()
    if packed not in _PACKED:
        told = printable(packed, 40)
        raise StoreError(
            "nonsense",
            Words(
                f"サーバーの答えの詰め方（{told}）は読みません。",
                f"The answer is packed in a way that is not read ({told}).",
            ),
            source=name,
        )


def _read(parts: Iterable[bytes], deadline: float, patience: float, name: str) -> bytes:
    found, size = [], 0
    for part in parts:
        found.append(part)
        size += len(part)
        if size > MAX_BYTES:
            raise StoreError(
                "nonsense",
                Words("サーバーの答えが大きすぎます。", "The server's answer is too large."),
                source=name,
            )
        if time.monotonic() > deadline:  # one that sends a byte a second never meets the client's own limit
            raise slow(name, patience)
    return b"".join(found)


def away(name: str, error: Exception) -> StoreError:
    """Return the error for a server that does not answer."""
    reason = type(error).__name__
    return StoreError(
        "away",
        Words(f"サーバーに届きません（{reason}）。", f"The server cannot be reached ({reason})."),
        source=name,
        hint=Words(
            "動いているか、アドレスが正しいかを確かめてください。読み込みの途中なら、同じ命令で続きから再開します。",
            "Is it running, is the address right? A load that was under way goes on with the same command.",
        ),
    )


def slow(name: str, patience: float) -> StoreError:
    """Return the error for a server that does not answer in time."""
    return StoreError(
        "slow",
        Words(
            f"{patience:g}秒待ちましたが、答えが終わりません。", f"No complete answer within {patience:g} s."
        ),
        source=name,
        hint=Words(
            f"問合せを絞るか、KONKYO_STORE_TIMEOUT（秒）を延ばしてください。{_KIND.ja}",
            f"Narrow the query, or raise KONKYO_STORE_TIMEOUT (seconds). {_KIND.en}",
        ),
    )


# A server that is taken for another kind is asked in ways that are slow there.
_KIND = Words(
    "サーバーの種類は KONKYO_STORE_PROFILE で示せます。", "KONKYO_STORE_PROFILE names the kind of server."
)
_READ_ONLY = re.compile(r"read.?only|SR186|No permission to execute", re.IGNORECASE)
_FULL = re.compile(r"no space left|disk (?:is )?full|storage full|out of disk|quota", re.IGNORECASE)
# QLever tells so with 400 or 500.
_NO_TOKEN = re.compile(
    r"access[- ]token.*(?:provided|not correct)|requires a valid access token", re.IGNORECASE
)
_TOO_SLOW = re.compile(
    r"time.?out|timed out|took too long|deadline exceeded|S1T00|exceeds the limit of \d+", re.IGNORECASE
)


def raise_for(response: httpx.Response, body: bytes, name: str) -> None:
    """Raise the error that an unsuccessful answer means."""
    status, text = response.status_code, said(body)
    quoted = Words(
        f"（{status}: {text}）" if text else f"（{status}）",
        f" ({status}: {text})" if text else f" ({status})",
    )
    if _FULL.search(text) or status == 507:
        raise StoreError(
            "full",
            Words(f"サーバーのディスクが一杯です{quoted.ja}。", f"The server's disk is full{quoted.en}."),
            source=name,
            hint=Words(
                "場所を空けてから同じ命令で続きから再開できます。元のグラフはそのまま残っています。",
                "Make room; the same command goes on from there. Graphs that were in place are still there.",
            ),
        )
    if _READ_ONLY.search(text) or status in (405, 501):
        raise StoreError(
            "read-only",
            Words(
                f"このサーバーには書けません{quoted.ja}。",
                f"This server does not let itself be written to{quoted.en}.",
            ),
            source=name,
            hint=Words(
                "書込み用のアドレス（KONKYO_STORE_UPDATE、KONKYO_STORE_GRAPHS）と権限を確かめてください。",
                "Check the addresses for writing (KONKYO_STORE_UPDATE, KONKYO_STORE_GRAPHS) and the rights.",
            ),
        )
    if status in (401, 403, 407) or _NO_TOKEN.search(text):
        raise StoreError(
            "refused",
            Words(f"サーバーが断りました{quoted.ja}。", f"The server refuses{quoted.en}."),
            source=name,
            hint=Words(
                "KONKYO_STORE_USER と KONKYO_STORE_PASSWORD、又は KONKYO_STORE_TOKEN を確かめてください。",
                "Check KONKYO_STORE_USER and KONKYO_STORE_PASSWORD, or KONKYO_STORE_TOKEN.",
            ),
        )
    if status in (408, 504) or (status >= 400 and _TOO_SLOW.search(text)):
        raise StoreError(
            "slow",
            Words(
                f"サーバーが時間切れにしました{quoted.ja}。",
                f"The server's own time limit ended it{quoted.en}.",
            ),
            source=name,
            hint=Words(f"問合せを絞ってください。{_KIND.ja}", f"Narrow the query. {_KIND.en}"),
        )
    failed = StoreError(
        "failed",
        Words(f"サーバーが処理できませんでした{quoted.ja}。", f"The server failed{quoted.en}."),
        source=name,
    )
    if status in _AGAIN:
        raise _Fleeting(
            failed, untouched=status in (429, 503), wait=_seconds(response.headers.get("Retry-After"))
        )
    if 300 <= status < 400:
        target = shown(response.headers.get("Location", ""))
        raise StoreError(
            "nonsense",
            Words(
                f"サーバーが別のアドレス（{target}）を指しています。",
                f"The server points to another address ({target}).",
            ),
            source=name,
            hint=Advice(Code.OTHER_ADDRESS),
        )
    if status in (404, 410):
        raise StoreError(
            "nonsense",
            Words(
                f"ここにSPARQLの窓口はありません{quoted.ja}。",
                f"There is no SPARQL endpoint here{quoted.en}.",
            ),
            source=name,
            hint=Words(
                "アドレスと KONKYO_STORE_PROFILE を確かめてください。",
                "Check the address and KONKYO_STORE_PROFILE.",
            ),
        )
    if status == 400:
        raise StoreError(
            "bad query",
            Words(
                f"サーバーがこの文を受け付けません{quoted.ja}。", f"The server does not take this{quoted.en}."
            ),
            source=name,
        )
    raise failed


def _seconds(value: str | None) -> float | None:
    return whole(value)
