/* The embedded map: map and timeline of one view; events open on the site itself. */

import { connect } from "../data/client.js";
import { emptyState, fromQuery } from "../data/state.js";
import { EventMap, whenMade } from "../map/adapter.js";
import { speech } from "../panel/speech.js";
import { TimelineView } from "../timeline/view.js";

const root = document.documentElement;
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const [setup, words] = [read("setup"), read("words")];
const said = speech(words, root.dataset.locale);
const engine = connect(setup.worker);
const map = new EventMap(await whenMade(), { ...setup, words });
const absolute = (address) => new URL(address, location.href).href;
let state = { ...emptyState(), ...fromQuery(location.search).state };

const timeline = new TimelineView(document.querySelector("[data-timeline]"), {
  words, locale: root.dataset.locale, isRightToLeft: root.dir === "rtl",
  period: (from, to) => { state = { ...state, from, to }; show(); }, unit: () => show(),
  open: (code) => open(setup.event.replace("CODE", code), "_blank", "noopener"),
});

async function show() {
  const view = map.view().screen;
  const want = { first: timeline.first, last: timeline.last, unit: document.querySelector("[data-unit]").value || null };
  const frame = await engine.ask("frame", { state, found, view, want });
  document.querySelector("[data-count]").textContent = said.say("events", frame.total);
  map.show({ ...frame.map, zoom: view.zoom });
  timeline.draw(frame);
  timeline.show(state);
}

const about = await engine.ask("load", { url: absolute(setup.snapshot) });
const found = state.q ? (await (await fetch(`${setup.search}?q=${encodeURIComponent(state.q)}`)).json()).codes : null;
timeline.span(about);
await map.ready;
map.on("view", show);
map.on("open", ({ code }) => { if (code) open(setup.event.replace("CODE", code), "_blank", "noopener"); });
fetch(setup.shapes).then((answer) => answer.json()).then((shapes) => map.setShapes(shapes, about.names.place));
await show();
root.dataset.ready = "true";
