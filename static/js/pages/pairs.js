/* Links and copied words: single keys, and the words that two passages share. */

import { beginAt, listenForKeys } from "../panel/keys.js";
import { MarkedText } from "../panel/marks.js";
import { sendOnce } from "../panel/once.js";

const marks = document.getElementById("marks");
if (marks && "highlights" in CSS) {
  const sides = Object.entries(JSON.parse(marks.textContent)).map(([side, { text, spans }]) => {
    const marked = new MarkedText(document.getElementById(`passage-${side}`), text);
    return spans.map(([start, end]) => marked.range(start, end));
  });
  CSS.highlights.set("quotes", new Highlight(...sides.flat()));
}
sendOnce();
listenForKeys(document.getElementById("keys"));
document.documentElement.classList.add("scripted");
beginAt(document.querySelector("[data-begin]"));
