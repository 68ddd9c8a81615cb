// Words beside the picture: the detail panel and the tables. All text goes in as text nodes.

const LISTED_CHAINS = 5; // more are shown on demand

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

/** Fill the panel for one thing. `view` is the viewer's object of view.js. */
function fillPanel(panel, number, view) {
  const { data, lang, theme, t } = view;
  const thing = data.things[number];
  const kind = view.kindOf(number);
  const other = lang === "ja" ? "en" : "ja";
  const section = (title, ...children) => el("section", {}, el("h3", {}, title), ...children);
  const goTo = (n, extra) => el("button", { type: "button", class: `thing${extra || ""}`, onclick: () => view.select(n) },
    kindIcon(view.kindOf(n), lang, theme), el("span", {}, data.things[n].label[lang]));
  const parts = [];

  parts.push(el("div", { class: "head" },
    el("p", { class: "kind" }, kindIcon(kind, lang, theme), kind.words[lang]),
    el("button", { type: "button", class: "close", "aria-label": t("close"), onclick: () => view.select(null) }, "×"),
    el("h2", { id: "panel-title" }, thing.label[lang]),
    thing.label[other] !== thing.label[lang] ? el("p", { class: "other", lang: other }, thing.label[other]) : null));

  if (thing.facts.length) {
    parts.push(section(t("facts"), el("dl", { class: "facts" }, ...thing.facts.flatMap((fact) =>
      [el("dt", {}, fact.name[lang]), el("dd", {}, fact.text[lang])]))));
  }
  if (thing.evidence.length) parts.push(section(t("evidence"), evidenceList(thing.evidence, lang, t)));

  parts.push(chains("chainUp", "noChainUp", view.chains(number, "up"), number));
  parts.push(chains("chainDown", "noChainDown", view.chains(number, "down"), number));
  parts.push(neighbours());

  const link = linkTo(thing, t);
  if (link) parts.push(section(t("link"), el("p", { class: "address" }, link)));
  parts.push(section(t("iri"), el("p", { class: "address" }, thing.iri)));
  panel.replaceChildren(...parts);
  panel.setAttribute("aria-labelledby", "panel-title");
  panel.scrollTop = 0;

  function levelTag(name) {
    const level = view.levelOf(name);
    return el("span", { class: "level", title: level.meaning[lang] }, levelIcon(level, theme), level.words[lang]);
  }

  /** Directed paths between the thing and the ends of the picture, in words. */
  function chains(title, none, found, own) {
    const row = (path) => el("li", {}, ...path.flatMap((step, n) => [
      n ? el("span", { class: "step" }, step.levels.filter((name) => name !== "structure").map((name) =>
        view.levelOf(name).words[lang]).join("・"), el("span", { "aria-hidden": "true" }, " → ")) : null,
      step.node === own ? el("strong", {}, thing.label[lang])
        : el("a", { href: view.hashOf(step.node), onclick: (event) => { event.preventDefault(); view.select(step.node); } },
          data.things[step.node].label[lang]),
    ]));
    const box = section(title === "chainUp" ? t("chainUp") : t("chainDown"));
    if (!found.paths.length) {
      box.append(el("p", { class: "none" }, t(none)));
      return box;
    }
    box.firstChild.append(el("small", {}, fill(t(found.more ? "manyChains" : "chainCount"), { n: found.paths.length })));
    const list = el("ol", { class: "chains" }, ...found.paths.slice(0, LISTED_CHAINS).map(row));
    box.append(list);
    if (found.paths.length > LISTED_CHAINS) {
      const rest = el("button", { type: "button", class: "more" }, fill(t("moreChains"), { n: found.paths.length - LISTED_CHAINS }));
      rest.addEventListener("click", () => {
        const added = found.paths.slice(LISTED_CHAINS).map(row);
        list.append(...added);
        rest.remove();
        added[0].querySelector("a")?.focus();
      });
      box.append(rest);
    }
    return box;
  }

  /** Direct neighbours by direction and relation; what the filters hide is counted, never silently absent. */
  function neighbours() {
    const box = section(t("neighbours"));
    let hidden = 0;
    for (const [side, edges] of [["incoming", view.incoming[number]], ["outgoing", view.outgoing[number]]]) {
      const groups = new Map();
      for (const edge of edges) {
        if (!view.isShown(edge)) { hidden += 1; continue; }
        const name = data.links[edge].label[lang];
        groups.set(name, [...(groups.get(name) || []), edge]);
      }
      if (!groups.size) continue;
      box.append(el("h4", { class: "side" }, side === "incoming" ? "← " : "→ ", t(side)));
      for (const [name, members] of groups) {
        box.append(el("h5", {}, name, el("small", {}, String(members.length))),
          el("ul", { class: "links" }, ...members.map((edge) => neighbour(edge, side))));
      }
    }
    if (hidden) {
      box.append(el("p", { class: "none" }, fill(t("hiddenLinks"), { n: hidden }), " ",
        el("button", { type: "button", class: "more", onclick: () => view.showAllLinks(number) }, t("showThem"))));
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

/** Write the tables again in another language. */
function fillTables(view) {
  const { data, lang, t } = view;
  const proof = (items) => (items.length ? evidenceList(items, lang, t) : "");
  const colon = lang === "ja" ? "：" : ": ";
  document.querySelector("#nodes-table tbody").replaceChildren(...data.things.map((thing, number) => el("tr", {},
    el("td", {}, view.kindOf(number).words[lang]), el("th", { scope: "row" }, thing.label[lang]),
    el("td", {}, thing.facts.length
      ? el("ul", {}, ...thing.facts.map((fact) => el("li", {}, fact.name[lang] + colon + fact.text[lang]))) : ""),
    el("td", {}, proof(thing.evidence)),
    el("td", {}, linkTo(thing, t), el("div", { class: "iri" }, thing.iri)))));
  document.querySelector("#edges-table tbody").replaceChildren(...data.links.map((link) => el("tr", {},
    el("td", {}, data.things[link.from].label[lang]), el("td", {}, link.label[lang]),
    el("td", {}, data.things[link.to].label[lang]), el("td", {}, view.levelOf(link.level).words[lang]),
    el("td", {}, ...[link.rule?.[lang], link.reason?.[lang], link.author].map((text) => text ? el("div", {}, text) : null)),
    el("td", {}, proof(link.evidence)))));
}
