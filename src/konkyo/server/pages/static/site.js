// What a written page does by itself: each table can be had as CSV, and what the page says of bases is drawn as a small network.
// It asks for nothing: all that it needs stands in the page.
"use strict";
(() => {
  const english = document.documentElement.lang === "en";
  const say = (ja, en) => (english ? en : ja);

  // --- tables as CSV -----------------------------------------------------------------------------------

  // A text that a spreadsheet would run as a formula has ' before it.
  const field = (text) => `"${(/^[=+@\t\r]|^-(?![\d.,]+$)/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const csv = (table) => [...table.rows].map((row) => [...row.cells].map((cell) => field(cell.textContent.trim().replace(/\s+/g, " "))).join(",")).join("\r\n");

  for (const box of document.querySelectorAll("main .scroll")) {
    const table = box.querySelector("table");
    if (!table || table.rows.length < 3) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "csv";
    button.textContent = "CSV";
    button.setAttribute("aria-label", `CSV: ${(table.caption ?? document.querySelector("h1")).textContent.trim()}`);
    button.addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["\ufeff", csv(table)], { type: "text/csv" }));
      link.download = `${document.title.split(" — ")[0].slice(0, 60).replace(/[\\/:*?"<>|]/g, "_")}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
    box.after(button);
  }

  // --- the network around the thing ----------------------------------------------------------------------

  const MOST = 16, LINE = 30, WIDE = 300, BOX = 24, SIGNS = 22;
  const place = document.getElementById("grounds-h");
  const claims = place ? [...place.parentElement.querySelectorAll("li.claim")] : [];
  const found = new Map();
  for (const claim of claims) {
    const link = claim.querySelector(":scope > a");
    if (link && !found.has(link.href)) found.set(link.href, { link, level: claim.classList[1], down: !!claim.querySelector(":scope > a + .kind") });
  }
  if (found.size < 2) return;
  const SVG = "http://www.w3.org/2000/svg";
  const make = (name, attributes, ...children) => {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };
  const shown = [...found.values()].slice(0, MOST), height = shown.length * LINE + 10;
  // What a thing rests on stands at its left, what rests on it at its right.
  const down = shown[0].down, own = down ? 0 : WIDE + 140, others = down ? WIDE + 140 : 0;
  const box = (text, x, y, kind) => {
    const short = [...text].length > SIGNS ? `${[...text].slice(0, SIGNS - 1).join("")}…` : text;
    return make("g", { class: kind }, make("title", {}, text), make("rect", { x, y, width: WIDE, height: BOX, rx: 4 }), make("text", { x: x + 8, y: y + 16 }, short));
  };
  const middle = height / 2, from = down ? WIDE : own, to = down ? others : WIDE;
  const picture = make("svg", { viewBox: `-1 -1 ${2 * WIDE + 142} ${height + 2}`, class: "around", role: "group", "aria-label": say("つながりの図（同じことが下に書いてあります）", "Network (the text below says the same)") });
  shown.forEach(({ level }, number) => {
    const y = number * LINE + 5 + BOX / 2, bend = (from + to) / 2;
    picture.append(make("path", { class: `link ${level}`, d: `M${from} ${middle}C${bend} ${middle} ${bend} ${y} ${to} ${y}` }));
  });
  shown.forEach(({ link }, number) => picture.append(make("a", { href: link.getAttribute("href"), tabindex: "-1" }, box(link.textContent.trim(), others, number * LINE + 5, "other"))));
  picture.append(box(document.querySelector("h1").textContent.trim(), own, middle - BOX / 2, "own"));
  const figure = document.createElement("figure");
  figure.className = "around";
  const caption = document.createElement("figcaption");
  caption.className = "note";
  const left = found.size - shown.length;
  caption.textContent = say("実線は明記、破線は導出、点線は解釈", "Solid: stated, dashed: derived, dotted: interpreted") + (left ? say(`（ほかに${left}）`, ` (and ${left} more)`) : "");
  figure.append(picture, caption);
  place.after(figure);
})();
