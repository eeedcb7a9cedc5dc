/* Playing time: a window that slides, a period that grows, or one bin after the other. */

import { step, floorTo } from "../data/calendar.js";

const PACE = 600; // milliseconds a step at speed 1
const SMALL = 30; // steps a window takes to cross the whole time, where the reader has drawn none

/** `frame(from, to)` shows one step; `ended()` is told when the last day is reached or playing is stopped. */
export class Player {
  constructor({ frame, ended }) {
    Object.assign(this, { frame, ended, timer: 0 });
  }

  get isPlaying() {
    return this.timer !== 0;
  }

  /** mode: window | cumulative | step. `period` is the brush as it stands; `span` the whole time; `unit` one step. */
  start({ mode, unit, speed, span, period }) {
    this.stop();
    this.settings = { mode, unit, span };
    const first = floorTo(unit, period.from ?? span.first);
    const length = period.from === null ? Math.max(1, Math.round((span.last - span.first) / SMALL)) : period.to - period.from;
    const atEnd = period.to !== null && period.to >= span.last;
    this.at = { from: atEnd ? floorTo(unit, span.first) : first, length };
    this.at.to = mode === "step" ? step(unit, this.at.from) - 1 : this.at.from + (mode === "window" ? length : 0);
    this.timer = setInterval(() => this.next(), PACE / speed);
    this.show();
  }

  next() {
    const { mode, unit, span } = this.settings;
    if (this.at.to >= span.last) return this.stop();
    if (mode === "cumulative") this.at.to = step(unit, this.at.to + 1) - 1;
    else if (mode === "step") [this.at.from, this.at.to] = [this.at.to + 1, step(unit, this.at.to + 1) - 1];
    else {
      this.at.from = step(unit, this.at.from);
      this.at.to = this.at.from + this.at.length;
    }
    return this.show();
  }

  show() {
    this.frame(this.at.from, Math.min(this.at.to, this.settings.span.last));
  }

  stop() {
    if (!this.timer) return;
    clearInterval(this.timer);
    this.timer = 0;
    this.ended();
  }
}
