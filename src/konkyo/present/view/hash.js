// The whole state in the address, so that a link reopens the view: selection, path, filters, hidden, pinned and moved things, language.

/** A short name of an IRI for the address: 53 bits, so that no two of a file meet, and steady when the file is made anew. */
function shortName(iri) {
  let a = 0xdeadbeef, b = 0x41c6ce57;
  for (let n = 0; n < iri.length; n += 1) {
    const code = iri.charCodeAt(n);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}
let byShortName = null;
const numbersOf = (names) => {
  byShortName ||= new Map(data.things.map((thing, number) => [shortName(thing.iri), number]));
  return names.map((name) => byShortName.get(name)).filter((number) => number != null);
};
const namesOf = (numbers) => [...numbers].sort((a, b) => a - b).map((number) => shortName(data.things[number].iri)).join(",");

/** The address of the state as it is, with another thing selected if one is given. */
function hashOf(number = selected) {
  const parts = [], put = (name, value) => { if (value) parts.push(`${name}=${value}`); };
  put("s", number == null ? "" : encodeURIComponent(data.things[number].iri));
  put("a", pathStart == null ? "" : encodeURIComponent(data.things[pathStart].iri));
  put("k", [...hiddenKinds].map(encodeURIComponent).join(","));
  const levels = data.levels.map((level) => level.name).filter((name) => hiddenLevels.has(name) !== startLevels.includes(name));
  put("l", levels.map(encodeURIComponent).join(","));
  put("h", namesOf(hiddenThings));
  put("p", namesOf(pinned));
  put("g", namesOf(group));
  put("m", [...offsets].sort(([a], [b]) => a - b).map(([at, [dx, dy]]) => `${shortName(data.things[at].iri)}:${dx}:${dy}`).join(","));
  put("x", (server?.fetchedIris() || []).map(encodeURIComponent).join(","));
  if (view.lang !== data.lang || parts.length) put("lang", view.lang);
  return parts.length ? `#${parts.join("&")}` : "";
}

function writeHash(push) {
  const hash = hashOf();
  if (hash === location.hash) return;
  try {
    history[push ? "pushState" : "replaceState"](null, "", hash || location.pathname + location.search);
  } catch { /* a page inside a frame of a notebook may have no address to write */ }
}

const decode = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
const hashValues = () => new Map(location.hash.slice(1).split("&").map((part) => {
  const at = part.indexOf("=");
  return [part.slice(0, at), part.slice(at + 1)];
}));

/** The things whose neighbours the address wants fetched. */
const fetchedInHash = () => (hashValues().get("x") || "").split(",").filter(Boolean).map(decode);

/** Take the state from the address; what it does not name is as at the start. Returns whether it named anything to look at. */
function readHash() {
  const values = hashValues();
  const list = (name) => (values.get(name) || "").split(",").filter(Boolean);
  hiddenKinds = new Set(list("k").map(decode).filter((name) => kindByName.has(name)));
  hiddenLevels = new Set(startLevels);
  for (const name of list("l").map(decode)) if (!hiddenLevels.delete(name) && levelByName.has(name)) hiddenLevels.add(name);
  hiddenThings = new Set(numbersOf(list("h")));
  pinned = new Set(numbersOf(list("p")));
  group = new Set(numbersOf(list("g")));
  offsets = new Map();
  for (const item of list("m")) {
    const [name, dx, dy] = item.split(":"), [number] = numbersOf([name]);
    const far = (text) => /^-?\d{1,6}$/.test(text);
    if (number != null && far(dx) && far(dy)) offsets.set(number, [Number(dx), Number(dy)]);
  }
  pathStart = numberOf.get(decode(values.get("a") || "")) ?? null;
  const lang = values.get("lang");
  switchLanguage(lang === "en" || lang === "ja" ? lang : data.lang);
  return numberOf.get(decode(values.get("s") || "")) ?? null;
}

/** Bring the page in line with the address. */
function followHash() {
  const number = readHash();
  placeAll();
  select(number, { push: false, keepHash: true });
}
/** The same for an address that came from elsewhere, with what it wants fetched. */
function followAddress() {
  followHash();
  server?.restore(fetchedInHash()).then((some) => { if (some) followHash(); });
}
addEventListener("popstate", followAddress);
addEventListener("hashchange", () => { if (location.hash !== hashOf()) followAddress(); });
