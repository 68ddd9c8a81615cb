"""What a reader of a comparison must know beside the changes: what was compared, and what could not be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from konkyo.common.advice import Advice, Code, Note, Value
from konkyo.common.words import Words, counted
from konkyo.model.codes import label_of
from konkyo.model.levels import HELD
from konkyo.questions.diff.compare import BASES, bases_compared, compared
from konkyo.questions.diff.coverage import LISTED, excerpts, holds
from konkyo.questions.diff.facts import both_measure, common_files
from konkyo.questions.diff.model import Side

# So many measures are named; of more, only how many they are.
_NAMED = 3


def notes_of(
    before: Side,
    after: Side,
    measure: str | None,
    project: str | None,
    unsure: Mapping[str, Collection[str]] | None,
) -> Iterator[Note]:
    """Yield the notes on what was compared; ``unsure`` as :func:`konkyo.questions.diff.facts.unsure_of` tells it, None: not compared."""
    if not compared(before, after, measure):
        yield Words("比べられるものはありません。", "There is nothing that could be compared.")
    if before.others != after.others:
        yield _which_year(before, after)
    for side in (before, after):
        if measure:
            yield _who(side, measure)
            continue
        if side.ministry and not side.shown:
            name = _label(before, after, side.ministry)
            yield Words(
                f"{side.name.ja}: {name.ja}の施策や予算事業を載せる資料はありません。",
                f"{side.name.en}: no document shows a measure or project of {name.en}.",
            )
        if not side.files and not project:
            yield Words(
                f"{side.name.ja}の資料は評価書だけなので、施策・事業の新規と終了は比べていません。",
                f"Of {side.name.en} there are evaluation sheets only, so what is new or gone was not compared.",
            )
    if not measure:
        yield from _followed(before, after, project)
    if not measure and not project:
        yield from _of_measures(before, after)
    if not measure:
        yield from _lacking(before, after)
    yield from excerpts(before, after, project)
    if project:
        yield from _only_once(before, after, project)
    if unsure is not None:
        yield from _logic(before, after)
        yield from _unsure(unsure)
    yield Words(
        "「追加」「削除」は、このストアにある資料の記載の違いです。資料に書かれていない変化は分かりません。",
        '"Added" and "dropped" are differences in what the documents of the store state; what they do not state is not known.',
    )


def _only_once(before: Side, after: Side, project: str) -> Iterator[Words]:
    """Yield that only one side has a project, where that is no change: its file of projects is not there."""
    for side, other in ((before, after), (after, before)):
        if project in side.shown and holds(side, "1-2") and not holds(other, "1-2"):
            yield Words(
                f"この事業は{side.name.ja}の資料にあります。{other.name.ja}にあるかどうかは分かりません。",
                f"Documents of {side.name.en} show this project. Whether those of {other.name.en} do is not known.",
            )


def _followed(before: Side, after: Side, project: str | None) -> Iterator[Words]:
    """Yield how projects were taken for one where no id tells it, with the levels of the links, and what follows from it."""
    if before.goes_on is None:
        return
    found = before.goes_on
    counts = Counter(
        found.levels[known] for known in found.levels if known in before.shown and known in after.shown
    )
    if counts:
        told = [(label_of(level), counts[level]) for level in HELD if counts[level]]
        yield Words(
            f"レビューシート（JUDGIT）の事業は年度を通じた番号を持たないので、続くとする結び付きで同じ事業とした{counts.total():,}件を比べています（一番弱い水準: "
            + "、".join(f"{words.ja}{count:,}件" for words, count in told)
            + "）。",
            f"Review sheets (JUDGIT) have no id of a project over the years: {counted(counts.total(), 'project')} are one by links that say "
            "what goes on (the weakest level: "
            + ", ".join(f"{words.en} {count:,}" for words, count in told)
            + ").",
        )
    if found.unknown:
        listed = [str(year) for year in found.unknown]
        yield Words(
            f"間の年度（{'・'.join(listed)}）のレビューがこのストアにないので、どの事業が続くかをたどれません。新規と終了は比べていません。",
            f"This store has no review of the years between ({', '.join(listed)}), so that no link leads over them; new and gone were not compared.",
        )
    elif not project:
        yield Words(
            "「新規」「終了」は、続くとする結び付きが見つからないもので、結び付きの漏れもありえます。",
            '"New" and "gone" are projects to which no link leads; a link may have been missed.',
        )


def _logic_of_sheets(before: Side, after: Side) -> Iterator[Words]:
    """Yield of which kinds of indicators only one side has any: the other's source has no field for them."""
    for side, other in ((before, after), (after, before)):
        alone = [label_of(kind) for kind in ("output", "outcome") if kind in side.kinds - other.kinds]
        if alone:
            yield Words(
                f"{other.name.ja}の資料には{'・'.join(words.ja for words in alone)}がないので、その指標は比べていません。",
                f"The documents of {other.name.en} have no {' or '.join(words.en for words in alone)}: such indicators were not compared.",
            )
    if both_measure(before, after):
        yield Words(
            "指標は、種類と名称が一致するものを同じとし、両方が記す年度の値と、それぞれの最後の値だけを比べています。段階は比べていません。",
            "Indicators are one where kind and name agree; compared are the values of years that both sides tell, and the last ones of each. "
            "Steps were not compared.",
        )


def _logic(before: Side, after: Side) -> Iterator[Words]:
    """Yield that steps or indicators were not compared, where one side has a file that the other has not."""
    if before.goes_on:
        yield from _logic_of_sheets(before, after)
        return
    held = [{file for file in ("3-1", "3-2") if file in side.files} for side in (before, after)]
    if not common_files(before, after) and any(held):
        listed = [", ".join(sorted(files)) for files in held]
        yield Words(
            f"論理モデルの段階は、同じファイルがそろわないので比べていません（{before.name.ja}: {listed[0] or 'なし'}、{after.name.ja}: {listed[1] or 'なし'}）。",
            f"Steps of logic models were not compared: the files are not the same ({before.name.en}: {listed[0] or 'none'}; "
            f"{after.name.en}: {listed[1] or 'none'}).",
        )
    if len([files for files in held if "3-1" in files]) == 1:
        side = after if "3-1" in held[0] else before
        yield Words(
            f"{side.name.ja}のファイル 3-1 がないので、指標は比べていません。",
            f"File 3-1 of {side.name.en} is not there, so indicators were not compared.",
        )


def _unsure(unsure: Mapping[str, Collection[str]]) -> Iterator[Words]:
    steps, indicators = (len(unsure.get(kind, ())) for kind in ("step", "indicator"))
    if steps or indicators:
        yield Words(
            f"二つの側に同じ文言があるが、規則では同じと決められない段階{steps:,}件、指標{indicators:,}件は、追加とも削除ともしていません。",
            f"{steps:,} steps and {indicators:,} indicators, of which both sides have the words but the rules cannot tell which is "
            "which, are called neither added nor dropped.",
        )


def _lacking(before: Side, after: Side) -> Iterator[Words]:
    """Yield what was not compared for want of a file of a review year."""
    for kind, file in LISTED.items():
        name = Words("施策", "measures") if kind == "Measure" else Words("予算事業", "projects")
        what = Words(f"{name.ja}の新規と終了", f"new and gone {name.en}")
        if file == BASES:
            what = Words(f"{what.ja}も、予算事業の根拠も、", f"{what.en} and the bases of projects")
        else:
            what = Words(f"{what.ja}は", what.en)
        for side in (before, after):
            if side.single and not holds(side, file):
                yield Words(
                    f"{side.name.ja}のレビューシート（JUDGIT）には計画・法令、政策・施策の欄がないので、{what.ja}比べていません。",
                    f"The review sheets of {side.name.en} (JUDGIT) have no fields for plans, laws, policies and measures, so {what.en} were "
                    "not compared.",
                )
                break
            if side.files and not holds(side, file):
                yield Words(
                    f"{side.name.ja}のファイル {file} がないので、{what.ja}比べていません。",
                    f"File {file} of {side.name.en} is not there, so {what.en} were not compared.",
                )
                break


def _of_measures(before: Side, after: Side) -> Iterator[Note]:
    """Yield of which measures one side states bases, and the other has no place for them."""
    for side, other in ((before, after), (after, before)):
        left_out = sorted(
            element
            for element in side.bases.keys() & side.sheets & other.shown.keys()
            if not bases_compared(before, after, element)
        )
        if not left_out:
            continue
        names = [_label(before, after, element) for element in left_out[:_NAMED]]
        which = Words("・".join(f"「{name.ja}」" for name in names), ", ".join(name.en for name in names))
        if len(left_out) > _NAMED:
            which = Words(f"{which.ja}など{len(left_out):,}件", f"{len(left_out):,}, among them {which.en}")
        yield Advice(Code.MEASURES_NOT_COMPARED, {"which": which, "other": other.name})


def _label(before: Side, after: Side, iri: str) -> Words:
    """Return the label of a thing as the later side has it, else the earlier one."""
    for side in (after, before):
        if found := side.reader.labels([iri]).get(iri):
            return found
    return Words(iri, iri)


def _which_year(before: Side, after: Side) -> Advice:
    """Return that two builds do not hold the same years, and which of them were compared."""

    def rest(side: Side) -> Words:
        years = list(map(str, side.others))
        return Words("・".join(years) or "なし", ", ".join(years) or "none")

    values: dict[str, Value] = {
        "before": before.year,
        "after": after.year,
        "rest_before": rest(before),
        "rest_after": rest(after),
    }
    return Advice(Code.YEARS_COMPARED, values)


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
