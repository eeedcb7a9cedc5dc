/* The small map of one event: its place drawn no more exactly than it is known. */

import { addBase } from "./basemap.js";
import { rings } from "./marks.js";
import { areaPath, drawArea, drawPoint, drawRange } from "./shapes.js";
import { palette } from "./theme.js";

const L = globalThis.L;

/** `where` = {lon, lat, kind, where_prec, radius_km, outline, basemap}. */
export async function smallMap(element, where) {
  const map = L.map(element, { zoomControl: false, attributionControl: false, minZoom: 4, maxZoom: 14, scrollWheelZoom: false });
  const zoom = { 1: 9, 2: 8.5, 3: 8, 4: 7, 5: 7.5 }[where.where_prec] ?? 8;
  map.options.zoomSnap = 0.5;
  map.setView([where.lat, where.lon], zoom, { animate: false });
  const { governorates } = await addBase(map, where.basemap);
  const Mark = L.Layer.extend({
    onAdd() {
      this.canvas = L.DomUtil.create("canvas", "marks", map.getPanes().overlayPane);
      map.on("move zoomend resize", this.redraw, this);
      this.redraw();
    },
    redraw() {
      const { x: width, y: height } = map.getSize();
      const ratio = window.devicePixelRatio || 1;
      Object.assign(this.canvas, { width: width * ratio, height: height * ratio });
      Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
      L.DomUtil.setPosition(this.canvas, map.containerPointToLayerPoint([0, 0]));
      const context = this.canvas.getContext("2d");
      context.scale(ratio, ratio);
      draw(context, map, { ...where, outline: where.outline ?? known(governorates, where.place) });
    },
  });
  new Mark().addTo(map);
  return map;
}

function known(governorates, key) {
  return governorates.features.find(({ id }) => id === key)?.geometry ?? null;
}

function draw(context, map, where) {
  const at = map.latLngToContainerPoint([where.lat, where.lon]);
  const colours = palette();
  const counts = where.kind === "coordination" ? [0, 1] : [1, 0];
  const colour = colours[where.kind];
  const kilometre = 1000 / ((40_075_016.7 * Math.cos((where.lat * Math.PI) / 180)) / 2 ** (map.getZoom() + 8));
  if ([3, 4, 5].includes(where.where_prec)) {
    const lines = rings(where.outline)
      .map((ring) => ring.map(([lon, lat]) => map.latLngToContainerPoint([lat, lon])));
    drawArea(context, areaPath({ centre: at, rings: lines, radius: (where.radius_km ?? 15) * kilometre }), colour);
    return;
  }
  if (where.where_prec === 2) drawRange(context, { at, radius: 25 * kilometre, colour, strong: true });
  drawPoint(context, { at, point: { counts, killed: null }, colours, selected: false });
}
