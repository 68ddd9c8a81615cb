"use strict";
// The page of the search: what is typed above is looked for as it is typed, and as the address says.
(() => {
  const FIRST = 5, PAGE = 50;
  const lang = document.documentElement.lang === "en" ? "en" : "ja";
  const t = (ja, en) => (lang === "en" ? en : ja);
  const { found, thing, where, load, base } = konkyoSearch;
  const box = document.querySelector("form.search input[name=q]");
  const status = document.getElementById("search-status"), tabs = document.getElementById("search-kinds");
  const results = document.getElementById("search-results");
  const asked = new URLSearchParams(location.search);
  const count = (number) => number.toLocaleString("en");

  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const marked = (pieces) => pieces.map(([text, hit]) => (hit ? element("mark", {}, text) : text));
  const named = (one, ...children) => {
    const label = element("bdi", {}, ...(children.length ? children : [one[lang]]));
    if (!one.page) return label;
    const path = one.page.split("/").map(encodeURIComponent).join("/");
    return element("a", { href: new URL(`../${lang === "en" ? "en/" : ""}${path}`, base) }, label);
  };
  const told = (text) => element("span", { class: "kind" }, text);

  const item = (one, owner, answer) => {
    const [field, pieces] = where(one, answer.whole, answer.terms);
    const text = pieces.map(([piece]) => piece).join("");
    const made = element("li", {}, text === one[lang] ? named(one, ...marked(pieces)) : named(one));
    if (one.code) made.append(" ", element("span", { class: "number" }, one.code));
    if (one.version) made.append(" ", told(one.version[lang === "en" ? 1 : 0]));
    if (owner) made.append(" ", told(owner[lang === "en" ? 2 : 1]));
    const [year] = one.years.split(" ");
    if (year && year !== answer.latest) made.append(" ", told(t(`${year}年度`, `FY${year}`)));
    if (pieces.length && text !== one[lang] && text !== one.code) {
      const fields = { logic: t("活動・成果", "Logic model"), description: t("説明", "Description") };
      const head = fields[field] ? [element("span", { class: "field" }, fields[field]), " "] : [];
      made.append(element("p", { class: "snippet" }, ...head, element("bdi", {}, ...marked(pieces))));
    }
    return made;
  };

  const section = async ([name, ja, en], hits, answer, total) => {
    const list = element("ul", { class: "results" });
    const add = async (some) => {
      const shown = await Promise.all(some.map(thing));
      shown.forEach((one, place) => list.append(item(one, answer.owner(some[place]), answer)));
    };
    const made = element("section", { "aria-labelledby": `g-${name}` });
    const size = element("span", { class: "count" }, count(total));
    made.append(element("h2", { id: `g-${name}` }, t(ja, en), " ", size), list);
    const few = answer.grouped ? FIRST : PAGE;
    await add(hits.slice(0, few));
    if (answer.grouped && total > few) {
      const all = t(`${ja}: 全${count(total)}件`, `${en}: all ${count(total)}`);
      made.append(element("p", {}, element("a", { href: link(answer.text, name) }, all)));
    } else if (hits.length > few) {
      let at = few;
      const more = element("button", { type: "button" }, t("続きを見る", "Show more"));
      more.addEventListener("click", async () => {
        const from = list.children.length;
        await add(hits.slice(at, (at += PAGE)));
        list.children[from].querySelector("a")?.focus();
        if (at >= hits.length) more.remove();
      });
      made.append(more);
    }
    return made;
  };
  const link = (text, kind) => `?${new URLSearchParams(kind ? { q: text, kind } : { q: text })}`;

  const tab = (text, kind, words, current, number) => {
    const made = element("a", { href: link(text, kind) }, words);
    if (current) made.setAttribute("aria-current", "page");
    if (number !== undefined) made.append(" ", element("span", { class: "count" }, count(number)));
    return made;
  };

  let latest = 0;
  const search = async (text, kind) => {
    const own = ++latest;
    if (!text.trim()) {
      status.textContent = t("名称、番号、引用の表記、説明文の一部を入れてください。漢字二文字でも、空白なしでも探せます。",
        "Type a part of a name, number, citation or description.");
      tabs.replaceChildren();
      results.replaceChildren();
      return;
    }
    status.textContent = t("探しています…", "Searching…");
    const core = await load("core");
    const answer = { text, ...(await found(text)) };
    const place = core.kinds.findIndex(([name]) => name === kind);
    const total = place < 0 ? answer.hits.length : answer.counts[place];
    answer.grouped = place < 0 && total > PAGE;
    answer.latest = core.latest;
    answer.owner = (number) => core.heads[answer.owners(number)[0]];
    const sections = [];
    for (const [at, words] of core.kinds.entries()) {
      const own = (place < 0 || place === at) && answer.counts[at];
      if (own) sections.push(section(words, answer.hits.filter((one) => answer.group(one) === at), answer, own));
    }
    const made = await Promise.all(sections);
    const near = await Promise.all(answer.near.map(thing));
    if (own !== latest) return; // something else has been typed meanwhile
    status.textContent = total ? t(`${count(total)}件`, `${count(total)} found`)
      : t("当てはまるものがありません。短い語にするか、別の書き方を試してください。", "Nothing fits. Try a shorter word, or another spelling.");
    if (near.length) {
      made.push(element("p", {}, t("もしかして: ", "Perhaps: "),
        ...near.flatMap((one, place) => (place ? [t("、", ", "), named(one)] : [named(one)]))));
    }
    tabs.replaceChildren(...(answer.hits.length ? [tab(text, "", t("すべて", "All"), place < 0)] : []),
      ...core.kinds.flatMap(([name, ja, en], at) =>
        answer.counts[at] ? [tab(text, name, t(ja, en), place === at, answer.counts[at])] : []));
    results.replaceChildren(...made);
    results.dataset.of = text;
  };
  const go = (kind) => search(box.value, kind).catch(() => {
    status.textContent = t("検索用のファイルが読めません。フォルダーをまるごと写してあるか確かめてください。",
      "A file of the index cannot be read. Is the whole folder there?");
  });

  let timer;
  box.value = asked.get("q") ?? "";
  box.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(go, 150, "");
  });
  box.addEventListener("compositionend", () => { timer = setTimeout(go, 150, ""); });
  go(asked.get("kind") ?? "");
})();
