/* Picks a point in the admin: a click or a drag fills the line of coordinates, a pasted line moves the mark, a chosen place moves the map. */

import { addBase } from "./basemap.js";

const L = globalThis.L;
const NEAREST_ZOOM = 11;

for (const box of document.querySelectorAll("[data-point-map]")) pick(box);

async function pick(box) {
  const input = document.getElementById(box.dataset.pointMap);
  const warning = box.parentElement.querySelector("[data-point-warning]");
  const map = L.map(box, { center: [35.4, 44.3], zoom: 7, minZoom: 4, maxZoom: 18, attributionControl: false });
  const mark = L.marker([0, 0], { draggable: true, keyboard: true, icon: L.divIcon({ className: "point-mark", iconSize: [18, 18] }) });
  let place = null;

  const warn = () => {
    const at = read(input.value);
    const away = at && place ? map.distance(at, [place.latitude, place.longitude]) / 1000 : 0;
    warning.hidden = !(place && away > place.reach_km);
  };
  const show = (isMoved) => {
    const at = read(input.value);
    if (!at) return mark.remove();
    mark.setLatLng(at).addTo(map);
    if (isMoved) map.setView(at, Math.max(map.getZoom(), NEAREST_ZOOM));
    warn();
  };
  const write = ({ lat, lng }) => {
    input.value = `${lat.toFixed(6)}, ${L.Util.wrapNum(lng, [-180, 180], true).toFixed(6)}`;
    show(false);
  };

  map.on("click", (event) => write(event.latlng));
  mark.on("dragend", () => write(mark.getLatLng()));
  input.addEventListener("input", () => show(true));

  const chosen = document.getElementById(box.dataset.placeField);
  const follow = async (isChosenNow) => {
    place = chosen?.value ? await where(chosen.value) : null;
    if (place && (isChosenNow || !input.value)) map.setView([place.latitude, place.longitude], NEAREST_ZOOM);
    warn();
  };
  // The admin's autocompletion speaks jQuery's events alone.
  globalThis.django?.jQuery?.(chosen).on("change", () => follow(true));

  await addBase(map, { countries: box.dataset.countries, governorates: box.dataset.governorates, towns: box.dataset.towns });
  show(true);
  await follow(false);
  box.dataset.ready = "yes";
}

/** [latitude, longitude] in degrees, or null while the line holds no point. */
function read(line) {
  const numbers = line.trim().split(/[\s,;،]+/).map(Number);
  const [latitude, longitude] = numbers;
  const isPoint = numbers.length === 2 && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return isPoint ? [latitude, longitude] : null;
}

async function where(place) {
  const root = location.pathname.split("/incidents/")[0].split("/entities/")[0];
  const answer = await fetch(`${root}/entities/place/${Number(place)}/where/`, { credentials: "same-origin" });
  return answer.ok ? answer.json() : null;
}
