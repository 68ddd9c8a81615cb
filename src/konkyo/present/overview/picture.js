// The picture, by the rules of `drawing.py`: a line for each group, as high as its label at least, and one scale for all bands.

const HEAD = 26, PITCH = 21, GAP = 5, BAR = 10, FONT = 13, COUNT = 50, MONEY = 100, TWO_LINES = 38, LEAST = 170, ENOUGH = 60;
const SVG = "http://www.w3.org/2000/svg";
const px = (value) => value.toFixed(1);

const $ = (id) => document.getElementById(id);
function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (key === "onclick") node.addEventListener("click", value); else node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function svg(name, attributes = {}, text = null) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== null) node.textContent = text;
  return node;
}

const halfUp = (value, unit) => Math.floor((2 * value + unit) / (2 * unit));
function divided(value, unit, digits) {
  const scaled = halfUp(value * 10 ** digits, unit);
  return number(Math.floor(scaled / 10 ** digits)) + (digits ? "." + String(scaled % 10 ** digits).padStart(digits, "0") : "");
}
/** A sum as people say it, rounded. */
function moneyLabel(yen) {
  if (state.lang === "en") {
    for (const [least, unit, digits] of [[1e12, "tn", 2], [1e9, "bn", 1], [1e6, "mn", 0]]) if (Math.abs(yen) >= least) return `¥${divided(yen, least, digits)} ${unit}`;
    return `¥${number(yen)}`;
  }
  const hundredMillions = halfUp(yen, 1e8);
  if (hundredMillions >= 1e4) return `${number(Math.floor(hundredMillions / 1e4))}兆${number(hundredMillions % 1e4)}億円`;
  if (hundredMillions >= 10) return `${number(hundredMillions)}億円`;
  if (yen >= 1e8) return `${divided(yen, 1e8, 1)}億円`;
  return yen >= 1e4 ? `${number(halfUp(yen, 1e4))}万円` : `${number(yen)}円`;
}
const moneyOf = (group) => group.stated ? moneyLabel(group.yen) : "–";

function slots(values, scale, height) {
  const heights = values.map((value) => Math.max(PITCH, value * scale + GAP));
  const spare = Math.max(0, height - heights.reduce((a, b) => a + b, 0)) / Math.max(1, values.length);
  let top = HEAD;
  return values.map((value, place) => {
    const own = heights[place] + spare, bar = value * scale;
    const slot = { top, height: own, barTop: top + (own - bar) / 2, bar };
    top += own;
    return slot;
  });
}

function scaleOf(sides, height) {
  let low = 0, high = height / Math.max(1, ...sides.map((side) => side.reduce((a, b) => a + b, 0)));
  for (let turn = 0; turn < 40; turn += 1) {
    const middle = (low + high) / 2;
    const fits = sides.every((side) => side.reduce((sum, value) => sum + Math.max(PITCH, value * middle + GAP), 0) <= height);
    if (fits) low = middle; else high = middle;
  }
  return low;
}

/** A text in at most so many lines of a width, the last one cut where need be. */
function inLines(text, width, most) {
  const wide = (sign) => FONT * (sign.codePointAt(0) > 0x2e7f ? 1 : 0.56), made = [];
  let rest = [...text];
  while (rest.length) {
    const cut = made.length === most - 1 && rest.reduce((sum, sign) => sum + wide(sign), 0) > width;
    let room = cut ? width - FONT : width, end = 0;
    while (end < rest.length && wide(rest[end]) <= room) { room -= wide(rest[end]); end += 1; }
    // A word of Latin letters is not cut in two where a line can end before it.
    const space = rest.slice(0, end).lastIndexOf(" ");
    if (!cut && end < rest.length && space > end / 2) end = space + 1;
    made.push(rest.slice(0, Math.max(1, end)).join("").trimEnd() + (cut ? "…" : ""));
    if (cut) break;
    rest = [...rest.slice(Math.max(1, end)).join("").trimStart()];
  }
  return made;
}

const columns = (width) => [Math.min(500, Math.max(330, width * 0.37)), width - BAR - Math.min(460, Math.max(300, width * 0.33))];

/** How many lines a side may have at a height. */
const linesAt = (height) => Math.max(6, Math.floor((height - HEAD) * 0.94 / PITCH));

function groupNode(group, slot, start, bar, end) {
  const y = slot.top + slot.height / 2 + FONT * 0.36;
  const node = svg("g", { class: "group" });
  const lines = inLines(group.name, end - MONEY - COUNT - start, slot.height >= TWO_LINES ? 2 : 1);
  node.append(
    svg("title", {}, group.name),
    svg("rect", { class: `bar ${group.colour}`, x: px(bar), y: px(slot.barTop), width: BAR, height: px(Math.max(1, slot.bar)) }),
    ...lines.map((line, place) => svg("text", { class: "name", x: px(start), y: px(y + (place - (lines.length - 1) / 2) * 17) }, line)),
    svg("text", { class: "count", x: px(end - MONEY), y: px(y), "text-anchor": "end" }, number(group.projects)),
    svg("text", { class: "money", x: px(end), y: px(y), "text-anchor": "end" }, moneyOf(group)),
  );
  return node;
}

/** The picture as an SVG element; `nodes` are its groups by side, and `paths` its bands. */
function draw(shown, width, height) {
  const of = (band) => state.by === "money" ? band.yen : band.projects;
  const sides = [shown.left.groups, shown.right.groups];
  const values = sides.map((groups, side) => {
    const sums = groups.map(() => 0);
    for (const band of shown.bands) sums[side ? band.right : band.left] += of(band);
    return sums;
  });
  const most = Math.max(sides[0].length, sides[1].length);
  const room = Math.max(most * PITCH, Math.min(height - HEAD, Math.max(LEAST, most * ENOUGH)));
  const scale = scaleOf(values, room), [left, right] = values.map((side) => slots(side, scale, room));
  const [xLeft, xRight] = columns(width), whole = room + HEAD;
  const root = svg("svg", { class: "picture", id: "picture", width, height: whole, viewBox: `0 0 ${width} ${whole}`, role: "group", "aria-label": titleNow() });
  for (const [side, start, end] of [[shown.left, 0, xLeft - 14], [shown.right, xRight + BAR + 12, width]]) {
    for (const [x, anchor, text] of [[start, "start", t(side.kind)], [end - MONEY, "end", t("count")], [end, "end", t("money")]])
      root.append(svg("text", { class: "head", x: px(x), y: 14, "text-anchor": anchor }, text));
  }
  const bands = svg("g", { class: "bands", "aria-hidden": "true" }), used = new Map(), middle = (xLeft + BAR + xRight) / 2;
  const paths = shown.bands.map((band) => {
    const thick = of(band) * scale;
    const [from, to] = [[left[band.left], `l${band.left}`], [right[band.right], `r${band.right}`]].map(([slot, key]) => {
      const offset = used.get(key) ?? 0;
      used.set(key, offset + thick);
      return slot.barTop + offset + thick / 2;
    });
    const path = svg("path", {
      class: `band ${sides[0][band.left].colour}`, "stroke-width": px(Math.max(0.5, thick)),
      d: `M${px(xLeft + BAR)} ${px(from)}C${px(middle)} ${px(from)} ${px(middle)} ${px(to)} ${px(xRight)} ${px(to)}`,
    });
    bands.append(path);
    return path;
  });
  const nodes = {
    left: shown.left.groups.map((group) => groupNode(group, left[group.place], 0, xLeft, xLeft - 14)),
    right: shown.right.groups.map((group) => groupNode(group, right[group.place], xRight + BAR + 12, xRight, width)),
  };
  root.append(bands, ...nodes.left, ...nodes.right);
  return { root, nodes, paths, left, right, xLeft, xRight };
}
