/* The timeline as a whole: bars, brush, playing, and the part of time it shows. */

import { step, unitFor } from "../data/calendar.js";
import { Brush } from "./brush.js";
import { drawBars } from "./chart.js";
import { laneAt } from "./lanes.js";
import { Player } from "./player.js";
import { Scale } from "./scale.js";
import { wordsFor } from "./words.js";

const QUIET = 180; // milliseconds without a new frame before the buttons follow

export class TimelineView {
  /** `period(from, to, isFinal)`, `unit(unit)`, `open(code)` and `zoomed(time)` are told what the reader does. */
  constructor(root, { words, locale, isRightToLeft, period, unit, open = () => {}, zoomed = () => {} }) {
    Object.assign(this, { root, words, isRightToLeft, period, open, zoomed });
    this.part = (name) => root.querySelector(`[data-${name}]`);
    this.say = wordsFor(locale);
    this.state = { from: null, to: null };
    this.brush = new Brush(this.part("plot"), {
      change: (from, to, isFinal) => this.brushed(from, to, isFinal),
      stepBy: (day, bins, edge) => this.stepped(day, bins, edge),
      describe: (day) => this.say("day", day),
      tap: (event) => this.tapped(event),
    });
    this.player = new Player({ frame: (from, to) => this.period(from, to, false), ended: () => this.ended() });
    this.part("play").addEventListener("click", () => this.toggle());
    this.part("unit").addEventListener("change", ({ target }) => unit(target.value || null));
    this.part("reset").addEventListener("click", () => this.brushed(null, null, true));
    this.part("zoom-period").addEventListener("click", () => this.zoom(this.state.from, this.state.to));
    this.part("zoom-all").addEventListener("click", () => this.zoom(null, null));
    this.lanes = [];
    this.plot = this.part("plot");
    this.canvas = this.plot.querySelector("canvas");
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.measured());
    new ResizeObserver(() => this.measured()).observe(this.plot);
  }

  /** Size and colours are read when they change, not sixty times a second. */
  measured() {
    const style = getComputedStyle(document.documentElement);
    const names = ["incident", "coordination", "muted", "line-strong"];
    const { width, height } = this.plot.getBoundingClientRect();
    this.look = { width, height, font: style.fontFamily, colours: Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) };
    this.redraw();
  }

  /** The whole time the record covers. */
  span({ first, last }) {
    this.whole = { first, last };
    [this.first, this.last] = [first, last];
  }

  /** The part of time an address asks for, [first, last] or null for all of it, and its bars. */
  restore({ time, unit }) {
    const { first, last } = this.whole;
    if (first !== null) [this.first, this.last] = time && time[0] <= last && time[1] >= first ? time : [first, last];
    this.part("unit").value = unit ?? "";
  }

  zoom(from, to) {
    [this.first, this.last] = [from ?? this.whole.first, to ?? this.whole.last];
    this.zoomed(from === null && to === null ? null : [this.first, this.last]);
    this.period(this.state.from, this.state.to, true);
  }

  show(state) {
    this.state = { from: state.from, to: state.to };
    const hasPeriod = state.from !== null || state.to !== null;
    this.part("reset").hidden = !hasPeriod;
    this.part("zoom-period").hidden = !hasPeriod;
    this.part("zoom-all").hidden = this.whole === undefined || (this.first === this.whole.first && this.last === this.whole.last);
    this.part("period").textContent = this.inWords();
    if (this.scale) this.brush.show(this.scale, this.state);
  }

  inWords() {
    const { from, to } = { from: this.state.from ?? this.whole?.first, to: this.state.to ?? this.whole?.last };
    if (from === undefined || from === null) return "";
    return from === to ? this.say("day", from) : `${this.say("day", from)} – ${this.say("day", to)}`;
  }

  /** One frame of the engine. */
  draw(bars) {
    this.bars = bars;
    this.redraw();
  }

  redraw() {
    if (!this.bars || this.first === null) return;
    if (!this.look) return void this.measured();
    const { scale: before } = this;
    this.scale = new Scale(this.first, this.last, this.look.width, this.isRightToLeft);
    this.lanes = drawBars(this.canvas, { ...this.look, bars: this.bars, scale: this.scale, words: this.say });
    const { first, last, width } = this.scale;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.offer(), QUIET);
    if (before?.first !== first || before.last !== last || before.width !== width) this.show(this.state);
  }

  tapped({ clientX, clientY }) {
    const { left, top } = this.plot.getBoundingClientRect();
    const lane = laneAt(this.lanes, clientX - left, clientY - top);
    if (lane) this.open(lane.code);
  }

  /** The single events again as buttons, for the keyboard and for screen readers, once the hand rests. */
  offer() {
    const list = this.part("lanes");
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.lane : null;
    list.replaceChildren(...this.lanes.map(({ code, start, end, kind, box }) => {
      const button = Object.assign(document.createElement("button"), { type: "button" });
      button.dataset.lane = code;
      const days = start === end ? this.say("day", start) : `${this.say("day", start)} – ${this.say("day", end)}`;
      button.setAttribute("aria-label", [this.words[kind ? "coordination" : "incident"], days, code].join(" · "));
      Object.assign(button.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px`, height: `${box.height}px` });
      button.addEventListener("click", () => this.open(code));
      const item = document.createElement("li");
      item.append(button);
      return item;
    }));
    if (focused) list.querySelector(`[data-lane="${CSS.escape(focused)}"]`)?.focus();
  }

  brushed(from, to, isFinal) {
    this.player.stop();
    const whole = from !== null && from <= this.first && to >= this.last && this.first === this.whole.first && this.last === this.whole.last;
    this.period(whole ? null : from, whole ? null : to, isFinal);
  }

  /** Where an edge goes by one bin: a period begins on the first day of a bin and ends on the last one. */
  stepped(day, bins, edge) {
    const { unit } = this.bars;
    return edge === "from" ? step(unit, day, bins) : step(unit, day + 1, bins) - 1;
  }

  toggle() {
    if (this.player.isPlaying) return void this.player.stop();
    const unit = this.part("unit").value || this.bars?.unit || unitFor(this.first, this.last, 120);
    this.part("play").setAttribute("aria-pressed", "true");
    this.part("play-label").textContent = this.words.pause;
    this.player.start({
      mode: this.part("mode").value, unit, speed: Number(this.part("speed").value), span: { first: this.first, last: this.last }, period: this.state,
    });
  }

  ended() {
    this.part("play").setAttribute("aria-pressed", "false");
    this.part("play-label").textContent = this.words.play;
    this.period(this.state.from, this.state.to, true);
  }
}
