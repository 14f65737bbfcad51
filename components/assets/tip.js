// Tells what stands under the pointer, the finger or the keys: the words are the <title> of each shape.
const root = document.querySelector("main#figure");
const tip = document.createElement("div");
tip.className = "tip";
tip.setAttribute("role", "status");
tip.hidden = true;
root.style.position = "relative";
root.append(tip);

const SHAPES = ".district, .total, .point, .strip circle";
let shown = null;

function tell(shape) {
  if (shape === shown) return;
  shown?.classList.remove("hover");
  shown = shape;
  tip.hidden = !shape;
  if (!shape) return;
  if (shape.classList.contains("point")) shape.classList.add("hover");
  tip.textContent = wordsOf(shape);
  const [box, ground] = [shape.getBoundingClientRect(), root.getBoundingClientRect()];
  const left = box.left + box.width / 2 - ground.left - tip.offsetWidth / 2;
  tip.style.left = `${Math.max(4, Math.min(left, ground.width - tip.offsetWidth - 4))}px`;
  const above = box.top - ground.top - tip.offsetHeight - 8;
  const inside = box.height > 60 ? box.top - ground.top + box.height / 2 - tip.offsetHeight - 28 : above;
  tip.style.top = `${Math.max(4, box.height > 60 ? inside : above > 0 ? above : box.bottom - ground.top + 8)}px`;
}

function wordsOf(shape) {
  return shape.dataset.words ?? shape.querySelector("title")?.textContent ?? "";
}

function nearest(svg, x, y) {
  let best = null;
  for (const point of svg.querySelectorAll(".point")) {
    const box = point.getBoundingClientRect();
    const far = Math.hypot(box.left + box.width / 2 - x, box.top + box.height / 2 - y);
    if (far < 40 && (!best || far < best.far)) best = { far, point };
  }
  return best?.point ?? null;
}

function under(event) {
  const svg = event.target.closest?.(".chart svg");
  tell(svg ? nearest(svg, event.clientX, event.clientY) : event.target.closest?.(SHAPES) ?? null);
}

root.addEventListener("pointermove", under);
root.addEventListener("pointerdown", under);
root.addEventListener("pointerleave", () => tell(null));
root.addEventListener("focusin", (event) => tell(event.target.closest(".district, .point")));
root.addEventListener("focusout", () => tell(null));

// The browser's own tooltip would come on top of this one: the words move out of its reach. Those of a chart
// of many points stand in its first layout alone.
for (const chart of root.querySelectorAll(".chart")) {
  const first = [...chart.querySelector("svg").querySelectorAll(".points title")].map((one) => one.textContent);
  for (const svg of chart.querySelectorAll("svg")) {
    svg.querySelectorAll(".points circle").forEach((point, at) => {
      point.classList.add("point");
      point.dataset.words = first[at];
      point.querySelector("title")?.remove();
    });
  }
}

// Keys: into a chart with Tab, along it with the arrows, out of the words with Escape.
for (const svg of root.querySelectorAll(".chart svg")) {
  const points = [...svg.querySelectorAll(".point")];
  if (!points.length) continue;
  svg.setAttribute("role", "group");
  for (const point of points) {
    point.setAttribute("role", "img");
    point.setAttribute("aria-label", point.dataset.words);
    point.setAttribute("tabindex", "-1");
  }
  points[0].setAttribute("tabindex", "0");
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const next = step && points[points.indexOf(event.target) + step];
    if (event.key === "Escape") tell(null);
    if (!next) return;
    event.preventDefault();
    event.target.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
}

// A page that asked for it hears how high the figure is.
if (parent !== window) {
  // Not the scrollHeight of the document: that is never less than the frame is high.
  const say = () => parent.postMessage({ almaty2050: document.body.getBoundingClientRect().height }, "*");
  new ResizeObserver(say).observe(root);
}
