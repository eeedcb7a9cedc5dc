/* Stretches of an article shown in place. The CSS Custom Highlight API paints without touching the text: an element around part of a word would
   un-join Arabic letters. */

import { offsetsOf, trimmed } from "../data/offsets.js";

/** An article's text in `element`, as it is stored: written anew, because HTML parsers swallow carriage returns and would shift every offset. */
export class MarkedText {
  constructor(element, text) {
    element.textContent = text;
    this.element = element;
    this.text = text;
    this.node = element.firstChild;
    this.offsets = offsetsOf(text);
  }

  /** A range over code points start to end. */
  range(start, end) {
    const range = new Range();
    range.setStart(this.node, this.offsets.unit(start));
    range.setEnd(this.node, this.offsets.unit(end));
    return range;
  }

  /** Paint these stretches under a highlight's name (see css/review.css); none takes the paint away. */
  paint(name, spans) {
    if (!("highlights" in CSS)) return;
    if (spans.length) CSS.highlights.set(name, new Highlight(...spans.map(([start, end]) => this.range(start, end))));
    else CSS.highlights.delete(name);
  }

  /** Paint one stretch as the one in question and bring it into view, inside the article's own frame. */
  show(start, end) {
    this.paint("current", [[start, end]]);
    const place = this.range(start, end).getBoundingClientRect();
    const frame = this.element.getBoundingClientRect();
    if (place.top < frame.top || place.bottom > frame.bottom) {
      this.element.scrollTop += place.top - frame.top - frame.height / 3;
    }
    if (frame.top < 0 || frame.top > window.innerHeight) this.element.scrollIntoView({ block: "start" });
  }

  /** What is selected inside the text: {start, end, words} in code points, or null. */
  selected() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (range.startContainer !== this.node && !this.element.contains(range.startContainer)) return null;
    const unit = (container, offset, atEnd) => (container === this.node ? offset : atEnd ? this.text.length : 0);
    const found = trimmed(this.text, unit(range.startContainer, range.startOffset), unit(range.endContainer, range.endOffset, true));
    if (!found) return null;
    const [first, last] = found;
    return { start: this.offsets.codePoint(first), end: this.offsets.codePoint(last), words: this.text.slice(first, last) };
  }
}
