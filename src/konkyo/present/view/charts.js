// Small pictures of numbers, drawn from data: bars in SVG beside the numbers as text.

/** 3955984000 as 39.6億円 or 3.96 billion yen; the facts above give the whole number. */
function money(yen, lang) {
  const steps = lang === "ja" ? [[1e12, "兆円"], [1e8, "億円"], [1e4, "万円"], [1, "円"]] : [[1e12, " trillion yen"], [1e9, " billion yen"], [1e6, " million yen"], [1, " yen"]];
  const [unit, word] = steps.find(([size]) => Math.abs(yen) >= size) || [1, steps[3][1]];
  const value = yen / unit;
  return value.toLocaleString(lang, { maximumFractionDigits: Math.abs(value) >= 100 || unit === 1 ? 0 : Math.abs(value) >= 10 ? 1 : 2 }) + word;
}

/** Horizontal bars on one scale from zero. A row is {name, text, value, style}: solid, open (a target), or open with an arrow. */
function bars(title, rows, lang) {
  const W = 132, H = 16;
  const low = Math.min(0, ...rows.map((row) => row.value)), high = Math.max(0, ...rows.map((row) => row.value));
  const at = (value) => 1 + ((value - low) / (high - low || 1)) * (W - 12);
  const bar = ({ value, style, code }) => {
    const x = Math.min(at(0), at(value)), width = Math.max(Math.abs(at(value) - at(0)), 1.5), end = at(value);
    const parts = [svg("rect", { x, y: 3, width, height: H - 6, class: `bar-${style} bar-of-${code}` })];
    if (style !== "solid") parts.push(svg("line", { x1: end, x2: end, y1: 0, y2: H, class: "bar-mark" }));
    if (style === "at-least") parts.push(svg("path", { d: `M${end + 2},${H / 2}H${end + 9}M${end + 6},${H / 2 - 3}L${end + 9},${H / 2}L${end + 6},${H / 2 + 3}`, class: "bar-mark" }));
    if (style === "at-most") parts.push(svg("path", { d: `M${end - 2},${H / 2}H${end - 9}M${end - 6},${H / 2 - 3}L${end - 9},${H / 2}L${end - 6},${H / 2 + 3}`, class: "bar-mark" }));
    parts.push(svg("line", { x1: at(0), x2: at(0), y1: 0, y2: H, class: "bar-zero" }));
    return svg("svg", { viewBox: `0 0 ${W} ${H}`, width: W, height: H, "aria-hidden": "true", class: "bar-row" }, ...parts);
  };
  return el("table", { class: "bars" }, el("caption", { class: "unseen" }, title), el("tbody", {}, ...rows.map((row) =>
    el("tr", {}, el("th", { scope: "row" }, row.name), el("td", {}, row.value == null ? "" : bar(row)), el("td", { class: "number" }, row.text)))));
}

/** Baseline, target and result of an indicator; values of words alone have a row without a bar. */
function valueChart(thing, lang, t) {
  const values = thing.values || [];
  if (!values.some((value) => value.lower != null || value.upper != null)) return null;
  const units = new Set(values.map((value) => value.unit).filter(Boolean));
  if (units.size > 1) return null; // bars of people and countries share no scale
  return bars(t("valueChart"), values.map((value) => {
    const bound = value.bound === "at-least" || value.bound === "at-most" ? value.bound : "open";
    return {
      name: [value.name[lang], value.year?.[lang]].filter(Boolean).join(" "), text: value.text, code: value.role,
      value: value.bound === "at-most" ? value.upper ?? value.lower : value.lower ?? value.upper,
      style: value.role === "target" ? bound : "solid",
    };
  }), lang);
}

const STAGES = ["initial", "total", "executed"];

/** Money by year: the first budget, the whole of it, and what was spent. Sums of several accounts are not made here. */
function budgetChart(thing, lang, t) {
  const shown = (thing.figures || []).filter((figure) => STAGES.includes(figure.stage));
  if (!shown.length) return null;
  const once = new Map(shown.map((figure) => [`${figure.order} ${STAGES.indexOf(figure.stage)}`, figure]));
  const rows = [...once].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, figure]) => ({
    name: `${figure.year[lang]} ${figure.name[lang]}`, text: money(figure.yen, lang), value: figure.yen, style: "solid", code: figure.stage,
  }));
  return bars(t("budgetChart"), rows, lang);
}
