// Neighbours that are not in the file, asked of the server that the page came from. In pages on disk this file is not.

const MOST_FETCHED = 2000, PATIENCE = 20000; // things in one answer; milliseconds
const CARD_LINES = 5, CARD_WIDTH = 210;
const fetched = new Set(); // numbers of things whose neighbours have come, in that order
const asking = new Set();
const askedFor = (template, iri) => template.replace("{iri}", encodeURIComponent(iri));

// ---- what the answer says, as things and links of the page --------------------------------------

const textOf = (value) => (value == null ? "" : String(value));
const pairOf = (value, or = "") => {
  const ja = textOf(value?.ja), en = textOf(value?.en);
  return { ja: ja || en || or, en: en || ja || or };
};
const pairOrNull = (value) => (value?.ja || value?.en ? pairOf(value) : null);
const listOf = (value) => (Array.isArray(value) ? value.filter((item) => item && typeof item === "object") : []);
const proofOf = (items) => listOf(items).map((item) => ({
  source: textOf(item.source), place: textOf(item.place), field: textOf(item.field), words: textOf(item.words), note: textOf(item.note), certainty: pairOf(item.certainty),
}));
const numberOr = (value, other) => (Number.isFinite(value) ? value : other);

function thingOf(node) {
  const iri = textOf(node.iri), url = textOf(node.url);
  return {
    iri, kind: textOf(node.kind) || "Thing", label: pairOf(node.label, iri), layer: Math.trunc(numberOr(node.layer, 40)), more: numberOr(node.more, null),
    names: Array.isArray(node.names) ? node.names.map(textOf) : [],
    facts: listOf(node.facts).map((fact) => ({ name: pairOf(fact.name), text: pairOf(fact.text) })),
    values: listOf(node.values).map((item) => ({
      role: textOf(item.role), text: textOf(item.text), bound: textOf(item.bound), unit: textOf(item.unit),
      lower: numberOr(item.lower, null), upper: numberOr(item.upper, null), name: pairOf(item.name), year: pairOrNull(item.year),
    })),
    figures: listOf(node.figures).map((item) => ({ order: textOf(item.order), stage: textOf(item.stage), year: pairOf(item.year), name: pairOf(item.name), yen: numberOr(item.yen, 0) })),
    evidence: proofOf(node.evidence), url, link: url, place: {},
  };
}

function linkOf(edge) {
  const relation = textOf(edge.relation), level = edge.level === "derived" && edge.repeats ? "repeated" : levelByName.has(edge.level) ? edge.level : "structure";
  return {
    from: numberOf.get(textOf(edge.from)), to: numberOf.get(textOf(edge.to)), relation, label: pairOf(edge.label, relation), level,
    rule: pairOrNull(edge.rule), reason: pairOrNull(edge.reason), author: textOf(edge.author), evidence: proofOf(edge.evidence),
  };
}

/** The look of a kind that the page had nothing of: one the program knows, else a plain one by its name. */
function learnKind(name, label) {
  if (kindByName.has(name)) return;
  const known = data.server.kinds.find((kind) => kind.name === name), words = pairOf(label, name);
  const kind = known || { name, words, sign: { ja: words.ja.slice(0, 1) || "?", en: words.en.slice(0, 2) || "?" }, shape: "bars", light: "#5c5f00", dark: "#cccb5c" };
  kindByName.set(name, kind);
  data.kinds.push(kind);
}

// ---- where new things stand ---------------------------------------------------------------------

/** Lines of a label that fit a width, broken between words, by the browser's own knowledge of them. */
function linesOf(label, room, lang) {
  const ctx = document.createElement("canvas").getContext("2d"), lines = [];
  ctx.font = `600 ${FONT}px ${view.theme.font}`;
  const wide = (text) => ctx.measureText(text).width > room;
  const words = Intl.Segmenter ? [...new Intl.Segmenter(lang, { granularity: "word" }).segment(label.slice(0, 400))].map((each) => each.segment) : [...label.slice(0, 400)];
  let line = "";
  for (const word of words.flatMap((each) => (wide(each) ? [...each] : [each]))) {
    if (line && wide(line + word) && !/^[、。，．」』）)\]・ー]/.test(word)) { lines.push(line.trim()); line = ""; }
    line += word;
  }
  if (line.trim()) lines.push(line.trim());
  return lines.length > CARD_LINES ? [...lines.slice(0, CARD_LINES - 1), `${lines[CARD_LINES - 1].slice(0, -1)}…`] : lines.length ? lines : [""];
}

/** The columns of a layer; where there is none, a new one between its neighbours, for which those to the right make room. */
function columnsOfLayer(layer, lang) {
  const columns = data.columns[lang], layerOf = new Map();
  for (const thing of data.things) if (thing.place[lang]) layerOf.set(thing.place[lang][0], [...(layerOf.get(thing.place[lang][0]) || []), thing.layer]);
  const has = (column, test) => (layerOf.get(column.x) || []).some(test);
  const own = columns.filter((column) => has(column, (each) => each === layer));
  if (own.length) return own;
  const before = columns.filter((column) => !has(column, (each) => each > layer));
  const room = CARD_WIDTH + 50;
  const at = before.length ? Math.max(...before.map((column) => column.x + column.width / 2))
    : Math.min(0, ...columns.map((column) => column.x - column.width / 2)) - room;
  if (before.length) {
    for (const column of columns) if (column.x > at) column.x += room;
    for (const thing of data.things) if (thing.place[lang]?.[0] > at) thing.place[lang][0] += room;
  }
  const made = { x: at + 50 + CARD_WIDTH / 2, width: CARD_WIDTH, kinds: [] };
  columns.push(made);
  return [made];
}

/** A place for a new thing: in a column of its layer, as near to the thing it was asked for as there is room. */
function placeThing(thing, origin, lang) {
  const oy = origin.place[lang][1], gap = 14;
  let best = null;
  // In a picture without columns, around the thing itself.
  const ways = data.columns[lang].length ? columnsOfLayer(thing.layer, lang)
    : [0, 1, -1, 2, -2].map((way) => ({ x: origin.place[lang][0] + way * (CARD_WIDTH + 40), width: CARD_WIDTH, kinds: [] }));
  for (const column of ways) {
    const lines = linesOf(thing.label[lang], column.width - BAND - 2 * PAD_X, lang), height = lines.length * LINE + 20;
    const taken = data.things.map((each) => each.place[lang]).filter((place) => place && Math.abs(place[0] - column.x) < (place[2] + column.width) / 2);
    const free = (y) => taken.every((place) => Math.abs(place[1] - y) >= (place[3] + height) / 2 + gap);
    const tries = [oy, ...taken.flatMap((place) => { const off = (place[3] + height) / 2 + gap; return [place[1] - off, place[1] + off]; })].filter(free);
    const y = tries.reduce((one, other) => (Math.abs(other - oy) < Math.abs(one - oy) ? other : one));
    const far = Math.abs(y - oy) + Math.abs(column.x - origin.place[lang][0]) / 4;
    if (!best || far < best.far) best = { far, column, place: [column.x, y, column.width, height, lines] };
  }
  thing.place[lang] = best.place;
  best.column.kinds = [...new Set([...best.column.kinds, thing.kind])];
}

// ---- asking, adding, and coming back to it ------------------------------------------------------

/** Add what an answer holds and the page has not; return the numbers of the new things. */
function addNeighbours(answer, origin) {
  const nodes = listOf(answer?.nodes), edges = listOf(answer?.edges);
  if (!Array.isArray(answer?.nodes) || nodes.length > MOST_FETCHED) throw new Error("no answer of this kind");
  const added = [];
  for (const node of nodes) {
    if (!textOf(node.iri) || numberOf.has(textOf(node.iri))) continue;
    const thing = thingOf(node), number = data.things.length;
    learnKind(thing.kind, node.kindLabel);
    for (const lang of ["ja", "en"]) placeThing(thing, data.things[origin], lang);
    data.things.push(thing);
    incoming.push([]);
    outgoing.push([]);
    numberOf.set(thing.iri, number);
    kindCounts.set(thing.kind, (kindCounts.get(thing.kind) || 0) + 1);
    added.push(number);
  }
  const nameOf = (link) => [link.from, link.to, link.relation, levelByName.get(link.level).claim].join(" ");
  const known = new Set(data.links.map(nameOf));
  for (const link of edges.map(linkOf)) {
    if (link.from == null || link.to == null || link.from === link.to || known.has(nameOf(link))) continue;
    known.add(nameOf(link));
    const edge = data.links.push(link) - 1;
    outgoing[link.from].push(edge);
    incoming[link.to].push(edge);
    levelCounts.set(link.level, (levelCounts.get(link.level) || 0) + 1);
  }
  takeIn();
  return added;
}

async function askNeighbours(number) {
  const answer = await fetch(askedFor(data.server.neighbours, data.things[number].iri),
    { headers: { Accept: "application/json" }, credentials: "omit", redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** Fetch the neighbours of a thing and show them; what comes can be undone as everything else. */
async function load(number) {
  if (asking.has(number)) return;
  asking.add(number);
  $("status").textContent = view.t("loading");
  $("network").setAttribute("aria-busy", "true");
  try {
    const answer = await askNeighbours(number), added = addNeighbours(answer, number);
    fetched.add(number);
    added.forEach((each) => hiddenThings.add(each)); // undoing takes them away again
    change(() => added.forEach((each) => hiddenThings.delete(each)));
    if (added.length && !moved) fit(true);
    else if (added.length) bringIntoView(added[0]);
    tell(added.length ? fill(view.t("loaded"), { n: added.length }) + (pairOrNull(answer.note)?.[view.lang] ?? "") : view.t("loadedNone"));
  } catch {
    tell(view.t("loadFailed"));
  } finally {
    asking.delete(number);
    $("network").removeAttribute("aria-busy");
  }
}

server = {
  canLoad: (number) => Boolean(data.server.neighbours) && !fetched.has(number) && data.things[number].more !== 0,
  load,
  pageOf: (iri) => (data.server.page ? askedFor(data.server.page, iri) : null),
  fetchedIris: () => [...fetched].map((number) => data.things[number].iri),
  /** Ask again for what an address names, so that a link reopens the view. */
  async restore(iris) {
    const missing = () => iris.map((iri) => numberOf.get(iri)).find((number) => number != null && !fetched.has(number) && !asking.has(number));
    let some = false;
    for (let number = missing(), turns = 0; number != null && turns < 30; number = missing(), turns += 1) {
      fetched.add(number);
      try { addNeighbours(await askNeighbours(number), number); some = true; } catch { tell(view.t("loadFailed")); }
    }
    return some;
  },
};
