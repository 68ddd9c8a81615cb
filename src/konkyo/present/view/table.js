// The same things and links as tables that can be sorted: built when opened, in pieces, so that large graphs open at once.

const ROWS = 100;
const IN_CELL = 4, PROOFS_IN_CELL = 2; // so many lines of a cell are shown at once, so that a row is no page
const sorting = { nodes: { column: null, down: false, rows: ROWS }, edges: { column: null, down: false, rows: ROWS } };

const compare = (lang) => {
  const collator = new Intl.Collator(lang, { numeric: true });
  return (a, b) => collator.compare(a, b);
};

function columnsOf(which) {
  const { lang, t } = view;
  const colon = lang === "ja" ? "：" : ": ";
  /** The first items of a cell, and the rest behind a button. */
  const folded = (items, most, make) => {
    if (items.length <= most + 1) return items.length ? make(items) : "";
    const rest = el("details", {}, el("summary", {}, fill(t("moreOfCell"), { n: items.length - most })));
    rest.addEventListener("toggle", () => { if (rest.children.length === 1) rest.append(make(items.slice(most))); });
    return [make(items.slice(0, most)), rest];
  };
  const list = (items) => folded(items, IN_CELL, (some) => el("ul", {}, ...some.map((item) => el("li", {}, item))));
  const proof = (items) => folded(items, PROOFS_IN_CELL, (some) => evidenceList(some, lang, t));
  const factText = (number) => data.things[number].facts.map((fact) => fact.name[lang] + colon + fact.text[lang]);
  const label = (number) => data.things[number].label[lang];
  const places = (items) => items.map((item) => `${item.source} ${item.place}`).join(" ");
  const goTo = (number) => el("button", { type: "button", class: "goto", onclick: () => { select(number, { focusPanel: true }); } }, label(number));
  const why = (link) => [link.rule?.[lang], link.reason?.[lang], link.author].filter(Boolean);
  return which === "nodes" ? [
    ["kind", (n) => view.kindOf(n).words[lang], (n) => view.kindOf(n).words[lang]],
    ["label", label, goTo],
    ["facts", (n) => factText(n).join(" "), (n) => list(factText(n))],
    ["evidence", (n) => places(data.things[n].evidence), (n) => proof(data.things[n].evidence)],
    ["link", (n) => data.things[n].url || data.things[n].iri, (n) => [linkTo(data.things[n], t), el("div", { class: "iri" }, shownIri(data.things[n].iri))]],
  ] : [
    ["from", (e) => label(data.links[e].from), (e) => goTo(data.links[e].from)],
    ["relation", (e) => data.links[e].label[lang], (e) => data.links[e].label[lang]],
    ["to", (e) => label(data.links[e].to), (e) => goTo(data.links[e].to)],
    ["level", (e) => view.levelOf(data.links[e].level).words[lang], (e) => view.levelOf(data.links[e].level).words[lang]],
    ["basis", (e) => why(data.links[e]).join(" "), (e) => list(why(data.links[e]))],
    ["evidence", (e) => places(data.links[e].evidence), (e) => proof(data.links[e].evidence)],
  ];
}

function fillTable(which) {
  const { t } = view, order = sorting[which], columns = columnsOf(which);
  let rows = which === "nodes" ? data.things.map((_, n) => n).filter(isVisible) : data.links.map((_, e) => e).filter(isShown);
  if (order.column) {
    const text = columns.find(([name]) => name === order.column)[1], by = compare(view.lang);
    const keys = new Map(rows.map((row) => [row, text(row)]));
    rows.sort((a, b) => (order.down ? -1 : 1) * by(keys.get(a), keys.get(b)) || a - b);
  }
  const head = el("tr", {}, ...columns.map(([name]) => {
    const mine = order.column === name;
    const press = () => {
      order.down = mine && !order.down;
      order.column = name;
      fillTable(which);
      $(`${which}-table`).querySelector(`[data-column="${name}"]`).focus();
    };
    return el("th", { scope: "col", "aria-sort": mine ? (order.down ? "descending" : "ascending") : "none" },
      el("button", { type: "button", class: "sort", "data-column": name, onclick: press }, t(name),
        el("span", { "aria-hidden": "true" }, mine ? (order.down ? " ▼" : " ▲") : " ↕")));
  }));
  const body = rows.slice(0, order.rows).map((row) => el("tr", {}, ...columns.map(([name, , cell]) => {
    const content = [cell(row)].flat();
    return name === "label" ? el("th", { scope: "row" }, ...content) : el("td", {}, ...content);
  })));
  $(`${which}-table`).replaceChildren(el("caption", { id: `${which}-caption` }, `${t(which === "nodes" ? "nodesTable" : "edgesTable")} (${rows.length.toLocaleString(view.lang)})`),
    el("thead", {}, head), el("tbody", {}, ...body));
  const more = $(`${which}-more`);
  more.hidden = rows.length <= order.rows;
  more.textContent = fill(t("moreRows"), { n: rows.length - order.rows });
}

function fillTables() {
  if (!$("tables").open) return;
  fillTable("nodes");
  fillTable("edges");
}

for (const which of ["nodes", "edges"]) {
  $(`${which}-more`).addEventListener("click", () => { sorting[which].rows += 5 * ROWS; fillTable(which); });
}
$("tables").addEventListener("toggle", () => {
  fillTables();
  if ($("tables").open) $("tables").scrollIntoView(); // they stand below the window
});
