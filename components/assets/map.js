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
  if (figure.content !== data.content) receive(root, figure, data.content);
  figure.pinned = new Set(data.pinned);
  pin(root, figure.pinned);
}

// In an embed and an exported page the figure is in the document already, and nobody else is told.
const alone = document.querySelector("main#figure");
if (alone) {
  const figure = { pinned: new Set([...alone.querySelectorAll(".pinned")].map((one) => one.dataset.district)) };
  figure.tell = (what, district) => {
    if (what !== "picked") return;
    figure.pinned = new Set(figure.pinned.has(district) ? [] : [district]);
    pin(alone, figure.pinned);
  };
  listen(alone, figure);
  enhance(alone);
  pin(alone, figure.pinned);
}

// What the server says of a period that the reader has left meanwhile waits until they stop again.
function receive(root, figure, content) {
  const isBusy = figure.held || figure.playing || figure.settling;
  figure.late = undefined;
  if (isBusy && stepsIn(content) === root.querySelector(".time")?.dataset.steps) figure.late = content;
  else show(root, figure, content);
}

function timeIn(content) {
  const made = document.createElement("template");
  made.innerHTML = content;
  return made.content.querySelector(".time");
}

function stepsIn(content) {
  return timeIn(content)?.dataset.steps;
}

function show(root, figure, content) {
  const focused = root.getRootNode().activeElement;
  const selector = focused?.dataset?.district
    ? `${focused.tagName === "path" ? "path" : ".row"}[data-district="${focused.dataset.district}"]`
    : focused?.closest?.(".time") && `.time ${focused.tagName === "INPUT" ? "input" : "." + focused.className}`;
  stop(figure);
  clearTimeout(figure.settling);
  figure.settling = figure.late = undefined;
  root.classList.remove("moving");
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
  root.addEventListener("focusin", (event) => {
    hover(districtOf(event));
    if (event.target.getAttribute("role") === "button") rove(event.target);
  });
  root.addEventListener("focusout", () => hover(undefined));
  root.addEventListener("pointerdown", (event) => {
    figure.held = Boolean(event.target.closest?.(".time input"));
  });
  for (const end of ["pointerup", "pointercancel"]) {
    root.addEventListener(end, () => {
      figure.held = false;
      if (figure.late) settle(root, figure, SETTLED / 2);
    });
  }
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
  path.closest("svg").querySelector(`path[data-district="${best.district}"]`).focus();
}

// Tab comes back to the district that was left.
function rove(path) {
  for (const one of path.closest("svg")?.querySelectorAll("path[tabindex='0']") ?? []) {
    one.setAttribute("tabindex", "-1");
  }
  path.setAttribute("tabindex", "0");
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
  if (!steps.has(time)) steps.set(time, JSON.parse(time.dataset.steps ?? time.querySelector(".steps-of-time").textContent));
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
    figure.settling = undefined;
    const [time, late] = [root.querySelector(".time"), figure.late];
    if (!time || figure.playing) return;
    const at = time.querySelector("input").value;
    if (late && timeIn(late).querySelector("input").getAttribute("value") === at) {
      show(root, figure, late);
      pin(root, figure.pinned);
      return;
    }
    figure.late = undefined;
    figure.tell("settled", stepsOf(time)[Number(at)].period);
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
  const [heading, sentence] = [root.querySelector("header :is(h1, h2)"), root.querySelector("header .sentence")];
  const map = root.querySelector("svg.map");
  const [name, alt] = [map.querySelector("title"), map.querySelector("desc")];
  alt.textContent = alt.textContent
    .replace(heading.textContent, () => one.title)
    .replace(sentence?.textContent, () => one.sentence);
  name.textContent = one.title;
  map.setAttribute("aria-label", one.title);
  heading.textContent = one.title;
  if (sentence) sentence.textContent = one.sentence;
  one.marks.forEach((given, place) => colour(root, time.dataset, AREAS[place], given));
  one.strip.forEach((x, place) => {
    const tick = root.querySelector(`.strip [data-district="${AREAS[place]}"]`) ?? added(root, AREAS[place], x);
    tick?.setAttribute("visibility", x < 0 ? "hidden" : "visible");
    tick?.setAttribute("cx", Math.max(x, 0));
  });
  count(root, time.dataset, one);
  // Table, notes of the classes, reliability: of the period that the server drew, until it brings the new.
  root.classList.toggle("moving", at !== Number(slider.defaultValue));
  rank(root, time.dataset, one);
}

function added(root, district, x) {
  const other = x >= 0 && root.querySelector(".strip circle");
  if (!other) return null;
  const tick = other.cloneNode(true);
  tick.dataset.district = district;
  tick.classList.remove("hover", "pinned");
  tick.querySelector("title").textContent = root.querySelector(`[data-label="${district}"] .name`).textContent;
  other.after(tick);
  return tick;
}

// How many districts are hatched and dotted, in the legend.
function count(root, words, one) {
  const legend = root.querySelector(".legend");
  for (const state of ["missing", "few"]) {
    const found = one.marks.filter(([given]) => given === state).length;
    let key = legend.querySelector(`.key.${state}`);
    if (found && !key) {
      key = document.createElement("span");
      key.className = `key ${state}`;
      key.append(document.createElement("i"), "");
      legend.insertBefore(key, legend.querySelector(state === "missing" ? ".key" : ".key:not(.missing)"));
    }
    if (key) key.lastChild.data = words[`${state}N`].replace("{}", found);
    if (key) key.hidden = !found;
  }
}

function colour(root, words_of, district, [state, value, ranked = "", fill = 0, gap = "", radius = 0]) {
  const rank = /^\d+$/.test(ranked) ? ranked : "";
  const path = root.querySelector(`path[data-district="${district}"]`);
  path.setAttribute("class", `district ${state}${state === "value" && !fill ? " plain" : ""}`);
  if (fill) path.setAttribute("fill", fill);
  else path.removeAttribute("fill");
  const title = path.querySelector("title");
  const spoken = [
    `${title.textContent.split(": ")[0]}: ${state === "few" ? words_of.few : value}`,
    ranked && words_of.rank.replace("{}", ranked),
    gap && words_of.gap.replace("{}", gap),
  ];
  title.textContent = spoken.filter(Boolean).join(", ");
  path.setAttribute("aria-label", title.textContent);
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
  let circle = root.querySelector(`[data-circle="${district}"]`);
  if (radius && !circle) {
    circle = drawn("circle", { cx: places[district].x, cy: places[district].y, "data-circle": district });
    root.querySelector("svg.map > g:nth-of-type(2)").append(circle);
  }
  circle?.setAttribute("r", radius);
  circle?.setAttribute("class", "total" + (value.startsWith("\u2212") ? " negative" : ""));
}

function drawn(tag, attributes) {
  const one = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
  return one;
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

function rank(root, words, one) {
  const list = root.querySelector(".ranking");
  if (!list) return;
  const focused = root.getRootNode().activeElement;
  list.querySelector(".head.value").textContent = one.heads[0];
  list.querySelector(".head.bar").textContent = one.heads[2];
  const change = list.querySelector(".head.change");
  if (change) change.textContent = one.heads[1];
  const there = new Set();
  for (const [place, number, value, moved, note, bar, spark] of one.rows) {
    const area = AREAS[place];
    const row =
      list.querySelector(area === "city" ? ".row.city" : `.row[data-district="${area}"]`) ?? city(list, words);
    const state = area === "city" ? "value" : one.marks[place][0];
    there.add(row);
    const write = (name, words) => {
      const cell = row.querySelector(`.${name}`);
      if (cell) cell.textContent = words;
    };
    write("rank", number);
    write("value", value);
    write("change", moved);
    write("note", note);
    row.classList.toggle("missing", state === "missing");
    row.classList.toggle("few", state === "few");
    row.querySelector(".bar").replaceChildren(...fill(bar));
    const line = row.querySelector(".spark svg");
    line?.querySelector("circle")?.remove();
    if (spark.length) line?.append(drawn("circle", { cx: spark[0], cy: spark[1], r: 3 }));
    list.append(row);
  }
  const last = list.querySelector(".row.city");
  if (last) last.hidden = !there.has(last);
  if (list.contains(focused)) focused.focus({ preventScroll: true }); // a row that moves loses it
}

// The bar of a value: from the city's in the middle, or from the left where there is none.
function fill([left, width, isAround]) {
  if (width === undefined) return [];
  const [bar, track, middle] = ["i", "span", "i"].map((tag) => document.createElement(tag));
  bar.className = isAround ? `fill ${left >= 50 ? "above" : "below"}` : "fill";
  bar.style.left = `${left}%`;
  bar.style.width = `${width}%`;
  track.className = "track";
  middle.className = "middle";
  track.append(bar, middle);
  return isAround ? [track] : [bar];
}

// The row of the city, where the server's period had none.
function city(list, words) {
  const row = list.querySelector(".row[data-district]").cloneNode(true);
  row.className = "row city";
  for (const name of ["data-district", "tabindex", "aria-current"]) row.removeAttribute(name);
  row.querySelector(".name").textContent = words.city;
  const line = row.querySelector(".spark");
  line?.replaceChildren(drawn("svg", { viewBox: words.sparkBox }));
  line?.firstChild.append(drawn("path", { d: words.cityLine }));
  list.append(row);
  return row;
}
