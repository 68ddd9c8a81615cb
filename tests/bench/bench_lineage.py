"""How well projects are known again from review to review: ``python tests/bench/bench_lineage.py STORE``.

The store holds the review sheets of several years (and RS files). Told are the links by rule; of 200 links and projects that were drawn by
seed 20 over kinds and years before any rule was tuned, and labelled by reading both sheets (``lineage_labels.csv``), how many are
found, and how many of what is found is wrong; and how far JUDGIT's own 事業ID agrees, which no rule uses.

``drawn_as`` is the pool that a label comes from; the recall of all is weighted by the sizes of the pools. ``seen`` labels were read only
after a rule had found them: they count for precision alone.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from pathlib import Path

from konkyo.model.namespaces import ID
from konkyo.store import open_store

LABELS = Path(__file__).with_name("lineage_labels.csv")
PREFIXES = "PREFIX kk: <https://w3id.org/konkyo/ns#> "
LINKS = """SELECT ?s ?b ?level ?rule ?column WHERE { ?l a kk:Lineage ; kk:basis ?b ; kk:claimLevel ?level ; kk:evidence/kk:column ?column .
  ?s kk:hasLink ?l . OPTIONAL { ?l kk:rule ?rule } }"""
OWN_ID = """SELECT ?s ?id WHERE { ?column kk:column "事業ID"@ja . ?cell kk:inColumn ?column ; kk:statedText ?id .
  ?a kk:hasField ?cell . ?s kk:hasAppearance ?a }"""
# How many there were in all of what the labels were drawn from; those of one project may stand in several pools.
POOLS = {
    **{"name": 38_644, "number": 1_100, "former": 286, "amounts": 1_525, "weak": 1_222},
    **{"moved": 37, "cross": 5, "none": 847},
}


def year(iri: str) -> int:
    """The review of a sheet's project; RS projects stand after all sheets."""
    return int(iri.split("-")[1][:4]) if iri.startswith("judgit-") else 2024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    store = open_store(parser.parse_args().store)
    links: dict[tuple[str, str], str] = {}
    for row in store.select(PREFIXES + LINKS):
        pair = tuple(row[name].value.removeprefix(f"{ID}project/") for name in ("s", "b"))
        rule = row["rule"].value.rpartition("/")[2] if row["rule"] else row["level"].value.rpartition("/")[2]
        links[pair] = rule if row["rule"] else f"{rule}: {row['column'].value}"  # type: ignore[index]
    by_rule = Counter(links.values())
    befores = defaultdict(set)
    for later, earlier in links:
        befores[later].add(earlier)

    right, wrong, found, wanted = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    with LABELS.open(encoding="utf-8") as file:
        for label in csv.DictReader(file):
            pair, pool = (label["later"], label["earlier"]), label["drawn_as"]
            if label["verdict"] in ("right", "seen"):
                right[links.get(pair, "")] += 1
            if label["verdict"] == "right":
                wanted[pool] += 1
                found[pool] += pair in links
            elif label["verdict"] == "wrong":
                wrong[links.get(pair, "")] += 1
            elif label["verdict"] == "none" and befores[label["later"]]:
                print("to be read:", label["later"], befores[label["later"]])

    own = {
        row["s"].value.removeprefix(f"{ID}project/"): row["id"].value
        for row in store.select(PREFIXES + OWN_ID)
    }
    same, other = Counter[str](), Counter[str]()
    for (later, earlier), rule in links.items():
        if later in own and earlier in own and year(later) - year(earlier) == 1:
            key = f"{rule} 2016-2019" if year(later) < 2020 else f"{rule} 2020"
            (same if own[later] == own[earlier] else other)[key] += 1

    print(
        "| rule | links | labelled right | wrong | 事業ID agrees 2016-2019 | 2020 |\n|---|---|---|---|---|---|"
    )
    for rule, number in by_rule.most_common():
        told = []
        for part in ("2016-2019", "2020"):
            both = same[f"{rule} {part}"], other[f"{rule} {part}"]
            told.append(f"{both[0]:,} of {sum(both):,}" if sum(both) else "")
        print(f"| {rule} | {number:,} | {right[rule]} | {wrong[rule]} | {' | '.join(told)} |")
    print("\n| drawn as | what has a predecessor | found |\n|---|---|---|")
    for pool in POOLS:
        print(f"| {pool} | {wanted[pool]} | {found[pool]} |")
    weight = {pool: POOLS[pool] * wanted[pool] / max(1, drawn(pool)) for pool in POOLS}
    recall = sum(weight[pool] * found[pool] / wanted[pool] for pool in POOLS if wanted[pool])
    linked = sum(right.values()) - right[""]
    print(
        f"\nprecision {linked / (linked + sum(wrong.values()) - wrong['']):.3f}, weighted recall {recall / sum(weight.values()):.3f}"
    )


def drawn(pool: str) -> int:
    """How many of a pool were labelled as something that is clear."""
    with LABELS.open(encoding="utf-8") as file:
        return sum(
            row["drawn_as"] == pool and row["verdict"] not in ("unclear", "seen")
            for row in csv.DictReader(file)
        )


if __name__ == "__main__":
    main()
