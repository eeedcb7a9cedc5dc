/* Counts that follow the brush: a frame adds the rows that came in and takes away those that went out, never all of them. */

import { PARTIES } from "./columns.js";
import { bitOf } from "./filters.js";

const COUNTED = ["kind", "type", "grade", "place", "actor", "outlet", "speaker", "origins", "flags", "party"];

/** Facet counts of a selection; each facet counts the rows that fail nothing but its own filter. */
export class Facets {
  constructor(selection) {
    this.selection = selection;
    this.reset();
  }

  reset() {
    const { names } = this.selection.columns;
    this.counts = {
      kind: new Uint32Array(2), type: new Uint32Array(names.type.length), grade: new Uint32Array(names.grade.length),
      place: new Uint32Array(names.place.length), actor: new Uint32Array(names.actor.length), outlet: new Uint32Array(names.outlet.length),
      speaker: new Uint32Array(names.speaker.length), origins: new Uint32Array(256), flags: new Uint32Array(2), party: new Uint32Array(1 << PARTIES.length),
    };
    this.bits = { ...bitOf, flags: bitOf.conflict };
  }

  add(row, sign) {
    const fails = this.selection.fails[row];
    if (fails & (fails - 1)) return; // fails two filters: no facet counts it
    const { columns } = this.selection;
    for (const name of COUNTED) {
      if (fails && fails !== this.bits[name]) continue;
      const counts = this.counts[name];
      if (name === "actor" || name === "outlet" || name === "speaker") {
        const { offsets, values } = columns.lists[name];
        for (let i = offsets[row]; i < offsets[row + 1]; i += 1) counts[values[i]] += sign;
      } else if (name === "origins") counts[Math.min(columns.origins[row], 255)] += sign;
      else if (name === "flags") counts[columns.flags[row] & 1] += sign;
      else if (name === "party") counts[columns.parties[row]] += sign;
      else if (columns[name][row] >= 0) counts[columns[name][row]] += sign;
    }
  }

  /** {facet: Map(slug → count)}, and origins as "this many or more". */
  read() {
    const { columns } = this.selection;
    const named = (name) => new Map(columns.names[name].map((slug, i) => [slug, this.counts[name][i]]));
    const { kind, flags } = this.counts;
    return {
      kind: new Map([["incident", kind[0]], ["coordination", kind[1]]]),
      type: named("type"), grade: named("grade"), actor: named("actor"), outlet: named("outlet"), speaker: named("speaker"),
      place: this.places(), party: this.parties(), origins: this.atLeast(), conflict: new Map([["yes", flags[1]], ["no", flags[0]]]),
    };
  }

  places() {
    const { ancestors, names } = this.selection.columns;
    const sums = new Uint32Array(names.place.length);
    this.counts.place.forEach((count, place) => count && ancestors[place].forEach((up) => { sums[up] += count; }));
    return new Map(names.place.map((slug, i) => [slug, sums[i]]));
  }

  parties() {
    const sums = new Map(PARTIES.map((slug) => [slug, 0]));
    this.counts.party.forEach((count, bits) => {
      if (count) PARTIES.forEach((slug, i) => bits & (1 << i) && sums.set(slug, sums.get(slug) + count));
    });
    return sums;
  }

  atLeast() {
    const sums = new Map();
    for (let most = 255, sum = 0; most >= 1; most -= 1) {
      sum += this.counts.origins[most];
      if (sum && most <= 5) sums.set(String(most), sum);
    }
    return sums;
  }
}

/** Marks of a map view: counts a kind, summed position and a row, for each cell of the grid and for each area. */
export class Marks {
  constructor(selection, grid, places, isArea) {
    Object.assign(this, { selection, grid, places, isArea });
    this.reset();
  }

  reset() {
    const areas = this.selection.columns.names.place.length;
    this.cells = [new Uint32Array(this.grid.size + 1), new Uint32Array(this.grid.size + 1)];
    this.x = new Float64Array(this.grid.size + 1);
    this.y = new Float64Array(this.grid.size + 1);
    this.row = new Float64Array(this.grid.size + 1); // sum of row numbers: the row itself where the count is one
    this.areas = [new Uint32Array(areas), new Uint32Array(areas)];
    this.unlocated = 0;
  }

  add(row, sign) {
    const { selection: { columns, fails }, grid } = this;
    if (fails[row]) return;
    if (!columns.located[row]) this.unlocated += sign;
    else if (this.isArea[row]) this.areas[columns.kind[row]][columns.place[row]] += sign;
    else {
      const cell = grid.cellOf[row];
      this.cells[columns.kind[row]][cell] += sign;
      this.x[cell] += sign * this.places.x[row];
      this.y[cell] += sign * this.places.y[row];
      this.row[cell] += sign * row;
    }
  }

  /** {points: [{x, y, counts, cells, row}], areas: [{place, counts}], outside, unlocated}; x, y in world pixels of the view's zoom. */
  read() {
    const points = [];
    const [incidents, meetings] = this.cells;
    for (let cell = 0; cell < this.grid.size; cell += 1) {
      const count = incidents[cell] + meetings[cell];
      if (!count) continue;
      const [x, y] = [this.x[cell], this.y[cell]].map((sum) => sum / count / this.grid.scale);
      points.push({ x, y, counts: [incidents[cell], meetings[cell]], cells: [cell], row: count === 1 ? this.row[cell] : -1 });
    }
    const areas = [];
    this.areas[0].forEach((count, place) => {
      if (count + this.areas[1][place]) areas.push({ place, counts: [count, this.areas[1][place]] });
    });
    const outside = incidents[this.grid.size] + meetings[this.grid.size];
    return { points, areas, outside, unlocated: this.unlocated };
  }
}

/** Brings `tally` from the rows of one range to those of the next, by the difference where that is less work. */
export function move(tally, before, after) {
  const apart = before ? Math.abs(before.low - after.low) + Math.abs(before.high - after.high) : Infinity;
  if (apart > after.high - after.low || before.high < after.low || after.high < before.low) {
    tally.reset();
    run(tally, after.low, after.high, 1);
  } else {
    run(tally, after.low, before.low, 1);
    run(tally, before.low, after.low, -1);
    run(tally, before.high, after.high, 1);
    run(tally, after.high, before.high, -1);
    for (const row of before.early) tally.add(row, -1);
  }
  for (const row of after.early) tally.add(row, 1);
}

function run(tally, low, high, sign) {
  for (let row = low; row < high; row += 1) tally.add(row, sign);
}
