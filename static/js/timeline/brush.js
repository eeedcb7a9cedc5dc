/* The period as a brush: drag to draw it, its edges to resize, its middle to move, double click to take it away; two sliders for keys. */

const TAP = 4; // pixels: less is a click, not a drag

/** `change(from, to, isFinal)` is told days or nulls; `stepBy(day, bins)` knows how far one bin is; `tap(event)` is a press without a drag. */
export class Brush {
  constructor(plot, { change, stepBy, describe, tap }) {
    Object.assign(this, { plot, change, stepBy, describe, tap });
    this.frame = plot.querySelector("[data-brush]");
    this.handles = Object.fromEntries([...plot.querySelectorAll("[data-handle]")].map((each) => [each.dataset.handle, each]));
    this.period = { from: null, to: null };
    plot.addEventListener("pointerdown", (event) => this.press(event));
    plot.addEventListener("dblclick", () => this.change(null, null, true));
    for (const [name, handle] of Object.entries(this.handles)) handle.addEventListener("keydown", (event) => this.key(event, name));
  }

  /** Shows the period on this scale. */
  show(scale, { from, to }) {
    this.scale = scale;
    this.period = { from, to };
    const [first, last] = [from ?? scale.first, to ?? scale.last];
    const [a, b] = [scale.x(Math.max(first, scale.first)), scale.x(Math.min(last, scale.last) + 1)].sort((one, other) => one - other);
    this.frame.hidden = from === null && to === null;
    Object.assign(this.frame.style, { left: `${a}px`, width: `${Math.max(b - a, 2)}px` });
    this.place(this.handles.from, first, scale.x(Math.max(first, scale.first)));
    this.place(this.handles.to, last, scale.x(Math.min(last, scale.last) + 1));
  }

  place(handle, day, x) {
    handle.style.left = `${x}px`;
    handle.setAttribute("aria-valuemin", String(this.scale.first));
    handle.setAttribute("aria-valuemax", String(this.scale.last));
    handle.setAttribute("aria-valuenow", String(Math.min(Math.max(day, this.scale.first), this.scale.last)));
    handle.setAttribute("aria-valuetext", this.describe(day));
  }

  get bounds() {
    return { from: this.period.from ?? this.scale.first, to: this.period.to ?? this.scale.last };
  }

  press(event) {
    if (event.button !== 0 || !this.scale) return;
    const left = this.plot.getBoundingClientRect().left;
    const dayAt = ({ clientX }) => this.scale.day(clientX - left);
    const start = { x: event.clientX, day: dayAt(event), ...this.bounds };
    const grip = event.target.dataset.handle ?? (event.target === this.frame ? "middle" : "new");
    let moved = false;
    const drag = (next) => {
      moved ||= Math.abs(next.clientX - start.x) > TAP;
      if (moved) this.change(...this.dragged(grip, start, dayAt(next)), false);
    };
    const drop = () => {
      this.plot.removeEventListener("pointermove", drag);
      if (moved) this.change(this.period.from, this.period.to, true);
      else this.tap(event);
    };
    this.plot.setPointerCapture(event.pointerId);
    this.plot.addEventListener("pointermove", drag);
    this.plot.addEventListener("pointerup", drop, { once: true });
    this.plot.addEventListener("pointercancel", drop, { once: true });
  }

  dragged(grip, { day: from, ...bounds }, day) {
    if (grip === "new") return [Math.min(from, day), Math.max(from, day)];
    if (grip === "middle") {
      const shift = Math.min(Math.max(day - from, this.scale.first - bounds.from), this.scale.last - bounds.to);
      return [bounds.from + shift, bounds.to + shift];
    }
    const other = grip === "from" ? bounds.to : bounds.from;
    return [Math.min(day, other), Math.max(day, other)];
  }

  key(event, name) {
    const forward = this.scale.isRightToLeft ? "ArrowLeft" : "ArrowRight";
    const back = this.scale.isRightToLeft ? "ArrowRight" : "ArrowLeft";
    const bins = { [forward]: 1, ArrowUp: 1, [back]: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    const { first, last } = this.scale;
    const bounds = this.bounds;
    let day = null;
    if (bins) day = this.stepBy(bounds[name], bins, name);
    else if (event.key === "Home") day = first;
    else if (event.key === "End") day = last;
    else if (event.key === "Escape") return this.change(null, null, true);
    if (day === null) return undefined;
    event.preventDefault();
    const limit = { from: [first, bounds.to], to: [bounds.from, last] }[name];
    bounds[name] = Math.min(Math.max(day, limit[0]), limit[1]);
    return this.change(bounds.from, bounds.to, true);
  }
}
