// The picture as PNG and SVG, the selection as CSV, and the picture on paper. Labels stay text in all of them.

const EXPORT_SIDE = 8000, EXPORT_AREA = 4e7, // pixels that browsers still draw
  LEGEND = 44; // the height of the legend below an exported picture
// What XML 1.0 has no place for, not even escaped.
const xmlText = (text) => text.toWellFormed ? text.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd") : text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/g, "\ufffd");

/** The rectangle around all that is shown, with room for the columns' names. */
function pictureBox() {
  const shown = data.things.map((_, number) => number).filter(isVisible);
  const box = { left: 0, right: 200, top: 0, bottom: 100 };
  if (shown.length) {
    const edges = shown.map((number) => { const [x, y, w, h] = places[number]; return [x - w / 2, x + w / 2, y - h / 2, y + h / 2]; });
    box.left = Math.min(...edges.map((edge) => edge[0])) - 24; box.right = Math.max(...edges.map((edge) => edge[1])) + 24;
    box.top = Math.min(...edges.map((edge) => edge[2])) - 24 - HEADING; box.bottom = Math.max(...edges.map((edge) => edge[3])) + 24;
  }
  return box;
}

/** What the legend says of kinds and levels in sight, and how wide each entry is. */
function legendEntries() {
  const ruler = document.createElement("canvas").getContext("2d");
  ruler.font = `400 12px ${view.theme.font}`;
  const shown = new Set(data.things.filter((_, number) => isVisible(number)).map((thing) => thing.kind));
  const levels = data.levels.filter((each) => levelCounts.get(each.name) && !hiddenLevels.has(each.name));
  return [...data.kinds.filter((kind) => shown.has(kind.name)).map((kind) => ({ kind })), ...levels.map((level) => ({ level }))].map((entry) => {
    const words = (entry.kind || entry.level).words[view.lang];
    return { ...entry, words, width: 42 + ruler.measureText(words).width + 22 };
  });
}
const legendWidth = () => 48 + legendEntries().reduce((sum, entry) => sum + entry.width, 0);

function paintLegend(ctx, x, y) {
  for (const { kind, level, words, width } of legendEntries()) {
    ctx.save();
    ctx.translate(x, y);
    ctx.textBaseline = "middle";
    if (kind) {
      ctx.translate(18, 0);
      ctx.fillStyle = colourOf(kind, view.theme);
      ctx.fill(path2d(kind.shape, 30, 21));
      ctx.fillStyle = view.theme.onBand;
      ctx.textAlign = "center";
      ctx.font = `700 12px ${view.theme.font}`;
      ctx.fillText(kind.sign[view.lang], 0, 1);
      ctx.translate(-18, 0);
    } else drawLink(ctx, { d: "M0,0H28", tip: [36, 0, 1] }, { colour: colourOf(level, view.theme), width: level.width, dashes: level.dashes, alpha: 1 });
    ctx.fillStyle = view.theme.ink;
    ctx.textAlign = "left";
    ctx.font = `400 12px ${view.theme.font}`;
    ctx.fillText(words, 42, 1);
    ctx.restore();
    x += width;
  }
}

function toPng() {
  const box = pictureBox(), w = Math.max(box.right - box.left, legendWidth()), h = box.bottom - box.top + LEGEND;
  box.right = box.left + w;
  const scale = Math.min(2, EXPORT_SIDE / w, EXPORT_SIDE / h, Math.sqrt(EXPORT_AREA / (w * h)));
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.ceil(w * scale), height: Math.ceil(h * scale) });
  const ctx = canvas.getContext("2d");
  ctx.scale(scale, scale);
  ctx.translate(-box.left, -box.top);
  ctx.fillStyle = view.theme.ground;
  ctx.fillRect(box.left, box.top, w, h);
  paintBelow(ctx, box, scale);
  paintCards(ctx, box, scale);
  drawHeadings(ctx, data.columns[view.lang], columnNames(), box, 1, view.theme);
  paintLegend(ctx, box.left + 24, box.bottom + LEGEND / 2);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

/** The picture as an SVG element; text is text, and nothing in it refers to anything outside. */
function toSvg(theme = view.theme) {
  const box = pictureBox(), lang = view.lang, w = Math.max(box.right - box.left, legendWidth()), h = box.bottom - box.top, legend = LEGEND;
  const ruler = document.createElement("canvas").getContext("2d");
  const text = (attributes, words) => { const node = svg("text", attributes); node.textContent = xmlText(words); return node; };
  const root = svg("svg", { xmlns: SVG, viewBox: `${box.left} ${box.top} ${w} ${h + legend}`, width: w, height: h + legend, "font-family": theme.font.replaceAll('"', "'"), lang, role: "img" });
  const title = svg("title", {});
  title.textContent = xmlText(data.title[lang]);
  root.append(title, svg("rect", { x: box.left, y: box.top, width: w, height: h + legend, fill: theme.ground }));
  const names = columnNames();
  data.columns[lang].forEach((column, n) => {
    if (n % 2 === 0) root.append(svg("rect", { x: column.x - column.width / 2 - 16, y: box.top, width: column.width + 32, height: h, fill: theme.stripe }));
    if (names[n]) root.append(text({ x: column.x, y: box.top + HEADING / 2 + 4, "text-anchor": "middle", "font-size": 12, "font-weight": 600, fill: theme.soft }, names[n]));
  });
  const order = (edge) => (!lit || lit.edges.has(edge) ? 2 : 0) + (data.links[edge].level === "structure" ? 0 : 1);
  for (const edge of data.links.map((_, n) => n).filter(isShown).sort((a, b) => order(a) - order(b))) {
    const level = view.levelOf(data.links[edge].level), colour = colourOf(level, theme), way = wayOf(edge);
    const on = !lit || lit.edges.has(edge), width = level.width * (lit && on ? 1.3 : 1);
    const dashes = level.dashes ? { "stroke-dasharray": level.dashes.join(" "), "stroke-linecap": level.dashes[0] < 4 ? "round" : "butt" } : {};
    root.append(svg("g", { opacity: on ? 1 : 0.12 }, svg("path", { d: way.d, fill: "none", stroke: colour, "stroke-width": width, ...dashes }),
      svg("path", { d: tipOf(way.tip, width), fill: colour })));
  }
  for (const number of data.things.map((_, n) => n).filter(isVisible)) {
    const [x, y, cw, ch, lines] = places[number], kind = view.kindOf(number), colour = colourOf(kind, theme), d = outline(kind.shape, cw, ch);
    const card = svg("g", { transform: `translate(${x} ${y})` });
    if (number === selected) card.append(svg("path", { d, fill: "none", stroke: theme.accent, "stroke-width": 9, "stroke-linejoin": "round" }));
    card.append(svg("path", { d, fill: theme.card }));
    const ink = svg("g", { opacity: !lit || lit.nodes.has(number) ? 1 : 0.2 }), clip = `clip-${number}`;
    ink.append(svg("clipPath", { id: clip }, svg("path", { d })), svg("rect", { x: -cw / 2, y: -ch / 2, width: BAND, height: ch, fill: colour, "clip-path": `url(#${clip})` }),
      svg("path", { d, fill: "none", stroke: colour, "stroke-width": kind.shape === "octagon" ? 2.6 : 1.5, "stroke-linejoin": "round" }),
      text({ x: -cw / 2 + BAND / 2, y: 5, "text-anchor": "middle", "font-size": 13, "font-weight": 700, fill: theme.onBand }, kind.sign[lang]));
    const weight = kind.shape === "octagon" ? 600 : 400, room = cw - BAND - 2 * PAD_X + 6;
    ruler.font = `${weight} ${FONT}px ${theme.font}`;
    lines.forEach((line, n) => ink.append(text({ x: -cw / 2 + BAND + PAD_X - 2, y: (n - (lines.length - 1) / 2) * LINE + 5.5, "font-size": FONT, "font-weight": weight, fill: theme.ink,
      ...(ruler.measureText(line).width > room ? { textLength: room, lengthAdjust: "spacingAndGlyphs" } : {}) }, line)));
    card.append(ink);
    root.append(card);
  }
  let at = box.left + 24;
  for (const { kind, level, words, width } of legendEntries()) {
    const row = svg("g", { transform: `translate(${at} ${box.bottom + legend / 2})` });
    if (kind) {
      row.append(svg("path", { d: outline(kind.shape, 30, 21), fill: colourOf(kind, theme), transform: "translate(18 0)" }),
        text({ x: 18, y: 4.5, "text-anchor": "middle", "font-size": 12, "font-weight": 700, fill: theme.onBand }, kind.sign[lang]));
    } else row.append(svg("line", { x1: 0, x2: 36, y1: 0, y2: 0, stroke: colourOf(level, theme), "stroke-width": level.width, "stroke-dasharray": level.dashes ? level.dashes.join(" ") : "none" }));
    row.append(text({ x: 42, y: 4, "font-size": 12, fill: theme.ink }, words));
    root.append(row);
    at += width;
  }
  return root;
}

/** A cell of CSV; a leading sign that a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(value) {
  const text = value == null ? "" : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What is lit, or all that is shown: things first, then links, in one table. */
function toCsv() {
  const lang = view.lang, proof = (items) => items.map((item) => [item.source, item.place, item.field, item.words && `「${item.words}」`].filter(Boolean).join(" ")).join(" | ");
  const rows = [["row", "kind", "label_ja", "label_en", "iri", "from_iri", "to_iri", "claim_level", "rule_or_reason", "author", "facts", "evidence", "url"]];
  data.things.forEach((thing, number) => {
    if (!isVisible(number) || (lit && !lit.nodes.has(number))) return;
    rows.push(["thing", thing.kind, thing.label.ja, thing.label.en, thing.iri, "", "", "", "", "",
      thing.facts.map((fact) => `${fact.name[lang]}: ${fact.text[lang]}`).join(" | "), proof(thing.evidence), thing.url]);
  });
  data.links.forEach((link, edge) => {
    if (!isShown(edge) || (lit && !lit.edges.has(edge))) return;
    rows.push(["link", link.relation, link.label.ja, link.label.en, "", data.things[link.from].iri, data.things[link.to].iri, view.levelOf(link.level).claim,
      link.rule?.[lang] || link.reason?.[lang] || "", link.author, "", proof(link.evidence), ""]);
  });
  return rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function download(blob, ending) {
  const name = data.title[view.lang].replace(/[\\/:*?"<>|.\s\p{C}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  const link = el("a", { href: URL.createObjectURL(blob), download: `konkyo-${name || "view"}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  tell(fill(view.t("saved"), { name: link.download }));
}

const svgText = (root) => '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(root);
const savers = {
  png: async () => download(await toPng(), "png"),
  svg: () => download(new Blob([svgText(toSvg())], { type: "image/svg+xml" }), "svg"),
  csv: () => download(new Blob(["\ufeff", toCsv()], { type: "text/csv;charset=utf-8" }), "csv"),
  print: () => print(),
};
for (const [name, save] of Object.entries(savers)) $(`save-${name}`).addEventListener("click", () => { $("save").open = false; $("save").firstElementChild.focus(); save(); });
$("save").addEventListener("keydown", (event) => {
  if (event.key === "Escape" && $("save").open) { $("save").open = false; $("save").firstElementChild.focus(); event.stopPropagation(); }
});
document.addEventListener("click", (event) => { if (!$("save").contains(event.target)) $("save").open = false; });

// On paper the picture is an SVG on white, and the panel stands below it in full.
addEventListener("beforeprint", () => $("paper").replaceChildren(toSvg(readTheme($("paper")))));
addEventListener("afterprint", () => $("paper").replaceChildren());
