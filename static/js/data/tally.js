/* Counts that follow the brush: a frame adds the rows that came in and takes away those that went out, never all of them. */

import { PARTIES } from "./columns.js";
import { bitOf } from "./filters.js";

/** Facet counts of a selection; each facet counts the rows that fail nothing but its own filter. */
export class Facets {
  constructor(selection) {
    this.selection = selection;
    this.reset();
  }

  reset() {
    const { names, lists } = this.selection.columns;
    this.counts = {
      kind: new Uint32Array(2), type: new Uint32Array(names.type.length), grade: new Uint32Array(names.grade.length),
      place: new Uint32Array(names.place.length), actor: new Uint32Array(lists.actor.members.length),
      outlet: new Uint32Array(lists.outlet.members.length), speaker: new Uint32Array(lists.speaker.members.length), origins: new Uint32Array(256), flags: new Uint32Array(2), party: new Uint32Array(1 << PARTIES.length),
    };
  }

  /** Counts `rows` (a range, or a list of early rows) with this sign. Written out and not looped over the facets: a million rows wait. */
  run(low, high, sign, list = null) {
    const { fails, columns } = this.selection;
    const { kind, type, grade, place, origins, flags, parties, lists } = columns;
    const [actor, outlet, speaker] = [lists.actor.set, lists.outlet.set, lists.speaker.set];
    const { counts } = this;
    const bit = bitOf;
    for (let at = low; at < high; at += 1) {
      const row = list ? list[at] : at;
      const fail = fails[row];
      if (fail & (fail - 1)) continue; // fails two filters: no facet counts it
      const counted = (own) => fail === 0 || fail === own;
      if (counted(bit.kind)) counts.kind[kind[row]] += sign;
      if (counted(bit.type)) counts.type[type[row]] += sign;
      if (counted(bit.grade)) counts.grade[grade[row]] += sign;
      if (counted(bit.place) && place[row] >= 0) counts.place[place[row]] += sign;
      if (counted(bit.party)) counts.party[parties[row]] += sign;
      if (counted(bit.origins)) counts.origins[Math.min(origins[row], 255)] += sign;
      if (counted(bit.conflict)) counts.flags[flags[row] & 1] += sign;
      if (counted(bit.actor)) counts.actor[actor[row]] += sign;
      if (counted(bit.outlet)) counts.outlet[outlet[row]] += sign;
      if (counted(bit.speaker)) counts.speaker[speaker[row]] += sign;
    }
  }

  /** {facet: Map(slug → count)}, and origins as "this many or more". */
  read() {
    const { columns } = this.selection;
    const named = (name) => new Map(columns.names[name].map((slug, i) => [slug, this.counts[name][i]]));
    const { kind, flags } = this.counts;
    return {
      kind: new Map([["incident", kind[0]], ["coordination", kind[1]]]),
      type: named("type"), grade: named("grade"), actor: this.inSets("actor"), outlet: this.inSets("outlet"), speaker: this.inSets("speaker"),
      place: this.places(), party: this.parties(), origins: this.atLeast(), conflict: new Map([["yes", flags[1]], ["no", flags[0]]]),
    };
  }

  /** Rows are counted by their set; here each name gets the sum of the sets that hold it. */
  inSets(name) {
    const { columns } = this.selection;
    const sums = new Uint32Array(columns.names[name].length);
    columns.lists[name].members.forEach((members, set) => members.forEach((each) => { sums[each] += this.counts[name][set]; }));
    return new Map(columns.names[name].map((slug, i) => [slug, sums[i]]));
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

  run(low, high, sign, list = null) {
    const { selection: { fails, columns: { located, kind, place } }, grid: { cellOf }, isArea, areas, cells, x, y, row: rows, places } = this;
    for (let at = low; at < high; at += 1) {
      const row = list ? list[at] : at;
      if (fails[row]) continue;
      if (!located[row]) this.unlocated += sign;
      else if (isArea[row]) areas[kind[row]][place[row]] += sign;
      else {
        const cell = cellOf[row];
        cells[kind[row]][cell] += sign;
        x[cell] += sign * places.x[row];
        y[cell] += sign * places.y[row];
        rows[cell] += sign * row;
      }
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
    tally.run(after.low, after.high, 1);
  } else {
    tally.run(after.low, before.low, 1);
    tally.run(before.low, after.low, -1);
    tally.run(before.high, after.high, 1);
    tally.run(after.high, before.high, -1);
    tally.run(0, before.early.length, -1, before.early);
  }
  tally.run(0, after.early.length, 1, after.early);
}
