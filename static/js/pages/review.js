/* The review queue and the article at the desk: highlights, keys, marking, suggestions. Every action is a form that works without this file. */

import { beginAt, listenForKeys } from "../panel/keys.js";
import { MarkedText } from "../panel/marks.js";
import { follow } from "../panel/news.js";
import { sendOnce } from "../panel/once.js";
import { suggest } from "../panel/suggest.js";

const HOLD_EVERY = 4 * 60 * 1000;
const main = document.querySelector("main");
const { text, spans } = JSON.parse(document.getElementById("marks").textContent);
const marked = new MarkedText(document.getElementById("article-text"), text);

for (const [name, found] of Object.entries(spans)) marked.paint(name, found);
if (spans.quotes?.length) {
  const [start] = spans.quotes[0];
  const place = marked.range(start, start + 1).getBoundingClientRect();
  const frame = marked.element.getBoundingClientRect();
  marked.element.scrollTop = Math.max(0, place.top - frame.top - frame.height / 4);
}

for (const button of document.querySelectorAll("button[data-span]")) {
  const [start, end] = button.dataset.span.split("-").map(Number);
  button.addEventListener("click", () => {
    document.querySelector("[data-span][aria-pressed=true]")?.removeAttribute("aria-pressed");
    button.setAttribute("aria-pressed", "true");
    marked.show(start, end);
  });
}

// A page that takes keys keeps the last selection: clicking a form must not lose what was marked for it.
let selection = null;
document.addEventListener("selectionchange", () => {
  const found = marked.selected();
  if (!found) return;
  selection = found;
  marked.paint("marked", [[found.start, found.end]]);
  for (const input of document.querySelectorAll("[data-selection]")) input.value = found[input.dataset.selection];
  for (const button of document.querySelectorAll("[data-needs-selection]")) button.disabled = false;
  for (const form of document.querySelectorAll(".marking form")) {
    form.querySelector("[name$=-start]").value = found.start;
    form.querySelector("[name$=-end]").value = found.end;
    form.querySelector("[name$=-words]").value = found.words;
  }
});
for (const button of document.querySelectorAll("[data-needs-selection]")) button.disabled = selection === null;

// Words written by hand no longer stand where the marked ones stood.
for (const words of document.querySelectorAll(".marking [name$=-words]")) {
  words.addEventListener("input", () => {
    for (const input of words.form.querySelectorAll("[name$=-start], [name$=-end]")) input.value = "";
  });
}

for (const button of document.querySelectorAll("[data-open]")) {
  button.addEventListener("click", () => {
    const details = document.getElementById(button.dataset.open);
    details.open = true;
    details.scrollIntoView({ block: "nearest" });
    details.querySelector("select, input:not([type=hidden])")?.focus();
  });
}

for (const details of document.querySelectorAll("details")) {
  details.addEventListener("toggle", () => details.open && details.scrollIntoView({ block: "nearest" }));
}

for (const form of document.querySelectorAll("form[data-claim]")) {
  const attribute = form.querySelector("[name$=-attribute]");
  const choose = () => {
    for (const row of form.querySelectorAll("[data-for]")) row.hidden = !row.dataset.for.split(" ").includes(attribute.value);
  };
  attribute.addEventListener("change", choose);
  choose();
}

sendOnce();
follow(document.querySelector("[data-news]"));

if (main.dataset.hold) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  setInterval(() => {
    if (document.visibilityState === "visible") fetch(main.dataset.hold, { method: "POST", headers: { "X-CSRFToken": token } });
  }, HOLD_EVERY);
}

suggest(document, { places: document.body.dataset.places, actors: document.body.dataset.actors });
listenForKeys(document.getElementById("keys"));
document.documentElement.classList.add("scripted");
beginAt(document.querySelector("[data-begin]"));
