/* Bars: how many events of each kind begin in each bin, read off the prefix sums without touching a row. */

/** All passing rows, whatever the period: the quiet bars behind. Bins as `edges` (n + 1 first days). */
export function context(selection, edges) {
  return bars(selection, edges, 0, selection.columns.dated);
}

/** The filtered set: each event once, at its first day, or at the period's first day where it began before that. */
export function focus(selection, edges) {
  const { range, columns, state } = selection;
  const counts = bars(selection, edges, range.low, Math.min(range.high, columns.dated));
  for (const row of selection.earlyPassing()) counts[columns.kind[row]][binOf(edges, state.from)] += 1;
  return counts;
}

function bars(selection, edges, low, high) {
  const cuts = Array.from(edges, (day) => Math.min(Math.max(selection.rowOf(day), low), Math.max(high, low)));
  return selection.before.map((before) => Uint32Array.from({ length: edges.length - 1 }, (_, bin) => before[cuts[bin + 1]] - before[cuts[bin]]));
}

/** The bin that holds `day`; the first or last one where it lies outside. */
export function binOf(edges, day) {
  let bin = 0;
  while (bin < edges.length - 2 && edges[bin + 1] <= day) bin += 1;
  return bin;
}
