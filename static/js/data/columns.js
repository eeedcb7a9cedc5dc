/* From the snapshot's file to plain typed arrays, sorted by first day; undated rows stand at the end. */

import { UNDATED } from "./calendar.js";

export const PARTIES = [
  "civilian", "peshmerga", "iraqi_army", "federal_police", "police", "cts", "pmf",
  "tribal", "isf", "coalition", "isis", "other_armed", "mixed", "unknown",
];
export const CONFLICT = 1;

/** "ISN-2021-000123" ↔ 2021000123: the permanent code as one 32-bit number. */
export function codeText(code) {
  return `ISN-${Math.floor(code / 1e6)}-${String(code % 1e6).padStart(6, "0")}`;
}

export function codeNumber(text) {
  const parts = /^ISN-(\d{4})-(\d{6})$/.exec(text ?? "");
  return parts ? Number(parts[1]) * 1e6 + Number(parts[2]) : null;
}

export const ARRAYS = { uint8: Uint8Array, int8: Int8Array, uint16: Uint16Array, int16: Int16Array, uint32: Uint32Array, int32: Int32Array };
const MAGIC = "ISNADCOL";

/** The file `incidents/packed.py` writes: its header, and by name in `columns` the numbers of each column. */
export function read(bytes) {
  const start = MAGIC.length + 4;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  const text = new TextDecoder();
  if (text.decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) throw new Error("this is no file of columns");
  const header = JSON.parse(text.decode(bytes.subarray(start, start + length)));
  const { size } = header;
  const columns = {};
  let at = start + length;
  for (const { name, kind, bytes: width, delta } of header.columns) {
    columns[name] = numbers(bytes.subarray(at, at + width * size), new ARRAYS[kind](size), width, delta);
    at += width * size;
  }
  return { ...header, columns };
}

/** What `read` leaves of a whole → columns. `lists[name]` = {set, members}: the number of each row's set, and the names each set holds. */
export function opened({ size, columns, names, sets, kinds, parents }) {
  const end = new Int32Array(size);
  for (let row = 0; row < size; row += 1) end[row] = columns.start[row] + columns.length[row];
  const lists = Object.fromEntries(Object.keys(sets).map((name) => [name, { set: columns[name], members: sets[name] }]));
  return complete({ ...columns, end, size, names, kinds, parents, lists });
}

/** One column: its planes of bytes put together again, folded signs opened, differences added up. */
function numbers(planes, values, width, delta) {
  const size = values.length;
  const folded = new Int32Array(size);
  for (let plane = 0; plane < width; plane += 1) {
    const [low, shift] = [plane * size, plane * 8];
    for (let row = 0; row < size; row += 1) folded[row] |= planes[low + row] << shift;
  }
  for (let row = 0; row < size; row += 1) folded[row] = (folded[row] >>> 1) ^ -(folded[row] & 1);
  if (delta) for (let row = 1; row < size; row += 1) folded[row] += folded[row - 1];
  values.set(folded);
  return values;
}

/** What follows from the columns: kind of each row, the rows that last, each place's ancestors. */
export function complete(columns) {
  const { size, start, end, names: name } = columns;
  const kindOf = Uint8Array.from(name.type, (slug) => (columns.kinds[slug] === "coordination" ? 1 : 0));
  columns.kind = new Uint8Array(size);
  for (let row = 0; row < size; row += 1) columns.kind[row] = kindOf[columns.type[row]];
  columns.dated = size;
  while (columns.dated > 0 && start[columns.dated - 1] === UNDATED) columns.dated -= 1;
  const lasting = [];
  columns.longest = 0;
  for (let row = 0; row < columns.dated; row += 1) {
    const length = end[row] - start[row];
    if (length > 0) lasting.push(row);
    if (length > columns.longest) columns.longest = length;
  }
  columns.lasting = Uint32Array.from(lasting);
  columns.ancestors = ancestors(name.place, columns.parents);
  return columns;
}

/** For each place, itself and every place it lies in, in either administrative tree, as indices into `places`. */
function ancestors(places, parents) {
  const index = new Map(places.map((code, i) => [code, i]));
  return places.map((code) => {
    const seen = new Set();
    const queue = [code];
    while (queue.length) {
      const next = queue.pop();
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(...(parents[next] ?? []));
    }
    return Uint32Array.from([...seen].filter((each) => index.has(each)), (each) => index.get(each));
  });
}
