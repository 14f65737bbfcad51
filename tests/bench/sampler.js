// Watches the map from the page around it, one sample an animation frame.
// window.bench.start(frame, districts) … window.bench.stop() → {selected, samples}.
(() => {
  if (window !== window.top) return;

  const bench = { received: 0, selected: null, samples: [], running: false };
  window.bench = bench;

  // Payload bytes of every websocket message, as the browser hands them over.
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(...args) {
      super(...args);
      this.addEventListener("message", ({ data }) => {
        bench.received += data.byteLength ?? data.size ?? data.length;
      });
    }
  };

  // The moment the reader presses the option.
  window.addEventListener("pointerdown", (event) => {
    if (bench.running) bench.selected = event.timeStamp;
  }, { capture: true });

  const shapes = (frame, districts) => {
    const maps = [...document.querySelectorAll(frame)].filter((map) => map.offsetHeight > 1);
    return maps.flatMap((map) => [...(map.contentDocument?.querySelectorAll(districts) ?? [])]);
  };

  const isPainted = (shape) =>
    shape.getAttribute("d")?.length > 20 &&
    shape.getAttribute("fill") !== "none" &&
    shape.checkVisibility({ opacityProperty: true, visibilityProperty: true });

  bench.look = (frame, districts) => {
    const painted = shapes(frame, districts).filter(isPainted);
    const fills = painted.map((shape) => shape.getAttribute("fill")).join(" ");
    return { at: performance.now(), painted: painted.length, fills };
  };

  // Where the shapes stand inside their frame: zoom and pan in eight rectangles.
  bench.places = (frame, districts) =>
    shapes(frame, districts).map((shape) => {
      const { x, y, width, height } = shape.getBoundingClientRect();
      return [x, y, width, height];
    });

  bench.start = (frame, districts) => {
    bench.samples = [];
    bench.selected = null;
    bench.running = true;
    const sample = () => {
      if (!bench.running) return;
      bench.samples.push(bench.look(frame, districts));
      requestAnimationFrame(sample);
    };
    requestAnimationFrame(sample);
  };

  bench.stop = () => {
    bench.running = false;
    return { selected: bench.selected, samples: bench.samples };
  };
})();
