// The viewer: network, selection, legend, keyboard, language, URL hash; what it knows is in state.js.

// ---- the network --------------------------------------------------------------------------------

const container = $("network");
const nodeNumber = (id) => Number(id.slice(1));
const placeOf = (number) => data.things[number].place[view.lang];
let nodes, ways;

function load() {
  nodes = new vis.DataSet(data.nodes.map((node, number) => {
    const [x, y, width, height] = placeOf(number);
    return { ...node, x, y, size: Math.max(width, height) / 2, label: data.things[number].label[view.lang], hidden: !kindShown(number) };
  }));
  const places = data.things.map((_, number) => placeOf(number));
  ways = data.links.map((link) => linkPath(link, places, data.columns[view.lang], view.lang));
  return { nodes, edges: new vis.DataSet(data.edges) };
}

/** Bring the picture in line with filters, selection and theme; only what changed is handed over to vis. */
function refresh() {
  const flipped = data.nodes.filter((node, number) => nodes.get(node.id).hidden === kindShown(number));
  if (flipped.length) nodes.update(flipped.map((node) => ({ id: node.id, hidden: !nodes.get(node.id).hidden })));
  network.redraw();
}

/** Links in the order of painting: faded ones first, then structure, then claims. */
function drawLinks(ctx, seen) {
  ctx.save();
  const on = (edge) => !lit || lit.edges.has(edge);
  const turn = (edge) => (on(edge) ? 2 : 0) + (data.links[edge].level === "structure" ? 0 : 1);
  const shown = ways.map((_, edge) => edge).filter((edge) => {
    const [x0, x1, y0, y1] = ways[edge].box;
    return isShown(edge) && Math.max(x0, x1) >= seen.left && Math.min(x0, x1) <= seen.right &&
      Math.max(y0, y1) >= seen.top && Math.min(y0, y1) <= seen.bottom;
  }).sort((a, b) => turn(a) - turn(b));
  for (const edge of shown) {
    const level = view.levelOf(data.links[edge].level), { dashes } = data.edges[edge];
    drawLink(ctx, ways[edge], { colour: colourOf(level, view.theme), dashes, alpha: on(edge) ? 1 : 0.12,
      width: data.edges[edge].width * (lit && on(edge) ? 1.3 : 1) });
  }
  ctx.restore();
}

/** The link shown at a point of the canvas, or null. */
function linkAt(point) {
  const ctx = container.querySelector("canvas").getContext("2d");
  ctx.save();
  ctx.resetTransform();
  ctx.lineWidth = 12 / network.getScale();
  ctx.setLineDash([]);
  const hit = ways.findIndex((way, edge) => isShown(edge) && ctx.isPointInStroke(way.path, point.x, point.y));
  ctx.restore();
  return hit < 0 ? null : hit;
}

const options = data.options;
options.nodes.ctxRenderer = ({ ctx, id, x, y }) => {
  const number = nodeNumber(id), place = placeOf(number);
  return {
    drawNode: () => drawCard(ctx, x, y, place, view.kindOf(number), view.lang, view.theme,
      { lit: !lit || lit.nodes.has(number), selected: number === selected }),
    nodeDimensions: { width: place[2], height: place[3] },
  };
};
// vis keeps its own keyboard off: the keys below follow links, which vis cannot.
const network = new vis.Network(container, load(), options);

function seenArea() {
  const a = network.DOMtoCanvas({ x: 0, y: 0 });
  const b = network.DOMtoCanvas({ x: container.clientWidth, y: container.clientHeight });
  return { left: a.x, top: a.y, right: b.x, bottom: b.y };
}
const columnNames = () => data.columns[view.lang].map((column) => column.kinds.filter((name) => !hiddenKinds.has(name))
  .slice(0, 2).map((name) => kindByName.get(name).words[view.lang]).join(view.lang === "ja" ? "・" : " · "));
network.on("beforeDrawing", (ctx) => {
  const seen = seenArea();
  drawStripes(ctx, data.columns[view.lang], seen, view.theme);
  drawLinks(ctx, seen);
});
network.on("afterDrawing", (ctx) => drawHeadings(ctx, data.columns[view.lang], columnNames(), seenArea(), network.getScale(), view.theme));

/** Show everything; with `readable`, never so small that labels cannot be read: then around the focus. */
function fit(readable) {
  const shown = data.things.map((_, number) => number).filter(kindShown);
  if (!shown.length) return;
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const number of shown) {
    const [x, y, w, h] = placeOf(number);
    box.left = Math.min(box.left, x - w / 2); box.right = Math.max(box.right, x + w / 2);
    box.top = Math.min(box.top, y - h / 2); box.bottom = Math.max(box.bottom, y + h / 2);
  }
  const width = container.clientWidth, height = container.clientHeight, pad = 18;
  const whole = Math.min((width - 2 * pad) / (box.right - box.left), (height - HEADING - 2 * pad) / (box.bottom - box.top), 1.15);
  const floor = selected != null && width > 700 ? READABLE_BESIDE : READABLE;
  const scale = readable ? Math.max(whole, floor) : whole;
  const [fx, fy] = placeOf(selected ?? startingPoint(shown));
  // Centre an axis that fits; else stand at the focus without showing emptiness past the end.
  const along = (low, high, room, wish) => {
    const half = room / scale / 2, margin = pad / scale;
    if (high - low + 2 * margin <= 2 * half) return (low + high) / 2;
    return Math.min(Math.max(wish, low - margin + half), high + margin - half);
  };
  const shift = HEADING / scale / 2;
  network.moveTo({ scale, position: { x: along(box.left, box.right, width, fx), y: along(box.top, box.bottom, height - HEADING, fy) - shift } });
  settle();
}

/** Where to look first in a graph too large to be seen whole: its focus, else the thing with most links. */
function startingPoint(shown) {
  if (numberOf.has(data.focus) && kindShown(numberOf.get(data.focus))) return numberOf.get(data.focus);
  const degree = (number) => [...incoming[number], ...outgoing[number]].filter(isShown).length;
  return shown.reduce((best, number) => (degree(number) > degree(best) ? number : best), shown[0]);
}

// vis learns the extent of a custom shape only when it has drawn it, so what came into view needs a second frame.
function settle() { network.redraw(); requestAnimationFrame(() => network.redraw()); }

/** Move as little as needed to see a thing. */
function bringIntoView(number) {
  const [x, y, w, h] = placeOf(number), seen = seenArea(), scale = network.getScale();
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
  network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.05), 4) });
  settle();
}

// ---- selection ----------------------------------------------------------------------------------

function select(number, { push = true, focusPanel = false } = {}) {
  if (number != null && !kindShown(number)) hiddenKinds.delete(data.things[number].kind);
  const changed = number !== selected;
  selected = number;
  const panel = $("panel"), opens = panel.hidden !== (number == null);
  const focusWasInside = panel.contains(document.activeElement);
  panel.hidden = number == null;
  $("app").classList.toggle("with-panel", number != null);
  $("hint").hidden = number != null;
  update();
  if (opens) { network.redraw(); if (!moved) requestAnimationFrame(() => { if (!moved) fit(true); else settle(); }); }
  if (number != null && !(opens && !moved)) bringIntoView(number);
  if (focusPanel && number != null) panel.focus();
  else if (focusWasInside) (number == null ? container : panel).focus();
  if (changed) {
    $("status").textContent = number == null ? view.t("cleared")
      : fill(view.t("selected"), { label: data.things[number].label[view.lang], n: lit.nodes.size - 1 });
    writeHash(push);
  }
}

/** Recompute chain, panel and legend from the state. */
function update() {
  lit = selected == null ? null : chainOf(selected);
  if (selected != null) fillPanel($("panel"), selected, view);
  drawLegend();
  refresh();
}

network.on("click", ({ pointer }) => {
  const id = network.getNodeAt(pointer.DOM);
  if (id != null) { select(nodeNumber(id)); return; }
  const edge = linkAt(pointer.canvas);
  if (edge == null) { select(null); return; }
  select(data.links[edge].to);
  const item = $("panel").querySelector(`[data-edge="${edge}"]`);
  item?.classList.add("picked");
  item?.scrollIntoView({ block: "center" });
});
network.on("hoverNode", () => { container.style.cursor = "pointer"; });
network.on("blurNode", () => { container.style.cursor = ""; });
network.on("dragStart", () => { moved = true; });
network.on("zoom", () => { moved = true; });
network.on("resize", () => { if (!moved) fit(true); else settle(); });

// ---- legend and filters -------------------------------------------------------------------------

function drawLegend() {
  const chip = (off, name, count, icon, title, toggle) => {
    const box = el("input", { type: "checkbox", value: name, onchange: (event) => toggle(event.target.checked) });
    box.checked = !off;
    return el("label", { class: "chip", title }, box, icon, el("span", {}, title.split("\n")[0]), el("small", {}, String(count)));
  };
  const rebuild = (id, chips) => {
    const at = [...$(id).querySelectorAll("input")].findIndex((box) => box === document.activeElement);
    $(id).replaceChildren(...chips);
    if (at >= 0) $(id).querySelectorAll("input")[at]?.focus();
  };
  const flip = (set, name, on) => {
    if (on) set.delete(name); else set.add(name);
    if (selected != null && !kindShown(selected)) select(null); else update();
  };
  rebuild("kinds", data.kinds.map((kind) => chip(hiddenKinds.has(kind.name), kind.name,
    data.things.filter((thing) => thing.kind === kind.name).length, kindIcon(kind, view.lang, view.theme),
    kind.words[view.lang], (on) => flip(hiddenKinds, kind.name, on))));
  rebuild("levels", data.levels.map((level) => [level, data.links.filter((link) => link.level === level.name).length])
    .filter(([, count]) => count).map(([level, count]) => chip(hiddenLevels.has(level.name), level.name, count,
      levelIcon(level, view.theme), `${level.words[view.lang]}\n${level.meaning[view.lang]}`, (on) => flip(hiddenLevels, level.name, on))));
}

/** Switch on what hides a thing's links: their levels, and the kinds at their other ends. */
function showAllLinks(number) {
  for (const edge of [...incoming[number], ...outgoing[number]]) {
    const link = data.links[edge];
    hiddenLevels.delete(link.level);
    hiddenKinds.delete(data.things[link.from].kind);
    hiddenKinds.delete(data.things[link.to].kind);
  }
  update();
  $("panel").focus();
}

// ---- keyboard on the picture --------------------------------------------------------------------

/** The thing that an arrow key leads to: along links sideways, within the column up and down. */
function beside(number, key) {
  const [x, y] = placeOf(number);
  let near;
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const back = key === "ArrowLeft";
    near = (back ? incoming : outgoing)[number].filter(isShown).map((edge) => data.links[edge][back ? "from" : "to"]);
  } else {
    const up = key === "ArrowUp";
    near = data.things.map((_, n) => n).filter((n) => kindShown(n) && placeOf(n)[0] === x && (up ? placeOf(n)[1] < y : placeOf(n)[1] > y));
  }
  const gap = (n) => Math.abs(placeOf(n)[1] - y);
  return near.length ? near.reduce((best, n) => (gap(n) < gap(best) ? n : best)) : null;
}

container.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key.startsWith("Arrow")) {
    const shown = data.things.map((_, number) => number).filter(kindShown);
    const next = selected == null ? (shown.length ? startingPoint(shown) : null) : beside(selected, event.key);
    if (next != null) select(next);
  } else if (event.key === "+" || event.key === ";") zoom(1.25);
  else if (event.key === "-") zoom(0.8);
  else if (event.key === "0") { moved = false; fit(false); }
  else if (event.key === "Enter" && selected != null) $("panel").focus();
  else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && selected != null) select(null);
});

// ---- language, theme, hash ----------------------------------------------------------------------

function setLanguage(lang) {
  view.lang = lang;
  document.documentElement.lang = lang;
  document.title = `${data.title[lang]} · konkyo`;
  $("title").textContent = data.title[lang];
  $("title").title = data.title[lang];
  if (data.note) $("note").textContent = data.note[lang];
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = view.t(node.dataset.text);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", view.t(node.dataset.label));
  for (const id of ["zoom-in", "zoom-out", "whole", "language"]) $(id).title = $(id).getAttribute("aria-label");
  $("language").lang = lang === "ja" ? "en" : "ja";
  $("search").placeholder = view.t("search");
  $("tables-summary").textContent = fill(view.t("table"), { n: data.things.length, e: data.links.length });
  document.querySelectorAll(".plain-title").forEach((node, n) => { node.textContent = (n ? data.note : data.title)[lang]; });
}

function switchLanguage(lang) {
  if (lang === view.lang) return;
  setLanguage(lang);
  closeResults();
  fillTables(view);
  network.setData(load()); // places differ between the languages, since labels do
  update();
  moved = false;
  fit(true);
}

function onTheme() {
  view.theme = readTheme();
  update();
}
darkQuery.addEventListener("change", onTheme);

function hashOf(number) {
  const parts = [];
  if (number != null) parts.push(`s=${encodeURIComponent(data.things[number].iri)}`);
  if (view.lang !== data.lang || parts.length) parts.push(`lang=${view.lang}`);
  return parts.length ? `#${parts.join("&")}` : "";
}

function writeHash(push) {
  const hash = hashOf(selected);
  if (hash === location.hash) return;
  try {
    history[push ? "pushState" : "replaceState"](null, "", hash || location.pathname + location.search);
  } catch { /* a page inside a frame of a notebook may have no address to write */ }
}

/** Take selection and language from the address; return whether it named anything. */
function readHash() {
  const values = new Map(location.hash.slice(1).split("&").map((part) => {
    const at = part.indexOf("=");
    let value = part.slice(at + 1);
    try { value = decodeURIComponent(value); } catch { /* a broken escape: take it as it stands */ }
    return [part.slice(0, at), value];
  }));
  const lang = values.get("lang");
  switchLanguage(lang === "en" || lang === "ja" ? lang : data.lang);
  const number = numberOf.get(values.get("s"));
  return number ?? null;
}

addEventListener("popstate", () => select(readHash(), { push: false }));
addEventListener("hashchange", () => select(readHash(), { push: false }));

// ---- start --------------------------------------------------------------------------------------

$("tables").open = false;
if (matchMedia("(max-width: 820px)").matches) $("legend").open = false;
$("legend").addEventListener("toggle", () => { if (!moved) requestAnimationFrame(() => fit(true)); });
$("whole").addEventListener("click", () => { moved = false; fit(false); });
$("zoom-in").addEventListener("click", () => zoom(1.25));
$("zoom-out").addEventListener("click", () => zoom(0.8));
$("language").addEventListener("click", () => { switchLanguage(view.lang === "ja" ? "en" : "ja"); writeHash(false); });
// vis puts a focusable frame inside the container, which is focusable itself and has the name.
container.firstElementChild?.setAttribute("tabindex", "-1");
container.addEventListener("mousedown", () => container.focus({ preventScroll: true }));
if (!data.things.length) $("hint").dataset.text = "nothing";
setLanguage(view.lang);
update();
fit(true);
const wanted = readHash() ?? numberOf.get(data.focus) ?? null;
if (wanted != null) select(wanted, { push: false });
// Fonts of the system may arrive after the first frame; the canvas does not redraw by itself.
document.fonts?.ready.then(settle);
window.konkyoView = {
  network,
  select: (iri) => select(numberOf.get(iri) ?? null),
  state: () => ({ selected: selected == null ? null : data.things[selected].iri, lang: view.lang,
    lit: lit && [...lit.nodes].map((number) => data.things[number].iri), hiddenKinds: [...hiddenKinds], hiddenLevels: [...hiddenLevels],
    shownEdges: data.links.filter((_, edge) => isShown(edge)).length }),
  positionOf: (iri) => { const [x, y] = placeOf(numberOf.get(iri)); return network.canvasToDOM({ x, y }); },
};
