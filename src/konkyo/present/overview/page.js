// The page: what is opened stands in its address, so that the way back is the browser's too.

// --- the address ------------------------------------------------------------------------------------------

function addressOf() {
  const told = new URLSearchParams();
  for (const { kind, key } of state.path) told.append(kind, idOf(kind, key));
  if (state.by !== "projects") told.set("by", state.by);
  if (state.grain !== "ministry") told.set("grain", state.grain);
  if (data.years.length > 1 && state.year !== data.years.length - 1) told.set("year", data.years[state.year].year);
  for (const side of ["left", "right"]) if (state.from[side]) told.set(side, state.from[side]);
  putKept(told);
  if (state.lang !== data.lang) told.set("lang", state.lang);
  return `#${told}`;
}

function readAddress() {
  const told = new URLSearchParams(location.hash.slice(1));
  const one = (name, allowed, otherwise) => allowed.includes(told.get(name)) ? told.get(name) : otherwise;
  state.by = one("by", ["projects", "money"], "projects");
  state.grain = one("grain", ["ministry", "policy", "place"], "ministry");
  state.lang = one("lang", ["ja", "en"], data.lang);
  const year = data.years.findIndex((item) => String(item.year) === told.get("year"));
  state.year = year < 0 ? data.years.length - 1 : year;
  state.from = { left: Math.max(0, Number.parseInt(told.get("left"), 10) || 0), right: Math.max(0, Number.parseInt(told.get("right"), 10) || 0) };
  state.keep = readKept(told);
  state.path = [];
  for (const [kind, id] of told) {
    const key = SIDE[kind] ? keyOf(kind, id) : null;
    if (key !== null) state.path.push({ kind, key });
  }
}

/** Change what is shown; the address has it, and the browser's way back leads to what was, but not to each place of a slider that is held. */
function go(changes, says = true, held = false) {
  Object.assign(state, changes);
  const address = addressOf();
  if (address !== (location.hash || "#")) history[held ? "replaceState" : "pushState"](null, "", address);
  render();
  if (!held) $("status").textContent = `${titleNow()} ${$("totals").textContent}`;
  if (says) $("trail").querySelector("[aria-current]")?.focus({ preventScroll: true });
}

function open(...groups) {
  let path = [...state.path];
  const from = { ...state.from };
  for (const group of groups) {
    if (group.key === "others") { from[group.side] = group.next; continue; }
    if (path.some((step) => step.kind === group.kind && step.key === group.key)) continue;
    path = [...path.filter((step) => step.kind !== group.kind), { kind: group.kind, key: group.key }];
    from[group.side] = 0;
  }
  go({ path, from });
}
const opens = (group) => group.key === "others" || !state.path.some((step) => step.kind === group.kind && step.key === group.key);

function titleNow() {
  const root = data.years[state.year].title[state.lang];
  const told = [...state.path.map(({ kind, key }) => nameOf(kind, key)), ...keptNames().map(keptText)];
  return told.length ? `${told.join(" × ")} — ${root}` : root;
}

// --- what is shown -----------------------------------------------------------------------------------------

let shown = null, drawing = null;

function render() {
  document.documentElement.lang = state.lang;
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = t(node.dataset.text);
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", t(node.dataset.label));
    if (node.placeholder) node.placeholder = t(node.dataset.label);
  }
  const year = data.years[state.year];
  document.title = `${titleNow()} · konkyo`;
  $("title").textContent = year.title[state.lang];
  $("lead").textContent = year.lead[state.lang];
  $("source").textContent = year.source[state.lang];
  document.querySelector(`[name=by][value=${state.by}]`).checked = true;
  document.querySelector(`[name=grain][value=${state.grain}]`).checked = true;
  $("grain").hidden = Boolean(last("right"));
  if ($("year")) {
    $("year").max = data.years.length - 1;
    $("year").value = state.year;
    $("year-shown").textContent = year.year;
    $("year").setAttribute("aria-valuetext", year.year);
  }
  const notes = [t("caption"), ...(keepsAll() ? [] : [t("keptNote")]), ...(state.path.length || !keepsAll() ? [] : [t("unknownNote"), ...(year.beside ? [t("beside", { n: number(year.beside) })] : [])])];
  $("notes").replaceChildren(...notes.map((text) => el("p", {}, text)));
  $("totals").hidden = !state.path.length && keepsAll();
  $("lead").hidden = !$("totals").hidden;
  trail();
  keptNow();
  picture();
  refine();
  const stated = shown.stated === shown.projects ? t("allStated") : t("someStated", { n: number(shown.stated) });
  $("totals").textContent = shown.projects ? t("totals", { n: number(shown.projects), money: moneyOf(shown), stated }) : t("nothing");
  detail();
  lists();
  tables();
  $("embed").value = `<iframe src="konkyo-view.html${addressOf().replace(/^#$/, "").replaceAll('"', "%22")}" title="${year.title[state.lang].replaceAll('"', "")}" width="100%" height="760" loading="lazy"></iframe>`;
}

function trail() {
  const crumbs = [{ name: t("whole"), changes: { path: [], from: { left: 0, right: 0 } } }];
  state.path.forEach(({ kind, key }, place) => {
    crumbs.push({ name: nameWithin(kind, key), changes: { path: state.path.slice(0, place + 1), from: { left: 0, right: 0 } } });
  });
  for (const side of ["left", "right"]) if (state.from[side]) crumbs.push({ name: `${t(kindOf(side))} ${t("from", { n: number(state.from[side] + 1) })}`, changes: {} });
  $("trail").replaceChildren(...crumbs.map(({ name, changes }, place) => el("li", {}, place === crumbs.length - 1
    ? el("span", { "aria-current": "location", tabindex: "-1" }, name)
    : el("button", { type: "button", onclick: () => go(changes) }, name))));
}

/** The room that the picture has in the window. */
function size() {
  const frame = $("frame"), top = frame.getBoundingClientRect().top + scrollY;
  return [Math.max(760, Math.floor(frame.clientWidth)), Math.max(420, Math.floor(innerHeight - top - 44))];
}

function picture() {
  const [width, height] = size(), lines = linesAt(height);
  const apart = state.path.length ? 1 : 2;
  shown = shownNow(Math.min(16, lines - apart), Math.min(24, lines));
  drawing = draw(shown, width, height);
  for (const side of ["left", "right"]) shown[side].groups.forEach((group, place) => alive(drawing.nodes[side][place], group));
  shown.bands.forEach((band, place) => {
    const path = drawing.paths[place], ends = [shown.left.groups[band.left], shown.right.groups[band.right]];
    path.append(svg("title", {}, t("shared", { left: ends[0].name, right: ends[1].name, n: number(band.projects), money: moneyOf(band) })));
    path.addEventListener("click", () => open(...ends.filter((group) => group.key !== "others" && opens(group))));
  });
  $("frame").replaceChildren(drawing.root);
}

/** Let a group be opened, and show its shares on the other side while it is pointed at. */
function alive(node, group) {
  const way = opens(group), label = t(way ? "open" : "shown", { name: group.name, n: number(group.projects), money: moneyOf(group) });
  const slot = drawing[group.side][group.place], left = group.side === "left";
  const [x, end] = left ? [-6, drawing.xLeft + BAR] : [drawing.xRight, drawing.root.width.baseVal.value];
  // The line itself is what is pressed and what is read out: its label says whole what the texts may have cut.
  for (const part of node.children) part.setAttribute("aria-hidden", "true");
  const line = svg("rect", {
    class: "hit", x: px(x), y: px(slot.top), width: px(end - x), height: px(slot.height), rx: 4,
    role: way ? "button" : "img", "aria-label": label, ...(way && { tabindex: 0 }),
  });
  node.prepend(line);
  if (way) {
    line.addEventListener("click", () => open(group));
    line.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(group); } });
  }
  for (const name of ["mouseenter", "focus"]) line.addEventListener(name, () => point(group));
  for (const name of ["mouseleave", "blur"]) line.addEventListener(name, () => point(null));
}

function point(group) {
  pointInTime(group);
  const other = group?.side === "left" ? "right" : "left";
  const shares = new Map();
  shown.bands.forEach((band, place) => {
    const own = group && band[group.side] === group.place;
    drawing.paths[place].classList.toggle("dim", Boolean(group) && !own);
    drawing.paths[place].classList.toggle("lit", Boolean(own));
    if (own) shares.set(band[other], band);
  });
  for (const side of ["left", "right"]) shown[side].groups.forEach((item, place) => {
    const node = drawing.nodes[side][place], share = group && side === other ? shares.get(place) : null;
    node.classList.toggle("dim", Boolean(group) && (side === other ? !share : place !== group.place));
    node.classList.toggle("share", Boolean(share));
    node.querySelector(".count").textContent = number((share ?? item).projects);
    node.querySelector(".money").textContent = moneyOf(share ?? item);
  });
}

function lists() {
  const most = Math.max(1, ...[...shown.left.groups, ...shown.right.groups].map(valueOf));
  $("lists").replaceChildren(...[shown.left, shown.right].map(({ kind, groups }) => el("section", {}, el("h2", {}, t(kind)), el("ol", {}, ...groups.map((group) => {
    const bar = svg("svg", { class: "measure", "aria-hidden": "true", width: "100%", height: 8 });
    bar.append(svg("rect", { class: `bar ${group.colour}`, width: `${px(100 * valueOf(group) / most)}%`, height: 8 }));
    const inner = [el("span", { class: "name" }, group.name), " ", el("span", { class: "numbers" }, `${t("some", { n: number(group.projects) })} · ${moneyOf(group)}`), bar];
    return el("li", {}, opens(group) ? el("button", { type: "button", class: "line", onclick: () => open(group) }, ...inner) : el("div", { class: "line" }, ...inner));
  })))));
}

function tables() {
  if (!$("tables").open) return;
  const cell = (value) => el("td", { class: "n" }, value);
  const table = (label, heads, rows) => el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, el("table", {},
    el("thead", {}, el("tr", {}, ...heads.map(([text, numeric]) => el("th", { scope: "col", ...(numeric && { class: "n" }) }, text)))), el("tbody", {}, ...rows)));
  const exact = (group) => group.stated ? number(group.yen) : t("yenUnknown");
  $("tables-body").replaceChildren(
    ...[shown.left, shown.right].map(({ kind, groups }) => table(t(kind), [[t(kind)], [t("count"), 1], [t("exact"), 1], [t("statedBy"), 1]],
      groups.map((group) => el("tr", {}, el("th", { scope: "row" }, opens(group) ? el("button", { type: "button", onclick: () => open(group) }, group.name) : group.name),
        cell(number(group.projects)), cell(exact(group)), cell(number(group.stated)))))),
    table(t("bands"), [[t(shown.left.kind)], [t(shown.right.kind)], [t("count"), 1], [t("exact"), 1]],
      shown.bands.map((band) => el("tr", {}, el("th", { scope: "row" }, shown.left.groups[band.left].name), el("td", {}, shown.right.groups[band.right].name),
        cell(number(band.projects)), cell(exact(band))))),
    ...stripTables().map(({ label, head, rows }) => table(label, [[label], [head, 1]], rows.map(([name, count]) => el("tr", {}, el("th", { scope: "row" }, name), cell(number(count)))))),
  );
}

const pageOf = (kind, key) => {
  const id = typeof key === "number" ? idOf(kind, key) : "";
  return data.pageUrl && id && !id.includes("#") ? data.pageUrl.replace("{iri}", encodeURIComponent(data.base + id)).replace("{path}", encodeURI(id)) : null;
};

/** What is known of the project that is opened, or where the page of what is opened last is. */
function detail() {
  const step = state.path.at(-1), place = $("detail"), link = step && pageOf(step.kind, step.key);
  place.hidden = !step || (step.kind !== "project" && !link);
  if (place.hidden) return;
  const children = [];
  if (step.kind === "project") {
    const row = data.years[state.year].rows.find((item) => item[0] === step.key);
    const lines = row ? [
      [t("ministry"), KEYS.ministry(row).map((key) => nameOf("ministry", key))],
      [t("place"), KEYS.place(row).map((key) => nameOf("place", key))],
      [t("exact"), [row[YEN] === null ? t("yenUnknown") : number(row[YEN])]],
      [t("cites"), row[EDITIONS].length ? row[EDITIONS].map((key) => data.editions[key][2] ? nameOf("edition", key) : `${nameOf("strategy", strategyOf(key))}（${nameOf("edition", key)}）`) : KEYS.strategy(row).map((key) => nameOf("strategy", key))],
      [t("iri"), [data.base + projectOf(step.key)[0]]],
    ] : [];
    children.push(el("h2", {}, nameOf("project", step.key)), el("dl", {}, ...lines.map(([name, values]) => el("div", {}, el("dt", {}, name), ...values.map((value) => el("dd", {}, value))))));
  }
  if (link) children.push(el("p", {}, el("a", { href: link }, `${nameOf(step.kind, step.key)} — ${t("page")}`)));
  place.replaceChildren(...children);
}

// --- finding -----------------------------------------------------------------------------------------------

const plain = (text) => text.normalize("NFKC").toLowerCase();
function find() {
  const wanted = plain($("find").value.trim()), hits = [];
  if (wanted) {
    projectOf(0);
    for (const [kind, count] of [["strategy", data.strategies.length], ["ministry", data.ministries.length], ["place", data.places.length], ["project", projects.length]])
      for (let key = 0, found = 0; key < count && found < 5; key += 1) if (plain(nameOf(kind, key)).includes(wanted)) { hits.push({ kind, key }); found += 1; }
  }
  $("found").hidden = !wanted;
  $("found").replaceChildren(...(hits.length ? hits.map(({ kind, key }) => el("li", {}, el("button", { type: "button", onclick: () => {
    $("find").value = "";
    $("found").hidden = true;
    state.path = [{ kind, key }];
    // What is looked for is shown, whatever was kept.
    go({ keep: rowsOf(state.year).length ? state.keep : ALL_KEPT, from: { left: 0, right: 0 } });
  } }, el("small", {}, t(kind)), " ", nameOf(kind, key)))) : [el("li", {}, t("noMatch"))]));
}

// --- saving ------------------------------------------------------------------------------------------------

/** The picture by itself, with title, source and its looks, on white. */
function alone() {
  const { root } = draw(shown, 1280, Math.max(560, drawing.root.height.baseVal.value)), time = $("refine").open ? strip(timelineBins(1280), 1280, { label: t("facet_issued"), range: state.keep.issued }) : null;
  const bands = root.height.baseVal.value, height = bands + (time ? 126 : 0);
  const whole = svg("svg", { xmlns: SVG, width: 1340, height: height + 124, viewBox: `0 0 1340 ${height + 124}`, lang: state.lang, class: "paper" });
  const rules = [...document.styleSheets[0].cssRules].filter((rule) => rule.selectorText?.includes(".picture") || rule.selectorText === ".paper").map((rule) => rule.cssText);
  for (const [part, y] of [[root, 64], [time, bands + 114]]) for (const [name, value] of [["x", 30], ["y", y]]) part?.setAttribute(name, value);
  whole.append(
    svg("style", {}, rules.join("\n")), svg("rect", { width: 1340, height: height + 124, fill: "#fff" }),
    svg("text", { class: "picture-title", x: 30, y: 40 }, titleNow()), root, ...(time ? [svg("text", { class: "picture-source", x: 30, y: bands + 100 }, t("facet_issued")), time] : []),
    svg("text", { class: "picture-source", x: 30, y: height + 92 }, `${t("source")} ${data.years[state.year].source[state.lang]}`),
  );
  return whole;
}

function save(blob, ending) {
  const name = titleNow().replace(/[\\/:*?"<>|.\s\p{C}]+/gu, "-").slice(0, 60);
  const link = el("a", { href: URL.createObjectURL(blob), download: `konkyo-${name}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
const svgText = () => new XMLSerializer().serializeToString(alone());

async function png() {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText())}`;
  await image.decode();
  const canvas = el("canvas", { width: image.width * 2, height: image.height * 2 });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => save(blob, "png"));
}

function csv() {
  const cell = (value) => {
    const text = String(value);
    return /^[=+\-@\t\r]/.test(text) || /[",\r\n]/.test(text) ? `"${(/^[=+\-@\t\r]/.test(text) ? "'" : "") + text.replaceAll('"', '""')}"` : text;
  };
  const groups = (side) => shown[side].groups;
  const lines = [[t(shown.left.kind), t(shown.right.kind), t("count"), t("exact"), t("statedBy")],
    ...shown.bands.map((band) => [groups("left")[band.left].name, groups("right")[band.right].name, band.projects, band.stated ? band.yen : "", band.stated])];
  return lines.map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

const savers = {
  png, svg: () => save(new Blob([svgText()], { type: "image/svg+xml" }), "svg"),
  csv: () => save(new Blob(["\ufeff", csv()], { type: "text/csv;charset=utf-8" }), "csv"), print: () => print(),
};
for (const [name, run] of Object.entries(savers)) $(`save-${name}`).addEventListener("click", () => { $("save").open = false; run(); });
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.save")) if (!menu.contains(event.target)) menu.open = false;
  if (!event.target.closest(".find")) $("found").hidden = true;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.save[open]");
  if (menu) { menu.open = false; menu.firstElementChild.focus(); }
  else if (!$("found").hidden) { $("found").hidden = true; $("find").focus(); }
});
$("embed").addEventListener("focus", () => $("embed").select());

// --- the reader --------------------------------------------------------------------------------------------

$("by").addEventListener("change", (event) => go({ by: event.target.value, from: { left: 0, right: 0 } }, false));
$("grain").addEventListener("change", (event) => go({ grain: event.target.value, from: { left: 0, right: 0 } }, false));
$("year")?.addEventListener("change", (event) => go({ year: Number(event.target.value) }, false));
$("language").addEventListener("click", () => go({ lang: state.lang === "ja" ? "en" : "ja" }, false));
$("find").addEventListener("input", find);
$("tables").addEventListener("toggle", tables);
addEventListener("popstate", () => { readAddress(); render(); });
let wide = innerWidth, high = innerHeight;
addEventListener("resize", () => {
  // A phone's address bar comes and goes: only its width counts there.
  if (innerWidth === wide && (innerHeight === high || innerWidth < 720)) return;
  [wide, high] = [innerWidth, innerHeight];
  render();
});
// On paper the picture has the size that a page can hold.
addEventListener("beforeprint", () => {
  // With the timeline above it, it is lower, so that its letters stay as large.
  $("frame").replaceChildren(draw(shown, 1280, $("refine").open ? 520 : 700).root);
  if ($("refine").open) drawRange("issued", timelineBins(1280), 1280);
});
addEventListener("afterprint", () => render());

readAddress();
// Where there is room for both, the panel is open; where something is kept, the reader sees by what.
if ((innerWidth >= 1200 && innerHeight >= 900) || !keepsAll()) $("refine").open = true;
render();
window.konkyoOverview = { draw: (width, height, leftMost, rightMost) => draw(shownNow(leftMost, rightMost), width, height).root, csv, svgText, state };
