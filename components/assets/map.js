// Drives a figure's markup: map and list together (hover, focus, pin), arrows from district to district,
// and the time slider. `places` stands before this text: what each district looks like and where it lies.

const known = new WeakMap();
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const AREAS = [...Object.keys(places), "city"];
const SETTLED = 500; // milliseconds without a key before the server hears of a period
const BEAT = 1100; // milliseconds a period stays while time plays

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("#figure");
  if (!known.has(root)) {
    known.set(root, { content: null });
    listen(root, known.get(root));
  }
  const figure = known.get(root);
  figure.tell = setTriggerValue;
  if (figure.content !== data.content) show(root, figure, data.content);
  pin(root, new Set(data.pinned));
}

function show(root, figure, content) {
  const focused = root.getRootNode().activeElement;
  const selector = focused?.dataset?.district
    ? `${focused.tagName === "path" ? "path" : ".row"}[data-district="${focused.dataset.district}"]`
    : focused?.closest?.(".time") && `.time ${focused.tagName === "INPUT" ? "input" : "." + focused.className}`;
  stop(figure);
  root.innerHTML = content;
  figure.content = content;
  enhance(root);
  if (selector) root.querySelector(selector)?.focus();
}

function enhance(root) {
  for (const map of root.querySelectorAll("svg.map:not(.thumbnail)")) {
    map.setAttribute("role", "group");
    map.setAttribute("aria-label", map.querySelector("title").textContent);
    for (const path of map.querySelectorAll("path[data-district]")) {
      if (!path.hasAttribute("d")) path.setAttribute("d", places[path.dataset.district].d);
      path.setAttribute("role", "button");
      path.setAttribute("tabindex", "-1");
      path.setAttribute("aria-label", path.querySelector("title").textContent);
    }
    map.querySelector("path[data-district]")?.setAttribute("tabindex", "0");
  }
  const slider = root.querySelector(".time input");
  if (slider) mark(root, Number(slider.value));
}

function listen(root, figure) {
  const districtOf = (event) => event.target.closest?.("[data-district]")?.dataset.district;
  const hover = (district) => {
    for (const one of root.querySelectorAll("[data-district]")) {
      one.classList.toggle("hover", one.dataset.district === district);
    }
    for (const one of root.querySelectorAll("[data-line]")) {
      one.classList.toggle("hover", one.dataset.line === district);
    }
  };
  root.addEventListener("pointerover", (event) => hover(districtOf(event)));
  root.addEventListener("pointerleave", () => hover(undefined));
  root.addEventListener("focusin", (event) => hover(districtOf(event)));
  root.addEventListener("focusout", () => hover(undefined));
  root.addEventListener("click", (event) => {
    const district = districtOf(event);
    if (district) figure.tell("picked", district);
    const button = event.target.closest?.(".time button");
    if (button) press(root, figure, button);
  });
  root.addEventListener("keydown", (event) => {
    const district = districtOf(event);
    if (!district) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      figure.tell("picked", district);
    } else if (ARROWS[event.key] && event.target.tagName === "path") {
      event.preventDefault();
      step(event.target, ARROWS[event.key]);
    }
  });
  root.addEventListener("input", (event) => {
    if (event.target.closest?.(".time")) {
      stop(figure, root);
      paint(root, Number(event.target.value));
    }
  });
  root.addEventListener("change", (event) => {
    if (event.target.closest?.(".time")) settle(root, figure, SETTLED / 2);
  });
}

// The nearest district in a direction: those that lie most that way win, whether they touch or not.
function step(path, [right, down]) {
  const here = places[path.dataset.district];
  let best = null;
  for (const [district, there] of Object.entries(places)) {
    const [x, y] = [there.x - here.x, there.y - here.y];
    const along = x * right + y * down;
    const aside = Math.abs(x * down) + Math.abs(y * right);
    if (along <= 0 || aside > 2 * along) continue;
    const far = along + 2 * aside - (here.next.includes(district) ? 150 : 0);
    if (!best || far < best.far) best = { far, district };
  }
  if (!best) return;
  const next = path.closest("svg").querySelector(`path[data-district="${best.district}"]`);
  path.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}

function pin(root, pinned) {
  for (const map of root.querySelectorAll("svg.map")) {
    let outline = "";
    for (const one of map.querySelectorAll("path[data-district]")) {
      if (pinned.has(one.dataset.district)) outline += one.getAttribute("d");
      if (one.getAttribute("role") === "button") {
        one.setAttribute("aria-pressed", pinned.has(one.dataset.district) ? "true" : "false");
      }
    }
    map.querySelector(".pin-outline")?.setAttribute("d", outline);
  }
  for (const one of root.querySelectorAll("[data-district], [data-line]")) {
    const on = pinned.has(one.dataset.district ?? one.dataset.line);
    one.classList.toggle("pinned", on);
    if (one.classList.contains("row")) one.setAttribute("aria-current", on ? "true" : "false");
  }
}

// Time: everything below runs without the server, which hears of the period where the reader stops.

const steps = new WeakMap();

function stepsOf(time) {
  if (!steps.has(time)) steps.set(time, JSON.parse(time.dataset.steps));
  return steps.get(time);
}

function press(root, figure, button) {
  const slider = root.querySelector(".time input");
  if (button.className === "play") {
    if (figure.playing) {
      stop(figure, root);
      settle(root, figure, 0);
    } else {
      if (slider.value === slider.max) paint(root, 0);
      figure.playing = setInterval(() => {
        paint(root, Number(slider.value) + 1);
        if (slider.value === slider.max) {
          stop(figure, root);
          settle(root, figure, 0);
        }
      }, BEAT);
      label(button, "❚❚", button.closest(".time").dataset.pause);
    }
    return;
  }
  stop(figure, root);
  paint(root, Number(slider.value) + (button.className === "back" ? -1 : 1));
  settle(root, figure, SETTLED);
}

function stop(figure, root) {
  clearInterval(figure.playing);
  figure.playing = undefined;
  const play = root?.querySelector(".time .play");
  if (play) label(play, "▶", play.closest(".time").dataset.play);
}

function label(button, sign, words) {
  button.textContent = sign;
  button.setAttribute("aria-label", words);
}

function settle(root, figure, wait) {
  clearTimeout(figure.settling);
  figure.settling = setTimeout(() => {
    const time = root.querySelector(".time");
    if (time && !figure.playing) {
      figure.tell("settled", stepsOf(time)[Number(time.querySelector("input").value)].period);
    }
  }, wait);
}

function mark(root, at) {
  const trend = root.querySelector(".time-trend");
  const x = trend?.dataset.x.split(" ")[at];
  const line = trend?.querySelector(".now");
  line?.setAttribute("x1", x);
  line?.setAttribute("x2", x);
}

function paint(root, wanted) {
  const time = root.querySelector(".time");
  const slider = time.querySelector("input");
  const at = Math.min(Math.max(wanted, 0), Number(slider.max));
  const one = stepsOf(time)[at];
  slider.value = at;
  slider.setAttribute("aria-valuetext", one.label);
  time.querySelector("output").textContent = one.label;
  mark(root, at);
  root.querySelector("header h1, header h2").textContent = one.title;
  const sentence = root.querySelector("header .sentence");
  if (sentence) sentence.textContent = one.sentence;
  one.marks.forEach((given, place) => colour(root, AREAS[place], given));
  one.strip.forEach((x, place) => {
    const tick = root.querySelector(`.strip [data-district="${AREAS[place]}"]`);
    tick?.setAttribute("cx", x < 0 ? -99 : x);
  });
  root.querySelector(".strip-notes")?.setAttribute("hidden", ""); // of the period before; the server brings the new
  rank(root, one);
}

function colour(root, district, [state, value, rank = "", fill = 0, radius = 0]) {
  const path = root.querySelector(`path[data-district="${district}"]`);
  path.setAttribute("class", `district ${state}${state === "value" && !fill ? " plain" : ""}`);
  if (fill) path.setAttribute("fill", fill);
  else path.removeAttribute("fill");
  const words = root.querySelector(`[data-label="${district}"]`);
  const [name, shown] = [words.querySelector(".name"), words.querySelector(".value, .absent")];
  let number = words.querySelector(".rank");
  if (rank && !number) {
    number = name.cloneNode();
    number.setAttribute("class", "rank");
    name.before(number);
  }
  if (number) number.textContent = rank && `${rank}\u2009`;
  shown.textContent = value;
  shown.setAttribute("class", state === "missing" ? "absent" : "value");
  words.setAttribute("class", fill && isDark(fill) ? "label on-dark" : "label");
  if (fill) words.style.setProperty("--halo", fill);
  else words.removeAttribute("style");
  const circle = root.querySelector(`[data-circle="${district}"]`);
  circle?.setAttribute("r", radius);
  circle?.setAttribute("class", "total" + (value.startsWith("\u2212") ? " negative" : ""));
}

// Whether white has the higher contrast on a fill (WCAG relative luminance), as `ink` in palette.py.
function isDark(fill) {
  const linear = [1, 3, 5].map((at) => {
    const channel = parseInt(fill.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  return 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05;
}

function rank(root, one) {
  const list = root.querySelector(".ranking");
  if (!list) return;
  list.querySelector(".head.value").textContent = one.heads[0];
  const change = list.querySelector(".head.change");
  if (change) change.textContent = one.heads[1];
  const there = new Set();
  for (const [place, number, value, moved, note, bar, spark] of one.rows) {
    const area = AREAS[place];
    const row = list.querySelector(area === "city" ? ".row.city" : `.row[data-district="${area}"]`);
    if (!row) continue;
    there.add(row);
    const write = (name, words) => {
      const cell = row.querySelector(`.${name}`);
      if (cell) cell.textContent = words;
    };
    write("rank", number);
    write("value", value);
    write("change", moved);
    write("note", note);
    row.classList.toggle("missing", !value);
    const fill = row.querySelector(".fill");
    if (fill) {
      fill.style.left = `${bar[0] ?? 0}%`;
      fill.style.width = `${bar[1] ?? 0}%`;
      if (fill.closest(".track")) fill.className = bar[0] >= 50 ? "fill above" : "fill below";
    }
    const dot = row.querySelector(".spark circle");
    if (dot) {
      dot.setAttribute("cx", spark[0] ?? -99);
      dot.setAttribute("cy", spark[1] ?? -99);
    }
    list.append(row);
  }
  const city = list.querySelector(".row.city");
  if (city) city.hidden = !there.has(city);
}
