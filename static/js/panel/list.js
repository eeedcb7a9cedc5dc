/* The list as a window on as many rows as there are: only those on the screen exist. */

const ROW = 104; // pixels; every row has the same height, so that the scroll bar tells the truth
const TALLEST = 8_000_000; // pixels a browser can lay out safely; above it, scrolling moves by shares
const CACHED = 400;
const QUIET = 180; // milliseconds; longer than the pause between the rows of a drag (overview.js), or a drag would ask for rows

export class EventList {
  /** `rows(codes)` asks the server for {code: html}; `wanted(offset, length)` asks the page for the codes of that window. */
  constructor(body, { rows, wanted, label }) {
    Object.assign(this, { body, rows, wanted, label });
    this.total = 0;
    this.cache = new Map();
    this.space = Object.assign(document.createElement("div"), { className: "list-space" });
    this.shown = Object.assign(document.createElement("ol"), { className: "plain rows window" });
    this.shown.setAttribute("aria-label", label);
    this.space.append(this.shown);
    this.scrolled = body.scrollTop;
    this.room = body.clientHeight;
    body.addEventListener("scroll", () => this.measured(), { passive: true });
    new ResizeObserver(() => this.measured()).observe(body);
  }

  /** Read when they change: asked for in every frame they would make the browser lay out the page again. */
  measured() {
    this.scrolled = this.body.scrollTop;
    this.room = this.body.clientHeight;
    this.wanted(...this.range());
  }

  get height() {
    return Math.min(this.total * ROW, TALLEST);
  }

  /** [first row, number of rows] on the screen. */
  range() {
    const room = Math.max(this.room, ROW);
    const length = Math.ceil(room / ROW) + 1;
    const share = this.height > room ? this.scrolled / (this.height - room) : 0;
    const first = this.total * ROW <= TALLEST ? Math.floor(this.scrolled / ROW) : Math.round(share * (this.total - length + 1));
    return [Math.max(0, Math.min(first, Math.max(this.total - 1, 0))), length];
  }

  /** A new filtered set: how many rows there are now. */
  count(total) {
    if (this.space.parentElement !== this.body) this.body.replaceChildren(this.space);
    this.total = total;
    this.space.style.height = `${this.height}px`;
  }

  top() {
    this.body.scrollTop = 0;
    this.scrolled = 0;
  }

  /** These rows all at once, for paper; what the screen would show is not drawn over them until `release`. */
  async hold(codes, empty) {
    this.top();
    this.show({ offset: 0, codes }, empty);
    this.isHeld = true;
    clearTimeout(this.timer);
    await this.fill(0, codes);
  }

  release() {
    this.isHeld = false;
  }

  /** Puts these codes at this offset; rows the cache lacks are asked for when the hand rests, not sixty times a second. */
  show({ offset, codes }, empty) {
    if (this.isHeld) return undefined;
    this.latest = codes;
    if (!this.total) return this.body.replaceChildren(empty());
    const top = this.total * ROW <= TALLEST ? offset * ROW : this.scrolled;
    this.shown.style.transform = `translateY(${top}px)`;
    this.place(offset, codes);
    clearTimeout(this.timer);
    if (codes.some((code) => !this.cache.has(code))) this.timer = setTimeout(() => this.fill(offset, codes), QUIET);
    return undefined;
  }

  async fill(offset, codes) {
    const found = await this.rows(codes.filter((code) => !this.cache.has(code)));
    for (const [code, html] of Object.entries(found)) this.cache.set(code, html);
    while (this.cache.size > CACHED) this.cache.delete(this.cache.keys().next().value);
    if (this.latest === codes) this.place(offset, codes);
  }

  place(offset, codes) {
    const focused = document.activeElement?.dataset?.code;
    this.shown.replaceChildren(...codes.map((code, i) => this.item(code, offset + i)));
    if (focused) this.shown.querySelector(`[data-code="${focused}"]`)?.focus({ preventScroll: true });
    this.mark(this.opened);
  }

  item(code, position) {
    const item = document.createElement("li");
    item.setAttribute("aria-setsize", String(this.total));
    item.setAttribute("aria-posinset", String(position + 1));
    const html = this.cache.get(code);
    if (html) item.innerHTML = html; // the server's own row, escaped there
    else item.className = "waiting";
    return item;
  }

  /** Shows which row is open. */
  mark(code) {
    this.opened = code;
    for (const row of this.shown.querySelectorAll(".row")) row.classList.toggle("open", row.dataset.code === code);
  }
}
