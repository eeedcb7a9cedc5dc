/* Drawing an area, corner by corner: with the mouse and with fingers by clicks, with the keyboard at the cross in the middle of the map. */

import { FEWEST, MOST, isArea } from "../data/area.js";
import { palette } from "./theme.js";

const L = globalThis.L;
const NEAR = 12; // pixels: a click this near the first corner closes the line
const SAME = 4; // pixels: the second click of a double click is no corner of its own

/** `bar` holds the hint and the buttons; `done(corners)` gets the area in microdegrees. */
export function addDrawing(map, bar, { words, done }) {
  const frame = map.getContainer().parentElement;
  const line = L.polygon([], { interactive: false, weight: 1.5, dashArray: "6 4", fillOpacity: 0.06 });
  const dots = L.layerGroup();
  const part = (name) => bar.querySelector(`[data-draw-${name}]`);
  let corners = [];
  let shown = null;

  const drawing = {
    isActive: false,
    start() {
      if (!bar) return;
      corners = [];
      drawing.isActive = true;
      map.doubleClickZoom.disable();
      frame.classList.add("drawing");
      bar.hidden = false;
      dots.addTo(map);
      follow();
      map.getContainer().focus();
    },
    stop() {
      drawing.isActive = false;
      corners = [];
      map.doubleClickZoom.enable();
      frame.classList.remove("drawing");
      bar.hidden = true;
      dots.remove();
      drawing.show(shown);
    },
    /** Shows what a filter holds, a box and an area or one of them; null takes it away. */
    show(filter) {
      shown = filter;
      if (!drawing.isActive) trace([filter?.area, filter?.bbox && box(filter.bbox)].filter(Boolean));
    },
  };

  function trace(rings) {
    if (!rings.some((ring) => ring.length)) return void line.remove();
    line.setLatLngs(rings.map((ring) => [ring.map(degrees)])).setStyle({ color: palette().accent }).addTo(map);
  }

  /** The line so far, with the pointer's place as the corner to come. */
  function follow(pointer = null) {
    trace([pointer ? [...corners, pointer] : corners]);
    dots.clearLayers();
    const style = { radius: 4, weight: 1.5, color: palette().accent, fillColor: palette().surface, fillOpacity: 1, interactive: false };
    for (const corner of corners) L.circleMarker(degrees(corner), style).addTo(dots);
    const isCrossed = corners.length >= FEWEST && !isArea(corners);
    part("hint").textContent = isCrossed ? words.drawCrossed : words.drawHint;
    part("done").disabled = corners.length < FEWEST || isCrossed;
    part("undo").disabled = corners.length === 0;
    part("add").disabled = corners.length >= MOST;
  }

  const pixels = (corner) => map.latLngToContainerPoint(degrees(corner));

  function add(latlng) {
    const next = micro(latlng);
    const at = pixels(next);
    if (corners.length >= FEWEST && at.distanceTo(pixels(corners[0])) < NEAR) return finish();
    if (corners.length < MOST && !(corners.length && at.distanceTo(pixels(corners.at(-1))) < SAME)) corners.push(next);
    return follow();
  }

  function undo() {
    corners.pop();
    follow();
  }

  function finish() {
    if (!isArea(corners)) return follow();
    const area = corners;
    // The click that closes the line is not a click on a mark.
    setTimeout(() => drawing.stop());
    return done(area);
  }

  if (!bar) return drawing;
  map.on("click", ({ latlng }) => { if (drawing.isActive) add(latlng); });
  map.on("dblclick", () => { if (drawing.isActive) finish(); });
  map.on("mousemove", ({ latlng }) => { if (drawing.isActive && corners.length) follow(micro(latlng)); });
  part("add").addEventListener("click", () => add(map.getCenter()));
  part("undo").addEventListener("click", undo);
  part("done").addEventListener("click", finish);
  part("cancel").addEventListener("click", drawing.stop);
  document.addEventListener("keydown", (event) => {
    if (!drawing.isActive) return;
    const isOnMap = event.target === map.getContainer();
    const act = { Escape: drawing.stop, ...(isOnMap && { Enter: () => add(map.getCenter()), Backspace: undo }) }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  return drawing;
}

function degrees([lon, lat]) {
  return [lat / 1e6, lon / 1e6];
}

/** To a hundred-thousandth of a degree, about a metre: what a hand can mean, and short in the address. */
function micro({ lng, lat }) {
  return [lng, lat].map((each) => Math.round(each * 1e5) * 10);
}

function box([west, south, east, north]) {
  return [[west, south], [east, south], [east, north], [west, north]];
}
