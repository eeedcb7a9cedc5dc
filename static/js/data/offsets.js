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
