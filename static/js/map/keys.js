/* The marks again as buttons, for the keyboard and for screen readers: clusters open on Enter, without zooming. */

const MOST = 150;
const QUIET = 180; // milliseconds without a new frame before the buttons follow: a drag makes sixty frames a second

export class KeyMarks {
  constructor(list, open) {
    this.list = list;
    this.open = open;
    this.timer = 0;
  }

  /** `marks()` tells what is drawn when the screen has come to rest, `label(mark)` says it in words. */
  offer(marks, label) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.place(marks(), label), QUIET);
  }

  place(marks, label) {
    const shown = [...marks].sort((a, b) => total(b) - total(a)).slice(0, MOST);
    const focused = document.activeElement?.dataset?.mark;
    this.list.replaceChildren(...shown.map((mark) => this.button(mark, label(mark))));
    if (focused) this.list.querySelector(`[data-mark="${CSS.escape(focused)}"]`)?.focus();
  }

  button(mark, text) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", text);
    button.dataset.mark = mark.code ?? mark.place ?? mark.cells.join();
    Object.assign(button.style, { left: `${mark.x}px`, top: `${mark.y}px` });
    button.addEventListener("click", () => this.open(mark));
    item.append(button);
    return item;
  }
}

function total({ counts }) {
  return counts[0] + counts[1];
}
