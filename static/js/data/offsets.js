/* Offsets into text: Python counts code points, JavaScript counts UTF-16 units. */

/** Map(code point offset → UTF-16 offset) for the offsets asked for, in one walk over the text. */
export function codeUnits(text, offsets) {
  const wanted = [...new Set(offsets)].sort((a, b) => a - b);
  const found = new Map();
  let [points, units] = [0, 0];
  for (const offset of wanted) {
    while (points < offset && units < text.length) {
      units += text.codePointAt(units) > 0xffff ? 2 : 1;
      points += 1;
    }
    found.set(offset, units);
  }
  return found;
}

/** Converters for one text, both ways: `unit(codePoint)` and `codePoint(unit)`; both are monotonic and clamp to the text's ends. A text without astral
 * characters needs no table. */
export function offsetsOf(text) {
  if (!/[\ud800-\udfff]/.test(text)) {
    const clamp = (n) => Math.min(Math.max(n, 0), text.length);
    return { unit: clamp, codePoint: clamp, length: text.length };
  }
  const units = [];
  for (let i = 0; i < text.length; i += text.codePointAt(i) > 0xffff ? 2 : 1) units.push(i);
  units.push(text.length);
  return {
    unit: (n) => units[Math.min(Math.max(n, 0), units.length - 1)],
    codePoint: (unit) => {
      let low = 0;
      let high = units.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (units[middle] < unit) low = middle + 1;
        else high = middle;
      }
      return low;
    },
    length: units.length - 1,
  };
}

/** The stretch without white space at its ends; null where nothing is left. */
export function trimmed(text, start, end) {
  let first = start;
  let last = end;
  while (first < last && /\s/u.test(text[first])) first += 1;
  while (last > first && /\s/u.test(text[last - 1])) last -= 1;
  return first < last ? [first, last] : null;
}
