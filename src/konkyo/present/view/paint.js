// Drawing: outlines of the kinds, theme, cards, columns. No state of its own beyond caches.

const HEAD = 8, // length of an arrow head
  BAND = 24, PAD_X = 11, LINE = 20, FONT = 14;

/** SVG path of a kind's outline around (0,0): one description for the canvas and for the legend. */
function outline(shape, w, h) {
  const l = -w / 2, r = w / 2, t = -h / 2, b = h / 2;
  const round = (q) =>
    `M${l + q},${t}H${r - q}A${q},${q} 0 0 1 ${r},${t + q}V${b - q}A${q},${q} 0 0 1 ${r - q},${b}` +
    `H${l + q}A${q},${q} 0 0 1 ${l},${b - q}V${t + q}A${q},${q} 0 0 1 ${l + q},${t}Z`;
  const cut = Math.min(9, h / 3), fold = Math.min(11, h / 2.5), tip = Math.min(10, w / 4);
  switch (shape) {
    case "arrow": return `M${l},${t}H${r - tip}L${r},0L${r - tip},${b}H${l}Z`;
    case "page": return `M${l},${t}H${r - fold}L${r},${t + fold}V${b}H${l}Z` +
      `M${r - fold},${t}V${t + fold}H${r}`;
    case "octagon": return `M${l + cut},${t}H${r - cut}L${r},${t + cut}V${b - cut}L${r - cut},${b}` +
      `H${l + cut}L${l},${b - cut}V${t + cut}Z`;
    case "pill": return round(Math.min(h / 2, 21));
    case "slant": return `M${l + cut},${t}H${r}L${r - cut},${b}H${l}Z`;
    case "bubble": {
      const q = Math.min(7, h / 3), foot = Math.min(7, h / 3);
      return `M${l + q},${t}H${r - q}A${q},${q} 0 0 1 ${r},${t + q}V${b - q}A${q},${q} 0 0 1 ${r - q},${b}` +
        `H${l + q + 3 * foot}L${l + q + foot},${b + foot}V${b}H${l + q}A${q},${q} 0 0 1 ${l},${b - q}` +
        `V${t + q}A${q},${q} 0 0 1 ${l + q},${t}Z`;
    }
    case "house": return `M${l},${t + cut}L0,${t}L${r},${t + cut}V${b}H${l}Z`;
    case "bars": return `M${l},${t}H${r}V${b}H${l}ZM${r - 5},${t}V${b}`;
    default: return round(4);
  }
}

const paths = new Map();
function path2d(shape, w, h) {
  const key = `${shape} ${w} ${h}`;
  let path = paths.get(key);
  if (!path) paths.set(key, (path = new Path2D(outline(shape, w, h))));
  return path;
}

const darkQuery = matchMedia("(prefers-color-scheme: dark)");

/** Colours and fonts for the canvas, from the custom properties of an element: those of the page, or of paper. */
function readTheme(element = document.documentElement) {
  const style = getComputedStyle(element);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    dark: darkQuery.matches && element === document.documentElement,
    ground: read("--ground"), card: read("--card"), ink: read("--ink"), soft: read("--soft"),
    stripe: read("--stripe"), line: read("--line"), accent: read("--accent"), onBand: read("--on-band"),
    font: getComputedStyle(document.body).fontFamily,
  };
}

const colourOf = (style, theme) => (theme.dark ? style.dark : style.light);

/** One node from far away, where no letter could be read. */
function drawFarCard(ctx, place, kind, theme, look) {
  const [x, y, w, h] = place;
  ctx.globalAlpha = look.lit ? 1 : 0.2;
  if (look.selected) {
    ctx.fillStyle = theme.accent;
    ctx.fillRect(x - w / 2 - 14, y - h / 2 - 14, w + 28, h + 28);
  }
  ctx.fillStyle = colourOf(kind, theme);
  ctx.fillRect(x - w / 2, y - h / 2, w, h);
  ctx.globalAlpha = 1;
}

/** A mark at the upper right corner of a card: a pin, or how many neighbours are hidden. */
function drawMark(ctx, x, y, text, theme) {
  ctx.font = `700 11px ${theme.font}`;
  const w = Math.max(ctx.measureText(text).width + 10, 20);
  ctx.fillStyle = theme.ink;
  ctx.fill(new Path2D(`M${x - w / 2 + 9},${y - 9}H${x + w / 2 - 9}A9,9 0 0 1 ${x + w / 2 - 9},${y + 9}H${x - w / 2 + 9}A9,9 0 0 1 ${x - w / 2 + 9},${y - 9}Z`));
  ctx.fillStyle = theme.card;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(text, x, y + 1);
}

/** One node. `look` is {lit, selected, mark, faint}; the card's ground is opaque so that no edge shows through text. */
function drawCard(ctx, place, kind, lang, theme, look) {
  const [x, y, w, h, lines] = place;
  const path = path2d(kind.shape, w, h), colour = colourOf(kind, theme);
  if (look.faint) { // one of hundreds that are not meant now: its place, without its words
    ctx.globalAlpha = 0.35;
    ctx.fillStyle = theme.card;
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1;
    ctx.fillRect(x - w / 2, y - h / 2, w, h);
    ctx.strokeRect(x - w / 2, y - h / 2, w, h);
    ctx.globalAlpha = 1;
    return;
  }
  ctx.save();
  ctx.translate(x, y);
  ctx.lineJoin = "round";
  if (look.selected) {
    ctx.strokeStyle = theme.accent;
    ctx.lineWidth = 9;
    ctx.stroke(path);
  }
  ctx.fillStyle = theme.card;
  ctx.fill(path);
  ctx.globalAlpha = look.lit ? 1 : 0.2;
  ctx.save();
  ctx.clip(path);
  ctx.fillStyle = colour;
  ctx.fillRect(-w / 2, -h / 2, BAND, h);
  ctx.restore();
  ctx.strokeStyle = colour;
  ctx.lineWidth = kind.shape === "octagon" ? 2.6 : 1.5;
  ctx.stroke(path);
  ctx.textBaseline = "middle";
  ctx.textAlign = "center";
  ctx.fillStyle = theme.onBand;
  const sign = kind.sign[lang];
  ctx.font = `700 ${/^[ -~]/.test(sign) ? 12 : 14}px ${theme.font}`;
  ctx.fillText(sign, -w / 2 + BAND / 2 + (kind.shape === "slant" ? 1 : 0), 1, BAND - 3);
  ctx.textAlign = "left";
  ctx.fillStyle = theme.ink;
  ctx.font = `${kind.shape === "octagon" ? 600 : 400} ${FONT}px ${theme.font}`;
  const left = -w / 2 + BAND + PAD_X - 2, room = w - BAND - 2 * PAD_X + 6;
  // The width given to fillText squeezes a line that the estimate in Python made too long for this font.
  lines.forEach((line, n) => ctx.fillText(line, left, (n - (lines.length - 1) / 2) * LINE + 1, room));
  if (look.mark) drawMark(ctx, w / 2 - 8, -h / 2, look.mark, theme);
  ctx.restore();
}

/** A straight way from the rim of one box to the rim of another, where there are no columns. */
function straightPath([fx, fy, fw, fh], [tx, ty, tw, th]) {
  const dx = tx - fx, dy = ty - fy, far = Math.hypot(dx, dy) || 1, ux = dx / far, uy = dy / far;
  const rim = (w, h, gap) => Math.min(w / 2 / Math.abs(ux || 1e-9), h / 2 / Math.abs(uy || 1e-9)) + gap;
  const out = Math.min(rim(fw, fh, 0), far / 2), into = Math.min(rim(tw, th, 1), far / 2);
  const from = [fx + ux * out, fy + uy * out], end = [tx - ux * into, ty - uy * into], back = [end[0] - ux * HEAD, end[1] - uy * HEAD];
  return { d: `M${from[0]},${from[1]}L${back[0]},${back[1]}`, from, tip: [...end, ux, uy],
    box: [Math.min(from[0], end[0]), Math.max(from[0], end[0]), Math.min(from[1], end[1]), Math.max(from[1], end[1])] };
}

/** The way of a link as an SVG path: level inside columns, bending only in the gaps between them. */
function linkPath(link, places, columns, lang, direct) {
  const [fx, fy, fw] = places[link.from], [tx, ty, tw] = places[link.to];
  if (!columns.length) return straightPath(places[link.from], places[link.to]);
  const [startY, lanes, endY] = direct ? [fy, [], ty] : link.route[lang];
  if (Math.abs(fx - tx) < (direct ? (fw + tw) / 2 + HEAD : 1)) { // the same column: a loop on its right side
    const x0 = fx + fw / 2, x1 = tx + tw / 2, out = 34;
    const d = `M${x0},${startY}C${x0 + out},${startY} ${x1 + out},${endY} ${x1 + HEAD},${endY}`;
    return { d, from: [x0, startY], tip: [x1, endY, -1], box: [Math.min(x0, x1), Math.max(x0, x1) + out, Math.min(startY, endY), Math.max(startY, endY)] };
  }
  const way = tx > fx ? 1 : -1;
  let x = fx + (way * fw) / 2, y = startY, d = `M${x},${y}`;
  const box = [x, x, y, y], from = [x, y];
  const bend = (nx, ny) => {
    const half = (nx - x) / 2;
    d += `C${x + half},${y} ${nx - half},${ny} ${nx},${ny}`;
    [x, y] = [nx, ny];
    box[2] = Math.min(box[2], ny); box[3] = Math.max(box[3], ny);
  };
  for (const [column, laneY] of lanes) {
    const { x: middle, width } = columns[column];
    bend(middle - (way * width) / 2, laneY);
    x = middle + (way * width) / 2;
    d += `H${x}`;
  }
  const end = tx - (way * tw) / 2;
  box[0] = Math.min(box[0], end); box[1] = Math.max(box[1], end);
  bend(end - way * HEAD, endY);
  return { d, from, tip: [end, endY, way], box };
}

const pathOf = (way) => (way.path ||= new Path2D(way.d));
/** The head of an arrow that points along (ux, uy). */
const tipOf = ([x, y, ux, uy = 0], width) => {
  const half = 3 + width * 0.5, bx = x - ux * (HEAD + 1), by = y - uy * (HEAD + 1);
  return `M${x},${y}L${bx + uy * half},${by - ux * half}L${bx - uy * half},${by + ux * half}Z`;
};

/** Links seen from far away, many at once: one path for each look, without heads or dashes. */
function drawFarLinks(ctx, ways, look) {
  ctx.globalAlpha = look.alpha;
  ctx.strokeStyle = look.colour;
  ctx.lineWidth = look.width;
  ctx.setLineDash([]);
  ctx.beginPath();
  for (const { tip, from } of ways) { ctx.moveTo(from[0], from[1]); ctx.lineTo(tip[0], tip[1]); }
  ctx.stroke();
}

/** One link; `look` is {colour, width, dashes, alpha}. */
function drawLink(ctx, way, look) {
  ctx.globalAlpha = look.alpha;
  ctx.strokeStyle = ctx.fillStyle = look.colour;
  ctx.lineWidth = look.width;
  ctx.lineCap = look.dashes && look.dashes[0] < 4 ? "round" : "butt";
  ctx.setLineDash(look.dashes || []);
  ctx.stroke(pathOf(way));
  ctx.fill(new Path2D(tipOf(way.tip, look.width)));
}

/** Stripes behind every second column, over the whole height that is seen. */
function drawStripes(ctx, columns, seen, theme) {
  ctx.save();
  ctx.fillStyle = theme.stripe;
  columns.forEach((column, n) => {
    if (n % 2) return;
    ctx.fillRect(column.x - column.width / 2 - 16, seen.top, column.width + 32, seen.bottom - seen.top);
  });
  ctx.restore();
}

const HEADING = 30;

/** Names of the columns, kept at the top of the canvas while the rest moves below. */
function drawHeadings(ctx, columns, names, seen, scale, theme) {
  if (!columns.length) return;
  ctx.save();
  const height = HEADING / scale;
  ctx.fillStyle = theme.ground;
  ctx.fillRect(seen.left, seen.top, seen.right - seen.left, height);
  ctx.fillStyle = theme.line;
  ctx.fillRect(seen.left, seen.top + height - 1 / scale, seen.right - seen.left, 1 / scale);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = theme.soft;
  ctx.font = `600 ${12 / scale}px ${theme.font}`;
  columns.forEach((column, n) => {
    const room = column.width + 40;
    if (room * scale >= 44 && names[n]) ctx.fillText(names[n], column.x, seen.top + height / 2, room);
  });
  ctx.restore();
}

const SVG = "http://www.w3.org/2000/svg";
function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** The sign of a kind as a small picture: same outline, same colour, same letters as on the canvas. */
function kindIcon(kind, lang, theme) {
  const text = svg("text", {
    x: 0, y: 1, "text-anchor": "middle", "dominant-baseline": "middle", "font-size": /^[ -~]/.test(kind.sign[lang]) ? 11 : 12,
    "font-weight": 700, fill: theme.onBand,
  });
  text.textContent = kind.sign[lang];
  return svg("svg", { viewBox: "-17 -13 34 26", width: 34, height: 26, "aria-hidden": "true", class: "icon" },
    svg("path", { d: outline(kind.shape, 30, 21), fill: colourOf(kind, theme), stroke: colourOf(kind, theme) }), text);
}

/** A piece of line as the edges of a level are drawn. */
function levelIcon(level, theme) {
  const colour = colourOf(level, theme);
  return svg("svg", { viewBox: "0 0 38 12", width: 38, height: 12, "aria-hidden": "true", class: "icon" },
    svg("line", { x1: 1, y1: 6, x2: 30, y2: 6, stroke: colour, "stroke-width": Math.max(level.width, 1.4),
      "stroke-dasharray": level.dashes ? level.dashes.join(" ") : "none" }),
    svg("path", { d: "M30,2 37,6 30,10Z", fill: colour }));
}
