/* The filter state and its place in the address: what the page, the exports and the API all understand.
   Query: the filters, by the API's own parameter names. Fragment: what only the screen needs (map view, open event). */

import { readArea, writeArea } from "./area.js";
import { isoDay, parseDay } from "./calendar.js";

export const VERSION = "1";
const LISTS = ["kind", "type", "actor", "party", "place", "outlet", "speaker", "grade", "modality", "date_prec", "where_prec"];
const FLAGS = ["conflict", "located", "dated"];
const SLUG = /^[\w:.-]{1,80}$/;

/** No filter at all: every published event. */
export function emptyState() {
  const state = { from: null, to: null, bbox: null, area: null, origins: null, q: "" };
  for (const name of LISTS) state[name] = [];
  for (const name of FLAGS) state[name] = null;
  return state;
}

/** State → "from=2021-12-02&type=ambush,ied"; one spelling for one state, so that equal views have equal addresses. */
export function toQuery(state) {
  const pairs = [];
  if (state.from !== null) pairs.push(["from", isoDay(state.from)]);
  if (state.to !== null) pairs.push(["to", isoDay(state.to)]);
  for (const name of LISTS) if (state[name].length) pairs.push([name, [...state[name]].sort().join(",")]);
  if (state.bbox) pairs.push(["bbox", state.bbox.map(degrees).join(",")]);
  if (state.area) pairs.push(["area", writeArea(state.area)]);
  if (state.origins !== null) pairs.push(["origins", String(state.origins)]);
  for (const name of FLAGS) if (state[name] !== null) pairs.push([name, state[name] ? "yes" : "no"]);
  if (state.q.trim()) pairs.push(["q", state.q.trim()]);
  return pairs.map(([name, value]) => `${name}=${escape(value)}`).join("&");
}

/** Query text → state. What it cannot read is left out and named in `refused`, never guessed at. */
export function fromQuery(query) {
  const state = emptyState();
  const refused = [];
  for (const [name, value] of new URLSearchParams(query)) {
    if (!read(state, name, value)) refused.push(name);
  }
  if (state.from !== null && state.to !== null && state.from > state.to) [state.from, state.to] = [state.to, state.from];
  return { state, refused };
}

function read(state, name, value) {
  if (value === "") return name in state;
  if (name === "from" || name === "to") state[name] = parseDay(value);
  else if (LISTS.includes(name)) state[name] = readList(value, state[name]);
  else if (FLAGS.includes(name)) state[name] = { yes: true, no: false }[value] ?? null;
  else if (name === "bbox") state.bbox = readBox(value);
  else if (name === "area") state.area = readArea(value);
  else if (name === "origins") state.origins = /^\d{1,3}$/.test(value) ? Number(value) : null;
  else if (name === "q") state.q = value.slice(0, 200);
  else return false;
  return state[name] !== null && state[name].length !== 0;
}

function readList(value, before) {
  return [...new Set([...before, ...value.split(",").filter((slug) => SLUG.test(slug))])].sort();
}

/** "43.1,34.9,44.2,35.8" → [43100000, …] in microdegrees: west, south, east, north; null where it is no box. */
function readBox(value) {
  const parts = value.split(",").map((part) => (/^-?\d{1,3}(\.\d{1,9})?$/.test(part) ? Math.round(Number(part) * 1e6) : NaN));
  const [west, south, east, north] = parts;
  return parts.length === 4 && west <= east && south <= north ? parts : null;
}

function degrees(micro) {
  return String(micro / 1e6);
}

function escape(value) {
  return encodeURIComponent(value).replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%20", "+");
}

/** View → "v=1&map=8/35.4/44.3&event=ISN-2021-000001&unit=month&time=2021-01-01/2021-06-30"; `time` is the part of time the timeline shows. */
export function toFragment(view) {
  const pairs = [`v=${VERSION}`];
  if (view.map) pairs.push(`map=${view.map.zoom}/${view.map.lat.toFixed(4)}/${view.map.lon.toFixed(4)}`);
  if (view.event) pairs.push(`event=${view.event}`);
  if (view.unit) pairs.push(`unit=${view.unit}`);
  if (view.time) pairs.push(`time=${view.time.map(isoDay).join("/")}`);
  return pairs.length > 1 ? pairs.join("&") : "";
}

/** Fragment → view; an unknown version is an empty view, since its words may mean something else. */
export function fromFragment(fragment) {
  const found = new URLSearchParams(fragment.replace(/^#/, ""));
  const view = { map: null, event: null, unit: null, time: null };
  if (found.get("v") !== VERSION) return view;
  const map = /^(\d{1,2}(?:\.\d+)?)\/(-?\d+\.?\d*)\/(-?\d+\.?\d*)$/.exec(found.get("map") ?? "");
  if (map) view.map = { zoom: Number(map[1]), lat: Number(map[2]), lon: Number(map[3]) };
  if (/^ISN-\d{4}-\d{6}$/.test(found.get("event") ?? "")) view.event = found.get("event");
  if (["day", "week", "month", "quarter", "year"].includes(found.get("unit"))) view.unit = found.get("unit");
  const time = (found.get("time") ?? "").split("/").map(parseDay);
  if (time.length === 2 && !time.includes(null) && time[0] <= time[1]) view.time = time;
  return view;
}
