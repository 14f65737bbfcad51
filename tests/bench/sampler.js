// Watches the map from the page around it, one sample an animation frame.
// window.bench.start(frame, districts) … window.bench.stop() → {selected, samples}.
(() => {
  if (window !== window.top) return;

  const bench = { received: 0, sent: 0, drawn: null, selected: null, samples: [], running: false };
  window.bench = bench;

  // Payload bytes of every websocket message, as the browser hands them over; messages sent.
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(...args) {
      super(...args);
      this.addEventListener("message", ({ data }) => {
        bench.received += data.byteLength ?? data.size ?? data.length;
      });
    }

    send(data) {
      bench.sent += 1;
      super.send(data);
    }
  };

  // The moment the reader presses the option, or the key that moves a slider.
  for (const kind of ["pointerdown", "keydown"]) {
    window.addEventListener(kind, (event) => {
      if (bench.running) bench.selected ??= event.timeStamp;
    }, { capture: true });
  }

  const shapes = (frame, districts) => {
    const maps = [...document.querySelectorAll(frame)].filter((map) => map.offsetHeight > 1);
    const inside = maps.map((map) => map.contentDocument ?? map.shadowRoot);
    return inside.flatMap((root) => [...(root?.querySelectorAll(districts) ?? [])]);
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

  // Notes when all the districts are painted for the first time, in milliseconds of the page's life.
  bench.watch = (frame, districts, count) => {
    const sample = () => {
      const { at, painted } = bench.look(frame, districts);
      if (painted >= count) bench.drawn = at;
      else requestAnimationFrame(sample);
    };
    requestAnimationFrame(sample);
  };

  // Moves a slider that the browser paints by: script time, and time until the next frame is painted.
  bench.slide = async (frame, districts, slider, at) => {
    const input = shapes(frame, slider)[0];
    const old = bench.look(frame, districts).fills;
    input.value = at;
    const begin = performance.now();
    input.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    const script = performance.now() - begin;
    const changed = bench.look(frame, districts).fills !== old;
    await new Promise(requestAnimationFrame);
    const painted = new MessageChannel();
    await new Promise((done) => {
      painted.port1.onmessage = done;
      painted.port2.postMessage(null);
    });
    return { script, changed, drawn: performance.now() - begin };
  };

  bench.stop = () => {
    bench.running = false;
    return { selected: bench.selected, samples: bench.samples };
  };
})();
