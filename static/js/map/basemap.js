/* The offline base map: outlines of countries and governorates, rivers and lakes where loaded, labels in the interface's language; online tiles only where set. */

import { onThemeChange, palette } from "./theme.js";

const L = globalThis.L;
const MARGIN = { x: 36, y: 20 }; // pixels from the edge of the map in which a label would be cut off

/** Draws the base under everything else. `addresses` = {countries, governorates, towns} and, where loaded, {waters}; `tiles` may be "". */
export async function addBase(map, addresses, { tiles = "", tileCredit = "" } = {}) {
  if (tiles) L.tileLayer(tiles, { attribution: tileCredit, maxZoom: 18 }).addTo(map);
  const names = ["countries", "governorates", "towns", "waters"];
  const [countries, governorates, towns, waters] = await Promise.all(names.map((name) => addresses[name] && read(addresses[name])));
  // Panes of their own: outlines that arrive late must not cover the marks.
  map.createPane("base").style.zIndex = "250";
  map.createPane("labels").style.zIndex = "450";
  const plain = { interactive: false, smoothFactor: 0.5, pane: "base" };
  const far = L.geoJSON(countries, plain);
  const near = L.geoJSON(governorates, plain);
  const wet = L.geoJSON(tiles ? null : waters, plain);
  const paint = () => {
    const colours = palette();
    const fillOpacity = tiles ? 0 : 1;
    far.setStyle({ weight: 1, color: colours["border-far"], fillColor: colours["land-far"], fillOpacity });
    near.setStyle({ weight: 0.9, color: colours.border, fillColor: colours.land, fillOpacity });
    wet.setStyle(({ properties }) => (
      { weight: properties.kind === "lake" ? 0.5 : 1.2, color: colours.river, fill: properties.kind === "lake", fillColor: colours.water, fillOpacity: 1 }
    ));
  };
  paint();
  onThemeChange(paint);
  far.addTo(map);
  near.addTo(map);
  wet.addTo(map);
  if (tiles) return { governorates };
  const labels = [
    ...countries.features.filter((each) => each.id !== "IQ").map((each) => ({ ...labelOf(each), rank: 0, far: true })),
    ...towns.features.map((each) => ({ ...labelOf(each), rank: each.properties.rank })),
  ];
  addLabels(map, labels);
  return { governorates };
}

async function read(address) {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response.json();
}

function labelOf({ properties, geometry }) {
  const [lon, lat] = properties.label ?? geometry.coordinates;
  const name = document.documentElement.lang === "en" ? properties.name_en : properties.name_ar;
  return { name, at: [lat, lon] };
}

/** Towns appear by rank as one comes nearer; a label that would cover one of higher rank, or be cut off at the edge, is left out. */
function addLabels(map, labels) {
  const layer = L.layerGroup().addTo(map);
  const show = () => {
    layer.clearLayers();
    const zoom = map.getZoom();
    const { x: width, y: height } = map.getSize();
    const taken = [];
    for (const { name, at, rank, far } of labels) {
      if ((far && zoom > 8) || (!far && zoom < 4.5 + rank * 1.5)) continue;
      const point = map.latLngToContainerPoint(at);
      if (point.x < MARGIN.x || point.x > width - MARGIN.x || point.y < MARGIN.y || point.y > height - MARGIN.y / 2) continue;
      if (taken.some((other) => Math.abs(other.x - point.x) < 74 && Math.abs(other.y - point.y) < 20)) continue;
      taken.push(point);
      const text = document.createElement("span");
      text.textContent = name;
      const icon = L.divIcon({ className: far ? "map-label far" : "map-label", html: text, iconSize: [0, 0] });
      L.marker(at, { icon, interactive: false, keyboard: false, pane: "labels" }).addTo(layer);
    }
  };
  map.on("moveend", show);
  show();
}
