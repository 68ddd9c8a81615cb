"use strict";
// Search without a server: the same things in the same order as `konkyo search`. Parts of the index are scripts, since a page
// that is opened from a folder may not fetch. Every text is put into the page as text, never as markup.
(() => {
  const BEGIN = "\x02", END = "\x03", MOST = 200, AROUND = 36;
  const base = typeof document === "object" && document.currentScript ? new URL(".", document.currentScript.src) : null;

  // --- parts ------------------------------------------------------------------------------------------------------
  const waiting = new Map(), parts = new Map();
  globalThis.konkyoPart = (name, value) => waiting.get(name)?.(value);
  const load = (name) => {
    if (!parts.has(name)) {
      parts.set(name, new Promise((done, failed) => {
        waiting.set(name, done);
        const script = document.createElement("script");
        script.src = new URL(`${name}.js`, base);
        script.onerror = () => { parts.delete(name); failed(new Error(name)); };
        script.onload = () => script.remove();
        document.head.append(script);
      }));
    }
    return parts.get(name);
  };

  // --- the form in which names are compared (konkyo.common.name_form) --------------------------------------------
  let core, forms, kana;
  const longMarks = (text) => text.replace(/([ぁ-ゖゝゞァ-ヺヽヾ]?)([-ー]+)/gu, (_, before, run) => before + (before ? "ー" : "-").repeat(run.length));
  const once = (text) => {
    let made = "";
    for (const sign of text.normalize("NFKC")) {
      const lower = Object.hasOwn(forms, sign) ? forms[sign] : sign.toLowerCase();
      // What lower case gives may have a form of its own.
      made += lower !== sign && Object.hasOwn(forms, lower) ? forms[lower] : lower;
    }
    return longMarks(made);
  };
  const nameForm = (text) => {
    for (let form = once(text); ;) {
      const again = once(form);
      if (again === form) return form;
      form = again;
    }
  };
  const spellings = (form) => [...new Set([form, longMarks(`ア${form}`).slice(1)])];
  const first = (text, most) => [...text].slice(0, most).join("");

  // --- the index --------------------------------------------------------------------------------------------------
  const unpacked = (text) => {
    const bytes = atob(text), found = [];
    for (let place = 0, value = 0, bits = 0; place < bytes.length; place++) {
      const byte = bytes.charCodeAt(place);
      value += (byte & 127) * 2 ** bits;
      if (byte & 128) bits += 7;
      else { found.push(value); value = bits = 0; }
    }
    return found;
  };
  let ends, lengths, owners;
  const ready = (given) => {
    core = given;
    forms = core.forms;
    let sum = 0;
    ends = Float64Array.from(unpacked(core.sizes), (size) => (sum += size));
    lengths = unpacked(core.lengths);
    owners = [];
    for (let list = unpacked(core.owned), place = 0; owners.length < core.count; place += list[place] + 1) {
      owners.push(list.slice(place + 1, place + 1 + list[place]));
    }
    core.same = new Map(Object.entries(core.same).map(([number, one]) => [+number, one]));
  };
  const partOf = (sign) => `g/${sign.codePointAt(0) % core.parts}`;
  const places = async (pair) => {
    const part = await load(partOf(pair));
    let known = part[pair];
    if (typeof known === "string") {
      let sum = 0;
      known = part[pair] = unpacked(known).map((step) => (sum += step));
    }
    return known ?? [];
  };
  // Where a text stands: the places of its first pair at which all others follow. One sign: every pair that it begins.
  const occurrences = async (text) => {
    const signs = [...text];
    if (signs.length === 1) {
      const part = await load(partOf(text));
      const own = Object.keys(part).filter((pair) => String.fromCodePoint(pair.codePointAt(0)) === text);
      return (await Promise.all(own.map(places))).flat();
    }
    const pairs = signs.slice(1).map((sign, place) => signs[place] + sign);
    await Promise.all(pairs.map((pair) => load(partOf(pair))));
    const lists = await Promise.all(pairs.map(places));
    // The rarest first: what is left is small at once.
    const order = lists.map((_, place) => place).sort((one, other) => lists[one].length - lists[other].length);
    let found = lists[order[0]].map((place) => place - order[0]);
    for (const shift of order.slice(1)) {
      if (!found.length) break;
      const there = new Set(lists[shift]);
      found = found.filter((place) => there.has(place + shift));
    }
    return found;
  };
  // Of each place in the long text which thing it is of, and whether of its names (0), numbers (1) or texts (2).
  const fieldAt = (place) => {
    let low = 0, high = ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle] > place) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const thingsWith = async (text) => {
    const found = [new Set(), new Set(), new Set()];
    for (const place of await occurrences(text)) {
      const field = fieldAt(place);
      found[field % 3].add(Math.floor(field / 3));
    }
    return found;
  };
  const anySpelling = async (form, before = "", after = "") => {
    const found = [new Set(), new Set(), new Set()];
    for (const way of spellings(form)) {
      (await thingsWith(before + way + after)).forEach((some, field) => some.forEach((thing) => found[field].add(thing)));
    }
    return found;
  };

  const ranked = async (text) => {
    const whole = first(nameForm(text), MOST);
    const words = text.split(/[\s\x1c-\x1f\x85]+/u).map((word) => first(nameForm(word), MOST)).filter(Boolean);
    const terms = [...new Set(words)].slice(0, 20);
    const ranks = new Map();
    const fits = (thing, rank) => { if (rank < (ranks.get(thing) ?? 9)) ranks.set(thing, rank); };
    if (!whole) return { whole, terms, ranks };
    const [names, numbers] = await anySpelling(whole, BEGIN, END);
    const exact = [...names, ...numbers];
    for (const thing of exact) {
      fits(thing, 0);
      for (const other of core.also[thing] ?? []) fits(other, 0);
    }
    if (!exact.length && Object.hasOwn(core.meant, whole)) for (const thing of core.meant[whole]) fits(thing, 0);
    for (const some of (await anySpelling(whole, BEGIN)).slice(0, 2)) some.forEach((thing) => fits(thing, 1));
    const [named, , told] = await anySpelling(whole);
    named.forEach((thing) => fits(thing, 2));
    // Nearly every text has の in it: one sign alone is looked for in names only.
    if ([...whole].length > 1) told.forEach((thing) => fits(thing, 3));
    if (terms.length > 1) {
      // One of the words must be the thing's own: else all that a ministry does would be found.
      const each = await Promise.all(terms.map((term) => anySpelling(term)));
      const above = each.map(([own]) => new Set(core.heads.flatMap((head, place) => (head && own.has(head[0]) ? [place] : []))));
      const some = new Set(each.flatMap(([own, , texts]) => [...own, ...texts]));
      for (const thing of some) {
        const helped = (place) => owners[thing].some((owner) => above[place].has(owner));
        if (each.every(([own], place) => own.has(thing) || helped(place)) && each.some(([own]) => own.has(thing))) fits(thing, 2);
        else if (each.every(([own, , texts], place) => own.has(thing) || texts.has(thing) || helped(place))) fits(thing, 3);
      }
    }
    return { whole, terms, ranks };
  };

  // What is found, best first, by the numbers of things; and how many of each kind.
  const found = async (text) => {
    if (!core) ready(await load("core"));
    const { whole, terms, ranks } = await ranked(text);
    const group = (thing) => core.groups.charCodeAt(thing) - 97;
    const cited = new Map();
    for (const thing of [...ranks.keys()].sort((one, other) => one - other)) {
      const one = core.same.get(thing);
      if (one === undefined) continue;
      if (cited.has(one)) ranks.delete(thing);
      else cited.set(one, thing);
    }
    const order = (one, other) =>
      ranks.get(one) - ranks.get(other) || group(one) - group(other) || lengths[one] - lengths[other] || one - other;
    const hits = [...ranks.keys()].sort(order);
    const counts = core.kinds.map(() => 0);
    hits.forEach((thing) => counts[group(thing)]++);
    return { whole, terms, hits, counts, group, owners: (thing) => owners[thing], near: hits.length ? [] : await near(whole) };
  };

  // --- もしかして ---------------------------------------------------------------------------------------------------
  const common = (one, other) => {
    let row = new Uint16Array(other.length + 1);
    for (const sign of one) {
      let left = 0;
      for (let place = 1; place <= other.length; place++) {
        const above = row[place];
        row[place] = sign === other[place - 1] ? left + 1 : Math.max(above, row[place - 1]);
        left = above;
      }
    }
    return row[other.length];
  };
  const near = async (whole) => {
    const form = [...whole].slice(0, 100);
    if (form.length < 2) return [];
    const scored = [];
    (await load("near")).forEach(([key, thing], place) => {
      const signs = [...key];
      if (signs.length < Math.floor(form.length / 2) || signs.length > 2 * form.length) return;
      const score = (200 * common(form, signs)) / (form.length + signs.length);
      if (score >= 65) scored.push({ score, place, thing, length: signs.length });
    });
    const best = scored.sort((one, other) => other.score - one.score || one.place - other.place).slice(0, 30);
    const kept = best.filter((one, place) => best.findIndex((other) => other.thing === one.thing) === place);
    const group = (one) => core.groups.charCodeAt(one.thing);
    kept.sort((one, other) =>
      other.score - one.score || group(one) - group(other) || one.length - other.length || one.thing - other.thing);
    return kept.slice(0, 3).map((one) => one.thing);
  };

  // --- what is shown ----------------------------------------------------------------------------------------------
  const thing = async (number) => {
    const row = (await load(`t/${Math.floor(number / core.chunk)}`))[number % core.chunk];
    const [iri, page, kind, code, ja, en, years, version, told] = row;
    return { iri, page, kind, code, ja, en: en || ja, years, version, told };
  };
  const aligned = (text) => {
    kana ??= new RegExp(`.[${core.joining.replace(/[\\\]^-]/gu, "\\$&")}]*`, "gsu");
    const form = [], origin = [];
    for (const match of text.matchAll(kana)) {
      for (const sign of nameForm(match[0])) {
        form.push(sign);
        origin.push(match.index);
      }
    }
    return [longMarks(form.join("")), origin];
  };
  // Pieces of a text, those that were looked for told from the others; null where none is in it.
  const snippet = (text, wanted, around) => {
    const [form, origin] = aligned(text);
    const signs = [...form], spans = [];
    for (const way of wanted.flatMap(spellings).map((one) => [...one])) {
      for (let start = 0; way.length && start + way.length <= signs.length;) {
        if (way.every((sign, place) => signs[start + place] === sign)) {
          spans.push([start, start + way.length]);
          start += way.length;
        } else start++;
      }
    }
    if (!spans.length) return null;
    spans.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    const joined = [];
    for (const [start, end] of spans) {
      const last = joined.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else joined.push([start, end]);
    }
    const after = (place) => origin[place] + String.fromCodePoint(text.codePointAt(origin[place])).length;
    const marked = joined.map(([start, end]) => [origin[start], after(end - 1)]);
    const begin = around === null ? 0 : Math.max(0, marked[0][0] - around);
    const close = around === null ? text.length : Math.min(text.length, marked[0][1] + around);
    const pieces = begin ? [["…", false]] : [];
    let at = begin;
    for (const [start, end] of marked) {
      if (start >= close) break;
      if (start > at) pieces.push([text.slice(at, start), false]);
      pieces.push([text.slice(Math.max(start, at), end), true]);
      at = Math.max(at, end);
    }
    if (at < close) pieces.push([text.slice(at, close), false]);
    if (Math.max(at, close) < text.length) pieces.push(["…", false]);
    return pieces.filter(([piece]) => piece);
  };
  const where = (one, whole, terms) => {
    for (const wanted of [[whole], terms]) {
      for (const [name, text] of [["name", one.ja], ["name", one.en], ["number", one.code ?? ""], ...one.told]) {
        const pieces = text && snippet(text, wanted, text === one.ja || text === one.en ? null : AROUND);
        if (pieces) return [name, pieces];
      }
    }
    return ["name", []];
  };

  globalThis.konkyoSearch = { found, thing, where, load, base };
})();
