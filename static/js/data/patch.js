/* A base and what has changed since: the rows of a patch take the place of the base's that are gone. Both as `read` leaves them. */

import { ARRAYS } from "./columns.js";

/** `patch` as incidents/packed.py describes it. */
export function patched(base, patch) {
  const runs = cut(base.size, patch);
  const size = base.size - patch.gone.length + patch.size;
  const joined = (name) => spliced(base.columns[name], numbered(name, base, patch), runs, size);
  const both = (name) => Object.fromEntries(Object.keys(base[name]).map((key) => [key, [...base[name][key], ...patch[name][key]]]));
  return {
    size, columns: Object.fromEntries(Object.keys(base.columns).map((name) => [name, joined(name)])), names: both("names"), sets: both("sets"),
    kinds: { ...base.kinds, ...patch.kinds }, parents: { ...base.parents, ...patch.parents },
  };
}

/** The whole as runs: rows `from` up to `to` of the base, then rows `first` up to `last` of the patch. */
function cut(size, { gone, at }) {
  const runs = [];
  let [from, first, lost] = [0, 0, 0];
  while (lost < gone.length || first < at.length) {
    const to = Math.min(gone[lost] ?? size, at[first] ?? size);
    let last = first;
    while (at[last] === to) last += 1;
    runs.push([from, to, first, last]);
    const isGone = gone[lost] === to;
    [from, first, lost] = [isGone ? to + 1 : to, last, isGone ? lost + 1 : lost];
  }
  return [...runs, [from, size, first, first]];
}

/** A column of the patch; sets are numbered on from those of the base. */
function numbered(name, base, patch) {
  const before = base.sets[name]?.length;
  return before ? Uint32Array.from(patch.columns[name], (set) => set + before) : patch.columns[name];
}

function spliced(mine, theirs, runs, size) {
  const joined = new (narrowest(mine, theirs))(size);
  let row = 0;
  for (const [from, to, first, last] of runs) {
    joined.set(mine.subarray(from, to), row);
    joined.set(theirs.subarray(first, last), row + to - from);
    row += to - from + last - first;
  }
  return joined;
}

/** The base's kind of array; where the patch's numbers do not fit it, the narrowest that holds both. */
function narrowest(mine, theirs) {
  if (fits(mine.constructor, theirs)) return mine.constructor;
  return [...Object.values(ARRAYS), Float64Array].find((Kind) => fits(Kind, theirs) && fits(Kind, mine));
}

function fits(Kind, values) {
  const cell = new Kind(1);
  return values.every((value) => {
    cell[0] = value;
    return cell[0] === value;
  });
}
