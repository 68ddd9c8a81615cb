// What the page knows: the data, the filters, the selection, and what is connected through what is shown.

const data = JSON.parse(document.getElementById("graph-data").textContent);
const $ = (id) => document.getElementById(id);
const PATHS = 200, PATH_STEPS = 4000, UNDOS = 100;

const kindByName = new Map(data.kinds.map((kind) => [kind.name, kind]));
const levelByName = new Map(data.levels.map((level) => [level.name, level]));
const numberOf = new Map(data.things.map((thing, number) => [thing.iri, number]));
const incoming = data.things.map(() => []), outgoing = data.things.map(() => []);
data.links.forEach((link, edge) => {
  outgoing[link.from].push(edge);
  incoming[link.to].push(edge);
});
/** What only a page from a server can do: see neighbours.js, which a file on disk has not. */
let server = null;
const count = (items, name) => items.reduce((counts, item) => counts.set(item[name], (counts.get(item[name]) || 0) + 1), new Map());
const kindCounts = count(data.things, "kind"), levelCounts = count(data.links, "level");

const view = {
  data, incoming, outgoing,
  lang: data.lang,
  theme: readTheme(),
  t: (name) => data.texts[name][view.lang],
  kindOf: (number) => kindByName.get(data.things[number].kind),
  levelOf: (name) => levelByName.get(name),
};
const startLevels = data.levels.filter((level) => level.hidden).map((level) => level.name);
// What a reader changes and can undo: filters, things hidden or pinned, and how far boxes were moved.
let hiddenKinds = new Set(), hiddenLevels = new Set(startLevels), hiddenThings = new Set(), pinned = new Set(), offsets = new Map();
// What is looked at: the selection, the other end of a path, and what both light up.
let selected = null, pathStart = null, lit = null, moved = false;
// What is gathered by a rectangle or by keys: see area.js.
let group = new Set();

const undos = [];
const snapshot = () => [hiddenKinds, hiddenLevels, hiddenThings, pinned, offsets];

/** Remember the state as it is, to come back to it; the caller then changes it. */
function remember() {
  undos.push(snapshot());
  if (undos.length > UNDOS) undos.shift();
  [hiddenKinds, hiddenLevels, hiddenThings, pinned] = snapshot().slice(0, 4).map((set) => new Set(set));
  offsets = new Map(offsets);
}

function restore(old) { [hiddenKinds, hiddenLevels, hiddenThings, pinned, offsets] = old; }

// ---- what is shown, and what is connected -------------------------------------------------------

/** A pinned thing stays whatever the filters hide. */
function isVisible(number) {
  return pinned.has(number) || (!hiddenKinds.has(data.things[number].kind) && !hiddenThings.has(number));
}

function isShown(edge) {
  const link = data.links[edge];
  return !hiddenLevels.has(link.level) && isVisible(link.from) && isVisible(link.to);
}

/** Whether a link shown makes its start a ground of its end: a rejected one does not. */
function isGround(edge) { return isShown(edge) && view.levelOf(data.links[edge].level).grounds; }

const farEnd = (edge, way) => (way === "up" ? data.links[edge].from : data.links[edge].to);
const edgesOf = (number, way) => (way === "up" ? incoming : outgoing)[number];

/** All that is reached from a thing against ("up") or along ("down") the edges shown. */
function reach(number, way) {
  const found = new Set([number]), queue = [number];
  while (queue.length) {
    for (const edge of edgesOf(queue.pop(), way)) {
      const next = farEnd(edge, way);
      if (!found.has(next) && isGround(edge)) { found.add(next); queue.push(next); }
    }
  }
  return found;
}

/** The chain of a thing: what it rests on and what rests on it, never sideways through what both share. */
function chainOf(number) {
  const up = reach(number, "up"), down = reach(number, "down"), edges = new Set();
  for (const [set, way] of [[up, "up"], [down, "down"]]) {
    for (const at of set) for (const edge of edgesOf(at, way)) if (isGround(edge) && set.has(farEnd(edge, way))) edges.add(edge);
  }
  for (const edge of [...incoming[number], ...outgoing[number]]) if (!edges.has(edge) && isShown(edge)) edges.add(edge);
  return { nodes: new Set([...up, ...down]), edges };
}

/** The two ends in the order of a path, ground first; null where no path leads either way. */
function pathEnds(one, other) {
  if (reach(one, "down").has(other)) return [one, other];
  return reach(other, "down").has(one) ? [other, one] : null;
}

/** The gathered things with the links among them. */
const among = (nodes) => ({ nodes, edges: new Set(data.links.map((_, edge) => edge).filter((edge) => isShown(edge) && nodes.has(data.links[edge].from) && nodes.has(data.links[edge].to))) });

/** Everything that lies on some path between two things. */
function between(one, other) {
  const ends = pathEnds(one, other);
  if (!ends) return { nodes: new Set([one, other]), edges: new Set() };
  const down = reach(ends[0], "down"), up = reach(ends[1], "up");
  const nodes = new Set([...down].filter((number) => up.has(number))), edges = new Set();
  for (const at of nodes) for (const edge of outgoing[at]) if (isGround(edge) && nodes.has(data.links[edge].to)) edges.add(edge);
  return { nodes, edges };
}

/** The next steps of a walk, each with the levels of the links that lead there. */
function steps(at, way, allowed) {
  const nexts = new Map();
  for (const edge of edgesOf(at, way)) {
    const next = farEnd(edge, way);
    if (allowed(next) && isGround(edge)) nexts.set(next, (nexts.get(next) || new Set()).add(data.links[edge].level));
  }
  return nexts;
}

/** Paths between two things as lists of {node, levels}, shortest first; `more` when there are too many to list. */
function pathsBetween(one, other) {
  const ends = pathEnds(one, other), paths = [];
  if (!ends || one === other) return { paths, more: false };
  const useful = reach(ends[1], "up");
  let queue = [[{ node: ends[0], levels: [] }]], walked = 0;
  while (queue.length) {
    const longer = [];
    for (const path of queue) {
      if (paths.length >= PATHS || (walked += 1) > PATH_STEPS) return { paths, more: true };
      const at = path[path.length - 1].node;
      if (at === ends[1]) { paths.push(path); continue; }
      const allowed = (next) => useful.has(next) && !path.some((step) => step.node === next);
      for (const [next, levels] of steps(at, "down", allowed)) longer.push([...path, { node: next, levels: [...levels] }]);
    }
    queue = longer;
  }
  return { paths, more: false };
}

/** Paths from a thing to the ends of the picture, in reading order; `more` when there are too many to list. */
function chains(number, way) {
  const result = [];
  let walked = 0, more = false;
  const path = [{ node: number, levels: [] }], seen = new Set([number]);
  const walk = () => {
    if (result.length >= PATHS || (walked += 1) > PATH_STEPS) { more = true; return; }
    const nexts = steps(path[path.length - 1].node, way, (next) => !seen.has(next));
    if (!nexts.size && path.length > 1) { result.push(path.slice()); return; }
    for (const [next, levels] of nexts) {
      path.push({ node: next, levels: [...levels] });
      seen.add(next);
      walk();
      seen.delete(next);
      path.pop();
    }
  };
  walk();
  // In the reading order of the kinds at the far end, strategies first; one chain for each far end before second ones.
  const rank = (path) => data.kinds.indexOf(view.kindOf(path[path.length - 1].node));
  const times = new Map();
  const turn = new Map(result.map((path) => {
    const far = path[path.length - 1].node;
    times.set(far, (times.get(far) || 0) + 1);
    return [path, times.get(far)];
  }));
  result.sort((a, b) => rank(a) - rank(b) || turn.get(a) - turn.get(b));
  // A path up was found backwards: turn it round, and let each step carry the levels of the edge before it.
  const paths = way === "down" ? result : result.map((path) => path.slice().reverse().map((step, n, turned) =>
    ({ node: step.node, levels: n ? turned[n - 1].levels : [] })));
  return { paths, more };
}

// ---- hiding and showing neighbours --------------------------------------------------------------

const neighboursOf = (number) => [...incoming[number].map((edge) => data.links[edge].from), ...outgoing[number].map((edge) => data.links[edge].to)];

/** How many hidden things each visible one answers for: those of which they are part, else all that they were joined to. */
function marksOfHidden() {
  const marks = new Map();
  for (const hidden of hiddenThings) {
    const holders = (wanted) => {
      const found = new Set(), seen = new Set([hidden]), queue = [hidden];
      while (queue.length) for (const [edge, next] of joinedTo(queue.pop())) {
        if (seen.has(next) || !wanted(edge, next)) continue;
        seen.add(next);
        if (hiddenThings.has(next)) queue.push(next); else if (isVisible(next)) found.add(next);
      }
      return found;
    };
    const wholes = holders((edge, next) => isStructure(edge) && data.links[edge].from === next);
    for (const number of wholes.size ? wholes : holders(() => true)) marks.set(number, (marks.get(number) || 0) + 1);
  }
  return marks;
}
const joinedTo = (number) => [...incoming[number].map((edge) => [edge, data.links[edge].from]), ...outgoing[number].map((edge) => [edge, data.links[edge].to])];

/** What somebody hid around a thing, also behind hidden neighbours: what "expand" brings back. */
function hiddenAround(number) {
  const found = new Set(), queue = [number];
  while (queue.length) {
    for (const next of neighboursOf(queue.pop())) {
      if (hiddenThings.has(next) && next !== number && !found.has(next)) { found.add(next); queue.push(next); }
    }
  }
  return found;
}

const isStructure = (edge) => data.links[edge].level === "structure";

/**
 * What hangs on a thing, below it or else above it: that is what "collapse" takes away. What is part of a thing goes with it,
 * whatever else rests on the part or justifies it; what is joined by claims alone goes where nothing else holds it.
 */
function hanging(number) {
  for (const [way, back] of [["down", "up"], ["up", "down"]]) {
    const gone = new Set(), queue = [number];
    const within = (edge) => farEnd(edge, back) === number || gone.has(farEnd(edge, back));
    const stays = (at) => {
      const holds = edgesOf(at, back).filter(isShown);
      const part = way === "down" && holds.some((edge) => isStructure(edge) && within(edge));
      return holds.some((edge) => !within(edge) && (!part || isStructure(edge)));
    };
    while (queue.length) {
      for (const edge of edgesOf(queue.pop(), way)) {
        const at = farEnd(edge, way);
        if (at === number || gone.has(at) || pinned.has(at) || !isShown(edge) || stays(at)) continue;
        gone.add(at);
        queue.push(at);
      }
    }
    if (gone.size) return gone;
  }
  return new Set();
}
