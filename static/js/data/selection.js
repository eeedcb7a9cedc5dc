/* The filtered set: rows that pass every filter, and of those the ones the period meets.
   Rows are sorted by first day, so a period is a run of rows [low, high) plus the few that began earlier and still last. */

import { changed, mark } from "./filters.js";
import { emptyState } from "./state.js";

export class Selection {
  constructor(columns) {
    this.columns = columns;
    this.state = emptyState();
    this.found = new Set();
    this.fails = new Uint32Array(columns.size);
    this.before = [new Uint32Array(columns.size + 1), new Uint32Array(columns.size + 1)];
    this.count();
    this.range = this.rangeOf(null, null);
  }

  /** Takes a whole filter state; true where the set of passing rows (period apart) may have changed. */
  filter(state, found = this.found) {
    const names = changed(this.state, state);
    if (found !== this.found && !names.includes("q")) names.push("q");
    this.found = found;
    for (const name of names) mark(this.columns, this.fails, name, state, found);
    this.state = state;
    if (names.length) this.count();
    this.range = this.rangeOf(state.from, state.to);
    return names.length > 0;
  }

  /** Prefix sums a kind: before[kind][row] = passing rows of that kind before `row`. */
  count() {
    const { fails, before: [incidents, meetings], columns: { kind, size } } = this;
    for (let row = 0; row < size; row += 1) {
      const passes = fails[row] === 0 ? 1 : 0;
      incidents[row + 1] = incidents[row] + (kind[row] === 0 ? passes : 0);
      meetings[row + 1] = meetings[row] + (kind[row] === 1 ? passes : 0);
    }
  }

  passingBefore(row) {
    return this.before[0][row] + this.before[1][row];
  }

  /** First dated row whose first day is `day` or later. */
  rowOf(day) {
    let [low, high] = [0, this.columns.dated];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.columns.start[middle] < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The rows that meet the closed period; without a period, every row, undated ones too. */
  rangeOf(from, to) {
    if (from === null && to === null) return { low: 0, high: this.columns.size, early: [] };
    const low = from === null ? 0 : this.rowOf(from);
    const high = to === null ? this.columns.dated : this.rowOf(to + 1);
    return { low, high, early: from === null ? [] : this.stillLasting(from, to) };
  }

  /** Rows that began before `from` and end in or after it. */
  stillLasting(from, to) {
    const { lasting, longest, start, end } = this.columns;
    const rows = [];
    for (let i = lowerBound(lasting, this.rowOf(from - longest)); i < lasting.length && start[lasting[i]] < from; i += 1) {
      if (end[lasting[i]] >= from && (to === null || start[lasting[i]] <= to)) rows.push(lasting[i]);
    }
    return rows;
  }

  /** How many rows the filtered set has. */
  get total() {
    const { low, high } = this.range;
    return this.passingBefore(high) - this.passingBefore(low) + this.earlyPassing().length;
  }

  get undated() {
    const { columns: { dated, size } } = this;
    return this.range.high === size ? this.passingBefore(size) - this.passingBefore(Math.max(dated, this.range.low)) : 0;
  }

  earlyPassing() {
    return this.range.early.filter((row) => this.fails[row] === 0);
  }

  /** Rows `offset` … `offset + length` of the list: newest first by first day, undated ones last. */
  window(offset, length) {
    const rows = [];
    const early = this.earlyPassing().reverse();
    const total = this.total;
    const { low } = this.range;
    const high = Math.min(this.range.high, this.columns.dated);
    const dated = Math.max(this.passingBefore(high) - this.passingBefore(low), 0);
    for (let at = offset; at < Math.min(offset + length, total); at += 1) {
      if (at < dated) rows.push(this.nth(this.passingBefore(high) - at));
      else if (at < dated + early.length) rows.push(early[at - dated]);
      else rows.push(this.nth(this.passingBefore(this.range.high) - (at - dated - early.length)));
    }
    return rows;
  }

  /** The row of the `rank`-th passing row, counted from 1. */
  nth(rank) {
    let [low, high] = [0, this.columns.size - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.passingBefore(middle + 1) < rank) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function lowerBound(sorted, value) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
