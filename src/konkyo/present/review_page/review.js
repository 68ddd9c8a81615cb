"use strict";
// One transcription beside its document: a field and its place light each other; corrections are saved as YAML.
const island = JSON.parse(document.getElementById("island").textContent);
const { data, fields, pages, spots, texts } = island;
const at = (path) => path.reduce((inner, step) => inner[step], data);
const doubtful = (field) => field.certainty !== "明白" && !field.checked;
const make = (tag, className, parent) => { const made = document.createElement(tag); if (className) made.className = className; if (parent) parent.append(made); return made; };
const byId = (id) => document.getElementById(id);
const rows = [], marks = new Map(); // a field's row; the marks of a field on the pages

// The document.
const sheets = pages.map((page, number) => {
  const [width, height] = page.size, sheet = make("div", "page", byId("document"));
  const scale = page.picture ? 1.25 : Math.max(2.4, 760 / width);
  sheet.style.width = `${width * scale}px`; sheet.style.height = `${height * (page.picture ? scale : 1.9)}px`;
  const place = (box, x0, y0, x1, y1) => {
    box.style.left = `${100 * x0 / width}%`; box.style.top = `${100 * y0 / height}%`;
    box.style.width = `${100 * (x1 - x0) / width}%`; box.style.height = `${100 * (y1 - y0) / height}%`;
  };
  if (page.picture) { const image = make("img", "", sheet); image.src = page.picture; image.alt = `${page.name}`; }
  for (const [text, ...corners] of page.pieces) { const piece = make("div", "piece", sheet); piece.textContent = text; place(piece, ...corners); }
  return { sheet, place, number };
});
if (!pages.length) make("p", "note", byId("document")).textContent = texts.noPicture;

// The fields.
function light(number, from) {
  for (const each of document.querySelectorAll(".lit")) each.classList.remove("lit");
  rows[number].classList.add("lit");
  for (const mark of marks.get(number)) mark.classList.add("lit");
  if (from !== "page") marks.get(number)[0]?.scrollIntoView({ block: "center", inline: "nearest" });
  if (from !== "field") rows[number].querySelector("textarea").focus();
}

function show(number) {
  const field = fields[number], doubt = doubtful(field);
  rows[number].classList.toggle("doubt", doubt);
  rows[number].classList.toggle("changed", Boolean(field.changed));
  rows[number].querySelector(".state").textContent = field.checked ? `${field.certainty} ✓` : field.certainty;
  for (const mark of marks.get(number)) mark.classList.toggle("doubt", doubt);
}

fields.forEach((field, number) => {
  const cell = at(field.path), row = make("div", "field", byId("fields"));
  rows.push(row);
  marks.set(number, []);
  const label = make("label", "", row);
  label.htmlFor = `field-${number}`; label.textContent = field.label;
  make("span", "state", row);
  const area = make("textarea", "", row);
  area.id = `field-${number}`; area.rows = Math.min(6, Math.ceil(String(cell[field.key]).length / 30)); area.spellcheck = false;
  const several = Array.isArray(cell[field.key]);
  area.value = several ? cell[field.key].join("\n") : String(cell[field.key]);
  field.first = area.value;
  area.addEventListener("input", () => {
    field.changed = area.value !== field.first || Boolean(field.yearChanged);
    cell[field.key] = several ? area.value.split("\n").filter(Boolean) : area.value;
    show(number);
  });
  area.addEventListener("focus", () => light(number, "field"));
  const more = make("div", "row", row);
  for (const key of ["年度", "年月日"]) {
    if (!(key in cell)) continue;
    const beside = make("label", "", more), input = make("input", "", beside), first = String(cell[key]);
    beside.prepend(`${key} `); input.value = first;
    input.addEventListener("input", () => { cell[key] = input.value; field.yearChanged = input.value !== first; field.changed = field.yearChanged || area.value !== field.first; show(number); });
    input.addEventListener("focus", () => light(number, "field"));
  }
  const right = make("button", "", more);
  right.type = "button"; right.textContent = texts.right;
  right.addEventListener("click", () => { field.checked = !field.checked; show(number); });
  if (field.places.length) make("small", "", more).textContent = [...new Set(field.places.map((place) => place.replace(/^page=(\d+)&.*$/, "p.$1")))].join(" ");
  for (const place of [...field.places, ...field.lines.map((line) => `line ${line}`)]) {
    if (!(place in spots)) continue;
    const [page, ...corners] = spots[place], mark = make("button", "spot", sheets[page].sheet);
    mark.type = "button"; mark.tabIndex = -1; mark.title = field.label; mark.setAttribute("aria-label", field.label);
    sheets[page].place(mark, ...corners);
    mark.addEventListener("click", () => light(number, "page"));
    marks.get(number).push(mark);
  }
  show(number);
});

// Moving about by keys.
const here = () => rows.findIndex((row) => row.contains(document.activeElement));
function go(step, only) {
  const count = rows.length, start = here() < 0 ? (step > 0 ? -1 : count) : here();
  for (let number = start + step; number >= 0 && number < count; number += step)
    if (rows[number].offsetParent && (!only || doubtful(fields[number]))) return light(number, "key");
}
byId("next").addEventListener("click", () => go(1, true));
byId("only").addEventListener("change", (event) => byId("fields").classList.toggle("only", event.target.checked));
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const number = here();
  const done = { ArrowDown: () => go(1), ArrowUp: () => go(-1), KeyN: () => go(1, true), KeyS: save, Enter: () => { if (number >= 0) { fields[number].checked = !fields[number].checked; show(number); } } }[event.code];
  if (done) { event.preventDefault(); done(); }
});

// YAML: block mappings and lists, texts as JSON writes them, which YAML reads alike.
function yaml(value, depth) {
  const pad = "  ".repeat(depth);
  if (Array.isArray(value)) return value.length ? value.map((one) => `\n${pad}- ${typeof one === "object" && one ? yaml(one, depth + 1).trimStart() : scalar(one)}`).join("") : " []";
  return Object.entries(value).map(([key, one]) => `\n${pad}${/^[一-鿿ぁ-んァ-ヶー々A-Za-z0-9]+$/.test(key) && !/^[0-9]+$/.test(key) ? key : scalar(key)}:${typeof one === "object" && one ? yaml(one, depth + 1) : ` ${scalar(one)}`}`).join("");
}
const scalar = (value) => typeof value === "string" ? JSON.stringify(value).replace(/[\x7f-\x9f\u2028\u2029\ufeff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`) : String(value);

function save() {
  const who = byId("reviewer").value.trim(), when = byId("date").value;
  if (!who || !when) { byId("said").textContent = texts.missing; byId(who ? "date" : "reviewer").focus(); return; }
  for (const field of fields) {
    const cell = at(field.path);
    if (field.changed) cell["注"] = [`訂正前は「${field.first}」。`, cell["注"]].filter(Boolean).join("").slice(0, 4000);
    if ((field.changed || field.checked) && field.path[0] !== "未配置" && "確度" in cell && ("年度" in cell || !field.path.includes("欄"))) cell["確度"] = "明白";
    if (field.changed) { field.first = byId(`field-${fields.indexOf(field)}`).value; field.changed = field.yearChanged = false; }
  }
  data["転記"] = { ...data["転記"], "確認": { "者": who, "日": when } };
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([yaml(data, 0).trimStart(), "\n"], { type: "application/yaml" }));
  link.download = island.file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  byId("said").textContent = texts.saved;
  fields.forEach((_, number) => show(number));
}
byId("save").addEventListener("click", save);
byId("date").value = new Date(Date.now() - 60000 * new Date().getTimezoneOffset()).toISOString().slice(0, 10);
if (rows.length) light(0, "key");
