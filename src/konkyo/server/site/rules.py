"""Rules by which a host leads the data's IRIs to a site: w3id.org, Apache, nginx and Netlify."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote, urlsplit

from konkyo.server.site.files import SiteFile
from konkyo.server.site.rendering import Site

_KINDS = "id|code|graph"
_FORMS = (("text/turtle", "ttl"), ("application/ld\\+json", "jsonld"))


def files(site: Site) -> Iterator[SiteFile]:
    """Yield the rules. Those of w3id.org name the site's public address; the others go by its path there."""
    root = urlsplit(site.base).path + "/"
    renamed = [
        (path, quote(place))
        for path, place in sorted(site.addresses.things.items())
        if quote(place) != path[1:]
    ]
    yield SiteFile("rules/w3id.htaccess", _w3id(site.base or "https://example.org").encode())
    yield SiteFile(".htaccess", _apache(root, renamed).encode())
    yield SiteFile("rules/nginx.conf", _nginx(root, renamed).encode())
    yield SiteFile("_redirects", _netlify(root, renamed).encode())


def _w3id(base: str) -> str:
    """Return what stands in w3id.org's folder of the data: each IRI leads to what describes it."""
    lines = [
        "# https://github.com/perma-id/w3id.org: konkyo/.htaccess",
        "Options +FollowSymLinks",
        "RewriteEngine on",
    ]
    for media, suffix in _FORMS:
        lines += [
            f"RewriteCond %{{HTTP_ACCEPT}} {media}",
            f"RewriteRule ^(({_KINDS})/.+)$ {base}/$1.{suffix} [R=303,NE,L]",
        ]
        lines += [f"RewriteCond %{{HTTP_ACCEPT}} {media}", f"RewriteRule ^ns/?$ {base}/ns.ttl [R=303,L]"]
    lines += [
        f"RewriteRule ^(({_KINDS})/.+)$ {base}/page/$1/ [R=303,NE,L]",
        f"RewriteRule ^ns/?$ {base}/ns/ [R=303,L]",
    ]
    lines += [f"RewriteRule ^(.*)$ {base}/$1 [R=302,L]"]
    return "\n".join(lines) + "\n"


def _apache(root: str, renamed: list[tuple[str, str]]) -> str:
    lines = [
        "AddType text/turtle .ttl", "AddType application/ld+json .jsonld", "AddType application/wasm .wasm",
        "AddType application/atom+xml .xml", "AddDefaultCharset utf-8", f"ErrorDocument 404 {root}404.html",
        "RewriteEngine on", f"RewriteBase {root}",
        *(f"RewriteRule ^(?:page/)?{_quoted(unquote(path[1:]))}/?$ page/{_in_rule(place)}/ [R=303,NE,L]" for path, place in renamed),
    ]  # fmt: skip
    for media, suffix in _FORMS:
        lines += [
            f"RewriteCond %{{HTTP_ACCEPT}} {media}",
            "RewriteCond %{REQUEST_FILENAME} !-f",
            f"RewriteRule ^((?:{_KINDS})/.+)$ $1.{suffix} [R=303,NE,L]",
        ]
    lines += ["RewriteCond %{REQUEST_FILENAME} !-f", f"RewriteRule ^((?:{_KINDS})/.+)$ page/$1/ [R=303,NE,L]"]
    return "\n".join(lines) + "\n"


def _quoted(path: str) -> str:
    """Return a pattern of Apache's that a path fits alone; a space, a quote or a line's end in it would be Apache's own."""
    return re.sub(rb"[^A-Za-z0-9/_-]", lambda found: b"\\x%02x" % found[0][0], path.encode()).decode()


def _nginx(root: str, renamed: list[tuple[str, str]]) -> str:
    moved = "".join(
        f'location = "{root}{_in_quotes(unquote(path[1:]))}" {{ return 303 "{root}page/{place}/"; }}\n'
        for path, place in renamed
    )
    return (
        "# Inside of server { … }; $konkyo_form belongs above it, in http { … }:\n"
        '# map $http_accept $konkyo_form { default ""; ~text/turtle ttl; ~application/ld\\+json jsonld; }\n'
        f"{moved}"
        f"location ~ ^{root}((?:{_KINDS})/.+)\\.(ttl|jsonld)$ {{ types {{ text/turtle ttl; application/ld+json jsonld; }} charset utf-8; }}\n"
        # A named group: the map reads the header by a pattern of its own, which takes $1 away.
        f"location ~ ^{root}(?<konkyo_key>(?:{_KINDS})/.+)$ {{\n"
        f"  if ($konkyo_form) {{ return 303 {root}$konkyo_key.$konkyo_form; }}\n  return 303 {root}page/$konkyo_key/;\n}}\n"
        f"location {root} {{ index index.html; charset utf-8; error_page 404 {root}404.html; }}\n"
    )


def _in_rule(place: str) -> str:
    return place.replace("%", "\\%")  # %2 would be a part of a condition


def _in_quotes(path: str) -> str:
    return re.sub(r'(["\\])', r"\\\1", path)


def _netlify(root: str, renamed: list[tuple[str, str]]) -> str:
    # A colon or a star in a path would stand for something.
    lines = [f"{root}{quote(unquote(path[1:]))} {root}page/{place}/ 302" for path, place in renamed]
    # A file that is there is served before a rule is looked at, so that .ttl and .jsonld are.
    lines += [f"{root}{kind}/* {root}page/{kind}/:splat/ 302" for kind in _KINDS.split("|")]
    return "\n".join(lines) + "\n"
