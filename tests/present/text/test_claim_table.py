from __future__ import annotations

import csv
import io

from konkyo.graph.lookup.things import find
from konkyo.present.text.claim_table import claims_csv
from konkyo.questions.trace import between, trace
from konkyo.store import EmbeddedStore


def test_every_claim_has_a_line_for_each_place_that_states_it(built_store: EmbeddedStore) -> None:
    answer = trace(built_store, find(built_store, "政策15"))
    claims = [*(c for group in answer.groups for c in group.claims), *answer.advice]
    for lang in ("ja", "en"):
        head, *lines = csv.reader(io.StringIO(claims_csv(answer, lang)))
        assert {len(line) for line in lines} == {len(head)}
        assert len(lines) == sum(len(claim.evidence) for claim in claims)
        assert {(line[1], line[3]) for line in lines} == {(c.owner.iri, c.place[-1].iri) for c in claims}


def test_the_claims_of_chains_stand_once(built_store: EmbeddedStore) -> None:
    answer = between(built_store, find(built_store, "新成長戦略"), find(built_store, "測定指標3"))
    lines = claims_csv(answer, "ja").splitlines()
    assert len(lines) == len(set(lines)) > 3
