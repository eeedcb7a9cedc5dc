/* The article's page: quoted passages highlighted without touching the text, so that Arabic letters stay joined. */

import { codeUnits } from "../data/offsets.js";

const spans = JSON.parse(document.getElementById("spans").textContent);
const whole = document.getElementById("whole-text")?.firstChild;

function rangeOf(node, start, end) {
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  return range;
}

/** The quote the address points at; in the whole text, every quote. */
function highlight() {
  const opened = location.hash.slice(1);
  const marks = [...document.querySelectorAll("mark.passage")].filter((mark) => mark.closest(".claim").id === opened);
  const open = marks.map((mark) => rangeOf(mark.firstChild, 0, mark.firstChild.length));
  const ranges = [];
  if (whole) {
    const at = codeUnits(whole.data, spans.flatMap(({ start, end }) => [start, end]));
    for (const { id, start, end } of spans) {
      const range = rangeOf(whole, at.get(start), at.get(end));
      ranges.push(range);
      if (id === opened) open.push(range);
    }
  }
  CSS.highlights.set("passage", new Highlight(...ranges));
  CSS.highlights.set("passage-open", new Highlight(...open));
}

if (globalThis.CSS?.highlights) {
  highlight();
  addEventListener("hashchange", highlight);
} else {
  for (const mark of document.querySelectorAll("mark.passage")) mark.classList.add("plain");
}
document.documentElement.dataset.ready = "true";
