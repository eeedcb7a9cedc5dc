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

/** Listen for keys; `toggle` is the checkbox that turns single keys off for those whose assistive technology uses them (WCAG 2.1.4). */
export function listenForKeys(toggle) {
  const isOn = () => localStorage.getItem(STORED) !== "off";
  if (toggle) {
    toggle.checked = isOn();
    toggle.addEventListener("change", () => localStorage.setItem(STORED, toggle.checked ? "on" : "off"));
  }
  document.addEventListener("keydown", (event) => {
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
  });
}
