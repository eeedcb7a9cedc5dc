/* Single keys. They go by the key's place on the keyboard, not by the letter on it: on an Arabic keyboard A writes ش and still accepts. */

const STORED = "desk-single-keys";
const WRITING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

function isShown(element) {
  return !element.disabled && element.getClientRects().length > 0;
}

/** The element a key stands for: one with its code; for a digit, a numbered choice of a list that is open comes first. */
function elementFor(code) {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  const choices = digit ? document.querySelectorAll(`details[open] [data-digit="${digit}"]`) : [];
  const named = document.querySelectorAll(`[data-key="${digit ? `Digit${digit}` : code}"]`);
  return [...choices, ...named].find(isShown);
}

/** When the page was first on screen, in its own milliseconds; a promise, since until then nobody could mean it. */
const painted = new Promise((resolve) => {
  const note = (paints) => paints.getEntriesByName("first-contentful-paint").forEach(({ startTime }) => resolve(startTime));
  new PerformanceObserver(note).observe({ type: "paint", buffered: true });
});

/** Where whoever reads with the keyboard begins: at this element, and not with the head of every page anew. */
export function beginAt(element) {
  if (element && document.activeElement === document.body && !document.querySelector("[autofocus]")) element.focus({ preventScroll: true });
}

/** Listen for keys; `toggle` is the checkbox that turns single keys off for those whose assistive technology uses them (WCAG 2.1.4). */
export function listenForKeys(toggle) {
  const isOn = () => localStorage.getItem(STORED) !== "off";
  if (toggle) {
    toggle.checked = isOn();
    toggle.addEventListener("change", () => localStorage.setItem(STORED, toggle.checked ? "on" : "off"));
  }
  const take = (event) => {
    const inForm = event.target.closest?.("form[data-submit-with]");
    if (event.code === "Enter" && (event.ctrlKey || event.metaKey) && inForm) {
      event.preventDefault();
      inForm.querySelector(`[value="${inForm.dataset.submitWith}"]`).click();
      return;
    }
    if (event.code === "Escape") {
      const open = event.target.closest?.("details[open]");
      open?.removeAttribute("open");
      // Not to nowhere: a reader of the keyboard goes on from where the form was opened.
      if (open) open.querySelector("summary")?.focus();
      else document.activeElement?.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.matches?.(WRITING)) return;
    if (!isOn()) return;
    const element = elementFor(event.code);
    if (!element) return;
    event.preventDefault();
    element.click();
    if (element.matches("summary")) element.focus();
  };
  painted.then((at) => {
    document.addEventListener("keydown", take);
    // Of what was pressed before, the first key that could mean this page: an earlier one was for the page before it.
    const early = (globalThis.earlyKeys ?? []).find((event) => event.timeStamp >= at);
    globalThis.earlyKeys = undefined;
    if (early) take(early);
    document.documentElement.dataset.ready = "true";
  });
}
