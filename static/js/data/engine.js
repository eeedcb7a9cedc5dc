/* The one place that answers "what is shown": count, bars, marks, facets and list rows all come from the same selection. */

import { edges as cut, unitFor } from "./calendar.js";
import { Grid, areal, merge, project } from "./cells.js";
import { codeNumber, codeText } from "./columns.js";
import { context, focus } from "./histogram.js";
import { Selection } from "./selection.js";
import { Facets, Marks, move } from "./tally.js";

const MOST_BINS = 240;
const MOST_DAYS = 125; // a season
const MOST_SINGLE = 300;

export class Engine {
  constructor(columns) {
    this.columns = columns;
    this.selection = new Selection(columns);
    this.places = project(columns);
    this.isArea = areal(columns);
    this.facets = new Facets(this.selection);
    this.counted = { facets: null, marks: null };
    this.marks = null;
  }

  /** What does not change with the state: size, span of days, names. */
  about() {
    const { columns: { size, dated, start, end, names } } = this;
    let last = dated ? start[dated - 1] : null;
    for (let row = 0; row < dated; row += 1) if (end[row] > last) last = end[row];
    return { size, dated, first: dated ? start[0] : null, last, names };
  }

  /** Takes the filter state. `found`: array of codes the text search answered with, or null to keep the last answer. */
  filter(state, found = null) {
    const answer = found === null ? undefined : new Set(found);
    if (this.selection.filter(state, answer)) this.counted = { facets: null, marks: null };
  }

  /** Which screen the map shows; marks are gathered anew for it. `pixels`: side of a cell. */
  look(view, pixels = 40) {
    const grid = new Grid(this.columns, this.places, this.isArea, view, pixels);
    this.marks = new Marks(this.selection, grid, this.places, this.isArea);
    this.counted.marks = null;
  }

  /** One frame: everything on the screen but the facets. `unit` null lets the span choose. */
  frame({ first, last, unit = null, list = { offset: 0, length: 0 } }) {
    const { selection } = this;
    const bars = this.bars(first, last, unit);
    return { total: selection.total, undated: selection.undated, ...bars, single: this.singles(bars), map: this.map(), list: this.list(list) };
  }

  bars(first, last, unit) {
    if (first === null) return { unit: unit ?? "month", edges: new Int32Array(0), context: [], focus: [] };
    const chosen = unit ?? unitFor(first, last, MOST_BINS);
    const edges = cut(chosen, first, last);
    return { unit: chosen, edges, context: context(this.selection, edges), focus: focus(this.selection, edges) };
  }

  /** The events one by one, where the bars are days and few enough for each to be drawn; else null. */
  singles({ unit, edges }) {
    const { selection, columns: { start, end, kind } } = this;
    const dated = selection.total - selection.undated;
    if (unit !== "day" || edges.length > MOST_DAYS || dated > MOST_SINGLE) return null;
    return selection.window(0, dated).map((row) => ({ code: this.codes([row])[0], start: start[row], end: end[row], kind: kind[row] }));
  }

  map() {
    if (!this.marks) return null;
    this.follow("marks", this.marks);
    const { points, ...rest } = this.marks.read();
    const joined = merge(points, radius);
    return { points: joined.map((mark) => ({ ...mark, ...this.single(mark.row) })), ...rest };
  }

  /** What a mark of one event says about itself. */
  single(row) {
    if (row < 0) return {};
    const { columns } = this;
    return { code: codeText(columns.code[row]), wherePrec: columns.wherePrec[row], killed: columns.killed[row] < 0 ? null : columns.killed[row] };
  }

  list({ offset, length }) {
    return { offset, codes: this.codes(this.selection.window(offset, length)) };
  }

  codes(rows) {
    return rows.map((row) => codeText(this.columns.code[row]));
  }

  /** Counts beside each choice of each facet. */
  choices() {
    this.follow("facets", this.facets);
    return this.facets.read();
  }

  /** Codes of the filtered events in the given cells or in an area, newest first, at most `most` of them. */
  members({ cells = null, place = null, unlocated = false }, most = 200) {
    const wanted = cells && new Set(cells);
    const is = (row) => {
      if (unlocated) return !this.columns.located[row];
      if (wanted) return wanted.has(this.marks.grid.cellOf[row]);
      return this.isArea[row] && this.columns.place[row] === place;
    };
    const { range, fails } = this.selection;
    const rows = [];
    for (let row = range.high - 1; row >= range.low && rows.length < most; row -= 1) if (fails[row] === 0 && is(row)) rows.push(row);
    for (const row of range.early) if (fails[row] === 0 && rows.length < most && is(row)) rows.push(row);
    return this.codes(rows);
  }

  /** Whether the filtered set holds the event of this code. */
  has(code) {
    const row = this.columns.code.indexOf(codeNumber(code));
    const { range, fails } = this.selection;
    return row >= 0 && fails[row] === 0 && ((row >= range.low && row < range.high) || range.early.includes(row));
  }

  follow(name, tally) {
    const { range } = this.selection;
    move(tally, this.counted[name], range);
    this.counted[name] = range;
  }
}

/** A mark's radius in pixels: its area grows with the count, within what a finger can hit and a map can bear. */
export function radius(count) {
  return Math.min(7 + 2.6 * Math.log2(Math.max(count, 1)), 34);
}
