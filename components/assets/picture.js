/* Draws an <svg> of the page anew into another one: every place, colour and size as an attribute, transforms
   worked into the numbers, text as text. Part of trace.js, which takes what is returned at the end. */
(sheet) => {
  const SPACE = "http://www.w3.org/2000/svg";
  const two = (number) => String(+number.toFixed(2));
  const make = (parent, tag, attributes, text) => {
    const made = parent.appendChild(sheet.createElementNS(SPACE, tag));
    for (const [name, value] of Object.entries(attributes))
      if (value != null) made.setAttribute(name, typeof value === "number" ? two(value) : value);
    /* XML has no word for control characters. */
    if (text) made.textContent = text.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "");
    return made;
  };
  const defs = make(sheet.documentElement, "defs", {}), known = new Map();
  const define = (key, tag, attributes, fill) => {
    if (!known.has(key)) {
      known.set(key, `d${known.size}`);
      fill(make(defs, tag, { id: known.get(key), ...attributes }));
    }
    return `url(#${known.get(key)})`;
  };

  /* "rgb(1, 2, 3)", "rgba(1, 2, 3, 0.4)" or "color(srgb 0.1 0.2 0.3 / 0.4)" as #rrggbb and an opacity. */
  const paint = (name, value, opacity = 1) => {
    const parts = value.match(/-?[\d.]+(e-?\d+)?/g) ?? [];
    const alpha = parts.length < 3 ? 0 : (parts[3] ?? 1) * opacity;
    if (!alpha) return { [name]: "none" };
    const unit = value.startsWith("color") ? 255 : 1;
    const hex = parts.slice(0, 3).map((part) => Math.round(part * unit).toString(16).padStart(2, "0"));
    return { [name]: `#${hex.join("")}`, [`${name}-opacity`]: alpha < 1 ? alpha : null };
  };
  const lettering = (style, scale = 1) => ({
    "font-size": parseFloat(style.fontSize) * scale,
    "font-weight": style.fontWeight === "400" ? null : style.fontWeight,
    "font-style": style.fontStyle === "normal" ? null : style.fontStyle,
    "letter-spacing": parseFloat(style.letterSpacing) * scale || null,
    style: /tabular/.test(style.fontVariantNumeric) ? "font-variant-numeric:tabular-nums" : null,
  });
  const shown = (style) => style.visibility === "visible";
  const layered = (style, parent, clip) => {
    const opacity = style.opacity < 1 ? +style.opacity : null;
    return opacity == null && !clip ? parent : make(parent, "g", { opacity, "clip-path": clip });
  };
  const settle = (into, parent) => into !== parent && !into.firstChild && into.remove();

  const SIZES = { rect: "x y width height rx ry", circle: "cx cy r", ellipse: "cx cy rx ry", line: "x1 y1 x2 y2" };
  const turned = (m) => Math.abs(m.b) > 1e-9 || Math.abs(m.c) > 1e-9;
  const matrix = (m) => `matrix(${[m.a, m.b, m.c, m.d, m.e, m.f].map((n) => +n.toFixed(5)).join(" ")})`;
  const baked = (d, m) => {
    let written = "", first = true;
    for (const [, command, rest] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
      const numbers = (rest.match(/-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?/g) ?? []).map(Number);
      const kind = command.toUpperCase(), [e, f] = command === kind || first ? [m.e, m.f] : [0, 0];
      const moved = numbers.map((n, at) => {
        if (kind === "H") return n * m.a + e;
        if (kind === "V") return n * m.d + f;
        if (kind !== "A") return at % 2 ? n * m.d + f : n * m.a + e;
        return [n * m.a, n * m.d, n, n, n, n * m.a + e, n * m.d + f][at % 7];
      });
      written += command + moved.map(two).join(" ").replace(/ -/g, "-");
      first = false;
    }
    return written;
  };
  const shape = (node, m) => {
    const tag = node.localName;
    if (tag === "path") {
      const d = node.getAttribute("d") ?? "", ring = d.match(/^M([\d.]+),0A\1,\1 0 1,1 0,-\1A\1,\1 0 0,1 \1,0Z$/);
      if (ring && m.a === m.d) return ["circle", { cx: m.e, cy: m.f, r: ring[1] * m.a }];
      return d ? ["path", { d: baked(d, m) }] : null;
    }
    if (/^poly/.test(tag)) return [tag, { points: baked(`M${node.getAttribute("points")}`, m).slice(1) }];
    const found = {}, round = tag === "circle" && m.a !== m.d;
    for (const name of (SIZES[round ? "ellipse" : tag] ?? "").split(" ")) {
      const value = node[round && name[0] === "r" ? "r" : name].baseVal.value;
      const across = /^(x|cx|x1|x2|width|r|rx)$/.test(name), place = /x$|y$|\d$/.test(name) && name[0] !== "r";
      if (value || place) found[name] = value * (across ? m.a : m.d) + (place ? (across ? m.e : m.f) : 0);
    }
    return [round ? "ellipse" : tag, found];
  };
  const stroked = (style, m) => {
    const scale = style.vectorEffect === "non-scaling-stroke" ? 1 : Math.sqrt(Math.abs(m.a * m.d - m.b * m.c));
    const wide = parseFloat(style.strokeWidth) * scale, found = paint("stroke", style.stroke, +style.strokeOpacity);
    if (!wide || found.stroke === "none") return {};
    const dashes = style.strokeDasharray === "none" ? null : style.strokeDasharray.split(/,\s*/);
    return {
      ...found,
      "stroke-width": wide,
      "stroke-dasharray": dashes?.map((one) => two(parseFloat(one) * scale)).join(" "),
      "stroke-linecap": style.strokeLinecap === "butt" ? null : style.strokeLinecap,
      "stroke-linejoin": style.strokeLinejoin === "miter" ? null : style.strokeLinejoin,
    };
  };
  const target = (value) => document.getElementById(value.match(/#([^")]+)/)?.[1] ?? "");
  const filled = (style, m) => {
    const pattern = style.fill.startsWith("url") && target(style.fill);
    if (!pattern) return paint("fill", style.fill, +style.fillOpacity);
    const own = pattern.patternTransform.baseVal.consolidate()?.matrix ?? sheet.documentElement.createSVGMatrix();
    const laid = matrix(m.multiply(own)), [w, h] = [pattern.width, pattern.height].map((one) => one.baseVal.value);
    const attributes = { width: w, height: h, patternUnits: "userSpaceOnUse", patternTransform: laid };
    const still = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };
    const fill = (into) => [...pattern.children].forEach((child) => draw(child, into, still));
    return { fill: define(`${pattern.id} ${laid}`, "pattern", attributes, fill) };
  };
  const draw = (node, parent, still) => {
    const style = getComputedStyle(node), tag = node.localName;
    if (style.display === "none" || /^(defs|title|desc|clipPath|pattern|style|script)$/.test(tag)) return;
    const m = still ?? node.getScreenCTM(), hole = style.clipPath.startsWith("url") && target(style.clipPath);
    const cut = (into) => [...hole.children].forEach((child) => make(into, ...shape(child, m)));
    const into = layered(style, parent, hole && define(`${hole.id} ${matrix(m)}`, "clipPath", {}, cut));
    if (tag === "text") words(node, into, m);
    else if (/^(path|rect|circle|ellipse|line|polyline|polygon)$/.test(tag) && shown(style)) {
      const bent = turned(m), here = shape(node, bent ? { a: 1, d: 1, e: 0, f: 0 } : m);
      const look = { ...filled(style, m), ...stroked(style, bent ? { a: 1, b: 0, c: 0, d: 1 } : m) };
      const rule = style.fillRule === "evenodd" ? "evenodd" : null, crisp = style.shapeRendering;
      if (here && (look.fill !== "none" || look.stroke))
        make(into, here[0], { ...here[1], ...look, "fill-rule": rule,
          "shape-rendering": crisp === "auto" ? null : crisp, transform: bent ? matrix(m) : null });
    } else for (const child of node.children) draw(child, into, still);
    settle(into, parent);
  };
  const words = (node, parent, m) => {
    const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT), bent = turned(m);
    const scale = bent ? 1 : m.d, lines = [];
    for (let at = 0, run; (run = walk.nextNode()); at += run.length) {
      const owner = run.parentElement, style = getComputedStyle(owner);
      if (style.display === "none") at -= run.length; /* such letters are not counted */
      if (style.display === "none" || !run.length) continue;
      const placed = owner.hasAttribute("x") && owner.firstChild === run;
      if (placed || !lines.length) {
        const start = node.getStartPositionOfChar(at), anchor = style.textAnchor;
        const x = anchor === "start" ? start.x : (placed ? owner : node).x.baseVal[0]?.value ?? 0;
        const [px, py] = bent ? [x, start.y] : [x * m.a + m.e, start.y * m.d + m.f];
        lines.push({ x: px, y: py, anchor: anchor === "start" ? null : anchor, runs: [] });
      }
      if (shown(style)) lines.at(-1).runs.push([run.data, style]);
    }
    for (const { x, y, anchor, runs } of lines.filter((line) => line.runs.length)) {
      const place = { x, y, "text-anchor": anchor, transform: bent ? matrix(m) : null };
      /* Outlines lie under letters: as a copy beneath them, since not every program knows paint-order. */
      const halo = runs.some(([, style]) => /stroke/.test(style.paintOrder) && stroked(style, m)["stroke-width"]);
      for (const under of halo ? [true, false] : [false]) {
        const line = make(parent, "text", { ...place, "aria-hidden": under ? "true" : null });
        for (const [text, style] of runs) {
          const ink = under ? { fill: "none", ...stroked(style, { ...m, a: scale, d: scale, b: 0, c: 0 }) }
            : paint("fill", style.fill, +style.fillOpacity * (runs.length > 1 ? +style.opacity : 1));
          make(line, "tspan", { ...lettering(style, scale), ...ink }, text);
        }
      }
    }
  };
  return { make, define, defs, paint, lettering, shown, layered, settle, draw, two };
}
