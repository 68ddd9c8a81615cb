"""What a reader of a comparison must know beside the changes: what was compared, and what could not be."""

from __future__ import annotations

from collections.abc import Iterator

from konkyo.diff.compare import LISTED
from konkyo.diff.model import Side
from konkyo.words import Words


def notes_of(before: Side, after: Side, measure: str | None) -> Iterator[Words]:
    """Yield the notes on what was compared."""
    if before.others != after.others:
        yield _which_year(before, after)
    for side in (before, after):
        if measure:
            yield _who(side, measure)
        elif not side.files:
            yield Words(
                f"{side.name.ja}の資料は評価書だけなので、施策・事業の新規と終了は比べていません。",
                f"Of {side.name.en} there are evaluation sheets only, so what is new or gone was not compared.",
            )
    for kind, file in LISTED.items():
        lacking = [side for side in (before, after) if side.files and file not in side.files]
        if lacking and not measure:
            name = Words("施策", "measures") if kind == "Measure" else Words("予算事業", "projects")
            yield Words(
                f"{lacking[0].name.ja}のファイル {file} がないので、{name.ja}の新規と終了は比べていません。",
                f"File {file} of {lacking[0].name.en} is not there, so new and gone {name.en} were not compared.",
            )
    yield Words(
        "「追加」「削除」は、このストアにある資料の記載の違いです。資料に書かれていない変化は分かりません。",
        '"Added" and "dropped" are differences in what the documents of the store state; what they do not state is not known.',
    )


def _which_year(before: Side, after: Side) -> Words:
    """Return that two builds do not hold the same years, and which of them were compared."""

    def rest(side: Side, none: str, sign: str) -> str:
        return sign.join(map(str, side.others)) or none

    return Words(
        f"{before.year}年度と{after.year}年度を比べました（--year で選べます）。ほかの年度は、先に{rest(before, 'なし', '・')}、"
        f"後に{rest(after, 'なし', '・')}。",
        f"{before.year} and {after.year} were compared (--year chooses). Other years: {rest(before, 'none', ', ')} before, "
        f"{rest(after, 'none', ', ')} after.",
    )


def _who(side: Side, measure: str) -> Words:
    own = side.bases.get(measure, {})
    by = {iri for basis in own.values() for iri in basis.by}
    projects = side.placed.get(measure, {})
    citing = len(by - {measure})
    if measure not in side.shown and not by:
        return Words(
            f"{side.name.ja}: この施策を載せる資料はありません。",
            f"{side.name.en}: no document shows this measure.",
        )
    if measure in by and not projects:
        return Words(
            f"{side.name.ja}: 評価書が施策そのものについて記載したもの。",
            f"{side.name.en}: stated by an evaluation sheet, for the measure itself.",
        )
    said = (
        Words("施策そのものの記載と、", "what is stated for the measure itself, and ")
        if measure in by
        else Words("", "")
    )
    return Words(
        f"{side.name.ja}: {said.ja}施策に置かれた予算事業{len(projects)}件のうち{citing}件の記載。",
        f"{side.name.en}: {said.en}what {citing} of the {len(projects)} projects placed under the measure state.",
    )
