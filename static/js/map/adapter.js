/* The one door to Leaflet. The rest of the page speaks of views, marks and areas, never of layers. */

import { addBase } from "./basemap.js";
import { addDrawing } from "./drawing.js";
import { KeyMarks } from "./keys.js";
import { MarksLayer } from "./marks.js";

const L = globalThis.L;
const HOME = { lat: 35.0, lon: 44.0, zoom: 7 };
const PAPER = { width: 672, height: 378 }; // pixels of a printed A4 page between its margins: 178 and 100 mm
const STILL = matchMedia("(prefers-reduced-motion: reduce)").matches;

// The scale bar in the reader's language: Leaflet itself knows "km" alone.
L.Control.Scale.include({
  _updateMetric(most) {
    const metres = this._getRoundNum(most);
    const [number, unit] = metres < 1000 ? [metres, "meter"] : [metres / 1000, "kilometer"];
    const label = number.toLocaleString(document.documentElement.dataset.locale, { style: "unit", unit });
    this._updateScale(this._mScale, label, metres / most);
  },
});

/** django-leaflet makes the map and says so once the page has loaded; a page that is quicker or slower gets it all the same. */
export function whenMade() {
  return new Promise((resolve) => {
    window.addEventListener("map:init", ({ detail }) => resolve(detail.map), { once: true });
  });
}

/** What a page does with the map: `on(event, handler)` for view, open, area; `show(marks)`, `view()`, `goTo(view)`, `draw()`. */
export class EventMap {
  constructor(map, { basemap, tiles, tileCredit, keys, drawBar = null, words, place = (index) => index }) {
    this.map = map;
    this.handlers = { view: [], open: [], area: [] };
    this.held = null; // the view an address asked for, until the reader moves the map
    this.isHolding = false;
    map.options.zoomSnap = 0.5;
    map.zoomControl?.setPosition("topleft");
    map.zoomControl?.getContainer().querySelector(".leaflet-control-zoom-in")?.setAttribute("aria-label", words.zoomIn);
    map.zoomControl?.getContainer().querySelector(".leaflet-control-zoom-out")?.setAttribute("aria-label", words.zoomOut);
    map.setView([HOME.lat, HOME.lon], HOME.zoom, { animate: false });
    this.ready = addBase(map, basemap, { tiles, tileCredit });
    this.marks = new MarksLayer({ place }).addTo(map);
    this.keys = keys ? new KeyMarks(keys, (mark) => this.tell("open", mark)) : null;
    this.drawing = addDrawing(map, drawBar, { words, done: (corners) => this.tell("area", corners) });
    map.on("moveend", () => this.moved());
    map.on("click", ({ containerPoint }) => this.pressed(containerPoint));
    map.on("mousemove", ({ containerPoint }) => this.hovered(containerPoint));
    addEventListener("beforeprint", () => this.fitPaper());
    new ResizeObserver(() => this.resized()).observe(map.getContainer());
  }

  moved() {
    if (!this.isHolding) this.held = null;
    this.isHolding = false;
    this.tell("view", this.view());
  }

  /** A view that an address asked for keeps its middle when the page makes room for something; one the reader moved to keeps its corner. */
  resized() {
    const { held } = this;
    this.isHolding = held !== null;
    this.map.invalidateSize({ pan: false });
    if (held) this.goTo(held, { animate: false });
  }

  /** On paper the map keeps the size it has on the screen and is made smaller as a whole (print.css): Leaflet cannot draw anew in time. */
  fitPaper() {
    const box = this.map.getContainer();
    const { clientWidth: width, clientHeight: height } = box;
    const scale = Math.min(1, PAPER.width / width, PAPER.height / height);
    for (const [name, value] of Object.entries({ width: `${width}px`, height: `${height}px`, scale })) box.style.setProperty(`--printed-${name}`, value);
  }

  on(name, handler) {
    this.handlers[name].push(handler);
  }

  tell(name, value) {
    for (const handler of this.handlers[name]) handler(value);
  }

  /** Where the reader looks: {zoom, lat, lon} for the address, and the screen in world pixels for the engine. */
  view() {
    const middle = this.map.getCenter();
    const { lat, lon } = this.held ?? { lat: middle.lat, lon: middle.lng };
    const { min, max } = this.map.getPixelBounds();
    const zoom = this.map.getZoom();
    return { zoom, lat, lon, screen: { zoom, left: min.x, top: min.y, width: max.x - min.x, height: max.y - min.y } };
  }

  /** The map's edges in microdegrees: west, south, east, north. */
  box() {
    const bounds = this.map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((degrees) => Math.round(degrees * 1e5) * 10);
  }

  goTo(view, { animate = !STILL } = {}) {
    this.held = view;
    this.isHolding = true;
    this.map.setView([view.lat, view.lon], view.zoom, { animate });
  }

  /** Draws what the engine found for the view it was asked about; `label(mark)` names a mark for the keyboard. */
  show(found, label, isStill = true) {
    this.marks.setMarks(found, isStill);
    this.keys?.offer(() => this.marks.onScreen(), label);
  }

  /** `shapes` as the server gives them; a governorate without an outline of its own takes that of the base map. */
  async setShapes(shapes, names) {
    const { governorates } = await this.ready;
    const outlines = new Map(governorates.features.map(({ id, geometry }) => [id, geometry]));
    for (const [key, shape] of Object.entries(shapes)) {
      const parts = [key, ...shape.parts].map((part) => outlines.get(part)).filter(Boolean);
      if (!shape.outline && parts.length) shape.outline = { type: "GeometryCollection", geometries: parts };
    }
    this.marks.setShapes(shapes, names);
  }

  select(code) {
    this.marks.select(code);
  }

  /** Outlines the box and the area the filter holds. */
  draw(filter) {
    this.drawing.show(filter);
  }

  startDrawing() {
    this.drawing.start();
  }

  pressed(point) {
    if (this.drawing.isActive) return;
    const mark = this.marks.at(point);
    if (mark) this.tell("open", mark);
  }

  hovered(point) {
    this.map.getContainer().style.cursor = !this.drawing.isActive && this.marks.at(point) ? "pointer" : "";
  }
}
