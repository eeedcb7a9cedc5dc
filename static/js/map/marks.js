/* The marks over the map: the hollow outlines of areas on a canvas of their own, points, clusters and plates on another above it.
   A dashed outline costs more to draw than all the rest, and a brush that moves changes numbers, hardly ever an outline. */

import { areaPath, drawArea, drawCluster, drawPlate, drawPoint, drawRange } from "./shapes.js";
import { onThemeChange, palette } from "./theme.js";

const L = globalThis.L;
const NEAR_KM = 25;
const STEPS = [0, 1, 2, 3].flatMap((n) => [[0, -22 * n], [0, 22 * n], [26 * n, 0], [-26 * n, 0]]);

export const MarksLayer = L.Layer.extend({
  initialize(options) {
    L.setOptions(this, options);
    this.found = { points: [], areas: [], view: null };
    this.shapes = {};
    this.selected = null;
    this.forget();
  },

  onAdd(map) {
    this.map = map;
    this.canvases = ["outlines", "marks"].map((name) => L.DomUtil.create("canvas", `${name} leaflet-zoom-hide`));
    map.getPanes().overlayPane.append(...this.canvases);
    map.on("move viewreset zoomend resize", this.moved, this);
    onThemeChange(() => this.moved());
    this.redraw();
  },

  onRemove(map) {
    this.canvases.forEach((canvas) => canvas.remove());
    map.off("move viewreset zoomend resize", this.moved, this);
  },

  /** `isStill`: the hand rests. While it drags, plates keep their places and do not jump about. */
  setMarks(found, isStill = true) {
    this.found = found;
    if (isStill) this.spots = new Map();
    this.redraw();
  },

  moved() {
    this.forget();
    this.redraw();
  },

  /** What was worked out for the screen as it was: outlines, and where plates found room. */
  forget() {
    this.outlines = new Map();
    this.spots = new Map();
    this.outlined = null;
  },

  /** `shapes` = {place key: {outline, lon, lat, radius_km, names}}, `names` = place keys in the engine's order. */
  setShapes(shapes, names) {
    this.shapes = Object.fromEntries(names.map((key, index) => [index, shapes[key] && { key, ...shapes[key] }]).filter(([, shape]) => shape));
    this.moved();
  },

  select(code) {
    this.selected = code;
    this.redraw();
  },

  redraw() {
    const colours = palette();
    const { font } = colours;
    const [below, above] = this.canvases;
    const areas = this.found.areas.flatMap((area) => this.area(area));
    this.outlineAll(below, areas, colours);
    const context = this.clear(above);
    this.drawn = [];
    for (const point of this.found.points) this.point(context, point, colours, font);
    for (const area of areas) if (this.isSeen({ ...area.centre, radius: 40 })) this.plate(context, area, colours, font);
  },

  /** An empty canvas of the screen's size, at its place. */
  clear(canvas) {
    const size = this.map.getSize();
    const scale = window.devicePixelRatio || 1;
    if (canvas.width !== size.x * scale || canvas.height !== size.y * scale) {
      Object.assign(canvas, { width: size.x * scale, height: size.y * scale });
      Object.assign(canvas.style, { width: `${size.x}px`, height: `${size.y}px` });
    }
    L.DomUtil.setPosition(canvas, this.map.containerPointToLayerPoint([0, 0]));
    const context = canvas.getContext("2d");
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, size.x, size.y);
    return context;
  },

  /** The outlines, where others are wanted than those that stand there. */
  outlineAll(canvas, areas, colours) {
    const wanted = areas.map(({ place, counts }) => `${place}${kindOf(counts)}`).join();
    if (wanted === this.outlined) return;
    this.outlined = wanted;
    const context = this.clear(canvas);
    for (const { path, counts } of areas) drawArea(context, path, colours[kindOf(counts)]);
  },

  /** Where and how an area is drawn: its outline first, its number once the points are drawn, since it makes way for them. */
  area({ place, counts }) {
    const shape = this.shapes[place];
    if (!shape || shape.lat === null) return [];
    if (!this.outlines.has(place)) this.outlines.set(place, this.outline(shape));
    return [{ ...this.outlines.get(place), counts, place, name: shape.names }];
  },

  outline(shape) {
    const at = (lon, lat) => this.map.latLngToContainerPoint([lat, lon]);
    const centre = at(shape.lon, shape.lat);
    const radius = Math.max(this.pixels(shape.radius_km ?? 15, shape.lat), 14);
    return { centre, path: areaPath({ centre, radius, rings: rings(shape.outline).map((ring) => ring.map(([lon, lat]) => at(lon, lat))) }) };
  },

  plate(context, { centre, counts, place, name }, colours, font) {
    if (!this.spots.has(place)) this.spots.set(place, this.spot(centre));
    this.drawn.push({ ...drawPlate(context, this.spots.get(place), counts, { colours, font }), counts, place, name });
  },

  /** The nearest place to the centre where no mark is in the way. */
  spot(centre) {
    const taken = ({ x, y }) => this.drawn.some((mark) => (mark.x - x) ** 2 + (mark.y - y) ** 2 < (mark.radius + 11) ** 2);
    return STEPS.map(([x, y]) => ({ x: centre.x + x, y: centre.y + y })).find((spot) => !taken(spot)) ?? centre;
  },

  point(context, point, colours, font) {
    const at = this.map.latLngToContainerPoint(this.map.unproject([point.x, point.y], this.found.zoom));
    if (!this.isSeen({ ...at, radius: 40 })) return;
    const selected = point.code !== undefined && point.code === this.selected;
    if (point.row >= 0 && point.wherePrec === 2) {
      const { lat } = this.map.containerPointToLatLng(at);
      drawRange(context, { at, radius: this.pixels(NEAR_KM, lat), colour: colours[kindOf(point.counts)], strong: selected });
    }
    const hit = point.row >= 0 ? drawPoint(context, { at, point, colours, selected }) : drawCluster(context, { at, point, colours, font });
    this.drawn.push({ ...hit, counts: point.counts, cells: point.cells, code: point.code });
  },

  /** Pixels that so many kilometres take at this latitude. */
  pixels(km, lat) {
    const metres = (40_075_016.7 * Math.cos((lat * Math.PI) / 180)) / 2 ** (this.map.getZoom() + 8);
    return (km * 1000) / metres;
  },

  isSeen({ x, y, radius }) {
    const size = this.map.getSize();
    return x > -radius && y > -radius && x < size.x + radius && y < size.y + radius;
  },

  /** The mark under a point of the screen, the topmost first. */
  at({ x, y }) {
    return [...(this.drawn ?? [])].reverse().find((mark) => Math.hypot(mark.x - x, mark.y - y) <= Math.max(mark.radius, 10)) ?? null;
  },

  onScreen() {
    return this.drawn ?? [];
  },
});

/** The kind that most of these events are of, as the palette names it. */
function kindOf([incidents, meetings]) {
  return meetings > incidents ? "coordination" : "incident";
}

/** The rings of any geometry, as lists of [lon, lat]. */
export function rings(geometry) {
  switch (geometry?.type) {
    case "Polygon": case "MultiLineString": return geometry.coordinates;
    case "MultiPolygon": return geometry.coordinates.flat();
    case "LineString": return [geometry.coordinates];
    case "GeometryCollection": return geometry.geometries.flatMap(rings);
    default: return [];
  }
}
