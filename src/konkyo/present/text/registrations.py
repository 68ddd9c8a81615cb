"""What the registry lacks, as YAML that stands by the schema of strategies.yaml and can be pasted into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from konkyo.citations.lacking import (
    CitationTally,
    SimilarTitle,
    Unregistered,
    UnregisteredEdition,
    UnregisteredPlan,
)
from konkyo.common.text import one_line
from konkyo.common.words import Words, counted
from konkyo.sources.yaml_document import read_yaml

if TYPE_CHECKING:
    from ruamel.yaml.comments import CommentedMap

_MOST_SPELLINGS = 5
_LONGEST = 100
_MOST_NAME = 1000  # as the schema has it


def registrations(lacking: Unregistered, registry: Path, at_least: int, lang: str) -> str:
    """Return a YAML document with the new plans, and whole entries of registered plans with their new editions.

    ``registry`` is the strategies.yaml that has these. Comments say how often each is cited, by how many projects, and
    under which spellings; what has no date and what may be another name of a registered plan stands only there.
    """
    writer = _Writer(lang)
    known: Mapping[str, Any] = read_yaml(registry).data or {}
    for plan in lacking.plans:
        writer.plan(plan)
    for key, editions in lacking.editions.items():
        for part in ("strategies", "cited"):
            entry = (known.get(part) or {}).get(key)
            if entry is not None:
                writer.entry(part, key, entry, editions)
    head = [*_head(lacking, at_least, lang), *writer.notes, *(_alike(one).of(lang) for one in lacking.alike)]
    return "".join(f"# {line}\n" for line in head) + writer.text()


def _alike(one: SimilarTitle) -> Words:
    return Words(
        f"{_counted(one.count, 'ja')}「{_short(one.title)}」は {one.key} に似ています。同じものなら aliases: に加えてください。",
        f"{_counted(one.count, 'en')} {_short(one.title)!r} is like {one.key}: if it is the same, add it to aliases:.",
    )


def _head(lacking: Unregistered, at_least: int, lang: str) -> list[str]:
    plans, editions = len(lacking.plans), sum(map(len, lacking.editions.values()))
    told = [
        Words(
            f"{at_least}件以上引かれ、登録簿にないもの: 計画等{plans}、登録済みの計画等の版{editions}。",
            f"Cited {at_least} times or more and not in the registry: {counted(plans, 'plan')}, "
            f"{counted(editions, 'edition')} of registered plans.",
        ).of(lang)
    ]
    if plans:
        told.append(
            Words(
                "新しい計画等: strategies.yaml の cited: の下に貼り、キー（IRIになる）をローマ字の語に替え、kind と版を確かめる。",
                "New plans: paste under cited: of strategies.yaml, replace the key (it makes the IRI) by romaji words, check kind "
                "and editions.",
            ).of(lang)
        )
    if editions:
        told.append(
            Words(
                "登録済みの計画等: 同じキーの登録を丸ごと置き換える（「新」と記した版が加わる）。",
                "Registered plans: replace the entry of the same key (the editions marked as new are added).",
            ).of(lang)
        )
    return told


class _Writer:
    def __init__(self, lang: str) -> None:
        from ruamel.yaml.comments import CommentedMap

        self.lang = lang
        self.notes: list[str] = []
        self._parts: dict[str, CommentedMap] = {"strategies": CommentedMap(), "cited": CommentedMap()}

    def plan(self, plan: UnregisteredPlan) -> None:
        """Add a plan that no registry holds."""
        entry: dict[str, Any] = {"ja": one_line(plan.ja)[:_MOST_NAME], "kind": plan.kind}
        if plan.body:
            entry["body"] = plan.body
        entry["source"] = _source(plan.count)
        self._put("cited", plan.key, entry, [], plan.editions, registered=False)
        self._comment("cited", plan.key, _lines(plan.count, self.lang))

    def entry(
        self, part: str, key: str, entry: Mapping[str, Any], editions: Iterable[UnregisteredEdition]
    ) -> None:
        """Add a registered plan with its new editions, as far as these have a date."""
        rest = {name: _plain(value) for name, value in entry.items() if name != "editions"}
        held = [_plain(one) for one in entry.get("editions", [])]
        self._put(part, key, rest, held, editions, registered=True)

    def _put(
        self,
        part: str,
        key: str,
        entry: dict[str, Any],
        held: list[dict[str, Any]],
        editions: Iterable[UnregisteredEdition],
        *,
        registered: bool,
    ) -> None:
        from ruamel.yaml.comments import CommentedSeq

        name, new = _short(entry["ja"]), dict[str, UnregisteredEdition]()
        for one in editions:
            if one.date is None or one.date.iso in new or one.date.iso in {item["date"] for item in held}:
                label = "・".join(one.labels) or (one.date.iso if one.date else "-")
                undated = Words(
                    f"「{name}」の版「{label}」は、日付の記載がないか重なるので加えていません（{_counted(one.count, 'ja')}）。",
                    f"The edition {label} of {name} has no date of its own and is left out ({_counted(one.count, 'en')}).",
                )
                self.notes.append(undated.of(self.lang))
            else:
                new[one.date.iso] = one
        made = [*held, *({"date": iso, **_edition(one)} for iso, one in new.items())]
        items = CommentedSeq()
        for item in sorted(made, key=lambda one: str(one["date"])):
            items.append(_node(item, flow="sections" not in item))
            if lines := self._said(new.get(item["date"]), registered):
                items.yaml_set_comment_before_after_key(len(items) - 1, before="\n".join(lines), indent=6)
        node: CommentedMap = _node(entry)
        if items:
            node["editions"] = items
        if new or not registered:
            self._parts[part][key] = node

    def _said(self, edition: UnregisteredEdition | None, registered: bool) -> list[str]:
        """Return what stands above an edition: of a registered plan that it is new; of any the dates it might have, too."""
        lines: list[str] = []
        if edition and registered:
            new = Words("新: ", "new: ").of(self.lang)
            lines = [new + line for line in _lines(edition.count, self.lang)]
        if edition and edition.other_dates:
            others = "、".join(one.iso for one in edition.other_dates)
            said = Words(f"ほかの日付も記されている: {others}", f"other dates are stated: {others}")
            lines.append(said.of(self.lang))
        return lines

    def _comment(self, part: str, key: str, lines: Sequence[str]) -> None:
        self._parts[part].yaml_set_comment_before_after_key(key, before="\n".join(lines), indent=2)

    def text(self) -> str:
        """Return the parts that hold anything."""
        from ruamel.yaml import YAML

        writer = YAML()
        writer.width = 1 << 16
        writer.indent(mapping=2, sequence=4, offset=2)
        out = StringIO()
        document = {part: entries for part, entries in self._parts.items() if entries}
        if document:
            writer.dump(_node(document), out)
        return out.getvalue()


def _edition(edition: UnregisteredEdition) -> dict[str, Any]:
    labels = {"labels": list(edition.labels)} if edition.labels else {}
    return {**labels, "source": _source(edition.count)}


def _source(count: CitationTally) -> str:
    years = "・".join(str(year) for year in sorted(count.years))
    return f"RS {years} の記載（{count.links}件）" if years else f"引用の記載（{count.links}件）"


def _counted(count: CitationTally, lang: str) -> str:
    return Words(
        f"{count.links:,}件（{len(count.projects):,}事業）",
        f"{counted(count.links, 'citation')} ({counted(len(count.projects), 'project')})",
    ).of(lang)


def _lines(count: CitationTally, lang: str) -> list[str]:
    """Return how often something is cited, and under which spellings, a line each."""
    told = [_counted(count, lang)]
    ordered = sorted(count.spellings.items(), key=lambda item: (-item[1], item[0]))
    told += [f"  {number:,} {_short(raw)}" for raw, number in ordered[:_MOST_SPELLINGS]]
    if len(ordered) > _MOST_SPELLINGS:
        more = len(ordered) - _MOST_SPELLINGS
        told.append(Words(f"  ほか{more}通り", f"  and {counted(more, 'other spelling')}").of(lang))
    return told


def _short(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _plain(value: Any) -> Any:
    """Return a value of a YAML document without the comments that stand beside it."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, str):
        return str(value)
    return [_plain(one) for one in value] if isinstance(value, Sequence) else value


def _node(value: Any, *, flow: bool = False) -> Any:
    """Return a value as a node to be written; lists of words, and what is to be ``flow``, stand on one line."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from ruamel.yaml.scalarstring import SingleQuotedScalarString

    if isinstance(value, CommentedMap | CommentedSeq):
        return value
    if isinstance(value, Mapping):
        made = CommentedMap({key: _node(one, flow=flow) for key, one in value.items()})
        if flow:
            made.fa.set_flow_style()
        return made
    if isinstance(value, list):
        items = CommentedSeq([_node(one, flow=flow) for one in value])
        if flow or all(isinstance(one, str) for one in value):
            items.fa.set_flow_style()
        return items
    # A date or a year without quotes would be no text.
    return SingleQuotedScalarString(value) if isinstance(value, str) and value[:1].isdigit() else value
