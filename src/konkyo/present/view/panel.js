// Words beside the picture: the detail panel and the tables. All text goes in as text nodes.

const LISTED_CHAINS = 5, LISTED_LINKS = 40; // more are shown on demand

/** An element with attributes (`on…` are listeners) and children; strings become text nodes. */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null && child !== ""));
  return node;
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** An IRI as it may be shown: other texts come without what turns the order of reading, but an IRI must stay as it is. */
const shownIri = (iri) => iri.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");

/** A link only for http and https, with its address as its text; any other address stays text. */
function linkTo(thing, t) {
  let good = null;
  try {
    const url = new URL(thing.link);
    if (url.protocol === "http:" || url.protocol === "https:") good = thing.link;
  } catch { /* no address, or none that can be read */ }
  if (!good) return thing.url ? el("span", {}, thing.url, " ", el("small", {}, `(${t("unsafeUrl")})`)) : null;
  return el("a", { href: good, target: "_blank", rel: "noopener noreferrer" }, thing.url,
    el("span", { class: "unseen" }, t("newTab")));
}

function evidenceList(items, lang, t) {
  return el("ul", { class: "proof" }, ...items.map((item) => el("li", {},
    item.words ? el("q", {}, item.words) : null,
    el("span", { class: "where" }, [item.source, item.place, item.field].filter(Boolean).join(" · ")),
    item.certainty[lang] ? el("small", { class: "sure" }, `${t("certainty")}: ${item.certainty[lang]}`) : null,
    item.note ? el("small", {}, item.note) : null)));
}

/** Fill the panel for one thing. */
function fillPanel(panel, number) {
  const { lang, theme, t } = view;
  const thing = data.things[number];
  const kind = view.kindOf(number);
  const other = lang === "ja" ? "en" : "ja";
  const section = (title, ...children) => el("section", {}, el("h3", {}, title), ...children);
  const goTo = (n, extra) => el("button", { type: "button", class: `thing${extra || ""}`, onclick: () => select(n) },
    kindIcon(view.kindOf(n), lang, theme), el("span", {}, data.things[n].label[lang]));
  const parts = [];

  parts.push(el("div", { class: "head" },
    el("p", { class: "kind" }, kindIcon(kind, lang, theme), kind.words[lang]),
    el("button", { type: "button", class: "close", "aria-label": t("close"), onclick: () => select(null) }, "×"),
    el("h2", { id: "panel-title" }, thing.label[lang]),
    thing.label[other] !== thing.label[lang] ? el("p", { class: "other", lang: other }, thing.label[other]) : null));

  const action = (name, text, pressed, off) => el("button", { type: "button", class: "act", "data-action": name, "aria-pressed": pressed == null ? null : String(pressed),
    disabled: off, title: t(`${name}Hint`), onclick: () => actions[name](number) }, text);
  parts.push(el("div", { class: "acts", role: "group", "aria-label": t("acts") },
    action("path", t(pathStart === number ? "pathEnd" : "path"), pathStart === number),
    action("pin", t(pinned.has(number) ? "unpin" : "pin"), pinned.has(number)), action("hide", t("hide")),
    hiddenAround(number).size ? action("expand", `${t("expand")} +${hiddenAround(number).size}`) : action("collapse", t("collapse"), null, !hanging(number).size),
    server?.canLoad(number) ? action("load", thing.more ? `${t("load")} +${thing.more}` : t("load")) : null));
  if (pathStart != null && pathStart !== number) parts.push(paths());

  const listOf = (facts) => el("dl", { class: "facts" }, ...facts.flatMap((fact) => [el("dt", {}, fact.name[lang]), el("dd", {}, fact.text[lang])]));
  const values = valueChart(thing, lang, t), budget = budgetChart(thing, lang, t);
  // Amounts to the yen stand behind the bars that show them.
  const exact = budget ? thing.facts.filter((fact) => fact.money) : [];
  const facts = thing.facts.filter((fact) => !exact.includes(fact));
  if (facts.length) parts.push(section(t("facts"), listOf(facts)));
  if (values) parts.push(section(t("valueChart"), values));
  if (budget) parts.push(section(t("budgetChart"), budget, exact.length ? el("details", { class: "exact" }, el("summary", {}, fill(t("exact"), { n: exact.length })), listOf(exact)) : null));
  if (thing.evidence.length) parts.push(section(t("evidence"), evidenceList(thing.evidence, lang, t)));

  parts.push(ends("chainUp", "noChainUp", chains(number, "up")));
  parts.push(ends("chainDown", "noChainDown", chains(number, "down")));
  parts.push(neighbours());

  const page = server?.pageOf(thing.iri);
  if (page) parts.push(section(t("page"), el("p", { class: "address" }, el("a", { href: page, target: "_top" }, thing.label[lang]))));
  const link = linkTo(thing, t);
  if (link) parts.push(section(t("link"), el("p", { class: "address" }, link)));
  parts.push(section(t("iri"), el("p", { class: "address" }, shownIri(thing.iri))));
  panel.replaceChildren(...parts);
  panel.setAttribute("aria-labelledby", "panel-title");
  panel.scrollTop = 0;

  function levelTag(name) {
    const level = view.levelOf(name);
    return el("span", { class: "level", title: level.meaning[lang] }, levelIcon(level, theme), level.words[lang]);
  }

  /** A path in words: things, and between them the claims that join them. */
  function row(path) {
    return el("li", {}, ...path.flatMap((step, n) => [
      n ? el("span", { class: "step" }, step.levels.filter((name) => name !== "structure").map((name) =>
        view.levelOf(name).words[lang]).join("・"), el("span", { "aria-hidden": "true" }, " → ")) : null,
      step.node === number ? el("strong", {}, thing.label[lang])
        : el("a", { href: hashOf(step.node), onclick: (event) => { event.preventDefault(); select(step.node); } },
          data.things[step.node].label[lang]),
    ]));
  }

  /** The paths between the thing kept as one end and this one. */
  function paths() {
    const found = pathsBetween(pathStart, number), from = pathEnds(pathStart, number)?.[0] ?? pathStart;
    const label = (n) => data.things[n].label[lang];
    const box = section(fill(t("pathTitle"), { from: label(from), to: label(from === number ? pathStart : number) }));
    box.classList.add("paths");
    box.append(el("button", { type: "button", class: "more", onclick: () => actions.path(pathStart) }, t("pathEnd")));
    return listed(box, found, t("noPath"));
  }

  /** Directed paths between the thing and the ends of the picture. */
  function ends(title, none, found) {
    return listed(section(t(title)), found, t(none));
  }

  function listed(box, found, none) {
    if (!found.paths.length) {
      box.append(el("p", { class: "none" }, none));
      return box;
    }
    box.firstChild.append(el("small", {}, fill(t(found.more ? "manyChains" : "chainCount"), { n: found.paths.length })));
    const list = el("ol", { class: "chains" }, ...found.paths.slice(0, LISTED_CHAINS).map(row));
    box.append(list);
    if (found.paths.length > LISTED_CHAINS) box.append(moreOf(list, found.paths.slice(LISTED_CHAINS), row, "a"));
    return box;
  }

  /** A button that adds the rest of a list and hands the focus on. */
  function moreOf(list, rest, make, focused) {
    const button = el("button", { type: "button", class: "more", onclick: () => {
      const added = rest.map(make);
      list.append(...added);
      button.remove();
      added[0].querySelector(focused)?.focus();
    } }, fill(t("moreItems"), { n: rest.length }));
    return button;
  }

  /** Direct neighbours by direction and relation; what the filters hide is counted, never silently absent. */
  function neighbours() {
    const box = section(t("neighbours"));
    let hidden = 0;
    for (const [side, edges] of [["incoming", incoming[number]], ["outgoing", outgoing[number]]]) {
      const groups = new Map();
      for (const edge of edges) {
        if (!isShown(edge)) { hidden += 1; continue; }
        const other = side === "incoming" ? data.links[edge].from : data.links[edge].to;
        const name = `${data.links[edge].label[lang]} · ${view.kindOf(other).words[lang]}`;
        groups.set(name, [...(groups.get(name) || []), edge]);
      }
      if (!groups.size) continue;
      box.append(el("h4", { class: "side" }, side === "incoming" ? "← " : "→ ", t(side)));
      for (const [name, members] of groups) {
        const list = el("ul", { class: "links" }, ...members.slice(0, LISTED_LINKS).map((edge) => neighbour(edge, side)));
        box.append(el("h5", {}, name, el("small", {}, String(members.length))), list);
        if (members.length > LISTED_LINKS) box.append(moreOf(list, members.slice(LISTED_LINKS), (edge) => neighbour(edge, side), "button"));
      }
    }
    if (hidden) {
      box.append(el("p", { class: "none" }, fill(t("hiddenLinks"), { n: hidden }), " ",
        el("button", { type: "button", class: "more", onclick: () => showAllLinks(number) }, t("showThem"))));
    }
    return box;
  }

  function neighbour(edge, side) {
    const link = data.links[edge];
    const why = (title, text) => text ? el("p", { class: "why" }, el("b", {}, t(title)), text) : null;
    return el("li", { "data-edge": edge },
      goTo(side === "incoming" ? link.from : link.to),
      link.level === "structure" ? null : levelTag(link.level),
      why("rule", link.rule?.[lang]), why(link.level === "interpreted" ? "reason" : "remark", link.reason?.[lang]), why("author", link.author),
      link.evidence.length ? el("details", {}, el("summary", {}, fill(t("evidenceCount"), { n: link.evidence.length })),
        evidenceList(link.evidence, lang, t)) : null);
  }
}
