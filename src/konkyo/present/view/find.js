// Search by name, number, date or IRI, with the keyboard.

// NFKC makes ＩＣＴ and ICT one; upper case first, so that ß and ss meet as in full case folding.
const fold = (text) => text.normalize("NFKC").toUpperCase().toLowerCase();
let folded = null; // made at the first search, since folding thousands of labels takes longer than drawing them
const index = () => (folded ||= data.things.map((thing, number) => {
  const facts = thing.facts.flatMap((fact) => [fact.text.ja, fact.text.en]);
  return {
    labels: [thing.label.ja, thing.label.en, ...(thing.names || [])].map(fold),
    iri: fold(thing.iri),
    rest: fold([...Object.values(view.kindOf(number).words), ...facts, ...datesIn([thing.label.ja, ...facts].join("\n")), thing.url].join("\n")),
  };
}));

const ERAS = new Intl.DateTimeFormat("ja-JP-u-ca-japanese-nu-latn", { era: "long", year: "numeric", month: "long", day: "numeric", timeZone: "UTC" });
/** The dates of a text that stand there as 2023-06-16 or 2023-06, as 2023年6月16日 and 令和5年6月16日; a first year as 元年 and 1年. */
function datesIn(text) {
  return [...text.matchAll(/(?<!\d)(\d{4})-(\d\d)(?:-(\d\d))?(?!\d)/g)].flatMap(([, year, month, day]) => {
    const end = day ? `${+day}日` : "", era = ERAS.format(Date.UTC(year, month - 1, day || 1)).replace(/\d+日$/, end);
    return [`${+year}年${+month}月${end}`, era, era.replace("元年", "1年")];
  });
}
const LISTED = 30;
let found = [], active = -1;

function find(query) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const rank = ({ labels, iri, rest }) => {
    let worst = 0;
    for (const word of words) {
      const score = labels.includes(word) ? 0 : labels.some((label) => label.startsWith(word)) ? 1 : labels.some((label) => label.includes(word)) ? 2
        : iri.includes(word) ? 3 : rest.includes(word) ? 4 : Infinity;
      worst = Math.max(worst, score);
    }
    return worst;
  };
  return index().map((entry, number) => [rank(entry), number]).filter(([score]) => score < Infinity)
    .sort(([a, m], [b, n]) => a - b || m - n).map(([, number]) => number);
}

function showResults() {
  const list = $("results"), box = $("search"), query = box.value.trim();
  found = find(query);
  active = found.length ? 0 : -1;
  list.replaceChildren(...found.slice(0, LISTED).map((number, n) => el("li",
    { role: "option", id: `result-${n}`, onmousedown: (event) => { event.preventDefault(); choose(n); } },
    kindIcon(view.kindOf(number), view.lang, view.theme),
    el("span", { class: "result" }, el("span", {}, data.things[number].label[view.lang]),
      el("small", {}, view.kindOf(number).words[view.lang])))));
  if (query && !found.length) list.append(el("li", { class: "none" }, view.t("noMatch")));
  if (found.length > LISTED) list.append(el("li", { class: "none" }, fill(view.t("moreMatches"), { n: found.length - LISTED })));
  list.hidden = !query;
  box.setAttribute("aria-expanded", String(!list.hidden));
  if (query) $("status").textContent = found.length ? fill(view.t("matches"), { n: found.length }) : view.t("noMatch");
  mark();
}

function mark() {
  const items = $("results").querySelectorAll('[role="option"]');
  items.forEach((item, n) => item.setAttribute("aria-selected", String(n === active)));
  if (items[active]) {
    $("search").setAttribute("aria-activedescendant", items[active].id);
    items[active].scrollIntoView({ block: "nearest" });
  } else $("search").removeAttribute("aria-activedescendant");
}

function closeResults() {
  $("results").hidden = true;
  $("search").setAttribute("aria-expanded", "false");
  $("search").removeAttribute("aria-activedescendant");
}

function choose(n) {
  const number = found[n];
  if (number == null) return;
  closeResults();
  select(number);
}

$("search").addEventListener("input", showResults);
$("search").addEventListener("focus", () => { if ($("search").value.trim()) showResults(); });
$("search").addEventListener("blur", closeResults);
$("search").addEventListener("keydown", (event) => {
  if (event.isComposing) return; // Enter and arrows belong to the Japanese input method then
  const last = Math.min(found.length, LISTED) - 1;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if ($("results").hidden) showResults();
    else active = event.key === "ArrowDown" ? Math.min(active + 1, last) : Math.max(active - 1, 0);
    mark();
  } else if (event.key === "Enter" && !$("results").hidden) choose(active);
  else if (event.key === "Escape") {
    if ($("search").value) { $("search").value = ""; closeResults(); } else select(null);
    event.stopPropagation();
  } else return;
  event.preventDefault();
});
