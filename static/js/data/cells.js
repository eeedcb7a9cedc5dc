/* The map's marks: located rows gathered in the cells of a fixed grid, and rows known only to an area gathered by that area. */

const WORLD = 2 ** 30;
const AREA = [3, 4, 5]; // where_prec: district, governorate, line or fuzzy area

/** Web-mercator position of every row in units of 1/2^30 of the world's width. */
export function project(columns) {
  const { size, lon, lat } = columns;
  const x = new Uint32Array(size);
  const y = new Uint32Array(size);
  for (let row = 0; row < size; row += 1) {
    const sine = Math.sin((lat[row] * Math.PI) / 180e6);
    x[row] = (lon[row] / 360e6 + 0.5) * WORLD;
    y[row] = (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD;
  }
  return { x, y };
}

/** 1 where a row is drawn as its area's outline and not as a point. */
export function areal(columns) {
  const { size, wherePrec, place, located } = columns;
  const is = new Uint8Array(size);
  for (let row = 0; row < size; row += 1) if (AREA.includes(wherePrec[row]) && place[row] >= 0 && located[row]) is[row] = 1;
  return is;
}

/** The grid of one map view: `view` = {zoom, left, top, width, height} in world pixels of that zoom; `pixels` = a cell's side. */
export class Grid {
  constructor(columns, places, isArea, view, pixels) {
    const scale = WORLD / (256 * 2 ** view.zoom);
    this.side = Math.max(1, Math.round(pixels * scale));
    this.scale = scale;
    this.column0 = Math.floor((view.left * scale) / this.side);
    this.row0 = Math.floor((view.top * scale) / this.side);
    this.columns = Math.floor(((view.left + view.width) * scale) / this.side) - this.column0 + 1;
    this.rows = Math.floor(((view.top + view.height) * scale) / this.side) - this.row0 + 1;
    this.size = this.columns * this.rows;
    this.cellOf = this.assign(columns, places, isArea);
  }

  /** Cell of every row; `size` for rows outside the view or without a point of their own. Once a view, not once a frame. */
  assign({ size, located }, { x, y }, isArea) {
    const cellOf = new Int32Array(size);
    const { side, column0, row0 } = this;
    for (let row = 0; row < size; row += 1) {
      const across = Math.floor(x[row] / side) - column0;
      const down = Math.floor(y[row] / side) - row0;
      const seen = located[row] && !isArea[row] && across >= 0 && across < this.columns && down >= 0 && down < this.rows;
      cellOf[row] = seen ? down * this.columns + across : this.size;
    }
    return cellOf;
  }
}

/** Joins neighbouring cells whose marks would touch. `marks` = [{x, y, counts: [a, b], cells}] in world pixels; biggest first. */
export function merge(marks, radius) {
  const kept = [];
  const weight = (mark) => mark.counts[0] + mark.counts[1];
  for (const mark of [...marks].sort((a, b) => weight(b) - weight(a) || a.cells[0] - b.cells[0])) {
    const near = kept.find((other) => Math.hypot(other.x - mark.x, other.y - mark.y) < radius(weight(other)) + radius(weight(mark)));
    if (!near) kept.push({ ...mark, counts: [...mark.counts], cells: [...mark.cells] });
    else absorb(near, mark, weight);
  }
  return kept;
}

function absorb(into, mark, weight) {
  const [mine, theirs] = [weight(into), weight(mark)];
  into.x = (into.x * mine + mark.x * theirs) / (mine + theirs);
  into.y = (into.y * mine + mark.y * theirs) / (mine + theirs);
  into.counts[0] += mark.counts[0];
  into.counts[1] += mark.counts[1];
  into.cells.push(...mark.cells);
  into.row = -1;
}
