/* A base and what has changed since: the rows of a patch take the place of the base's that are gone. Both as `read` leaves them. */

import { ARRAYS } from "./columns.js";

/** `patch` as incidents/packed.py describes it. */
export function patched(base, patch) {
  const order = ordered(base.size, patch);
  const joined = (mine, theirs) => spliced(mine, theirs, order);
  const columns = Object.fromEntries(Object.keys(base.columns).map((name) => [name, joined(base.columns[name], numbered(name, base, patch))]));
  const both = (name) => Object.fromEntries(Object.keys(base[name]).map((key) => [key, [...base[name][key], ...patch[name][key]]]));
  return {
    size: order.length, columns, names: both("names"), sets: both("sets"),
    kinds: { ...base.kinds, ...patch.kinds }, parents: { ...base.parents, ...patch.parents },
  };
}

/** For each row of the whole its row in the base, or the base's size and its row in the patch. */
function ordered(size, { gone, at }) {
  const order = new Uint32Array(size - gone.length + at.length);
  let [row, next, lost] = [0, 0, 0];
  for (let old = 0; old <= size; old += 1) {
    while (at[next] === old) {
      order[row] = size + next;
      [row, next] = [row + 1, next + 1];
    }
    if (old === gone[lost]) lost += 1;
    else if (old < size) {
      order[row] = old;
      row += 1;
    }
  }
  return order;
}

/** A column of the patch; sets are numbered on from those of the base. */
function numbered(name, base, patch) {
  const before = base.sets[name]?.length;
  return before ? Uint32Array.from(patch.columns[name], (set) => set + before) : patch.columns[name];
}

function spliced(mine, theirs, order) {
  const size = mine.length;
  const joined = new (narrowest(mine, theirs))(order.length);
  for (let row = 0; row < order.length; row += 1) joined[row] = order[row] < size ? mine[order[row]] : theirs[order[row] - size];
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
