"use strict";
// SPARQL without a server: Oxigraph in a worker, which takes the modules of the graph that a query names. All that it needs comes
// as scripts, since a page that is opened from a folder may not fetch. Every text is put into the page as text, never as markup.
(() => {
  const SHOWN = 500, RDF_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel";
  const { namesOf, termOf, bound, quoted, csv } = konkyoTerms;
  const base = new URL(".", document.currentScript.src);
  const lang = document.documentElement.lang === "en" ? "en" : "ja";
  const t = (ja, en) => (lang === "en" ? en : ja);
  const w = ([ja, en]) => t(ja, en);
  const at = (id) => document.getElementById(id);
  const count = (number) => number.toLocaleString("en");
  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const say = (...parts) => at("sparql-status").replaceChildren(...parts);
  const failed = (text) => say(element("span", { class: "wrong" }, text));

  // --- parts and the worker ---------------------------------------------------------------------------------------
  const waiting = new Map(), parts = new Map();
  globalThis.konkyoPart = (name, value) => waiting.get(name)?.(value);
  const part = (name) => {
    if (!parts.has(name)) {
      parts.set(name, new Promise((done, fail) => {
        waiting.set(name, done);
        const script = element("script", { src: new URL(`${name}.js`, base) });
        script.onerror = () => { parts.delete(name); fail(new Error(t(`${name}.js が読めません。フォルダーをまるごと写してあるか確かめてください。`, `${name}.js cannot be read. Is the whole folder there?`))); };
        script.onload = () => script.remove();
        document.head.append(script);
      }));
    }
    return parts.get(name);
  };
  let worker = null, list, pages;
  const started = async () => {
    const { code, wasm } = await part("engine");
    if (worker) return worker.begun;
    let made;
    try {
      made = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
    } catch {
      throw new Error(t("このブラウザーは、フォルダーから開いた頁で計算用の処理を始めさせません。ほかのブラウザーで開くか、サイトを公開した所で開いてください。",
        "This browser starts no worker for a page opened from a folder. Open it in another one, or where the site is published."));
    }
    const own = { open: new Map(), loaded: new Map(), number: 0, made };
    own.ask = (task, values = {}) => new Promise((done, fail) => {
      if (own.ended) return fail(new Error(own.ended));
      own.open.set(++own.number, { done, fail });
      made.postMessage({ id: own.number, task, ...values });
    });
    made.onmessage = ({ data }) => {
      const { done, fail } = own.open.get(data.id);
      own.open.delete(data.id);
      if (data.error === undefined) done(data.value);
      else fail(new Error(data.error));
    };
    made.onerror = (event) => stopped(`${t("計算用の処理が始まりません。", "The worker does not start.")} ${event.message ?? ""}`);
    worker = own;
    own.begun = own.ask("start", { engine: wasm }).then(() => own);
    return own.begun;
  };
  const stopped = (why) => {
    if (!worker) return;
    worker.ended = why;
    worker.made.terminate();
    worker.open.forEach(({ fail }) => fail(new Error(why)));
    worker = null;
  };
  const loaded = async (numbers) => {
    const own = await started();
    await Promise.all(numbers.map((number) => {
      if (!own.loaded.has(number)) own.loaded.set(number, part(`m/${number}`).then((content) => own.ask("load", { content })));
      return own.loaded.get(number);
    }));
    return own;
  };

  // --- which query, on what ---------------------------------------------------------------------------------------
  const choice = at("sparql-stored"), fields = at("sparql-fields"), text = at("sparql-text");
  const chosen = () => list.queries.find((query) => query.name === choice.value);
  const values = () => {
    const found = {};
    for (const { name } of chosen()?.parameters ?? []) {
      const value = at(`p-${name}`).value.trim();
      if (value) found[name] = value;
    }
    return found;
  };
  const shown = () => {
    const query = chosen();
    fields.replaceChildren(...(query?.parameters ?? []).map((parameter) => {
      const input = parameter.choices.length
        ? element("select", { id: `p-${parameter.name}` }, element("option", { value: "" }, t("（すべて）", "(all)")),
          ...parameter.choices.map((one) => element("option", { value: one }, one)))
        : element("input", { id: `p-${parameter.name}`, type: "text", autocomplete: "off" });
      return element("p", {}, element("label", { for: `p-${parameter.name}` }, w(parameter.label)), " ", input);
    }));
    if (query) text.value = query.text;
    at("sparql-needs").replaceChildren(...(query && !query.modules ? whole([]) : []));
  };
  const whole = (names) => {
    const told = names === null
      ? t("この問合せが要るものは、書かれた語だけからは分かりません（変数の述語など）。この頁の部分だけでの答えになります。", "What this query needs cannot be told by its words (a variable for a predicate, or the like). The answer is on the part of this page only. ")
      : names.length
      ? t(`次のものがこの頁のデータにはそろっていません: ${names.join("、")}。`, `The data of this page has not all of: ${names.join(", ")}. `)
      : t("この問合せは、この頁にある部分だけでは答えられません。", "The part of the graph that this page has cannot answer this query. ");
    const query = chosen(), command = query && text.value === query.text ? list.commands.stored.replace("NAME", query.name) : list.commands.file;
    return [element("p", { class: "note" }, told, t("全体への答えはこの命令で: ", "The whole graph answers it by: "), element("code", {}, command))];
  };
  const parameterTerms = async (query, own) => {
    const terms = {};
    for (const parameter of query.parameters) {
      const value = values()[parameter.name];
      if (!value) continue;
      let term = termOf(parameter, value, list);
      if (term === null && parameter.kind === "iri") {
        const name = quoted(value);
        const { rows } = await own.ask("query", { text: `SELECT DISTINCT ?s WHERE { VALUES ?l { ${name} ${name}@ja ${name}@en } ?s <${RDF_LABEL}> ?l }` });
        const found = rows.map(([one]) => one.value).filter((iri) => pages.has(iri));
        if (found.length > 1) throw new Error(t(`「${value}」は${found.length}件あります。IRIで選んでください: `, `${value} names ${found.length} things. Choose by IRI: `) + found.slice(0, 5).join(" "));
        term = found.length ? `<${found[0]}>` : null;
      }
      if (term === null) throw new Error(t(`「${w(parameter.label)}」の値「${value}」が読めません。`, `The value ${value} of “${w(parameter.label)}” cannot be read.`));
      terms[parameter.name] = term;
    }
    return terms;
  };
  // What is to be run, the modules for it, and what of the whole graph is not in them (null: nobody knows).
  const planned = async (own) => {
    const query = chosen();
    if (query && text.value === query.text) {
      return { run: bound(text.value, await parameterTerms(query, own)), modules: query.modules, missing: [], query };
    }
    const { iris, sure } = namesOf(text.value);
    const named = [...list.modules.entries()].filter(([, [iri]]) => iris.has(iri)).map(([number]) => number);
    const missing = list.missing.filter((iri) => iris.has(iri));
    return { run: text.value, modules: named, missing: sure || missing.length ? missing : null, query: null };
  };

  // --- the answer -------------------------------------------------------------------------------------------------
  let table = null;
  const short = (iri) => (iri.startsWith(list.ids) ? iri.slice(list.ids.length) : iri);
  const told = (term, labels) => {
    if (!term) return "";
    if (term.type === "NamedNode") return labels[term.value]?.[lang] ?? short(term.value);
    const number = term.datatype?.endsWith("#integer") && term.value.length > 4;
    return number ? BigInt(term.value).toLocaleString("en") : term.value;
  };
  const isNumber = (term) => /#(?:integer|decimal|double)$/u.test(term?.datatype ?? "");
  const shownCell = (term, labels) => {
    const words = element("bdi", {}, told(term, labels)), made = element("td", isNumber(term) ? { class: "number" } : {});
    const page = term?.type === "NamedNode" && pages.get(term.value);
    if (!page) return made.append(words), made;
    const path = page.split("/").map(encodeURIComponent).join("/");
    made.append(element("a", { href: new URL(`../${lang === "en" ? "en/" : ""}${path}`, base) }, words));
    return made;
  };
  const irisOf = (rows) => [...new Set(rows.flat().filter((one) => one?.type === "NamedNode").map((one) => one.value))];
  const show = async (own, { variables, rows }, query) => {
    const names = query ? Object.keys(query.columns).filter((name) => !variables.length || variables.includes(name)) : variables;
    const columns = names.length ? names : variables, places = columns.map((name) => variables.indexOf(name));
    const ordered = rows.map((row) => places.map((place) => row[place] ?? null));
    const labels = await own.ask("labels", { iris: irisOf(ordered.slice(0, SHOWN)) });
    const heads = columns.map((name) => (query?.columns[name] ? w(query.columns[name]) : name));
    table = { heads, rows: ordered };
    const head = element("tr", {}, ...heads.map((one) => element("th", { scope: "col" }, one)));
    const body = ordered.slice(0, SHOWN).map((row) => element("tr", {}, ...row.map((term) => shownCell(term, labels))));
    const made = element("table", {}, element("caption", {}, query ? w(query.title) : t("答え", "Answer")), element("thead", {}, head), element("tbody", {}, ...body));
    const frame = element("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": t("答えの表", "Table of the answer") }, made);
    at("sparql-answer").replaceChildren(...(columns.length ? [frame] : []));
    at("sparql-csv").disabled = !columns.length;
    return rows.length > SHOWN ? t(`（はじめの${count(SHOWN)}行を表示。CSVには全てあります）`, ` (the first ${count(SHOWN)} are shown, the CSV has all)`) : "";
  };
  let busy = false;
  const buttons = (running) => { busy = running; at("sparql-run").disabled = running; at("sparql-stop").disabled = !running; };
  const run = async () => {
    if (busy) return;
    const stored = chosen();
    if (stored && !stored.modules && text.value === stored.text) {
      at("sparql-needs").replaceChildren(...whole([]));
      say(t("この頁では実行しません。", "It is not run on this page."));
      return;
    }
    buttons(true);
    at("sparql-needs").replaceChildren();
    at("sparql-answer").replaceChildren();
    at("sparql-csv").disabled = true;
    let clock;
    try {
      say(t("データを読んでいます…", "Loading data…"));
      const own = await loaded(list.ready);
      const { run: asked, modules, missing, query } = await planned(own);
      if (missing === null || missing.length) at("sparql-needs").replaceChildren(...whole(missing && missing.map(short)));
      await loaded([...modules]);
      const seconds = Number(at("sparql-limit").value);
      clock = setTimeout(() => stopped(t(`${seconds}秒を超えたので止めました。引数で絞るか、上限を上げてください。`, `Stopped after ${seconds} seconds. Narrow it by a parameter, or raise the limit.`)), 1000 * seconds);
      say(t("答えを求めています…", "Answering…"));
      const start = performance.now();
      const answer = await own.ask("query", { text: asked });
      const took = performance.now() - start;
      clearTimeout(clock);
      const more = await show(own, answer, query);
      const part = missing === null || missing.length ? t("この頁の部分だけでの答え: ", "On the part of this page only: ") : "";
      say(`${part}${t(`${count(answer.rows.length)}行`, `${count(answer.rows.length)} rows`)}${more} · ${t(`${(took / 1000).toFixed(2)}秒`, `${(took / 1000).toFixed(2)} s`)}`);
      document.documentElement.dataset.took = String(Math.round(took));
    } catch (error) {
      clearTimeout(clock);
      failed(error.message);
    }
    buttons(false);
  };
  const save = async () => {
    const own = await loaded(list.ready), labels = await own.ask("labels", { iris: irisOf(table.rows) });
    const withIris = table.heads.map((_, place) => table.rows.some((row) => row[place]?.type === "NamedNode"));
    const line = (cells) => cells.flatMap(([one, iri], place) => (withIris[place] ? [one, iri] : [one]));
    const rows = table.rows.map((row) => line(row.map((term) => [term?.type === "NamedNode" ? told(term, labels) : (term?.value ?? ""), term?.type === "NamedNode" ? term.value : ""])));
    const content = csv([line(table.heads.map((head) => [head, `${head} (IRI)`])), ...rows]);
    const link = element("a", { href: URL.createObjectURL(new Blob([content], { type: "text/csv" })), download: `${chosen()?.name ?? "query"}.csv` });
    link.click();
  };

  (async () => {
    try {
      list = await part("list");
      const places = await part("pages");
      pages = new Map(places);
      const option = (query) => element("option", { value: query.name }, w(query.title));
      const groups = [[t("この頁で答えられるもの", "Answered on this page"), true], [t("全体のグラフが要るもの", "These need the whole graph"), false]];
      choice.replaceChildren(element("option", { value: "" }, t("（自分で書く）", "(your own)")), ...groups.map(([label, here]) =>
        element("optgroup", { label }, ...list.queries.filter((query) => Boolean(query.modules) === here).map(option))));
      choice.addEventListener("change", shown);
      at("sparql-run").addEventListener("click", run);
      at("sparql-csv").addEventListener("click", save);
      at("sparql-stop").addEventListener("click", () => stopped(t("止めました。", "Stopped.")));
      text.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(); });
      const asked = new URLSearchParams(location.search).get("example");
      if (list.queries.some((query) => query.name === asked)) choice.value = asked;
      shown();
      say(t("エンジンとデータを読んでいます…", "Loading the engine and data…"));
      const start = performance.now();
      await loaded(list.ready);
      document.documentElement.dataset.ready = String(Math.round(performance.now() - start));
      say(t("用意ができました。", "Ready."));
      at("sparql-run").disabled = false;
    } catch (error) {
      failed(error.message);
    }
  })();
})();
