// Mouse, touch, keys, language, theme; and the start of the page.

const atPointer = (event) => {
  const box = container.getBoundingClientRect();
  return network.DOMtoCanvas({ x: event.clientX - box.left, y: event.clientY - box.top });
};

// A first click opens the panel, and the picture moves to make room: the second of two means what the first one hit,
// even where the panel stands by then.
const TWICE = 450;
let lastClick = { at: -1e9 }, swallowed = -1e9;
const firstClick = (number, x, y) => { lastClick = { number, x, y, at: performance.now() }; };
const justNow = (at) => performance.now() - at < TWICE;
document.addEventListener("pointerdown", (event) => {
  const { number, at, x, y } = lastClick, reach = event.pointerType === "touch" ? 24 : 6;
  if (number == null || event.button !== 0 || !justNow(at) || Math.hypot(event.clientX - x, event.clientY - y) > reach) return;
  lastClick = { at: -1e9 };
  swallowed = performance.now();
  event.stopPropagation();
  event.preventDefault();
  actions.toggle(number);
}, true);
document.addEventListener("click", (event) => {
  if (justNow(swallowed) && event.detail) { event.stopPropagation(); event.preventDefault(); }
}, true);

network.on("click", ({ pointer }) => {
  if (justNow(swallowed)) return;
  const number = thingAt(pointer.canvas), box = container.getBoundingClientRect();
  group = new Set();
  firstClick(number, pointer.DOM.x + box.left, pointer.DOM.y + box.top);
  if (number != null) { select(number); return; }
  const edge = linkAt(pointer.canvas);
  if (edge == null) { select(null); return; }
  select(data.links[edge].to);
  const item = $("panel").querySelector(`[data-edge="${edge}"]`);
  item?.classList.add("picked");
  item?.scrollIntoView({ block: "center" });
});

// A mouse or pen drags a box; a finger on it moves the picture, as elsewhere. vis must not see what is taken here.
let drag = null;
container.addEventListener("pointerdown", (event) => {
  if (event.pointerType === "touch" || event.button !== 0) return;
  const at = atPointer(event), number = thingAt(at);
  if (number == null) return;
  event.stopPropagation();
  container.focus({ preventScroll: true });
  drag = { number, at, from: offsets.get(number) || [0, 0], far: false, x: event.clientX, y: event.clientY };
}, true);
addEventListener("pointermove", (event) => {
  if (!drag) return;
  if (!drag.far && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 5) return;
  if (!drag.far) { remember(); drag.far = true; moved = true; }
  const { x, y } = atPointer(event), number = drag.number;
  offsets.set(number, [Math.round(drag.from[0] + x - drag.at.x), Math.round(drag.from[1] + y - drag.at.y)]);
  const [px, py] = data.things[number].place[view.lang], [dx, dy] = offsets.get(number);
  places[number] = [px + dx, py + dy, ...places[number].slice(2)];
  for (const edge of [...incoming[number], ...outgoing[number]]) ways[edge] = undefined;
  network.moveNode(number, px + dx, py + dy);
});
addEventListener("pointerup", () => {
  if (!drag) return;
  const { number, far, x, y } = drag;
  drag = null;
  if (far) { update(); writeHash(false); return; }
  group = new Set();
  firstClick(number, x, y);
  select(number);
});
addEventListener("pointercancel", () => { drag = null; });
container.addEventListener("pointermove", (event) => { if (event.pointerType === "mouse") container.style.cursor = thingAt(atPointer(event)) == null ? "" : "pointer"; });

network.on("dragStart", () => { moved = true; moving = true; });
network.on("dragEnd", () => { moving = false; settle(); });
network.on("zoom", () => { moved = true; });
network.on("resize", () => { if (!moved) fit(true); else settle(); });

// ---- keyboard on the picture --------------------------------------------------------------------

/** The thing that an arrow key leads to: along links sideways, within the column up and down. */
function beside(number, key) {
  const [x, y] = places[number];
  let near;
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const way = key === "ArrowLeft" ? "up" : "down";
    near = edgesOf(number, way).filter(isShown).map((edge) => farEnd(edge, way)).filter((n) => n !== number);
  } else if (!data.columns[view.lang].length) { // no columns: what stands above or below at all
    const up = key === "ArrowUp", steep = (n) => Math.abs(places[n][0] - x) * 0.5 + Math.abs(places[n][1] - y);
    near = data.things.map((_, n) => n).filter((n) => n !== number && isVisible(n) && (up ? places[n][1] < y - 8 : places[n][1] > y + 8));
    return near.length ? near.reduce((best, n) => (steep(n) < steep(best) ? n : best)) : null;
  } else {
    const up = key === "ArrowUp", column = data.things[number].place[view.lang][0];
    near = data.things.map((_, n) => n).filter((n) => n !== number && isVisible(n) && data.things[n].place[view.lang][0] === column && (up ? places[n][1] < y : places[n][1] > y));
  }
  const gap = (n) => Math.abs(places[n][1] - y) + Math.abs(places[n][0] - x) / 1e6;
  return near.length ? near.reduce((best, n) => (gap(n) < gap(best) ? n : best)) : null;
}

const KEYS = { p: "pin", h: "hide", c: "collapse", e: "expand", a: "path" };
container.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "z") { undo(); event.preventDefault(); return; }
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (gatherByKey(event)) { event.preventDefault(); return; }
  if (event.key.startsWith("Arrow")) {
    const shown = data.things.map((_, number) => number).filter(isVisible);
    const next = selected == null ? (shown.length ? startingPoint(shown) : null) : beside(selected, event.key);
    if (next != null) select(next);
  } else if (event.key === "+" || event.key === ";") zoom(1.25);
  else if (event.key === "-") zoom(0.8);
  else if (event.key === "0") { moved = false; fit(false); }
  else if (event.key === "u") undo();
  else if (event.key === "Enter" && selected != null) $("panel").focus();
  else if (KEYS[event.key] && selected != null) {
    actions[KEYS[event.key]](selected);
    container.focus();
  } else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (drawing) switchArea(false);
  else if (group.size) gather([]);
  else if (pathStart != null) { pathStart = null; update(); writeHash(true); tell(view.t("pathCleared")); } else if (selected != null) select(null);
});

// ---- language and theme -------------------------------------------------------------------------

/** The note, with its commands as code: what stands between two backticks. */
function writeNote() {
  if (!data.note) return;
  const parts = data.note[view.lang].split("`"), even = parts.length % 2 === 1;
  $("note").replaceChildren(...(even ? parts.map((part, n) => (n % 2 ? el("code", {}, part) : part)) : [data.note[view.lang]]));
  measureNote();
}

/** Of a long one only the beginning is shown; then it is a button that shows the rest. */
function measureNote() {
  const note = $("note"), whole = note.classList.contains("whole");
  const cut = whole || note.scrollHeight > note.clientHeight + 1;
  for (const [name, value] of [["role", "button"], ["tabindex", "0"], ["aria-expanded", String(whole)]]) {
    if (cut) note.setAttribute(name, value); else note.removeAttribute(name);
  }
}

function unfoldNote() {
  if (!$("note").hasAttribute("role")) return;
  $("note").classList.toggle("whole");
  measureNote();
}
$("note").addEventListener("click", unfoldNote);
$("note").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" && event.key !== " ") return;
  unfoldNote();
  event.preventDefault();
});
new ResizeObserver(measureNote).observe($("note"));

function setLanguage(lang) {
  view.lang = lang;
  document.documentElement.lang = lang;
  document.title = `${data.title[lang]} · konkyo`;
  $("title").textContent = data.title[lang];
  $("title").title = data.title[lang];
  writeNote();
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = view.t(node.dataset.text);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", view.t(node.dataset.label));
  for (const id of ["zoom-in", "zoom-out", "whole", "language", "undo", "area"]) $(id).title = $(id).getAttribute("aria-label");
  $("language").lang = lang === "ja" ? "en" : "ja";
  $("search").placeholder = view.t("search");
  $("tables-summary").textContent = fill(view.t("table"), { n: data.things.length.toLocaleString(lang), e: data.links.length.toLocaleString(lang) });
}

function switchLanguage(lang) {
  if (lang === view.lang) return;
  setLanguage(lang);
  closeResults();
  placeAll(); // places differ between the languages, since labels do
  network.setData(visNodes());
  update();
  moved = false;
  fit(true);
}

darkQuery.addEventListener("change", () => { view.theme = readTheme(); update(); });

// ---- start --------------------------------------------------------------------------------------

if (matchMedia("(max-width: 820px), (max-height: 520px)").matches) $("legend").open = false;
$("legend").addEventListener("toggle", () => { if (!moved) requestAnimationFrame(() => fit(true)); });
$("whole").addEventListener("click", () => { moved = false; fit(false); });
$("zoom-in").addEventListener("click", () => zoom(1.25));
$("zoom-out").addEventListener("click", () => zoom(0.8));
$("undo").addEventListener("click", undo);
$("bring-back").addEventListener("click", () => { change(() => { hiddenThings = new Set(); }); container.focus(); });
$("language").addEventListener("click", () => { switchLanguage(view.lang === "ja" ? "en" : "ja"); writeHash(false); });
// vis puts a focusable frame inside the container, which is focusable itself and has the name.
container.firstElementChild?.setAttribute("tabindex", "-1");
container.addEventListener("mousedown", () => container.focus({ preventScroll: true }));
if (!data.things.length) $("hint").dataset.text = "nothing";
setLanguage(view.lang);
const named = location.hash.length > 1;
let wanted = readHash();
if (!named) {
  const [first, last] = (data.ends || []).map((iri) => numberOf.get(iri));
  if (last != null) [pathStart, wanted] = [first, last];
  else wanted = numberOf.get(data.focus) ?? null;
}
placeAll();
offsets.forEach((_, number) => network.moveNode(number, places[number][0], places[number][1]));
update();
fit(true);
if (wanted != null) select(wanted, { push: false, keepHash: true });
server?.restore(fetchedInHash()).then((some) => { if (some) followHash(); });
// Fonts of the system may arrive after the first frame; the canvas does not redraw by itself.
document.fonts?.ready.then(settle);
window.konkyoView = {
  network, toSvg: () => svgText(toSvg()), toPng, toCsv,
  select: (iri) => select(numberOf.get(iri) ?? null),
  state: () => {
    const iris = (numbers) => [...numbers].map((number) => data.things[number].iri);
    return { selected: selected == null ? null : data.things[selected].iri, pathStart: pathStart == null ? null : data.things[pathStart].iri,
      lang: view.lang, lit: lit && iris(lit.nodes), hiddenKinds: [...hiddenKinds], hiddenLevels: [...hiddenLevels], hiddenThings: iris(hiddenThings), group: iris(group),
      pinned: iris(pinned), moved: [...offsets].map(([number, by]) => [data.things[number].iri, ...by]), shownEdges: data.links.filter((_, edge) => isShown(edge)).length };
  },
  marks: () => Object.fromEntries([...marks].map(([number, count]) => [data.things[number].iri, count])),
  boxes: () => places.filter((_, number) => isVisible(number)).map(([x, y, w, h]) => [x, y, w, h]),
  positionOf: (iri) => { const [x, y] = places[numberOf.get(iri)]; return network.canvasToDOM({ x, y }); },
};
