/* An event at the desk: keys that lead to its verbs, and what a colleague did meanwhile. */

import { listenForKeys } from "../panel/keys.js";
import { follow } from "../panel/news.js";
import { sendOnce } from "../panel/once.js";

for (const button of document.querySelectorAll("button[data-fill]")) {
  button.addEventListener("click", () => {
    const form = button.closest("details").querySelector("form");
    form.elements[button.dataset.fill].value = button.value;
    form.elements.reason.focus();
  });
}
sendOnce();
follow(document.querySelector("[data-news]"));
listenForKeys(document.getElementById("keys"));
document.documentElement.classList.add("scripted");
