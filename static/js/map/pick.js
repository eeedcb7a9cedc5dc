/* Picks a point: a click or a drag fills the line of coordinates, a pasted line moves the mark, a chosen place moves the map. */

import { addBase } from "./basemap.js";

const L = globalThis.L;
const NEAREST_ZOOM = 11;

// A map in a closed part of the page is made when it is opened: until then it has no size to be drawn in.
const seen = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    if (!contentRect.width) continue;
    seen.unobserve(target);
    pick(target);
  }
});
for (const box of document.querySelectorAll("[data-point-map]")) seen.observe(box);

async function pick(box) {
  const input = document.getElementById(box.dataset.pointMap);
  const warning = box.parentElement.querySelector("[data-point-warning]");
  const map = L.map(box, { center: [35.4, 44.3], zoom: 7, minZoom: 4, maxZoom: 18, attributionControl: false });
  const mark = L.marker([0, 0], { draggable: true, keyboard: true, icon: L.divIcon({ className: "point-mark", iconSize: [18, 18] }) });
  const chosen = document.getElementById(box.dataset.placeField);
  // Where the gazetteer has the place that is named: what a picked point is seen against.
  const known = L.circleMarker([0, 0], { radius: 7, interactive: false, className: "point-known" });
  let turn = 0;

  /** Asks where the place lies and whether the point lies outside it, and shows both. Of several answers only the last question's counts. */
  const ask = async () => {
    turn += 1;
    const mine = turn;
    const place = chosen?.value ? await where(box.dataset.where, chosen.value, input.value) : {};
    if (mine !== turn) return {};
    warning.hidden = !place.is_outside;
    if (place.latitude === undefined) known.remove();
    else known.setLatLng([place.latitude, place.longitude]).addTo(map);
    return place;
  };
  const show = (isMoved) => {
    const at = read(input.value);
    ask();
    if (!at) return mark.remove();
    mark.setLatLng(at).addTo(map);
    if (isMoved) map.setView(at, Math.max(map.getZoom(), NEAREST_ZOOM));
    return undefined;
  };
  const write = ({ lat, lng }) => {
    input.value = `${lat.toFixed(6)}, ${L.Util.wrapNum(lng, [-180, 180], true).toFixed(6)}`;
    show(false);
  };

  map.on("click", (event) => write(event.latlng));
  mark.on("dragend", () => write(mark.getLatLng()));
  input.addEventListener("input", () => show(true));

  const follow = async (isChosenNow) => {
    const { latitude, longitude } = await ask();
    if (latitude !== undefined && (isChosenNow || !input.value)) map.setView([latitude, longitude], NEAREST_ZOOM);
  };
  // The admin's autocompletion speaks jQuery's events alone; a field of suggestions says nothing until a whole line stands in it.
  if (globalThis.django?.jQuery) globalThis.django.jQuery(chosen).on("change", () => follow(true));
  else chosen?.addEventListener("change", () => follow(true));

  await addBase(map, { countries: box.dataset.countries, governorates: box.dataset.governorates, towns: box.dataset.towns });
  show(true);
  await follow(false);
  box.dataset.ready = "yes";
}

/** [latitude, longitude] in degrees, or null while the line holds no point. */
function read(line) {
  const western = line.replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660).replaceAll("٫", ".");
  const numbers = western.trim().split(/[\s,;،]+/).map(Number);
  const [latitude, longitude] = numbers;
  const isPoint = numbers.length === 2 && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return isPoint ? [latitude, longitude] : null;
}

/** {latitude, longitude, is_outside} of the place as the form names it, {} for none that is known. */
async function where(address, place, at) {
  const query = new URLSearchParams({ place, at });
  const answer = await fetch(`${address}?${query}`, { credentials: "same-origin" });
  return answer.ok ? answer.json() : {};
}
