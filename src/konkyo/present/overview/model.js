// What is shown: the rows of a year, grouped at both sides. `groups.py` makes the first picture in the same way.

const data = JSON.parse(document.getElementById("overview-data").textContent);
let projects = null;
/** The names of the projects, read when the first measure is opened. */
const projectOf = (number) => (projects ??= JSON.parse(document.getElementById("overview-projects").textContent))[number];

const ALL_KEPT = { issued: [], amount: [], only: [], level: [] };
const state = { year: data.years.length - 1, by: "projects", grain: "ministry", path: [], from: { left: 0, right: 0 }, lang: data.lang,
  keep: ALL_KEPT };
const t = (name, values = {}) => data.texts[name][state.lang].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
const inWords = (row, at = 1) => (state.lang === "en" && row[at + 1]) || row[at];
const number = (value) => value.toLocaleString("en-US");

const APART = ["unidentified", "none", "unplaced"];
const NEXT = { strategy: "edition", ministry: "place", policy: "place", place: "project" };
const SIDE = { strategy: "left", edition: "left", ministry: "right", policy: "right", place: "right", project: "right" };
// A row is [project, yen, ministries, places, editions, unidentified, levels of the editions].
const YEN = 1, MINISTRIES = 2, PLACES = 3, EDITIONS = 4, UNIDENTIFIED = 5;

// An edition that is called by its strategy and its day says no more than these.
for (const edition of data.editions) {
  const [strategy, issued] = edition, [id, ja, en] = data.strategies[strategy];
  if (edition.length === 1) edition.push(null, "", data.texts.noEdition.ja, data.texts.noEdition.en);
  else if (edition.length === 2) edition.push(`${id}/${issued}`, `${ja}（${issued}）`, `${en ?? ja} (${issued})`);
}
const strategyOf = (edition) => data.editions[edition][0];
const policyOf = (place) => data.places[place][0];
const unique = (items) => [...new Set(items)];

/** The things of a kind that a row belongs to; what it does not say is a key of its own. */
const KEYS = {
  strategy: (row) => row[EDITIONS].length ? unique(row[EDITIONS].map(strategyOf)) : [row[UNIDENTIFIED] ? "unidentified" : "none"],
  edition: (row) => row[EDITIONS],
  ministry: (row) => row[MINISTRIES],
  policy: (row) => { const found = unique(row[PLACES].map(policyOf).filter((policy) => policy !== null)); return found.length ? found : ["unplaced"]; },
  place: (row) => row[PLACES].length ? row[PLACES] : ["unplaced"],
  project: (row) => [row[0]],
};

const last = (side) => state.path.findLast((step) => SIDE[step.kind] === side);

/** The kind of groups that a side shows: what is in the thing opened there, or the whole. */
function kindOf(side) {
  const step = last(side);
  if (!step) return side === "left" ? "strategy" : state.grain;
  return APART.includes(step.key) && side === "left" ? step.kind : NEXT[step.kind] ?? step.kind;
}

/** The groups of a row at a side, of those that belong to what is opened there. */
function keysAt(side, kind, row) {
  let keys = KEYS[kind](row);
  const step = last(side);
  if (kind === "ministry" && state.keep.only.length) keys = keys.filter((key) => state.keep.only.includes(key));
  if (step && step.kind === kind) keys = keys.filter((key) => key === step.key);
  for (const { kind: opened, key } of state.path) {
    if (kind === "edition" && opened === "strategy") keys = keys.filter((edition) => strategyOf(edition) === key);
    if (kind === "place" && opened === "policy") keys = keys.filter((place) => key === "unplaced" ? place === key || policyOf(place) === null : policyOf(place) === key);
  }
  return keys;
}

function measured(rows) {
  let yen = 0, stated = 0;
  for (const row of rows) if (row[YEN] !== null) { yen += row[YEN]; stated += 1; }
  return { projects: rows.length, yen, stated };
}

const TABLES = { strategy: data.strategies, ministry: data.ministries, policy: data.policies };
function nameOf(kind, key) {
  if (key === "unplaced") return t(kind === "policy" ? "unplacedPolicy" : "unplaced");
  if (typeof key === "string") return t(key);
  if (kind === "project") return inWords(projectOf(key));
  if (kind === "place") return inWords(data.places[key], 2);
  if (kind !== "edition") return inWords(TABLES[kind][key]);
  const [, issued, iri] = data.editions[key];
  const name = inWords(data.editions[key], 3);
  return iri && issued && !name.includes(issued) ? `${name} ${issued}` : name;
}
/** A name as it stands inside of what is opened: an edition of the opened strategy that has no name of its own is told by its day. */
function nameWithin(kind, key) {
  const whole = nameOf(kind, key);
  if (kind !== "edition" || !data.editions[key][1] || !state.path.some((step) => step.kind === "strategy")) return whole;
  return whole.startsWith(nameOf("strategy", strategyOf(key))) ? t("editionOf", { date: data.editions[key][1] }) : whole;
}
/** The identifier of a thing without what all have in common; empty for what is no thing. */
function idOf(kind, key) {
  if (typeof key === "string") return key;
  if (kind === "project") return projectOf(key)[0];
  if (kind === "place") return data.places[key][1];
  if (kind === "edition") return data.editions[key][2] || `${data.strategies[strategyOf(key)][0]}#`;
  return TABLES[kind][key][0];
}
function keyOf(kind, id) {
  if (APART.includes(id)) return id;
  const count = { project: () => (projectOf(0), projects.length), place: () => data.places.length, edition: () => data.editions.length }[kind]?.() ?? TABLES[kind]?.length ?? 0;
  for (let key = 0; key < count; key += 1) if (idOf(kind, key) === id) return key;
  return null;
}

const valueOf = (group) => state.by === "money" ? group.yen : group.projects;

/** The groups of one side, the greatest first and editions by their date; at most so many by name, the rest as one. */
function sideOf(side, rows, most) {
  const kind = kindOf(side), found = new Map();
  for (const row of rows) for (const key of keysAt(side, kind, row)) {
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(row);
  }
  const made = [...found].map(([key, own]) => ({ kind, key, keys: [key], rows: own, name: nameWithin(kind, key), ...measured(own) }));
  const apart = APART.map((key) => made.find((group) => group.key === key)).filter(Boolean);
  const named = made.filter((group) => !APART.includes(group.key));
  const dated = (group) => data.editions[group.key][1] ?? "";
  if (kind === "edition") named.sort((a, b) => (dated(a) < dated(b) ? 1 : dated(a) > dated(b) ? -1 : a.key - b.key));
  else named.sort((a, b) => valueOf(b) - valueOf(a) || a.key - b.key);
  let shown = named;
  if (named.length > most) {
    const from = Math.min(state.from[side], Math.floor((named.length - 1) / (most - 1)) * (most - 1));
    shown = named.slice(from, from + most - 1);
    const rest = [...named.slice(from + most - 1), ...named.slice(0, from)];
    const own = unique(rest.flatMap((group) => group.rows));
    const next = from + most - 1 >= named.length ? 0 : from + most - 1;
    shown.push({ kind, key: "others", keys: rest.map((group) => group.key), rows: own, name: t(`others_${kind}`, { n: number(rest.length) }), next, ...measured(own) });
  }
  const all = [...shown, ...apart];
  all.forEach((group, place) => {
    const grey = typeof group.key === "string" ? group.key : kind === "edition" && !data.editions[group.key][2] ? "none" : null;
    group.colour = side === "right" ? "right" : grey ?? `c${place % 10}`;
    group.side = side;
    group.place = place;
  });
  return { kind, groups: all };
}

/** The rows of a year that belong to what is opened and are kept; `without` names what is left out of account. */
function rowsOf(year, without) {
  const rows = keepsAll() ? data.years[year].rows : data.years[year].rows.map((row) => kept(row, without)).filter(Boolean);
  return rows.filter((row) => state.path.every((step) => KEYS[step.kind](row).includes(step.key)
    || (step.key === "unplaced" && step.kind === "place" && row[PLACES].every((place) => policyOf(place) === null))));
}

/** What is shown now: both sides with their bands, the rows, and their sums. */
function shownNow(leftMost, rightMost) {
  const rows = rowsOf(state.year);
  const left = sideOf("left", rows, leftMost), right = sideOf("right", rows, rightMost);
  const at = new Map();
  for (const group of right.groups) for (const row of group.rows) {
    if (!at.has(row)) at.set(row, []);
    at.get(row).push(group.place);
  }
  const bands = [];
  for (const group of left.groups) {
    const shared = right.groups.map(() => []);
    for (const row of group.rows) for (const place of at.get(row) ?? []) shared[place].push(row);
    shared.forEach((own, place) => { if (own.length) bands.push({ left: group.place, right: place, ...measured(own) }); });
  }
  return { left, right, bands, rows, ...measured(rows) };
}
