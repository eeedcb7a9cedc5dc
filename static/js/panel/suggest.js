/* Suggestions for places and actors, in any of their spellings, from the browser's own list widget: nothing to learn, nothing to draw. */

const PAUSE = 120;
let count = 0;

/** Browsers hide what does not hold the text that was typed; under the label it holds it, whatever spelling was found by it. */
function option(line, text) {
  return Object.assign(document.createElement("option"), { value: line, label: text });
}

/** Fill the list of every input with `data-suggest` from `addresses[…]` while somebody writes. */
export function suggest(root, addresses) {
  for (const input of root.querySelectorAll("input[data-suggest]")) {
    const list = document.createElement("datalist");
    list.id = `suggestions-${(count += 1)}`;
    input.after(list);
    input.setAttribute("list", list.id);
    let timer = 0;
    let latest = "";
    input.addEventListener("input", () => {
      clearTimeout(timer);
      const text = input.value.trim();
      if (text.length < 2 || text.endsWith("]")) return;
      timer = setTimeout(async () => {
        latest = text;
        const answer = await fetch(`${addresses[input.dataset.suggest]}?q=${encodeURIComponent(text)}`);
        if (!answer.ok || latest !== text) return;
        const { lines } = await answer.json();
        list.replaceChildren(...lines.map((line) => option(line, text)));
        input.dataset.suggested = text;
      }, PAUSE);
    });
  }
}
