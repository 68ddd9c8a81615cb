"use strict";
// What a query names, told from its text alone; and values of parameters as terms. A value never becomes SPARQL by itself.
(() => {
  const TOKEN = new RegExp(
    String.raw`(?<comment>#[^\n\r]*)|(?<iri><[^<>"{}|^${"`"}\\\x00-\x20]*>)` +
    String.raw`|(?<text>"""(?:[^\\]|\\.)*?"""|'''(?:[^\\]|\\.)*?'''|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')` +
    String.raw`|(?<variable>[?$][\p{L}\p{N}_]+)|(?<name>(?:[\p{L}_][\p{L}\p{N}_.-]*)?:(?:[\p{L}\p{N}_:.-]|%[0-9A-Fa-f]{2}|\\.)*)` +
    String.raw`|(?<number>\d[\d.eE]*)|(?<tag>@[A-Za-z-]+)|(?<word>[\p{L}_][\p{L}\p{N}_]*)|(?<sign>\S)`, "gsu");
  const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
  // These look at more than the triples of what they name.
  const OPEN = new Set(["GRAPH", "DESCRIBE", "SERVICE", "FROM", "BASE", "LOAD"]);
  const LISTS = new Set(["SELECT", "BY", "VALUES", "HAVING"]);
  const TERMS = new Set(["iri", "name", "variable", "text", "number"]);

  // Which IRIs a query names, and whether it looks only at triples whose predicates and classes it names: null where that is
  // not sure, as with a variable for a predicate.
  const namesOf = (text) => {
    const tokens = [];
    for (const match of text.matchAll(TOKEN)) {
      const [kind, value] = Object.entries(match.groups).find(([, found]) => found !== undefined);
      if (kind === "tag") continue;
      if (kind !== "comment") tokens.push({ kind, value: value, upper: kind === "word" ? value.toUpperCase() : value });
    }
    const prefixes = new Map(), iris = new Set();
    let sure = !/\\[uU]/.test(text), list = false;
    const iriOf = ({ kind, value }) => {
      if (kind === "iri") return value.slice(1, -1);
      const [, prefix, local] = /^([^:]*):(.*)$/su.exec(value.replace(/\.+$/u, ""));
      return prefixes.has(prefix) ? prefixes.get(prefix) + local.replace(/\\(.)/gsu, "$1") : null;
    };
    for (let place = 0; place < tokens.length; place++) {
      const token = tokens[place], before = tokens[place - 1], after = tokens[place + 1];
      if (token.upper === "PREFIX" && after?.kind === "name" && tokens[place + 2]?.kind === "iri") {
        prefixes.set(after.value.slice(0, -1), tokens[place + 2].value.slice(1, -1));
        place += 2;
        continue;
      }
      if (token.kind === "word") {
        if (OPEN.has(token.upper)) sure = false;
        if (token.value === "a" && !["iri", "name"].includes(after?.kind)) sure = false;
        list = LISTS.has(token.upper) || (list && token.upper !== "WHERE");
      } else if (token.value === "{") list = false;
      else if (token.kind === "iri" || token.kind === "name") {
        const iri = iriOf(token);
        if (iri === TYPE) sure = false;
        if (iri !== null) iris.add(iri);
      } else if (token.kind === "variable" && !list) {
        const follows = before && (TERMS.has(before.kind) || ["]", ")", "[", ";"].includes(before.value));
        if (follows && after && (TERMS.has(after.kind) || ["[", "("].includes(after.value))) sure = false;
      } else if (token.value === "!") {
        const next = after?.value === "(" ? tokens[place + 2] : after;
        if (next && (["iri", "name"].includes(next.kind) || ["^", "a"].includes(next.value))) sure = false;
      }
    }
    return { iris, sure };
  };

  const quoted = (text) => `"${text.replace(/[\\"\n\r\t]/gu, (sign) => ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" })[sign])}"`;
  const iriTerm = (text) => (/^[a-z][a-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\\x7f]+$/iu.test(text) ? `<${text}>` : null);
  const ERAS = { 令和: 2018, R: 2018, 平成: 1988, H: 1988, 昭和: 1925, S: 1925 };
  const yearOf = (text) => {
    const plain = text.normalize("NFKC").trim();
    const western = /^(?:FY)?([12]\d{3})(?:年度?)?$/iu.exec(plain);
    if (western) return Number(western[1]);
    const era = /^(令和|平成|昭和|[RHS])(元|\d{1,2})(?:年度?)?$/iu.exec(plain);
    return era ? ERAS[era[1].toUpperCase()] + (era[2] === "元" ? 1 : Number(era[2])) : null;
  };
  // A value as a term; null where it is none of the parameter's kind.
  const termOf = (parameter, value, { ids, codes, years }) => {
    switch (parameter.kind) {
      case "iri": return iriTerm(value) ?? (/^[\w-]+\/\S+$/u.test(value) ? iriTerm(ids + value) : null);
      case "text": return quoted(value);
      case "integer": return /^[+-]?\d{1,30}$/u.test(value) ? `"${value}"^^<http://www.w3.org/2001/XMLSchema#integer>` : null;
      case "code": return parameter.choices.includes(value) || (!parameter.choices.length && /^[\w-]+$/u.test(value)) ? iriTerm(codes + value) : null;
      case "year": return yearOf(value) === null ? null : iriTerm(years + yearOf(value));
      default: return null;
    }
  };
  // All in one pass: one value's text may itself look like the place of another parameter.
  const bound = (text, terms) =>
    text.replace(/VALUES \?(\w+) \{ UNDEF \}/gu, (place, name) => (Object.hasOwn(terms, name) ? `VALUES ?${name} { ${terms[name]} }` : place));

  // A cell of CSV: no formula for a spreadsheet (konkyo.present.text.csv).
  const HARMLESS = /^(?:[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+|%)?|[-－])$/u;
  const cell = (text) => {
    const guarded = /^[=+\-@\t\n＝＋－＠']/u.test(text) && !HARMLESS.test(text) ? `'${text}` : text;
    return /[",\n\r]/u.test(guarded) ? `"${guarded.replace(/"/gu, '""')}"` : guarded;
  };
  const csv = (rows) => `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;

  globalThis.konkyoTerms = { namesOf, termOf, bound, quoted, csv };
})();
