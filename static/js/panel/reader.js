/* The panel beside the map: the list, then an event, then back; on a small screen it is a sheet. */

export class Panel {
  constructor(root, { address, back, speech }) {
    Object.assign(this, { root, address, speech });
    const part = (name) => root.querySelector(`[data-${name}]`);
    this.parts = { list: part("list"), event: part("event"), back: part("back"), title: part("panel-title"), notice: part("notice"), sheet: part("sheet") };
    this.listTitle = this.parts.title.textContent;
    this.parts.back.addEventListener("click", back);
    this.parts.sheet.addEventListener("click", () => this.sheet(!root.classList.contains("open")));
  }

  /** Opens or lowers the sheet (small screens only; elsewhere the class does nothing). */
  sheet(isOpen) {
    this.root.classList.toggle("open", isOpen);
    this.parts.sheet.setAttribute("aria-expanded", String(isOpen));
    this.parts.sheet.textContent = isOpen ? "▼" : "▲";
  }

  showList(title = this.listTitle, canGoBack = false) {
    this.parts.list.hidden = false;
    this.parts.event.hidden = true;
    this.parts.back.hidden = !canGoBack;
    this.parts.title.textContent = title;
    this.code = null;
  }

  /** Fetches the event's own page part and shows it. */
  async showEvent(code) {
    this.code = code;
    this.sheet(true);
    const response = await fetch(this.address.replace("CODE", code), { credentials: "same-origin" });
    if (this.code !== code) return;
    if (!response.ok) throw new Error(`event answered ${response.status}`);
    this.parts.event.innerHTML = await response.text(); // the server's own page, escaped there
    this.parts.event.scrollTop = 0;
    this.parts.list.hidden = true;
    this.parts.event.hidden = false;
    this.parts.back.hidden = false;
    this.parts.title.textContent = "";
    this.parts.event.focus({ preventScroll: true });
  }

  notice(text) {
    this.parts.notice.textContent = text;
    this.parts.notice.hidden = !text;
  }
}
