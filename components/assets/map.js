// Shows a figure's markup and keeps the map and its list together: hover, focus, pin.

const state = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("#figure");
  let known = state.get(root);
  if (!known) {
    known = { content: null, pick: null };
    state.set(root, known);
    listen(root, known);
  }
  known.pick = (district) => setTriggerValue("picked", district);
  if (known.content !== data.content) {
    const focused = root.getRootNode().activeElement?.dataset?.district;
    root.innerHTML = data.content;
    known.content = data.content;
    if (focused) root.querySelector(`.row[data-district="${focused}"]`)?.focus();
  }
  pin(root, new Set(data.pinned));
}

function listen(root, known) {
  const districtOf = (event) => event.target.closest?.("[data-district]")?.dataset.district;
  const hover = (district) => {
    for (const one of root.querySelectorAll("[data-district]")) {
      one.classList.toggle("hover", one.dataset.district === district);
    }
  };
  root.addEventListener("pointerover", (event) => hover(districtOf(event)));
  root.addEventListener("pointerleave", () => hover(undefined));
  root.addEventListener("click", (event) => {
    const district = districtOf(event);
    if (district) known.pick(district);
  });
  root.addEventListener("keydown", (event) => {
    const district = districtOf(event);
    if (district && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      known.pick(district);
    }
  });
}

function pin(root, pinned) {
  let outline = "";
  for (const one of root.querySelectorAll("[data-district]")) {
    const on = pinned.has(one.dataset.district);
    one.classList.toggle("pinned", on);
    if (one.classList.contains("row")) one.setAttribute("aria-current", on ? "true" : "false");
    if (on && one.tagName === "path") outline += one.getAttribute("d");
  }
  root.querySelector(".pin-outline")?.setAttribute("d", outline);
}
