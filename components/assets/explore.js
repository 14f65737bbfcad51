// The explore map. The polygons stand still; a change of view repaints them in place.
(() => {
  const almaty = (window.almaty = {});

  // The font of the page, from the same server; the map stands in a frame of its own.
  const style = document.createElement("style");
  const ranges = {
    latin: "U+0000-00FF,U+2000-206F,U+2212", "latin-ext": "U+20A0-20C0",
    cyrillic: "U+0400-045F,U+0490-0491,U+04B0-04B1", "cyrillic-ext": "U+0460-052F",
  };
  style.textContent =
    Object.entries(ranges).map(([name, range]) =>
      `@font-face{font-family:Inter;font-weight:100 900;unicode-range:${range};` +
      `src:url(/assets/fonts/inter-${name}-wght-normal.woff2) format("woff2")}`).join("") +
    "body .leaflet-container{background:#f6f5f1;font:13px/1.4 Inter,sans-serif;border-radius:6px}" +
    "body .polycentre{background:none;border:0;box-shadow:none;padding:0 3px;font-size:12px;color:#14131a;" +
    "text-shadow:0 0 3px #fff,0 0 3px #fff,0 0 4px #fff}body .polycentre::before{display:none}" +
    "body .leaflet-container.dark{background:#23222a}" +
    ".leaflet-tooltip{font-variant-numeric:tabular-nums}";
  document.head.append(style);

  almaty.mount = (map) => {
    almaty.map = map;
    almaty.paths = {};
    const ground = L.geoJson(window.almatyLayers.districts, {
      style: { color: "#fff", weight: 1.5, fillColor: "#ddd", fillOpacity: 0.88 },
      onEachFeature: (feature, layer) => {
        almaty.paths[feature.id] = layer;
        layer.bindTooltip("", { sticky: true });
        layer.on("mouseover", () => layer.setStyle({ fillOpacity: almaty.streets ? 0.7 : 1 }));
        layer.on("mouseout", () => layer.setStyle({ fillOpacity: almaty.streets ? 0.55 : 0.88 }));
        // The time makes a second click on the same district another answer than the first.
        layer.on("click", () => { feature.properties = { district: feature.id, at: Date.now() }; });
      },
    }).addTo(map);
    almaty.circles = L.layerGroup().addTo(map);
    almaty.marks = L.layerGroup().addTo(map);
    map.fitBounds(ground.getBounds(), { padding: [8, 8] });
    const svg = map.getRenderer(Object.values(almaty.paths)[0])._container;
    svg.insertAdjacentHTML(
      "afterbegin",
      `<defs><pattern id="missing" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
         <rect width="8" height="8" fill="#f1f0ec"/><path d="M0,0v8" stroke="#a5a29a" stroke-width="2"/></pattern>
       <pattern id="few" width="8" height="8" patternUnits="userSpaceOnUse">
         <rect width="8" height="8" fill="#f1f0ec"/><circle cx="4" cy="4" r="1.2" fill="#8e8b84"/></pattern></defs>`,
    );
    if (almaty.state) almaty.paint(almaty.state);
  };

  almaty.paint = (state) => {
    almaty.state = state;
    if (!almaty.map) return;
    almaty.map.getContainer().classList.toggle("dark", state.dark);
    streets(state.streets);
    almaty.circles.clearLayers();
    for (const [id, mark] of Object.entries(state.marks)) {
      const path = almaty.paths[id];
      path.setStyle({
        fillColor: mark.fill || (mark.state === "value" ? "#efede6" : `url(#${mark.state})`),
        color: id === state.pinned ? "#14131a" : "#fff",
        weight: id === state.pinned ? 3 : 1.5,
      });
      if (id === state.pinned) path.bringToFront();
      path.setTooltipContent(words(mark.words));
      if (mark.radius) {
        L.circleMarker(path.getBounds().getCenter(), {
          radius: mark.radius, color: "#5b4ba0", fillOpacity: 0.5, interactive: false,
        }).addTo(almaty.circles);
      }
    }
    own(state.own);
    if (almaty.lang !== state.lang) context(state);
  };

  // The visitor's layer: coordinates only, on a canvas of its own; drawn anew when it is another one.
  const own = (layer) => {
    const text = JSON.stringify(layer);
    if (almaty.ownText === text) return;
    almaty.ownText = text;
    almaty.own?.remove();
    almaty.own = undefined;
    if (!layer) return;
    almaty.own = L.layerGroup().addTo(almaty.map);
    if (!almaty.canvas) {
      Object.assign(almaty.map.createPane("own").style, { zIndex: 450, pointerEvents: "none" }); // above the districts, beneath the words
      almaty.canvas = L.canvas({ padding: 0.3, pane: "own" });
    }
    const look = { renderer: almaty.canvas, pane: "own", interactive: false, color: "#14131a" };
    for (const part of layer.parts) {
      const made = {
        points: () => L.circleMarker(part, { ...look, radius: 2.6, weight: 0.8, color: "#fff", fillColor: "#14131a", fillOpacity: 0.85 }),
        lines: () => L.polyline(part, { ...look, weight: 2 }),
        areas: () => L.polygon(part, { ...look, weight: 1.8, fillOpacity: 0.3 }),
      }[layer.kind]();
      made.addTo(almaty.own);
    }
  };

  // Another host is asked only while the reader wants streets; the credit stands on the map meanwhile.
  const streets = (wanted) => {
    if (wanted && !almaty.streets) {
      almaty.streets = L.tileLayer(wanted.url, { attribution: wanted.credit, maxZoom: 19 }).addTo(almaty.map);
      almaty.credit = L.control.attribution({ prefix: false }).addTo(almaty.map);
      almaty.credit.addAttribution(wanted.credit);
    } else if (!wanted && almaty.streets) {
      almaty.streets.remove();
      almaty.credit.remove();
      almaty.streets = almaty.credit = undefined;
    }
    for (const path of Object.values(almaty.paths)) path.setStyle({ fillOpacity: wanted ? 0.55 : 0.88 });
  };

  // Text nodes only: nothing of a file becomes markup.
  const words = (lines) => {
    const box = document.createElement("div");
    lines.forEach((line, at) => {
      const part = document.createElement(at ? "div" : "strong");
      part.textContent = line;
      box.append(part);
    });
    return box;
  };

  const context = (state) => {
    almaty.lang = state.lang;
    almaty.marks.clearLayers();
    const { stations, polycentres } = window.almatyLayers;
    L.polyline(stations.map((one) => one.at), { color: "#c8102e", weight: 2, opacity: 0.75, interactive: false }).addTo(almaty.marks);
    for (const one of stations) {
      L.circleMarker(one.at, { radius: 4, color: "#c8102e", weight: 2, fillColor: "#fff", fillOpacity: 1 })
        .bindTooltip(words([one[state.lang], state.station])).addTo(almaty.marks);
    }
    for (const one of polycentres) {
      L.circleMarker(one.at, {
        radius: 12, color: "#14131a", weight: 2, dashArray: "3 4", fillColor: "#14131a", fillOpacity: 0.06, interactive: false,
      })
        .bindTooltip(words([one[state.lang]]), {
          permanent: true, direction: one.side, className: "polycentre", offset: { left: [-10, 0], right: [10, 0], top: [0, -8] }[one.side],
        })
        .addTo(almaty.marks);
    }
  };
})();
