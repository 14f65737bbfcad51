/* Writes what an element shows, laid out, as one SVG without styles: boxes, borders, text line by line, and
   pictures as picture.js draws them. Runs in the tab that renders, never at a reader's. Gives its markup. */
(pictures) => (selector, named, width, height) => {
  const sheet = document.implementation.createDocument("http://www.w3.org/2000/svg", "svg");
  const { make, define, defs, paint, lettering, shown, layered, settle, draw, two } = pictures(sheet);
  const svg = sheet.documentElement, pens = new Map();
  const pen = (style) => {
    const font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    if (!pens.has(font)) {
      const context = document.createElement("canvas").getContext("2d");
      context.font = font;
      pens.set(font, Math.round(context.measureText("x").fontBoundingBoxAscent));
    }
    return pens.get(font);
  };
  const written = (node, parent) => {
    const style = getComputedStyle(node.parentElement), range = document.createRange(), text = node.data;
    if (!shown(style) || !text.trim()) return;
    const across = (from, to) => (range.setStart(node, from), range.setEnd(node, to), range.getClientRects());
    const lines = [];
    const single = across(0, text.length).length === 1;
    for (let at = 0; at < text.length; at++) {
      if (/[ \t\r\n]/.test(text[at])) continue;
      const top = single ? 0 : across(at, at + 1)[0]?.top ?? 0;
      if (lines.length && Math.abs(lines.at(-1).top - top) < 2) lines.at(-1).to = at + 1;
      else lines.push({ top, from: at, to: at + 1 });
    }
    for (const { from, to } of lines) {
      const rects = across(from, to), [first, last] = [rects[0], rects[rects.length - 1]];
      if (!first?.width) continue;
      const end = /right|end/.test(style.textAlign), middle = style.textAlign === "center";
      const x = end ? last.right : middle ? (first.left + last.right) / 2 : first.left;
      const y = first.top + pen(style);
      const look = { ...lettering(style), ...paint("fill", style.color) };
      make(parent, "text", { x, y, "text-anchor": end ? "end" : middle ? "middle" : null, ...look },
        text.slice(from, to).replace(/[ \t\r\n]+/g, " "));
      if (/underline/.test(style.textDecorationLine))
        make(parent, "rect", { x: first.left, y: y + 2.5, width: last.right - first.left, height: 1,
          ...paint("fill", style.textDecorationColor) });
    }
  };
  const striped = (image, { left, top, width: wide, height: tall }) => {
    const colours = image.match(/(rgba?|color)\([^)]*\)/g) ?? [], sizes = (image.match(/[\d.]+(?=px)/g) ?? []).map(Number);
    const ink = colours.find((one) => paint("fill", one).fill !== "none") ?? "none";
    if (/^linear/.test(image)) {
      const stop = (one, at, all) => ({ offset: at / (all.length - 1), ...paint("stop-color", one), "stop-color-opacity": null });
      return define(image, "linearGradient", {}, (into) => colours.forEach((one, at, all) => make(into, "stop", stop(one, at, all))));
    }
    const step = /^radial/.test(image) ? 5 : Math.max(...sizes), from = sizes.at(-2) ?? 0;
    const laid = `translate(${two(left)} ${two(top)})` + (/^radial/.test(image) ? "" : " rotate(45)");
    const attributes = { width: step, height: step, patternUnits: "userSpaceOnUse", patternTransform: laid };
    return define(image + laid, "pattern", attributes, (into) =>
      /^radial/.test(image)
        ? make(into, "circle", { cx: step / 2, cy: step / 2, r: 1.3, ...paint("fill", ink) })
        : make(into, "rect", { x: from, width: step - from, height: step, ...paint("fill", ink) }));
  };
  const SIDES = ["Top", "Right", "Bottom", "Left"];
  const box = (element, style, rect, parent) => {
    const { left: x, top: y, width: w, height: h } = rect, ground = paint("fill", style.backgroundColor);
    const edges = SIDES.map((side) => ({ wide: parseFloat(style[`border${side}Width`]), colour: style[`border${side}Color`] }));
    const all = edges.every((one) => one.wide && one.wide === edges[0].wide && one.colour === edges[0].colour);
    const inset = all ? edges[0].wide / 2 : 0, corner = style.borderTopLeftRadius;
    const radius = Math.min(parseFloat(corner) * (corner.endsWith("%") ? w / 100 : 1), w / 2, h / 2) - inset;
    const frame = { x: x + inset, y: y + inset, width: w - 2 * inset, height: h - 2 * inset, rx: radius > 0 ? radius : null };
    const outline = all ? { ...paint("stroke", edges[0].colour), "stroke-width": 2 * inset } : {};
    if (w <= 0 || h <= 0) return;
    if (style.backgroundImage !== "none") {
      if (ground.fill !== "none") make(parent, "rect", { ...frame, ...ground });
      ground.fill = striped(style.backgroundImage, rect);
    }
    if (ground.fill !== "none" || (all && outline.stroke !== "none")) make(parent, "rect", { ...frame, ...ground, ...outline });
    if (!all) edges.forEach(({ wide, colour }, at) => {
      const along = at % 2 ? { width: wide, height: h } : { width: w, height: wide };
      const place = { x: at === 1 ? x + w - wide : x, y: at === 2 ? y + h - wide : y };
      if (wide && paint("fill", colour).fill !== "none") make(parent, "rect", { ...place, ...along, ...paint("fill", colour) });
    });
  };
  const visit = (element, parent) => {
    const style = getComputedStyle(element);
    if (!element.checkVisibility() && style.display !== "contents") return;
    const into = layered(style, parent, null);
    if (element.localName === "svg") draw(element, into);
    else {
      if (shown(style)) for (const rect of element.getClientRects()) box(element, style, rect, into);
      if (style.display === "list-item" && style.listStyleType === "disc") {
        const size = parseFloat(style.fontSize), rect = element.getClientRects()[0];
        const middle = rect.top + parseFloat(style.paddingTop) + parseFloat(style.lineHeight) / 2;
        make(into, "circle", { cx: rect.left - size * 0.8, cy: middle - size * 0.02, r: size * 0.15, ...paint("fill", style.color) });
      }
      for (const child of element.childNodes)
        if (child.nodeType === 3) written(child, into);
        else if (child.nodeType === 1) visit(child, into);
    }
    settle(into, parent);
  };
  if (named && document.title) make(svg, "title", {}, document.title);
  const ground = [document.documentElement, document.body].map((one) => paint("fill", getComputedStyle(one).backgroundColor));
  const found = ground.find((one) => one.fill !== "none");
  if (named && found) make(svg, "rect", { width, height, ...found });
  visit(document.querySelector(selector), svg);
  for (const [name, value] of [["viewBox", `0 0 ${width} ${height}`], ["role", "img"]]) svg.setAttribute(name, value);
  if (!defs.firstChild) defs.remove();
  return new XMLSerializer().serializeToString(svg);
}
