/* The map page: holds the state, asks the engine, hands its answer to map, timeline and list. Every answer is of one state, so the three agree. */

import { emptyState, fromFragment, fromQuery, toFragment, toQuery } from "../data/state.js";
import { EventMap, whenMade } from "../map/adapter.js";
import { EventList } from "../panel/list.js";
import { FilterBar } from "../panel/facets.js";
import { Panel } from "../panel/reader.js";
import { speech } from "../panel/speech.js";
import { TimelineView } from "../timeline/view.js";

const root = document.documentElement;
const PRINTED = 100; // events of a report: what people read on paper, and what the server gives at once

export class Overview {
  constructor({ setup, words, engine }) {
    Object.assign(this, { setup, engine, words });
    this.speech = speech(words, root.dataset.locale);
    this.state = fromQuery(location.search).state;
    this.view = fromFragment(location.hash);
    this.found = null; // codes of the text search, null where there is none
    this.asked = { q: "" };
    this.pending = null;
  }

  async start() {
    this.parts();
    const made = await whenMade();
    const { setup, words } = this;
    this.map = new EventMap(made, { ...setup, keys: document.querySelector("[data-keys]"), drawBar: document.querySelector("[data-draw-bar]"), words });
    if (this.view.map) this.map.goTo(this.view.map);
    this.note(words.loading);
    try {
      this.about = await this.engine.ask("load", { url: new URL(setup.snapshot, location.href).href });
    } catch {
      this.failed();
      return;
    }
    this.note("");
    this.timeline.span(this.about);
    this.timeline.restore(this.view);
    this.map.on("view", (view) => this.looked(view));
    this.map.on("open", (mark) => this.openMark(mark));
    this.map.on("area", (area) => this.set({ area, bbox: null }));
    fetch(setup.shapes).then((answer) => answer.json()).then((shapes) => this.map.setShapes(shapes, this.about.names.place));
    await this.map.ready;
    await this.apply({ history: "none" });
    if (this.view.event) await this.open(this.view.event, { history: "none" });
    root.dataset.ready = "true";
  }

  parts() {
    const { setup, speech: said } = this;
    this.bar = new FilterBar(document.getElementById("filters"), {
      speech: said, changed: (query) => this.set(this.fromBar(query)), cleared: () => this.set(emptyState()),
    });
    this.panel = new Panel(document.querySelector("[data-panel]"), { address: setup.panel, speech: said, back: () => this.close() });
    this.list = new EventList(document.querySelector("[data-list]"), {
      label: this.panel.listTitle, rows: (codes) => this.rows(codes), wanted: (offset, length) => this.wantedRows(offset, length),
    });
    this.timeline = new TimelineView(document.querySelector("[data-timeline]"), {
      words: this.words, locale: root.dataset.locale, isRightToLeft: root.dir === "rtl",
      period: (from, to, isFinal) => this.set({ from, to }, { history: isFinal ? "push" : "none", isFinal }),
      open: (code) => this.open(code), zoomed: (time) => { this.view.time = time; },
      unit: (unit) => { this.view.unit = unit; this.apply({ history: "replace" }); },
    });
    addEventListener("popstate", () => this.returned());
    document.addEventListener("click", (event) => this.clicked(event));
  }

  /** The bar's own fields as a part of the state; what the bar does not show stays as it is. */
  fromBar(query) {
    const { state } = fromQuery(query);
    const { modality, date_prec, where_prec, bbox, area } = this.state;
    return { ...state, modality, date_prec, where_prec, bbox, area };
  }

  set(part, { history = "push", isFinal = true } = {}) {
    this.state = { ...this.state, ...part };
    return this.apply({ history, isFinal });
  }

  /** One state to the screen. While one frame is on its way only the newest request waits: a drag never queues up. */
  async apply({ history = "push", isFinal = true } = {}) {
    this.isStill = isFinal;
    this.timeline.show(this.state);
    // The address, and the bar with its hundreds of boxes, wait until the hand rests.
    if (isFinal || history !== "none") this.settled(history);
    if (this.pending) {
      this.again = { isFinal: isFinal || this.again?.isFinal };
      return this.pending;
    }
    this.pending = this.frames(isFinal);
    try {
      await this.pending;
    } finally {
      this.pending = null;
    }
    return undefined;
  }

  settled(history) {
    this.remember(history);
    this.bar.show(toQuery(this.state));
    this.map.draw(this.state);
    document.querySelector("[data-undraw]").hidden = !this.state.area && !this.state.bbox;
  }

  /** Frames until none is asked for any more. A state asked for while the choices are being counted is drawn too, before its own count. */
  async frames(isFinal) {
    let isCounting = isFinal;
    do {
      this.again = null;
      await this.frame();
      const choices = isCounting && !this.again ? await this.engine.ask("choices") : null;
      if (choices && !this.again) this.bar.count(choices);
      isCounting ||= this.again?.isFinal;
    } while (this.again);
  }

  async frame() {
    const state = { ...this.state };
    const q = state.q.trim();
    let found = null;
    if (q !== this.asked.q) found = await this.search(q);
    const view = this.map.view();
    const screen = this.isSameScreen(view.screen) ? null : view.screen;
    const [offset, length] = this.list.range();
    const want = { first: this.timeline.first, last: this.timeline.last, unit: this.view.unit, list: { offset, length } };
    const frame = await this.engine.ask("frame", { state, found, view: screen, want });
    if (screen) this.screen = screen;
    this.draw(frame);
  }

  isSameScreen(screen) {
    return this.screen !== undefined && JSON.stringify(screen) === JSON.stringify(this.screen);
  }

  async search(q) {
    this.asked.q = q;
    if (!q) return [];
    const answer = await fetch(`${this.setup.search}?q=${encodeURIComponent(q)}`, { credentials: "same-origin" });
    return answer.ok ? (await answer.json()).codes : [];
  }

  draw(frame) {
    const { say } = this.speech;
    this.frameShown = frame;
    // The canvases before the words: setting a font on a canvas makes the browser work out every style that was changed until then.
    this.map.show({ ...frame.map, zoom: this.screen.zoom }, (mark) => this.nameOf(mark), this.isStill);
    this.timeline.draw(frame);
    this.tell(frame);
    document.getElementById("count").textContent = say("events", frame.total);
    this.tray("unlocated", frame.map.unlocated, this.state.located === false);
    this.tray("undated", frame.undated, this.state.dated === false);
    if (!this.members) this.drawList(frame);
  }

  /** The rows follow a drag ten times a second: nobody reads them faster, and each time the browser lays them out. */
  drawList({ total, list }) {
    this.list.count(total);
    const now = performance.now();
    if (!this.isStill && now - (this.listedAt ?? 0) < 100) return;
    this.listedAt = now;
    this.list.show(list, () => this.empty());
  }

  /** The one number as each view has it, for tests and for whoever doubts it. */
  tell({ total, undated, focus, map }) {
    const sum = (counts) => counts.reduce((all, count) => all + count, 0);
    const marks = [...map.points, ...map.areas].reduce((all, { counts }) => all + sum(counts), 0);
    Object.assign(root.dataset, {
      total, bars: sum([...focus[0], ...focus[1]]) + undated, marks: marks + map.outside + map.unlocated, query: toQuery(this.state),
    });
  }

  tray(name, count, isOpen) {
    const tray = document.querySelector(`[data-tray=${name}]`);
    tray.hidden = count === 0 && !isOpen;
    tray.textContent = this.speech.say(name, count);
    tray.setAttribute("aria-pressed", String(isOpen));
  }

  nameOf(mark) {
    const { say } = this.speech;
    const kinds = [mark.counts[0] && say("incidents", mark.counts[0]), mark.counts[1] && say("meetings", mark.counts[1])].filter(Boolean).join(" · ");
    const name = mark.name?.[root.lang];
    return name ? `${this.words.area.replace("%(name)s", name)}: ${kinds}` : kinds;
  }

  empty() {
    const box = Object.assign(document.createElement("div"), { className: "state" });
    const clear = Object.assign(document.createElement("button"), { type: "button", textContent: this.words.clear });
    clear.addEventListener("click", () => this.set(emptyState()));
    box.append(Object.assign(document.createElement("p"), { textContent: this.words.empty }), clear);
    return box;
  }

  async rows(codes) {
    const answer = await fetch(`${this.setup.rows}?codes=${codes.join(",")}`, { credentials: "same-origin" });
    return answer.ok ? answer.json() : {};
  }

  async wantedRows(offset, length) {
    if (!this.about) return;
    if (this.members) this.list.show({ offset, codes: this.members.slice(offset, offset + length) }, () => this.empty());
    else if (!this.pending) this.list.show(await this.engine.ask("list", { offset, length }), () => this.empty());
  }

  looked(view) {
    this.view.map = { zoom: view.zoom, lat: view.lat, lon: view.lon };
    this.apply({ history: "replace", isFinal: false });
  }

  /** A mark: one event opens itself, several open as a list. */
  async openMark(mark) {
    if (mark.code) return this.open(mark.code);
    const of = mark.place === undefined ? { cells: mark.cells } : { place: mark.place };
    return this.openMembers(of, `${this.words.here}: ${this.nameOf(mark)}`);
  }

  async openMembers(of, title) {
    this.members = await this.engine.ask("members", { of, most: 2000 });
    this.panel.showList(title, true);
    this.panel.sheet(true);
    this.list.count(this.members.length);
    this.list.top();
    await this.list.show({ offset: 0, codes: this.members.slice(0, this.list.range()[1]) }, () => this.empty());
  }

  async open(code, { history = "push" } = {}) {
    this.view.event = code;
    this.remember(history);
    this.map.select(code);
    this.list.mark(code);
    await this.panel.showEvent(code);
    this.panel.notice((await this.engine.ask("has", { code })) ? "" : this.words.outsideFilters);
  }

  /** From the event back to the list it was opened from; from a mark's list back to the whole list. */
  close() {
    const wasEvent = this.view.event !== null;
    this.view.event = null;
    this.panel.notice("");
    this.map.select(null);
    this.list.mark(null);
    this.remember("push");
    if (wasEvent && this.members) return this.panel.showList(this.panel.listTitle, true);
    this.members = null;
    this.panel.showList();
    return this.draw(this.frameShown);
  }

  clicked(event) {
    const taken = event.target.closest?.("[data-export]");
    if (taken) taken.search = toQuery(this.state); // time may be playing: the view as it is now
    const link = event.target.closest?.("a[data-code]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      this.open(link.dataset.code);
    } else if (event.target.closest?.("[data-tray=unlocated]")) this.set({ located: this.state.located === false ? null : false });
    else if (event.target.closest?.("[data-tray=undated]")) this.set({ dated: this.state.dated === false ? null : false });
    else if (event.target.closest?.("[data-draw]")) {
      this.bar.closeBut(null);
      this.map.startDrawing();
    } else if (event.target.closest?.("[data-view-box]")) this.set({ bbox: this.map.box(), area: null });
    else if (event.target.closest?.("[data-undraw]")) this.set({ bbox: null, area: null });
    else if (event.target.closest?.("[data-print]")) this.print();
  }

  /** Writes the state into the address; links that take the view along carry the same filters. */
  remember(history) {
    const query = toQuery(this.state);
    const fragment = toFragment(this.view);
    const address = `${location.pathname}${query ? `?${query}` : ""}${fragment ? `#${fragment}` : ""}`;
    for (const link of document.querySelectorAll("[data-export]")) link.search = query;
    if (address === location.pathname + location.search + location.hash) return;
    if (history === "push") globalThis.history.pushState(null, "", address);
    else if (history === "replace") globalThis.history.replaceState(null, "", address);
  }

  async returned() {
    this.state = fromQuery(location.search).state;
    const view = fromFragment(location.hash);
    const moved = view.map && JSON.stringify(view.map) !== JSON.stringify(this.view.map);
    this.view = view;
    this.timeline.restore(view);
    if (moved) this.map.goTo(view.map);
    await this.apply({ history: "none" });
    if (view.event) await this.open(view.event, { history: "none" });
    else if (this.panel.code) {
      this.panel.showList();
      this.map.select(null);
    }
  }

  /** The report: the newest rows all at once and not as a window, the legend open, the sources under the numbers of the rows. */
  async print() {
    const { codes } = await this.engine.ask("list", { offset: 0, length: PRINTED });
    const sources = fetch(`${this.setup.sources}?codes=${codes.join(",")}`, { credentials: "same-origin" });
    const [answer] = await Promise.all([sources, this.list.hold(codes, () => this.empty())]);
    document.querySelector("[data-sources]").innerHTML = answer.ok ? await answer.text() : ""; // the server's own part, escaped there
    const legend = document.querySelector(".legend");
    const wasOpen = legend.open;
    legend.open = true;
    addEventListener("afterprint", () => {
      legend.open = wasOpen;
      this.list.release();
      this.draw(this.frameShown);
    }, { once: true });
    window.print();
  }

  note(text) {
    const note = document.querySelector("[data-map-note]");
    note.textContent = text;
    note.hidden = !text;
  }

  failed() {
    this.note(this.words.failed);
    root.dataset.ready = "failed";
  }

}
