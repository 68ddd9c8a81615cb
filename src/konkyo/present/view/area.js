// Selection by rectangle: drag with Shift, or with the button pressed; by keys, s adds or takes what is selected, Shift with an arrow
// goes on and adds. What is gathered is lit, and is exported, kept, hidden or pinned as one.

let band = null, drawing = false;
const gathered = (number) => group.has(number);

function gather(numbers) {
  group = new Set(numbers);
  update();
  writeHash(false);
  tell(group.size ? fill(view.t("gathered"), { n: group.size }) : view.t("cleared"), false);
}

/** What is said and can be done while things are gathered. */
function fillArea() {
  for (const number of group) if (!isVisible(number)) group.delete(number);
  const focused = document.activeElement?.closest("#area-bar")?.querySelectorAll("button"), at = focused ? [...focused].indexOf(document.activeElement) : -1;
  $("area-bar").hidden = !group.size;
  $("area").setAttribute("aria-pressed", String(drawing));
  if (!group.size) { $("area-bar").replaceChildren(); if (at >= 0) container.focus(); return; }
  const act = (text, run) => el("button", { type: "button", onclick: run }, view.t(text));
  $("area-bar").replaceChildren(
    el("span", {}, fill(view.t("gathered"), { n: group.size })),
    act("keepOnly", () => change(() => { data.things.forEach((_, number) => { if (!gathered(number) && isVisible(number)) { hiddenThings.add(number); pinned.delete(number); } }); })),
    act("hide", () => { const gone = [...group]; change(() => { for (const number of gone) { pinned.delete(number); hiddenThings.add(number); } }); }),
    act("pin", () => change(() => { for (const number of group) pinned.add(number); })),
    act("saveCsv", savers.csv),
    act("letGo", () => { gather([]); container.focus(); }),
  );
  if (at >= 0) $("area-bar").querySelectorAll("button")[at]?.focus();
}

function switchArea(on) {
  drawing = on;
  container.classList.toggle("drawing", on);
  fillArea();
}
$("area").addEventListener("click", () => { switchArea(!drawing); tell(view.t(drawing ? "areaOn" : "areaOff")); });

const frameOf = ({ x0, y0, x1, y1 }) => ({ left: Math.min(x0, x1), top: Math.min(y0, y1), right: Math.max(x0, x1), bottom: Math.max(y0, y1) });

container.addEventListener("pointerdown", (event) => {
  if (event.button !== 0 || !(drawing || event.shiftKey)) return;
  event.stopImmediatePropagation();
  event.preventDefault();
  container.focus({ preventScroll: true });
  const { left, top } = container.getBoundingClientRect(), x = event.clientX - left, y = event.clientY - top;
  band = { x0: x, y0: y, x1: x, y1: y, before: event.shiftKey ? [...group] : [], pointer: event.pointerId };
  container.setPointerCapture(event.pointerId);
}, true);
container.addEventListener("pointermove", (event) => {
  if (!band || event.pointerId !== band.pointer) return;
  const { left, top } = container.getBoundingClientRect();
  [band.x1, band.y1] = [event.clientX - left, event.clientY - top];
  const box = frameOf(band);
  Object.assign($("area-frame").style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.right - box.left}px`, height: `${box.bottom - box.top}px` });
  $("area-frame").hidden = false;
  event.stopImmediatePropagation();
}, true);
function closeBand(event) {
  if (!band || event.pointerId !== band.pointer) return;
  const { before, ...ends } = band, box = frameOf(ends);
  band = null;
  $("area-frame").hidden = true;
  if (event.type === "pointercancel") return;
  event.stopImmediatePropagation();
  const from = network.DOMtoCanvas({ x: box.left, y: box.top }), to = network.DOMtoCanvas({ x: box.right, y: box.bottom });
  const inside = ([x, y, w, h]) => x + w / 2 >= from.x && x - w / 2 <= to.x && y + h / 2 >= from.y && y - h / 2 <= to.y;
  gather([...before, ...places.map((_, number) => number).filter((number) => isVisible(number) && inside(places[number]))]);
}
for (const name of ["pointerup", "pointercancel"]) container.addEventListener(name, closeBand, true);

/** Whether a key on the picture was for gathering. */
function gatherByKey(event) {
  if (event.key === "s" && selected != null) { gather(gathered(selected) ? [...group].filter((number) => number !== selected) : [...group, selected]); return true; }
  if (!event.shiftKey || !event.key.startsWith("Arrow") || selected == null) return false;
  const next = beside(selected, event.key), kept = [...group, selected];
  if (next != null) { group = new Set([...kept, next]); select(next); gather([...kept, next]); }
  return true;
}
