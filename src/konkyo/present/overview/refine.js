// The panel of years and facets: a timeline of the editions that are named, the reviews, amounts, ministries and levels. What stands in a
// strip is counted under all that is kept but the strip's own range, so that a reader sees what there is beside it.

const STRIP = { top: 14, bar: 50, foot: 17, none: 62, gap: 10, least: 34 };

const sum = (values) => values.reduce((all, value) => all + value, 0);

/** The years of the editions, or of those of the plan that is opened, as bins: single years where there is room, and what is older as one. */
function yearBins(width) {
  const opened = state.path.find((step) => step.kind === "strategy" && typeof step.key === "number");
  const years = data.editions.map((_, edition) => opened && strategyOf(edition) !== opened.key ? null : yearOfEdition(edition)).filter((year) => year !== null);
  const first = years.reduce((a, b) => Math.min(a, b), Infinity), last = years.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!years.length) return [];
  const room = Math.max(4, Math.floor((width - STRIP.none - STRIP.gap) / STRIP.least)), from = last - first < room ? first : last - room + 2;
  const bins = Array.from({ length: last - from + 1 }, (_, n) => ({ from: from + n, to: from + n, short: String(from + n), long: t("yearOf", { n: from + n }) }));
  return from === first ? bins : [{ from: null, to: from - 1, short: `≤${from - 1}`, long: t("yearsUntil", { n: from - 1 }) }, ...bins];
}
const amountBins = () => AMOUNTS.map((least, n) => ({
  from: n || null, to: n === AMOUNTS.length - 1 ? null : n, short: t("amounts").split("|")[n],
  long: KEPT.amount([n, n === AMOUNTS.length - 1 ? null : n]),
}));

/** A strip of bars with their numbers. A bin has parts by colour; the last, of what states no value, stands apart. */
function strip(bins, width, { label, range = [], press = null }) {
  const { top, bar, foot, none, gap } = STRIP, apart = bins.at(-1)?.none, height = top + bar + foot;
  const pitch = (width - (apart ? none + gap : 0)) / Math.max(1, bins.length - (apart ? 1 : 0));
  const most = Math.max(1, ...bins.map((bin) => sum(bin.parts.map((part) => part.value))));
  const root = svg("svg", { class: "picture strip", width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label });
  bins.forEach((bin, place) => {
    const wide = bin.none ? none : pitch, x = bin.none ? width - none : place * pitch, inner = Math.min(44, wide - 4);
    const on = bin.none ? !range.length || range === "none" : range !== "none" && within(range, bin.to ?? bin.from);
    const all = sum(bin.parts.map((part) => part.value)), shown = number(all), said = `${bin.long}: ${shown}`;
    const node = svg("g", { class: on ? "bin" : "bin off" });
    let y = top + bar;
    for (const part of bin.parts) {
      if (!part.value) continue;
      const high = bar * part.value / most;
      y -= high;
      node.append(svg("rect", { class: `bar ${part.colour}`, x: px(x + (wide - inner) / 2), y: px(y), width: px(inner), height: px(Math.max(0.6, high)), ...(part.place !== undefined && { "data-place": part.place }) }));
    }
    const middle = px(x + wide / 2);
    if (all && shown.length * 6.3 <= wide + 1) node.append(svg("text", { class: "tell", x: middle, y: px(y - 3), "text-anchor": "middle" }, shown));
    node.append(svg("text", { class: "tick", x: middle, y: height - 4, "text-anchor": "middle" }, bin.short));
    // The single ones are reached by the sliders; what states no value is on no slider.
    const hit = svg("rect", { class: "hit", x: px(x), y: 0, width: px(wide), height, rx: 4, ...(bin.none ? { role: "button", tabindex: 0, "aria-label": said, "aria-pressed": range === "none" } : { "aria-hidden": "true" }) });
    hit.append(svg("title", {}, said));
    if (press) {
      hit.addEventListener("click", () => press(bin));
      if (bin.none) hit.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); press(bin); $("refine").querySelector(`[data-strip=${bin.none}] [role=button]`)?.focus(); } });
    }
    for (const part of node.children) part.setAttribute("aria-hidden", "true");
    node.prepend(hit);
    root.append(node);
  });
  return root;
}

/** The timeline: how often editions of each year are named, in the colours of the left side. */
function timelineBins(width) {
  const bins = yearBins(width), found = [...bins, { none: "issued", short: t("noneShort"), long: t("noEdition") }].map((bin) => ({ ...bin, parts: [] }));
  const colours = new Map();
  for (const group of shown.left.groups) for (const key of group.keys) colours.set(key, group);
  const counts = found.map(() => new Map());
  for (const row of rowsOf(state.year, "issued")) for (const edition of keysAt("left", "edition", row)) {
    const year = yearOfEdition(edition), at = year === null ? found.length - 1 : bins.findIndex((bin) => within([bin.from, bin.to], year));
    const group = colours.get(shown.left.kind === "edition" ? edition : strategyOf(edition)) ?? null;
    counts[at].set(group, (counts[at].get(group) ?? 0) + 1);
  }
  counts.forEach((of, at) => {
    found[at].parts = [...of].sort(([a], [b]) => (a?.place ?? 99) - (b?.place ?? 99)).map(([group, value]) => ({ value, colour: group?.colour ?? "others", place: group?.place }));
  });
  return found;
}

function amountsNow() {
  const bins = [...amountBins(), { none: "amount", short: t("noneShort"), long: t("keptNoAmount") }], counts = bins.map(() => 0);
  for (const row of rowsOf(state.year, "amount")) counts[classOf(row) ?? bins.length - 1] += 1;
  return bins.map((bin, at) => ({ ...bin, parts: [{ value: counts[at], colour: "right" }] }));
}

const reviewsNow = () => data.years.map((year, at) => ({ from: at, to: at, short: String(year.year), long: year.title[state.lang], parts: [{ value: rowsOf(at).length, colour: "right" }] }));

// --- the panel -----------------------------------------------------------------------------------------------

/** Keep other things than before; a slider that is still held leaves the browser's way back alone. */
const keepOnly = (name, values, held = false) => go({ keep: { ...state.keep, [name]: values }, from: { left: 0, right: 0 } }, false, held);

function pressed(name, bin) {
  const wanted = bin.none ? "none" : [bin.from, bin.to];
  keepOnly(name, rangeText(state.keep[name]) === rangeText(wanted) ? [] : wanted);
}

const sliders = {};
function facetOfRange(name) {
  const ends = ["from", "to"].map((end) => el("input", { type: "range", min: 0, step: 1, class: end }));
  const moved = (input, held) => {
    // Neither end goes past the other.
    input.value = Math[input === ends[0] ? "min" : "max"](...ends.map((each) => Number(each.value)));
    const bins = sliders[name].bins, [a, b] = ends.map((each) => Number(each.value));
    keepOnly(name, a === 0 && b === bins.length - 1 ? [] : [a === 0 ? null : bins[a].from, b === bins.length - 1 ? null : bins[b].to], held);
  };
  for (const input of ends) {
    input.addEventListener("input", () => moved(input, true));
    input.addEventListener("change", () => moved(input, false));
  }
  const bars = el("div", { class: "bars" }), track = el("div", { class: "track" }, ...ends);
  sliders[name] = { ends, bars, track, bins: [] };
  return el("fieldset", { class: `facet ${name}`, "data-strip": name }, el("legend", { "data-text": `facet_${name}` }), bars, track);
}

function drawRange(name, bins, width) {
  const { ends, bars, track } = sliders[name], single = bins.slice(0, -1), range = state.keep[name], last = single.length - 1;
  sliders[name].bins = single;
  bars.replaceChildren(strip(bins, width, { label: t(`facet_${name}`), range, press: (bin) => pressed(name, bin) }));
  const at = (value, otherwise) => { const found = value === null ? -1 : single.findIndex((bin) => within([bin.from, bin.to], value)); return found < 0 ? otherwise : found; };
  const places = range === "none" || !range.length ? [0, last] : [at(range[0], 0), at(range[1], last)];
  const pitch = (width - STRIP.none - STRIP.gap) / Math.max(1, single.length);
  track.hidden = single.length < 2;
  track.style.marginLeft = `${Math.max(0, pitch / 2 - 9)}px`;
  track.style.width = `${Math.max(40, pitch * last + 18)}px`;
  // Where both stand at the right end, it is the left one that can still be moved.
  ends[0].style.zIndex = places[0] > last / 2 ? 1 : 0;
  ends.forEach((input, end) => {
    input.max = last;
    input.value = places[end];
    input.setAttribute("aria-label", t(end ? `to_${name}` : `from_${name}`));
    input.setAttribute("aria-valuetext", single[places[end]]?.long ?? "");
  });
}

/** Check boxes of ministries or levels, with how many projects each has among the rest. */
function checks(name, items) {
  const boxes = items.map(({ key, text, count }) => {
    const box = el("input", { type: "checkbox", value: key });
    box.checked = state.keep[name].includes(key);
    box.addEventListener("change", () => keepOnly(name, box.checked ? [...state.keep[name], key] : state.keep[name].filter((kept) => kept !== key)));
    return el("label", {}, box, el("span", {}, text), el("small", {}, number(count)));
  });
  const place = $(`check-${name}`), at = [...place.querySelectorAll("input")].findIndex((box) => box === document.activeElement);
  place.replaceChildren(...boxes);
  if (at >= 0) place.querySelectorAll("input")[at]?.focus();
}

function countsBy(name, keysOf) {
  const counts = new Map();
  for (const row of rowsOf(state.year, name)) for (const key of unique(keysOf(row))) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

const usedLevels = new Set(), wholeCount = new Map();
for (const row of data.years.flatMap((year) => year.rows)) {
  for (const key of row[MINISTRIES]) wholeCount.set(key, (wholeCount.get(key) ?? 0) + 1);
  for (let place = 0; place < row[EDITIONS].length; place += 1) usedLevels.add(levelAt(row, place));
}
const ministriesInOrder = [...wholeCount.keys()].sort((a, b) => wholeCount.get(b) - wholeCount.get(a));

$("facets").append(
  ...(data.years.length > 1 ? [el("fieldset", { class: "facet reviews" }, el("legend", { "data-text": "facet_reviews" }), el("div", { class: "bars", id: "reviews" }))] : []),
  facetOfRange("issued"), facetOfRange("amount"),
  el("div", { class: "facet picks" },
    el("details", { class: "save pick", id: "pick" }, el("summary", { id: "pick-name" }), el("fieldset", { class: "menu" }, el("legend", { class: "unseen", "data-text": "facet_only" }), el("div", { class: "checks", id: "check-only" }))),
    el("fieldset", {}, el("legend", { "data-text": "facet_level" }), el("div", { class: "checks", id: "check-level" }))),
);

function refine() {
  if (!$("refine").open) return;
  const width = (name) => Math.max(260, Math.floor($("refine").querySelector(`.facet.${name}`).clientWidth));
  if (data.years.length > 1) $("reviews").replaceChildren(strip(reviewsNow(), width("reviews"), { label: t("facet_reviews"), range: [state.year, state.year], press: (bin) => go({ year: bin.from }, false) }));
  drawRange("issued", timelineBins(width("issued")), width("issued"));
  drawRange("amount", amountsNow(), width("amount"));
  const only = countsBy("only", (row) => row[MINISTRIES]), level = countsBy("level", (row) => row[EDITIONS].map((_, place) => levelAt(row, place)));
  $("pick-name").textContent = `${t("ministry")}: ${state.keep.only.length ? t("chosen", { n: state.keep.only.length }) : t("all")}`;
  checks("only", ministriesInOrder.map((key) => ({ key, text: nameOf("ministry", key), count: only.get(key) ?? 0 })));
  const levels = [...usedLevels].sort();
  if (levels.length > 1) checks("level", levels.map((key) => ({ key, text: data.levels[key].name[state.lang], count: level.get(key) ?? 0 })));
  else $("check-level").replaceChildren(el("span", {}, levels.length ? t("oneLevel", { name: data.levels[levels[0]].name[state.lang] }) : "–"));
}

/** The strips as tables: their names, heads and rows. */
const stripTables = () => [["facet_issued", "times", timelineBins(Infinity)], ["facet_amount", "count", amountsNow()]].map(([label, head, bins]) => ({
  label: t(label), head: t(head), rows: bins.map((bin) => [bin.long, sum(bin.parts.map((part) => part.value))]).filter(([, count]) => count),
}));

/** While a line of the left side is pointed at, the timeline shows its own editions. */
function pointInTime(group) {
  for (const bar of $("refine").querySelectorAll("[data-place]")) bar.classList.toggle("dim", group?.side === "left" && Number(bar.dataset.place) !== group.place);
}

/** What is kept, each with a way to let it go. */
function keptNow() {
  $("kept").hidden = keepsAll();
  const chip = (text, keep) => el("li", {}, el("button", { type: "button", "aria-label": t("letGo", { name: text }), onclick: () => { go({ keep, from: { left: 0, right: 0 } }, true); } }, text, el("span", { "aria-hidden": "true" }, " ×")));
  const names = keptNames();
  $("kept").replaceChildren(...names.map((name) => chip(keptText(name), { ...state.keep, [name]: [] })), ...(names.length > 1 ? [chip(t("all"), ALL_KEPT)] : []));
}

$("refine").addEventListener("toggle", () => render());
