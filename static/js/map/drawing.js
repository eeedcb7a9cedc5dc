/* Drawing a box on the map: press, drag, let go; Escape leaves it. */

import { palette } from "./theme.js";

const L = globalThis.L;

/** `done(box)` gets the box in microdegrees. */
export function addDrawing(map, done) {
  const container = map.getContainer();
  const frame = L.rectangle([[0, 0], [0, 0]], { interactive: false, weight: 1.5, dashArray: "6 4", fillOpacity: 0.06 });
  let corner = null;

  const drawing = {
    isActive: false,
    start() {
      drawing.isActive = true;
      map.dragging.disable();
      container.parentElement.classList.add("drawing");
    },
    stop() {
      drawing.isActive = false;
      corner = null;
      map.dragging.enable();
      container.parentElement.classList.remove("drawing");
    },
    /** Shows the box a filter holds; null takes it away. */
    show(box) {
      if (!box) return void frame.remove();
      const [west, south, east, north] = box.map((micro) => micro / 1e6);
      frame.setBounds([[south, west], [north, east]]).setStyle({ color: palette().accent }).addTo(map);
    },
  };

  map.on("mousedown", ({ latlng }) => { if (drawing.isActive) corner = latlng; });
  map.on("mousemove", ({ latlng }) => { if (corner) drawing.show(boxOf(corner, latlng)); });
  map.on("mouseup", ({ latlng }) => {
    if (!corner) return;
    const box = boxOf(corner, latlng);
    // The click that ends the drag is not a click on a mark.
    setTimeout(() => drawing.stop());
    if (box[0] < box[2] && box[1] < box[3]) done(box);
  });
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape" && drawing.isActive) drawing.stop(); });
  return drawing;
}

function boxOf(a, b) {
  const micro = (degrees) => Math.round(degrees * 1e5) * 10;
  return [Math.min(a.lng, b.lng), Math.min(a.lat, b.lat), Math.max(a.lng, b.lng), Math.max(a.lat, b.lat)].map(micro);
}
