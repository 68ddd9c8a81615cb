// The viewer: drawing through vis-network, selection, legend, what can be done to a thing, language. Its state is in state.js.

// ---- the picture --------------------------------------------------------------------------------

const READABLE = 11 / FONT; // below this scale labels are smaller than 11 pixels: no view begins so small
const DETAIL = 0.34; // below this scale no letter can be read, and boxes are drawn as plain colours
const FAR_TRIED = 150, FAR_SIGNS = 16; // from afar: so many names are tried, each of so many signs at most
const CROWD = 120; // past as many lit links in folded columns they stand back a little, so that boxes can be read
const MANY = 700; // past as many links in sight, single ones cannot be told apart: only what is lit stands out

const container = $("network");
let places = [], ways = [], marks = new Map(), byLinks = null, moving = false;

/** Where everything stands in the language shown, with what was moved. */
function placeAll() {
  places = data.things.map((thing, number) => {
    const [x, y, w, h, lines] = thing.place[view.lang], [dx, dy] = offsets.get(number) || [0, 0];
    return [x + dx, y + dy, w, h, lines];
  });
  ways = new Array(data.links.length);
}
placeAll();

/** The way of a link, made when it is first needed. */
function wayOf(edge) {
  const link = data.links[edge];
  return (ways[edge] ||= linkPath(link, places, data.columns[view.lang], view.lang, !link.route || offsets.has(link.from) || offsets.has(link.to)));
}

const isOn = (edge) => !lit || lit.edges.has(edge);
const nodeLook = (number) => ({ lit: !lit || lit.nodes.has(number) || pinned.has(number), selected: number === selected || number === pathStart });

/** Links in the order of painting: faded ones first, then structure, then claims. */
function paintBelow(ctx, seen, scale) {
  ctx.save();
  drawStripes(ctx, data.columns[view.lang], seen, view.theme);
  const turn = (edge) => (isOn(edge) ? 2 : 0) + (data.links[edge].level === "structure" ? 0 : 1);
  const buckets = [new Map(), new Map(), new Map(), new Map()];
  let shown = 0;
  for (let edge = 0; edge < data.links.length; edge += 1) {
    if (!isShown(edge)) continue;
    const way = wayOf(edge), [x0, x1, y0, y1] = way.box;
    if (x1 < seen.left || x0 > seen.right || y1 < seen.top || y0 > seen.bottom) continue;
    const bucket = buckets[turn(edge)], name = data.links[edge].level;
    if (bucket.has(name)) bucket.get(name).push(way); else bucket.set(name, [way]);
    shown += 1;
  }
  const haze = Math.max(0.05, 0.25 * Math.sqrt(MANY / Math.max(shown, 1))); // however many: what is written stands out
  const many = shown > MANY, quick = many && (moving || scale < DETAIL);
  buckets.forEach((bucket, turnOf) => {
    const on = turnOf >= 2;
    if (many && lit && !on) return;
    for (const [name, group] of bucket) {
      // In folded columns links run behind other boxes, which they have nothing to do with: they stand back until asked for.
      const level = view.levelOf(name), crowd = lit ? (on && data.folded && lit.edges.size > CROWD ? 0.5 : 1) : many ? haze : data.folded ? 0.4 : 1;
      const look = { colour: colourOf(level, view.theme), dashes: level.dashes, alpha: (on ? 1 : 0.12) * crowd, width: level.width * (lit && on ? 1.3 : 1) * Math.max(crowd, 0.6) };
      if (quick || (many && !lit)) drawFarLinks(ctx, group, look);
      else for (const way of group) drawLink(ctx, way, look);
    }
  });
  ctx.restore();
}

function paintCard(ctx, number, scale) {
  const kind = view.kindOf(number), look = nodeLook(number);
  if (scale < DETAIL) { drawFarCard(ctx, places[number], kind, view.theme, look); return; }
  if (!look.lit && data.things.length > MANY) { drawCard(ctx, places[number], kind, view.lang, view.theme, { faint: true }); return; }
  const away = marks.get(number);
  const mark = [pinned.has(number) ? "●" : "", away ? `+${away}` : ""].join("");
  drawCard(ctx, places[number], kind, view.lang, view.theme, { ...look, mark });
}

function paintCards(ctx, seen, scale) {
  places.forEach(([x, y, w, h], number) => {
    if (isVisible(number) && x + w / 2 > seen.left && x - w / 2 < seen.right && y + h / 2 > seen.top && y - h / 2 < seen.bottom) paintCard(ctx, number, scale);
  });
}

// vis-network keeps the nodes, the canvas, and how it is panned and zoomed; all painting is paint.js.
const options = data.options;
options.nodes.ctxRenderer = ({ ctx, id }) => ({
  drawNode: () => { if (isVisible(id)) paintCard(ctx, id, network.getScale()); },
  nodeDimensions: { width: places[id][2], height: places[id][3] },
});
const visNode = ([x, y, w, h], id) => ({ id, x, y, size: Math.max(w, h) / 2 });
let shownNodes = null;
const visNodes = () => ({ nodes: (shownNodes = new vis.DataSet(places.map(visNode))), edges: new vis.DataSet([]) });
const network = new vis.Network(container, visNodes(), options);

function seenArea() {
  const a = network.DOMtoCanvas({ x: 0, y: 0 });
  const b = network.DOMtoCanvas({ x: container.clientWidth, y: container.clientHeight });
  return { left: a.x, top: a.y, right: b.x, bottom: b.y };
}
const columnNames = () => data.columns[view.lang].map((column) => column.kinds.filter((name) => !hiddenKinds.has(name))
  .slice(0, 2).map((name) => kindByName.get(name).words[view.lang]).join(view.lang === "ja" ? "・" : " · "));
network.on("beforeDrawing", (ctx) => paintBelow(ctx, seenArea(), network.getScale()));
/** From afar, where no box can be read: the names of what most is joined to, as far as there is room for them. */
function paintNames(ctx, seen, scale) {
  if (scale >= DETAIL) return;
  const degree = (number) => incoming[number].length + outgoing[number].length, taken = [];
  if (byLinks?.length !== places.length) byLinks = places.map((_, number) => number).sort((a, b) => degree(b) - degree(a));
  let tried = 0;
  ctx.save();
  ctx.font = `600 ${12 / scale}px ${view.theme.font}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const number of byLinks) {
    if (!isVisible(number)) continue;
    if ((tried += 1) > FAR_TRIED) break;
    const [x, y] = places[number], label = [...data.things[number].label[view.lang]];
    const text = label.length > FAR_SIGNS ? `${label.slice(0, FAR_SIGNS - 1).join("")}…` : label.join("");
    const half = ctx.measureText(text).width / 2 + 5 / scale, high = 10 / scale;
    const box = [x - half, x + half, y - high, y + high];
    if (box[0] < seen.left || box[1] > seen.right || box[2] < seen.top + HEADING / scale || box[3] > seen.bottom) continue;
    if (taken.some((other) => box[0] < other[1] && box[1] > other[0] && box[2] < other[3] && box[3] > other[2])) continue;
    taken.push(box);
    ctx.globalAlpha = lit && !lit.nodes.has(number) ? 0.45 : 0.92;
    ctx.fillStyle = view.theme.card;
    ctx.fillRect(box[0], box[2], 2 * half, 2 * high);
    ctx.globalAlpha = 1;
    ctx.strokeStyle = colourOf(view.kindOf(number), view.theme);
    ctx.lineWidth = 1.2 / scale;
    ctx.strokeRect(box[0], box[2], 2 * half, 2 * high);
    ctx.fillStyle = view.theme.ink;
    ctx.fillText(text, x, y);
  }
  ctx.restore();
}
network.on("afterDrawing", (ctx) => paintNames(ctx, seenArea(), network.getScale()));
network.on("afterDrawing", (ctx) => drawHeadings(ctx, data.columns[view.lang], columnNames(), seenArea(), network.getScale(), view.theme));

/** Everything shown that stands at a point of the canvas: a thing before a link, nearer ones of both not asked for. */
function thingAt({ x, y }) {
  for (let number = places.length - 1; number >= 0; number -= 1) {
    const [px, py, w, h] = places[number];
    if (Math.abs(x - px) <= w / 2 && Math.abs(y - py) <= h / 2 && isVisible(number)) return number;
  }
  return null;
}

function linkAt({ x, y }) {
  const ctx = container.querySelector("canvas").getContext("2d"), near = 12 / network.getScale();
  ctx.save();
  ctx.resetTransform();
  ctx.lineWidth = near;
  ctx.setLineDash([]);
  const hit = data.links.findIndex((_, edge) => {
    if (!isShown(edge)) return false;
    const [x0, x1, y0, y1] = wayOf(edge).box;
    return x > x0 - near && x < x1 + near && y > y0 - near && y < y1 + near && ctx.isPointInStroke(pathOf(wayOf(edge)), x, y);
  });
  ctx.restore();
  return hit < 0 ? null : hit;
}

/** Show everything; with `readable`, never so small that labels cannot be read: then around the focus. */
function fit(readable) {
  const shown = data.things.map((_, number) => number).filter(isVisible);
  if (!shown.length) return;
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const number of shown) {
    const [x, y, w, h] = places[number];
    box.left = Math.min(box.left, x - w / 2); box.right = Math.max(box.right, x + w / 2);
    box.top = Math.min(box.top, y - h / 2); box.bottom = Math.max(box.bottom, y + h / 2);
  }
  data.links.forEach((_, edge) => { // many lanes stand higher than the boxes beside them
    if (!isShown(edge)) return;
    const [, , y0, y1] = wayOf(edge).box;
    box.top = Math.min(box.top, y0); box.bottom = Math.max(box.bottom, y1);
  });
  const width = container.clientWidth, height = container.clientHeight, pad = 18;
  const whole = Math.min((width - 2 * pad) / (box.right - box.left), (height - HEADING - 2 * pad) / (box.bottom - box.top), 1.15);
  const scale = readable ? Math.max(whole, READABLE) : whole;
  const [fx, fy] = places[selected ?? startingPoint(shown)];
  // Centre an axis that fits; else stand at the focus without showing emptiness past the end.
  const along = (low, high, room, wish) => {
    const half = room / scale / 2, margin = pad / scale;
    if (high - low + 2 * margin <= 2 * half) return (low + high) / 2;
    return Math.min(Math.max(wish, low - margin + half), high + margin - half);
  };
  const shift = HEADING / scale / 2;
  // Where nothing is asked for, the reading begins at the grounds.
  const asked = selected ?? (numberOf.has(data.focus) ? numberOf.get(data.focus) : null);
  const wish = asked == null && data.columns[view.lang].length ? box.left : fx;
  const x = wholeColumn(along(box.left, box.right, width, wish), width / scale / 2, pad / scale, asked), y = along(box.top, box.bottom, height - HEADING, fy);
  network.moveTo({ scale, position: { x, y: belowHeadings(shown, x, y, width / scale / 2, (height - HEADING) / scale / 2, pad / scale) - shift } });
  settle();
}

/** The middle of a view near `x` that begins with a whole column, as long as what is asked for stays in sight. */
function wholeColumn(x, half, pad, asked) {
  const start = x - half, cut = data.columns[view.lang].find((column) => column.x - column.width / 2 < start && column.x + column.width / 2 > start);
  if (!cut) return x;
  const moved = x - (start - (cut.x - cut.width / 2)) - pad;
  if (asked == null) return moved;
  const [px, , w] = places[asked];
  return px + w / 2 + pad <= moved + half ? moved : x;
}

/** The middle of a view near `y` in which the first column in sight begins with a whole box, not with one cut by the headings. */
function belowHeadings(shown, x, y, across, half, pad) {
  const top = y - half, cut = shown.map((number) => places[number])
    .filter(([px, py, w, h]) => px - w / 2 >= x - across && px + w / 2 <= x + across && py - h / 2 < top && py + h / 2 > top)
    .sort((a, b) => a[0] - b[0])[0];
  return cut ? y - (top - (cut[1] - cut[3] / 2)) - pad / 2 : y;
}

/** Where to look first in a graph too large to be seen whole: its focus, else the strategy or other thing with most links. */
function startingPoint(shown) {
  if (numberOf.has(data.focus) && isVisible(numberOf.get(data.focus))) return numberOf.get(data.focus);
  const degree = (number) => incoming[number].length + outgoing[number].length;
  const busiest = (numbers) => numbers.reduce((best, number) => (degree(number) > degree(best) ? number : best), numbers[0]);
  const most = busiest(shown), grounds = shown.filter((number) => data.things[number].kind === data.kinds[0].name);
  // The reading begins at the grounds, unless next to nothing begins there.
  return grounds.length && degree(busiest(grounds)) * 4 >= degree(most) ? busiest(grounds) : most;
}

// vis learns the extent of a custom shape only when it has drawn it, so what came into view needs a second frame.
function settle() { network.redraw(); requestAnimationFrame(() => network.redraw()); }

/** Move as little as needed to see a thing. */
function bringIntoView(number) {
  const [x, y, w, h] = places[number], seen = seenArea(), scale = network.getScale();
  const top = seen.top + HEADING / scale, margin = 16 / scale;
  const push = (low, high, from, to) => (low < from + margin ? low - from - margin : high > to - margin ? high - to + margin : 0);
  const dx = push(x - w / 2, x + w / 2, seen.left, seen.right), dy = push(y - h / 2, y + h / 2, top, seen.bottom);
  if (!dx && !dy) return;
  const at = network.getViewPosition();
  network.moveTo({ position: { x: at.x + dx, y: at.y + dy }, scale });
  settle();
}

function zoom(factor) {
  moved = true;
  network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.02), 4) });
  settle();
}

/** Say what happened: to everybody for a while, or only to those who cannot see it. */
function tell(text, visibly = true) {
  const status = $("status");
  status.textContent = text;
  status.className = visibly ? "told" : "unseen";
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { status.className = "unseen"; }, 5000);
}

/** After things were added: they have places, the picture knows them, and the indexes are made anew. */
function takeIn() {
  placeAll();
  shownNodes.add(places.map(visNode).filter(({ id }) => !shownNodes.get(id)));
  folded = byShortName = null;
  setLanguage(view.lang);
}

// ---- selection ----------------------------------------------------------------------------------

function select(number, { push = true, focusPanel = false, keepHash = false } = {}) {
  if (number != null && !isVisible(number)) { hiddenKinds.delete(data.things[number].kind); hiddenThings.delete(number); }
  const changed = number !== selected;
  selected = number;
  const panel = $("panel"), opens = panel.hidden !== (number == null);
  const focusWasInside = panel.contains(document.activeElement);
  panel.hidden = number == null;
  $("app").classList.toggle("with-panel", number != null);
  $("hint").hidden = number != null;
  update();
  if (opens && !moved) requestAnimationFrame(() => { if (!moved) fit(true); else settle(); });
  if (number != null && !(opens && !moved)) bringIntoView(number);
  if (focusPanel && number != null) panel.focus();
  else if (focusWasInside) (number == null ? container : panel).focus();
  if (changed && !group.size) {
    tell(number == null ? view.t("cleared") : fill(view.t("selected"), { label: data.things[number].label[view.lang], n: lit.nodes.size - 1 }), false);
  }
  if (!keepHash && (changed || pathStart != null)) writeHash(push);
}

/** Recompute chain, marks, panel, legend and open tables from the state. */
function update() {
  marks = marksOfHidden();
  fillArea();
  lit = group.size ? among(group) : selected == null ? (pathStart == null ? null : chainOf(pathStart)) : pathStart == null || pathStart === selected ? chainOf(selected) : between(pathStart, selected);
  if (selected != null) fillPanel($("panel"), selected);
  drawLegend();
  fillTables();
  $("undo").disabled = !undos.length;
  network.redraw();
}

/** Change what a reader can undo; then show it and keep it in the address. */
function change(edit) {
  const inside = document.activeElement?.closest?.("#panel");
  remember();
  edit();
  settleChange(inside);
}

function undo() {
  if (!undos.length) return;
  restore(undos.pop());
  settleChange(document.activeElement?.closest?.("#panel"));
  tell(view.t("undone"));
}

function settleChange(inside) {
  placeAll();
  places.forEach(([x, y], id) => { const node = network.body.nodes[id]; if (node && (node.x !== x || node.y !== y)) network.moveNode(id, x, y); });
  if (selected != null && !isVisible(selected)) select(null); else update();
  if (inside && !inside.contains(document.activeElement)) (inside.hidden ? container : inside).focus();
  writeHash(false);
}

const actions = {
  pin: (number) => change(() => { if (!pinned.delete(number)) { pinned.add(number); hiddenThings.delete(number); } }),
  hide: (number) => change(() => { pinned.delete(number); hiddenThings.add(number); }),
  collapse: (number) => { const gone = hanging(number); if (gone.size) change(() => gone.forEach((each) => hiddenThings.add(each))); },
  expand: (number) => {
    const away = hiddenAround(number);
    if (away.size) change(() => away.forEach((each) => hiddenThings.delete(each)));
    else actions.load(number);
  },
  load: (number) => { if (server?.canLoad(number)) server.load(number); },
  /** What a double click does: whichever of the two there is to do. */
  toggle: (number) => actions[hiddenAround(number).size || server?.canLoad(number) ? "expand" : "collapse"](number),
  path: (number) => {
    pathStart = pathStart === number ? null : number;
    update();
    $("panel").focus();
    writeHash(true);
    tell(view.t(pathStart == null ? "pathCleared" : "pathHint"));
  },
};

/** Switch on what hides a thing's links: their levels, and the kinds at their other ends. */
function showAllLinks(number) {
  change(() => {
    for (const edge of [...incoming[number], ...outgoing[number]]) {
      const link = data.links[edge];
      hiddenLevels.delete(link.level);
      for (const end of [link.from, link.to]) { hiddenKinds.delete(data.things[end].kind); hiddenThings.delete(end); }
    }
  });
  $("panel").focus();
}

// ---- legend and filters -------------------------------------------------------------------------

function drawLegend() {
  const chip = (off, name, number, icon, title, toggle) => {
    const box = el("input", { type: "checkbox", value: name, onchange: (event) => toggle(event.target.checked) });
    box.checked = !off;
    return el("label", { class: "chip", title }, box, icon, el("span", {}, title.split("\n")[0]), el("small", {}, number.toLocaleString(view.lang)));
  };
  const rebuild = (id, chips) => {
    const at = [...$(id).querySelectorAll("input")].findIndex((box) => box === document.activeElement);
    $(id).replaceChildren(...chips);
    if (at >= 0) $(id).querySelectorAll("input")[at]?.focus();
  };
  rebuild("kinds", data.kinds.map((kind) => chip(hiddenKinds.has(kind.name), kind.name, kindCounts.get(kind.name) || 0, kindIcon(kind, view.lang, view.theme),
    kind.words[view.lang], (on) => change(() => { if (on) hiddenKinds.delete(kind.name); else hiddenKinds.add(kind.name); }))));
  rebuild("levels", data.levels.filter((level) => levelCounts.get(level.name)).map((level) => chip(hiddenLevels.has(level.name), level.name, levelCounts.get(level.name),
    levelIcon(level, view.theme), `${level.words[view.lang]}\n${level.meaning[view.lang]}`, (on) => change(() => { if (on) hiddenLevels.delete(level.name); else hiddenLevels.add(level.name); }))));
  $("bring-back").hidden = !hiddenThings.size;
  $("bring-back").textContent = fill(view.t("bringBack"), { n: hiddenThings.size });
}
