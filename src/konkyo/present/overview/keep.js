// What a reader keeps of the rows. By the year of an edition and by the level of a link citations are kept, and the projects that
// have one left; by the amount and by the ministry projects are kept.

// A row may have the levels of its editions as its last item, where they are not all as usual.
const LEVELS = 6, USUAL = data.levels.findIndex((level) => level.code === "derived");
const yearOfEdition = (edition) => data.editions[edition][1] ? Number(data.editions[edition][1].slice(0, 4)) : null;
const levelAt = (row, place) => row[LEVELS]?.[place] ?? USUAL;
// Amounts stand in classes, each from one of these on.
const AMOUNTS = [0, 1, 1e8, 1e9, 1e10, 1e11, 1e12];
const classOf = (row) => row[YEN] === null ? null : AMOUNTS.findLastIndex((least) => row[YEN] >= least);

/** A range is [from, to], either of which may be open, or "none": what states no value. */
const within = (range, value) => !range.length || (range === "none" ? value === null
  : value !== null && value >= (range[0] ?? -Infinity) && value <= (range[1] ?? Infinity));
const keepsAll = () => Object.values(state.keep).every((kept) => !kept.length);

/** A row with the citations that are kept; null where the row is not. `without` names what is left out of account. */
function kept(row, without) {
  const of = (name) => name === without ? [] : state.keep[name];
  if (!within(of("amount"), classOf(row))) return null;
  if (of("only").length && !row[MINISTRIES].some((ministry) => of("only").includes(ministry))) return null;
  if (!of("issued").length && !of("level").length) return row;
  const places = row[EDITIONS].map((_, place) => place).filter((place) => within(of("issued"), yearOfEdition(row[EDITIONS][place]))
    && (!of("level").length || of("level").includes(levelAt(row, place))));
  if (!places.length || places.length === row[EDITIONS].length) return places.length ? row : null;
  const made = [...row];
  made[EDITIONS] = places.map((place) => row[EDITIONS][place]);
  made[LEVELS] = places.map((place) => levelAt(row, place));
  return made;
}

/** What is kept, in words; empty where all is. */
const KEPT = {
  issued: (range) => range === "none" ? t("noEdition") : t(range[0] === range[1] ? "keptYear" : range[0] === null ? "keptUntil" : range[1] === null ? "keptSince" : "keptYears", { from: range[0], to: range[1] }),
  amount: (range) => {
    if (range === "none") return t("keptNoAmount");
    const [from, to] = range, name = to === null ? "amountSince" : !from ? (to === 0 ? "amountZero" : "amountUntil") : "amountBetween";
    return t(name, { from: moneyLabel(AMOUNTS[from ?? 0]), to: moneyLabel(AMOUNTS[(to ?? 0) + 1] ?? 0) });
  },
  only: (keys) => keys.slice(0, 3).map((key) => nameOf("ministry", key)).join(t("and")) + (keys.length > 3 ? t("andOthers", { n: keys.length - 3 }) : ""),
  level: (keys) => keys.map((key) => data.levels[key].name[state.lang]).join(t("and")),
};
const keptNames = () => Object.keys(KEPT).filter((name) => state.keep[name].length);
const keptText = (name) => KEPT[name](state.keep[name]);

// --- in the address ------------------------------------------------------------------------------------------

const rangeText = (range) => range === "none" ? range : range.map((end) => end ?? "").join("..");
function rangeOf(text) {
  const ends = /^(-?\d{0,6})\.\.(-?\d{0,6})$/.exec(text ?? "");
  if (!ends) return text === "none" ? text : [];
  const range = [ends[1], ends[2]].map((end) => end === "" ? null : Number(end));
  return range[0] === null && range[1] === null ? [] : range;
}

const amongAmounts = (range) => range === "none" ? range : range.map((end) => end === null ? null : Math.min(Math.max(end, 0), AMOUNTS.length - 1));

function putKept(told) {
  for (const name of ["issued", "amount"]) if (state.keep[name].length) told.set(name, rangeText(state.keep[name]));
  for (const key of state.keep.only) told.append("only", idOf("ministry", key));
  for (const key of state.keep.level) told.append("level", data.levels[key].code);
}

function readKept(told) {
  return {
    issued: rangeOf(told.get("issued")), amount: amongAmounts(rangeOf(told.get("amount"))),
    only: unique(told.getAll("only").map((id) => keyOf("ministry", id)).filter((key) => typeof key === "number")),
    level: unique(told.getAll("level").map((code) => data.levels.findIndex((level) => level.code === code)).filter((key) => key >= 0)),
  };
}
