"""Write vocabularies.json: the terms of each vocabulary that konkyo reuses, so that a test needs no network.

How to renew it, in an empty folder:

    for name in prov dcat dcterms org oa bibo time skos schema; do npm pack @vocabulary/$name; done
    python make_vocabularies.py FOLDER

The packages carry each vocabulary as N-Quads. What they lack is listed by hand below: the few ELI terms in use, as they
stand in the ontology published at http://data.europa.eu/eli/ontology, the versioning terms of DCAT 3
(https://www.w3.org/TR/vocab-dcat-3/), since the package carries DCAT 2, and the small vocabularies DCAM, VANN and vs.
"""

from __future__ import annotations

import json
import sys
import tarfile
from pathlib import Path

import pyoxigraph

NAMESPACES = {
    "bibo": "http://purl.org/ontology/bibo/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
}
BY_HAND = {
    "http://data.europa.eu/eli/ontology#": [
        "LegalResource",
        "LegalResourceSubdivision",
        "based_on",
        "cites",
        "id_local",
        "number",
    ],
    "http://purl.org/dc/dcam/": ["domainIncludes", "memberOf", "rangeIncludes"],
    "http://purl.org/vocab/vann/": [
        "changes",
        "example",
        "preferredNamespacePrefix",
        "preferredNamespaceUri",
        "termGroup",
        "usageNote",
    ],
    "http://www.w3.org/2003/06/sw-vocab-status/ns#": ["moreinfo", "term_status", "userdocs"],
    "http://www.w3.org/ns/dcat#": [
        "hasCurrentVersion",
        "hasVersion",
        "isVersionOf",
        "previousVersion",
        "version",
    ],
}


def terms(archive: Path, namespace: str) -> list[str]:
    """Return the local names of what has a type in the vocabulary, sorted."""
    with tarfile.open(archive) as package:
        (member,) = (name for name in package.getnames() if name.endswith(".nq"))
        content = package.extractfile(member)
        assert content is not None
        found = set()
        for quad in pyoxigraph.parse(content.read(), format=pyoxigraph.RdfFormat.N_QUADS):
            # schema.org is published below http: and https: alike; the terms are the same.
            iri = str(getattr(quad.subject, "value", "")).replace("http://schema.org/", "https://schema.org/")
            if iri.startswith(namespace) and quad.predicate.value.endswith("#type"):
                found.add(iri.removeprefix(namespace))
    return sorted(found - {""})


def main(folder: Path) -> None:
    """Read the packages in ``folder`` and write the list beside this script."""
    lists = {
        namespace: terms(next(folder.glob(f"vocabulary-{name}-*.tgz")), namespace)
        for name, namespace in NAMESPACES.items()
    }
    for namespace, names in BY_HAND.items():
        lists[namespace] = sorted({*lists.get(namespace, []), *names})
    text = json.dumps(dict(sorted(lists.items())), ensure_ascii=False, indent=0)
    Path(__file__).with_name("vocabularies.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
