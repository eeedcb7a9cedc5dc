/* From the snapshot (an Arrow table) to plain typed arrays, sorted by first day; undated rows stand at the end. */

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

/** Arrow IPC bytes → columns. `arrow` is the apache-arrow library, handed in so that this file has no dependency. */
export function decode(arrow, bytes) {
  const table = arrow.tableFromIPC(bytes);
  const meta = JSON.parse(table.schema.metadata.get("isnad") ?? "{}");
  const numbers = (name) => flat(table.getChild(name));
  const types = names(table, "type");
  return complete({
    version: meta.version, builtAt: meta.built_at, size: table.numRows, kinds: meta.kinds ?? {}, parents: meta.parents ?? {},
    code: numbers("code"), start: dated(table.getChild("date_start")), end: dated(table.getChild("date_end")),
    datePrec: numbers("date_prec"), wherePrec: numbers("where_prec"),
    type: coded(table, "type"), grade: coded(table, "grade"), modality: coded(table, "modality"), place: coded(table, "place"),
    lon: numbers("lon"), lat: numbers("lat"), located: valid(table.getChild("lon")),
    killed: numbers("killed"), injured: numbers("injured"), killedKnown: valid(table.getChild("killed")),
    articles: numbers("articles"), outlets: numbers("outlets"), origins: numbers("origins"),
    parties: numbers("parties"), flags: numbers("flags"),
    lists: { actor: list(table, "actors"), outlet: list(table, "outlet_ids"), speaker: list(table, "speakers") },
    names: {
      type: types, grade: names(table, "grade"), modality: names(table, "modality"), place: names(table, "place"),
      actor: names(table, "actors"), outlet: names(table, "outlet_ids"), speaker: names(table, "speakers"),
    },
  });
}

/** What follows from the columns: kind of each row, the rows that last, each place's ancestors. */
export function complete(columns) {
  const { size, start, end, names: name } = columns;
  const kindOf = Uint8Array.from(name.type, (slug) => (columns.kinds[slug] === "coordination" ? 1 : 0));
  columns.kind = Uint8Array.from(columns.type, (type) => kindOf[type]);
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

function flat(vector) {
  return vector.data.length === 1 ? vector.data[0].values.subarray(0, vector.length) : vector.toArray();
}

function dated(vector) {
  const days = Int32Array.from(flat(vector));
  if (vector.nullCount) for (let row = 0; row < days.length; row += 1) if (!vector.isValid(row)) days[row] = UNDATED;
  return days;
}

/** One byte a row: 1 where the value is known. */
function valid(vector) {
  const known = new Uint8Array(vector.length).fill(1);
  if (!vector.nullCount) return known;
  const bits = vector.data[0].nullBitmap;
  for (let row = 0; row < known.length; row += 1) known[row] = (bits[row >> 3] >> (row & 7)) & 1;
  return known;
}

/** Dictionary indices, −1 for null. */
function coded(table, name) {
  const vector = table.getChild(name);
  const indices = Int32Array.from(flat(vector));
  if (vector.nullCount) {
    const known = valid(vector);
    for (let row = 0; row < indices.length; row += 1) if (!known[row]) indices[row] = -1;
  }
  return indices;
}

function names(table, name) {
  const vector = table.getChild(name);
  const data = vector.data[0];
  const dictionary = data?.dictionary ?? data?.children?.[0]?.dictionary;
  return dictionary ? [...dictionary] : [];
}

function list(table, name) {
  const data = table.getChild(name).data[0];
  if (!data) return { offsets: new Int32Array(1), values: new Int32Array(0) };
  return { offsets: data.valueOffsets, values: data.children[0].values };
}
