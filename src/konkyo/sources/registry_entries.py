"""Reading the registries' files: their entries as records, and the names by which they are looked up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from konkyo.common.dates import PartialDate, parse_date
from konkyo.common.name_form import name_form
from konkyo.common.words import Words
from konkyo.model.identifiers import IRI, below, thing
from konkyo.model.records import Edition, Location, Organization, Panel, Record, Section, Strategy, Unit
from konkyo.sources.known_strategies import KnownEdition, KnownStrategy, heading_of, section_keys
from konkyo.sources.yaml_document import Document, check_against, read_yaml

_SCHEMAS = Path(__file__).parent


class RegistryEntries:
    """What the files of both registries say, as records, and the names by which it is looked up."""

    def __init__(self, folder: Path) -> None:
        """Read ``organizations.yaml`` and ``strategies.yaml`` of a folder. Raises KonkyoError."""
        self.organizations: list[Record] = []
        self.strategies: list[Record] = []
        # Of what only citations name: strategy -> its records, written where something that is loaded cites it.
        self.cited: dict[IRI, list[Record]] = {}
        self.known: list[KnownStrategy] = []
        # Who decides, and which strategies a strategy names (predecessor, part, …): written with what names them.
        self._deciders: dict[str, IRI] = {}
        self._decider_records: dict[IRI, Record] = {}
        self._named_by: dict[IRI, tuple[IRI, ...]] = {}
        self._names: dict[tuple[str, ...], IRI] = {}
        self._editions: dict[IRI, dict[str, IRI]] = {}
        self.folder = folder
        organizations = _read(folder / "organizations.yaml", "organizations")
        self._read_organizations(organizations)
        self._read_strategies(_read(folder / "strategies.yaml", "strategies"))

    def _name(
        self, document: Document, path: Sequence[str | int], scope: str, names: Iterable[str], iri: IRI
    ) -> None:
        for name in names:
            known = self._names.setdefault((scope, name_form(name)), iri)
            if known != iri:
                raise document.error(
                    path,
                    Words(f"「{name}」は二度登録されています。", f"{name!r} is registered twice."),
                    Words("名称か別名を分けてください。", "Give the two entries different names."),
                )

    def _read_organizations(self, document: Document) -> None:
        data: Mapping[str, Any] = document.data or {}
        for slug, entry in _items(data, "ministries"):
            ministry = thing("org", slug)
            number = entry.get("corporate_number")
            self.organizations.append(Organization(iri=ministry, identifier=number, **_named(entry)))
            self._name(document, ["ministries", slug], "ministries", [entry["ja"]], ministry)
            self._read_units(document, ["ministries", slug], ministry, ministry, "", entry)
        bodies: dict[str, IRI] = {}
        self._read_bodies(None, "", data, bodies)
        for slug, entry in _items(data, "panels"):
            panel = thing("panel", slug)
            within = " ".join(entry.get("within", []))
            if within and name_form(within) not in bodies:
                raise document.error(
                    ["panels", slug, "within"],
                    Words(f"「{within}」は bodies: にありません。", f"{within!r} is not under bodies:."),
                )
            self.organizations.append(
                Panel(iri=panel, part_of=bodies.get(name_form(within)), **_named(entry))
            )
            names = [entry["ja"], within + entry["ja"]]
            self._name(document, ["panels", slug], "panels", names, panel)
        self._deciders.update(
            {name_form(one["ja"]): thing("org", slug) for slug, one in _items(data, "ministries")}
        )
        for slug, entry in _items(data, "deciders"):
            body = entry.get("kind") == "body"
            decider = thing("org" if body else "panel", slug)
            if name_form(entry["ja"]) in self._deciders or decider in self._decider_records:
                raise document.error(
                    ["deciders", slug],
                    Words(
                        f"「{entry['ja']}」は二度登録されています。", f"{entry['ja']!r} is registered twice."
                    ),
                )
            self._deciders[name_form(entry["ja"])] = decider
            self._decider_records[decider] = (Organization if body else Panel)(iri=decider, **_named(entry))
        for slug, entry in _items(data, "places"):
            place = thing("place", slug)
            self.organizations.append(Location(iri=place, **_named(entry)))
            self._name(document, ["places", slug], "places", [entry["ja"]], place)

    def _read_units(
        self,
        document: Document,
        path: list[str | int],
        ministry: IRI,
        parent: IRI,
        prefix: str,
        entry: Mapping[str, Any],
    ) -> None:
        for slug, child in _items(entry, "units"):
            unit = below(parent, slug)
            here: list[str | int] = [*path, "units", slug]
            within = None if parent == ministry else parent
            self.organizations.append(Unit(iri=unit, unit_of=ministry, part_of=within, **_named(child)))
            self._name(document, here, ministry, [prefix + child["ja"]], unit)
            self._read_units(document, here, ministry, unit, prefix + child["ja"], child)

    def _read_bodies(
        self, parent: IRI | None, prefix: str, data: Mapping[str, Any], bodies: dict[str, IRI]
    ) -> None:
        for slug, entry in _items(data, "bodies"):
            body = below(parent, slug) if parent else thing("org", slug)
            note = "資料が会議体の置かれた場所としてだけ挙げる組織"
            self.organizations.append(Organization(iri=body, part_of=parent, note=note, **_named(entry)))
            bodies[name_form(prefix + entry["ja"])] = body
            self._read_bodies(body, prefix + entry["ja"], entry, bodies)

    def _read_strategies(self, document: Document) -> None:
        data: Mapping[str, Any] = document.data or {}
        listed = [("strategies", *item) for item in _items(data, "strategies")]
        listed += [("cited", *item) for item in _items(data, "cited")]
        known = {slug for _, slug, _ in listed}
        # A registered predecessor has this one as its successor, whichever of the two entries says so.
        follows = {(entry["predecessor"], slug) for _, slug, entry in listed if "predecessor" in entry}
        follows |= {(slug, entry["successor"]) for _, slug, entry in listed if "successor" in entry}
        for part, slug, entry in listed:
            path: list[str | int] = [part, slug]
            for name in [
                *entry.get("different_from", []),
                *(entry[field] for field in ("part_of", "predecessor", "successor") if field in entry),
            ]:
                if name not in known or name == slug:
                    raise document.error(
                        path,
                        Words(
                            f"「{name}」という別の登録はありません。", f"No other entry is named {name!r}."
                        ),
                    )
            strategy = thing("strategy", slug)
            if strategy in self._editions:
                raise document.error(
                    path, Words(f"「{slug}」は二度登録されています。", f"{slug!r} is registered twice.")
                )
            into = self.strategies if part == "strategies" else self.cited.setdefault(strategy, [])
            editions = list(self._read_editions(document, path, strategy, entry, into))
            aliases = tuple(entry.get("aliases", []))
            made = Strategy(
                iri=strategy,
                kind=entry["kind"],
                aliases=aliases,
                deciders=self._deciders_of(document, path, entry.get("body")),
                part_of=thing("strategy", entry["part_of"]) if "part_of" in entry else None,
                replaces=tuple(thing("strategy", old) for old, new in sorted(follows) if new == slug),
                replaced_by=tuple(thing("strategy", new) for old, new in sorted(follows) if old == slug),
                different_from=tuple(thing("strategy", other) for other in entry.get("different_from", [])),
                editions=tuple(editions),
                note=entry.get("note"),
                source=entry["source"],
                **_named(entry),
            )
            into.append(made)
            self._named_by[strategy] = (
                *((made.part_of,) if made.part_of else ()),
                *made.replaces,
                *made.replaced_by,
                *made.different_from,
            )
            self._name(document, path, "strategies", [entry["ja"], *aliases], strategy)
            self.known.append(self._known(document, path, strategy, entry))
        for slug, entry in _items(data, "reports"):
            path = ["reports", slug]
            date = _date(document, path, entry["date"])
            report = thing("report", slug, date.iso)
            try:
                creator = thing("panel", entry["panel"])
                if creator not in {record.iri for record in self.organizations}:
                    raise KeyError
            except (KeyError, ValueError):
                raise document.error(
                    [*path, "panel"],
                    Words(
                        f"会議体「{entry['panel']}」は登録されていません。",
                        f"No panel is named {entry['panel']!r}.",
                    ),
                ) from None
            self.strategies.append(
                Edition(
                    iri=report,
                    title=entry["ja"],
                    issued=date,
                    creator=creator,
                    url=entry.get("url"),
                    note=entry.get("note"),
                    source=entry["source"],
                    **_named(entry),
                )
            )
            self._editions[report] = {date.iso: report}
            self._name(document, path, "reports", [entry["ja"], *entry.get("aliases", [])], report)

    def _deciders_of(self, document: Document, path: list[str | int], body: str | None) -> tuple[IRI, ...]:
        """Return who decided a strategy: one registered name, or several with ・ between them."""
        if body is None:
            return ()
        whole = self._deciders.get(name_form(body))
        found = [whole] if whole else [self._deciders.get(name_form(name)) for name in body.split("・")]
        if None in found:
            raise document.error(
                [*path, "body"],
                Words(f"「{body}」は deciders: にありません。", f"{body!r} is not under deciders:."),
                Words(
                    f"{self.folder / 'organizations.yaml'} の deciders: に加えてください。",
                    f"Add it under deciders: in {self.folder / 'organizations.yaml'}.",
                ),
            )
        return tuple(sorted(one for one in found if one))

    @staticmethod
    def _known(
        document: Document, path: list[str | int], strategy: IRI, entry: Mapping[str, Any]
    ) -> KnownStrategy:
        editions = []
        for number, item in enumerate(entry.get("editions", [])):
            here: list[str | int] = [*path, "editions", number]
            date = _date(document, here, item["date"])
            others = [*item.get("amended", []), *item.get("also", [])]
            title = (item["title"],) if item.get("title", entry["ja"]) != entry["ja"] else ()
            editions.append(
                KnownEdition(
                    iri=below(strategy, date.iso),
                    date=date,
                    labels=tuple(item.get("labels", [])),
                    aliases=(*title, *item.get("aliases", [])),
                    other_dates=tuple(_date(document, here, other) for other in others),
                    sections=tuple(section_keys(below(strategy, date.iso), item, ("", ""))),
                )
            )
        return KnownStrategy(
            iri=strategy,
            ja=entry["ja"],
            aliases=tuple(entry.get("aliases", [])),
            body=entry.get("body"),
            once=bool(entry.get("once", False)),
            amended=bool(entry.get("amended", False)),
            predecessor=thing("strategy", entry["predecessor"]) if "predecessor" in entry else None,
            successor=thing("strategy", entry["successor"]) if "successor" in entry else None,
            different_from=tuple(thing("strategy", other) for other in entry.get("different_from", [])),
            editions=tuple(editions),
        )

    def _read_editions(
        self,
        document: Document,
        path: list[str | int],
        strategy: IRI,
        entry: Mapping[str, Any],
        into: list[Record],
    ) -> Iterator[IRI]:
        self._editions[strategy] = {}
        previous: PartialDate | None = None
        for number, item in enumerate(entry.get("editions", [])):
            here: list[str | int] = [*path, "editions", number]
            date = _date(document, here, item["date"])
            if previous is not None and not previous.iso < date.iso:
                raise document.error(
                    here,
                    Words("版は古い順に並べてください。", "List the editions from the oldest to the newest."),
                )
            edition = below(strategy, date.iso)
            title = item.get("title", entry["ja"])
            into.append(
                Edition(
                    iri=edition,
                    ja=f"{title}（{date.iso}）",
                    en=f"{entry['en']} ({date.iso})" if "en" in entry else None,
                    title=title,
                    issued=date,
                    previous=below(strategy, previous.iso) if previous else None,
                    url=item.get("url"),
                    note=item.get("note"),
                    labels=tuple(item.get("labels", [])),
                    aliases=tuple(item.get("aliases", [])),
                    modified=tuple(_date(document, here, other) for other in item.get("amended", [])),
                    source=item.get("source"),
                    certainty=None if item.get("certain", True) else "unconfirmed",
                )
            )
            self._editions[strategy][date.iso] = edition
            self._read_sections(document, here, edition, edition, (), item, into)
            previous = date
            yield edition

    def _read_sections(
        self,
        document: Document,
        path: list[str | int],
        edition: IRI,
        parent: IRI,
        above: tuple[str, ...],
        item: Mapping[str, Any],
        into: list[Record],
    ) -> None:
        for number, child in enumerate(item.get("sections", [])):
            here: list[str | int] = [*path, "sections", number]
            section = below(edition, f"s-{child['key']}")
            label = heading_of(child.get("number", ""), child.get("heading", ""))
            if section in self._names.values():
                raise document.error(
                    here, Words(f"キー{child['key']}が重複しています。", f"Key {child['key']} stands twice.")
                )
            into.append(
                Section(
                    iri=section, ja=label, number=child.get("number"), parent=parent, note=child.get("note")
                )
            )
            headings = (*above, label)
            # The full path names a section for sure; the heading alone where no other section bears it.
            self._name(document, here, edition, [" > ".join(headings)], section)
            if len(headings) > 1:
                self._names.setdefault((edition, name_form(label)), section)
            self._read_sections(document, here, edition, section, headings, child, into)


def _named(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {"ja": entry["ja"], "en": entry.get("en")}


def _items(data: Mapping[str, Any], name: str) -> Iterable[tuple[str, Mapping[str, Any]]]:
    return (data.get(name) or {}).items()


def _read(path: Path, schema: str) -> Document:
    document = read_yaml(path)
    check_against(document, _SCHEMAS / f"{schema}.schema.json")
    return document


def _date(document: Document, path: Sequence[str | int], text: str) -> PartialDate:
    try:
        return parse_date(text)
    except ValueError:
        try:
            return parse_date(text + "年")
        except ValueError as error:
            raise document.error(
                [*path, "date"], Words(f"「{text}」は日付ではありません。", str(error))
            ) from error
