// What the page knows: the data, the filters, the selection, and what is connected through what is shown.

const data = JSON.parse(document.getElementById("graph-data").textContent);
const $ = (id) => document.getElementById(id);
const READABLE = 0.62; // below this scale labels are too small to start with
const READABLE_BESIDE = 0.48; // the same beside the panel, which says in full what the boxes say
const PATHS = 200, PATH_STEPS = 20000;

const kindByName = new Map(data.kinds.map((kind) => [kind.name, kind]));
const levelByName = new Map(data.levels.map((level) => [level.name, level]));
const numberOf = new Map(data.things.map((thing, number) => [thing.iri, number]));
const incoming = data.things.map(() => []), outgoing = data.things.map(() => []);
data.links.forEach((link, edge) => {
  outgoing[link.from].push(edge);
  incoming[link.to].push(edge);
});

const view = {
  data, incoming, outgoing,
  lang: data.lang,
  theme: readTheme(),
  t: (name) => data.texts[name][view.lang],
  kindOf: (number) => kindByName.get(data.things[number].kind),
  levelOf: (name) => levelByName.get(name),
  isShown, chains, select, showAllLinks, hashOf,
};
const hiddenKinds = new Set();
const hiddenLevels = new Set(data.levels.filter((level) => level.hidden).map((level) => level.name));
let selected = null, lit = null, moved = false;

// ---- what is shown, and what is connected -------------------------------------------------------

function kindShown(number) { return !hiddenKinds.has(data.things[number].kind); }

function isShown(edge) {
  const link = data.links[edge];
  return !hiddenLevels.has(link.level) && kindShown(link.from) && kindShown(link.to);
}

/** Whether a link shown makes its start a ground of its end: a rejected one does not. */
function isGround(edge) { return isShown(edge) && view.levelOf(data.links[edge].level).grounds; }

/** All that is reached from a thing against ("up") or along ("down") the edges shown. */
function reach(number, way) {
  const found = new Set([number]), queue = [number];
  while (queue.length) {
    const at = queue.pop();
    for (const edge of way === "up" ? incoming[at] : outgoing[at]) {
      const next = way === "up" ? data.links[edge].from : data.links[edge].to;
      if (isGround(edge) && !found.has(next)) { found.add(next); queue.push(next); }
    }
  }
  return found;
}

/** The chain of a thing: what it rests on and what rests on it, never sideways through what both share. */
function chainOf(number) {
  const up = reach(number, "up"), down = reach(number, "down");
  const edges = new Set();
  data.links.forEach((link, edge) => {
    const inside = (set) => set.has(link.from) && set.has(link.to);
    if (isGround(edge) ? inside(up) || inside(down) : isShown(edge) && (link.from === number || link.to === number)) edges.add(edge);
  });
  return { nodes: new Set([...up, ...down]), edges };
}

/** Paths as lists of {node, levels}, in reading order; `more` when there are too many to list. */
function chains(number, way) {
  const result = [];
  let steps = 0, more = false;
  const walk = (path, seen) => {
    if (result.length >= PATHS || (steps += 1) > PATH_STEPS) { more = true; return; }
    const at = path[path.length - 1].node;
    const nexts = new Map();
    for (const edge of way === "up" ? incoming[at] : outgoing[at]) {
      const next = way === "up" ? data.links[edge].from : data.links[edge].to;
      if (!isGround(edge) || seen.has(next)) continue;
      const levels = nexts.get(next) || new Set();
      nexts.set(next, levels.add(data.links[edge].level));
    }
    if (!nexts.size && path.length > 1) { result.push(path); return; }
    for (const [next, levels] of nexts) walk([...path, { node: next, levels: [...levels] }], new Set([...seen, next]));
  };
  walk([{ node: number, levels: [] }], new Set([number]));
  // A path up was found backwards: turn it round, and let each step carry the levels of the edge before it.
  // In the reading order of the kinds at the far end, strategies first; one chain for each far end before second ones.
  const rank = (path) => data.kinds.indexOf(view.kindOf(path[path.length - 1].node));
  const times = new Map();
  const turn = new Map(result.map((path) => {
    const far = path[path.length - 1].node;
    times.set(far, (times.get(far) || 0) + 1);
    return [path, times.get(far)];
  }));
  result.sort((a, b) => rank(a) - rank(b) || turn.get(a) - turn.get(b));
  const paths = way === "down" ? result : result.map((path) => path.slice().reverse().map((step, n, turned) =>
    ({ node: step.node, levels: n ? turned[n - 1].levels : [] })));
  return { paths, more };
}
