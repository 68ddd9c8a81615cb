// A small map of the whole with a frame around what is in sight. It covers a corner, so it is there only once the reader has gone
// somewhere, and not while all is in sight.

const MAP = { width: 168, height: 112, pad: 6, again: 400 };
const small = $("map"), smallPaper = small.getContext("2d");
// The things as they were drawn last, where on the map they are, and when: a graph of thousands is not drawn anew in each frame.
let mapped = null;
// Whether the reader has panned or zoomed; a box that was moved is no journey.
let wandered = false;

function mapGround() {
  if (mapped && performance.now() - mapped.at < MAP.again) return mapped;
  const shown = places.map((_, number) => number).filter(isVisible);
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const number of shown) {
    const [x, y, w, h] = places[number];
    box.left = Math.min(box.left, x - w / 2); box.right = Math.max(box.right, x + w / 2);
    box.top = Math.min(box.top, y - h / 2); box.bottom = Math.max(box.bottom, y + h / 2);
  }
  const scale = Math.min((MAP.width - 2 * MAP.pad) / (box.right - box.left), (MAP.height - 2 * MAP.pad) / (box.bottom - box.top));
  const left = (MAP.width - scale * (box.right - box.left)) / 2, top = (MAP.height - scale * (box.bottom - box.top)) / 2;
  const sheet = Object.assign(document.createElement("canvas"), { width: small.width, height: small.height }), ctx = sheet.getContext("2d");
  ctx.scale(small.width / MAP.width, small.height / MAP.height);
  for (const number of shown) {
    const [x, y, w, h] = places[number];
    ctx.globalAlpha = lit && !lit.nodes.has(number) ? 0.3 : 1;
    ctx.fillStyle = colourOf(view.kindOf(number), view.theme);
    ctx.fillRect(left + scale * (x - w / 2 - box.left), top + scale * (y - h / 2 - box.top), Math.max(1, scale * w), Math.max(1, scale * h));
  }
  mapped = { sheet, box, scale, left, top, at: performance.now(), some: shown.length > 0 };
  return mapped;
}

function paintMap() {
  const { sheet, box, scale, left, top, some } = mapGround(), seen = seenArea();
  const all = seen.left <= box.left && seen.right >= box.right && seen.top <= box.top && seen.bottom >= box.bottom;
  small.hidden = !wandered || !some || all;
  if (small.hidden) return;
  const ratio = small.width / MAP.width;
  smallPaper.setTransform(1, 0, 0, 1, 0, 0);
  smallPaper.clearRect(0, 0, small.width, small.height);
  smallPaper.drawImage(sheet, 0, 0);
  smallPaper.scale(ratio, ratio);
  smallPaper.strokeStyle = view.theme.ink;
  smallPaper.lineWidth = 1.5;
  const x = left + scale * (seen.left - box.left), y = top + scale * (seen.top - box.top);
  smallPaper.strokeRect(Math.max(1, x), Math.max(1, y), Math.min(MAP.width - 2, scale * (seen.right - seen.left)), Math.min(MAP.height - 2, scale * (seen.bottom - seen.top)));
}

/** Bring what stands under the pointer on the map to the middle of the picture. */
function goTo(event) {
  const { box, scale, left, top } = mapGround(), at = small.getBoundingClientRect();
  moved = true;
  network.moveTo({ scale: network.getScale(), position: { x: box.left + (event.clientX - at.left - left) / scale, y: box.top + (event.clientY - at.top - top) / scale } });
  settle();
}

small.width = MAP.width * Math.min(2, devicePixelRatio || 1);
small.height = MAP.height * Math.min(2, devicePixelRatio || 1);
small.addEventListener("pointerdown", (event) => { small.setPointerCapture(event.pointerId); goTo(event); });
small.addEventListener("pointermove", (event) => { if (event.buttons) goTo(event); });
network.on("dragStart", () => { wandered = true; });
network.on("zoom", () => { wandered = true; });
for (const id of ["zoom-in", "zoom-out"]) $(id).addEventListener("click", () => { wandered = true; });
$("whole").addEventListener("click", () => { wandered = false; });
network.on("afterDrawing", paintMap);
