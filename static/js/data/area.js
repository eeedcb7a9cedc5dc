/* Areas that readers draw: one closed line of corners that never meets itself, in whole microdegrees; its edge belongs to it.
   The server reads and tests them by the same rule (incidents/areas.py): on whole numbers of this size doubles are exact. */

export const VERSION = "1";
export const FEWEST = 3;
export const MOST = 50;
const WIDEST = 90_000_000; // above it products of two differences outgrow the 53 bits in which a number is exact
const CORNER = /^(-?\d{1,3}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?)$/;

/** "1~43.1,34.9~44.2,34.9~44.2,35.8" → [[43100000, 34900000], …]; null where it is no area. */
export function readArea(text) {
  const [version, ...parts] = text.split("~");
  if (version !== VERSION) return null;
  const corners = parts.map((part) => CORNER.exec(part)?.slice(1).map((degrees) => Math.round(Number(degrees) * 1e6)));
  return corners.every(Boolean) && isArea(corners) ? corners : null;
}

export function writeArea(corners) {
  return [VERSION, ...corners.map((corner) => corner.map((micro) => String(micro / 1e6)).join(","))].join("~");
}

/** Whether these corners are an area: on the globe, not too many or too far apart, and a line that never crosses or touches itself. */
export function isArea(corners) {
  if (corners.length < FEWEST || corners.length > MOST) return false;
  if (corners.some(([lon, lat]) => Math.abs(lon) > 180e6 || Math.abs(lat) > 90e6)) return false;
  const { west, south, east, north } = bounds(corners);
  return east - west <= WIDEST && north - south <= WIDEST && !meetsItself(corners);
}

function meetsItself(corners) {
  const count = corners.length;
  const edge = (i) => [corners[i], corners[(i + 1) % count]];
  for (let i = 0; i < count; i += 1) {
    const [a, b] = edge(i);
    if (a[0] === b[0] && a[1] === b[1]) return true;
    const [, c] = edge((i + 1) % count);
    // The next edge shares this one's end: it meets it again only by going straight back.
    if (side(a, b, c) === 0 && (a[0] - b[0]) * (c[0] - b[0]) + (a[1] - b[1]) * (c[1] - b[1]) > 0) return true;
    for (let j = i + 2; j < count; j += 1) if ((j + 1) % count !== i && cross([a, b], edge(j))) return true;
  }
  return false;
}

function cross([a, b], [c, d]) {
  const [one, two, three, four] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)].map(Math.sign);
  if (one !== two && three !== four) return true;
  return [[one, a, b, c], [two, a, b, d], [three, c, d, a], [four, c, d, b]].some(([turn, from, to, point]) => turn === 0 && isBetween(from, to, point));
}

function isBetween([ax, ay], [bx, by], [x, y]) {
  return Math.min(ax, bx) <= x && x <= Math.max(ax, bx) && Math.min(ay, by) <= y && y <= Math.max(ay, by);
}

/** Above zero where `c` lies left of the line from `a` to `b`, zero on it. */
function side(a, b, c) {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

export function bounds(corners) {
  const [lons, lats] = [0, 1].map((axis) => corners.map((corner) => corner[axis]));
  return { west: Math.min(...lons), south: Math.min(...lats), east: Math.max(...lons), north: Math.max(...lats) };
}

/** A function (lon, lat) → boolean, edges included. */
export function covers(corners) {
  const { west, south, east, north } = bounds(corners);
  return (x, y) => {
    if (x < west || x > east || y < south || y > north) return false;
    let isInside = false;
    for (let i = 0, j = corners.length - 1; i < corners.length; j = i, i += 1) {
      const [a, b] = [corners[j], corners[i]];
      const turn = side(a, b, [x, y]);
      if (turn === 0 && isBetween(a, b, [x, y])) return true;
      // A ray to the east meets the edge: its lower end counts, its upper one does not.
      if ((a[1] <= y && y < b[1] && turn > 0) || (b[1] <= y && y < a[1] && turn < 0)) isInside = !isInside;
    }
    return isInside;
  };
}
