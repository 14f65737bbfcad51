/* Draws a chart and reads what it says of its points; runs in the tab that renders, beside plotly.js.
   Gives its size and, of every point with a label, the place and the text that plotly.js writes there. */
async (json, width, height) => {
  const page = document.getElementById("chart"), { data, layout } = JSON.parse(json);
  Plotly.purge(page);
  const size = { width, height: height ?? layout.height, autosize: false };
  await Plotly.newPlot(page, data, { ...layout, ...size }, { displayModeBar: false, doubleClick: false });
  /* plotly.js centres every note on the place it measured; a reader whose font is wider would see it run
     over what it stands beside, so a note keeps the side it was given. */
  for (const note of page.querySelectorAll("g.annotation")) {
    const side = { left: "start", right: "end" }[page._fullLayout.annotations[note.dataset.index].xanchor];
    for (const text of side ? note.querySelectorAll("text") : []) {
      const box = text.getBBox();
      for (const line of [text, ...text.querySelectorAll("tspan.line")]) {
        line.setAttribute("text-anchor", side);
        line.setAttribute("x", side === "start" ? box.x : box.x + box.width);
      }
    }
  }
  /* Nor does a legend scroll in a picture: what would be beyond its window is shown. */
  for (const box of page.querySelectorAll(".legend .scrollbox, .legend")) box.removeAttribute("clip-path");
  const labelled = page.calcdata.flatMap((points, curveNumber) =>
    points[0]?.trace.hoverinfo === "skip" ? [] : points.map((_, pointNumber) => ({ curveNumber, pointNumber })));
  /* All labels at once; those that would cover others are removed again, but seen. Nobody will look at them,
     so they are not measured, which would be nine tenths of the time. */
  const seen = new MutationObserver(() => {}), measure = Element.prototype.getBoundingClientRect;
  seen.observe(page, { childList: true, subtree: true });
  Element.prototype.getBoundingClientRect = () => new DOMRect();
  try {
    if (labelled.length) Plotly.Fx.hover(page, labelled);
  } finally {
    Element.prototype.getBoundingClientRect = measure;
  }
  const nodes = new Set(seen.takeRecords().flatMap((change) => [...change.addedNodes]));
  seen.disconnect();
  const lines = (label) => {
    const parts = [...label.querySelectorAll("tspan.line")];
    return (parts.length ? parts : [label]).map((part) => part.textContent).join("\n").trim();
  };
  const points = [...nodes].filter((node) => node.matches?.("g.hovertext")).map((node) => {
    const { x0, x1, y0, y1, xa, ya, trace, index } = node.__data__;
    const [x, y] = [(x0 + x1) / 2 + xa._offset, (y0 + y1) / 2 + ya._offset];
    return { curve: trace.index, index, x, y, text: lines(node.querySelector("text.nums")), name: trace._input.name ?? "" };
  });
  Plotly.Fx.unhover(page);
  points.sort((a, b) => a.curve - b.curve || a.index - b.index);
  return { points: points.filter((one) => one.text), height: page._fullLayout.height };
}
