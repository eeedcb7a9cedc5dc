/* Every filter but the period, as one bit a row: a row passes where no bit is set.
   One bit each lets a facet count the rows that fail nothing but its own filter. */

import { covers } from "./area.js";
import { CONFLICT, PARTIES } from "./columns.js";

export const DIMENSIONS = [
  "kind", "type", "actor", "party", "place", "bbox", "outlet", "speaker", "grade", "origins", "conflict", "q", "located", "dated",
  "modality", "date_prec", "where_prec", "area",
];
export const bitOf = Object.fromEntries(DIMENSIONS.map((name, i) => [name, 1 << i]));

const CODES = ["0", "1", "2", "3", "4", "5", "6", "7"];
const KINDS = ["incident", "coordination"];

/** Sets or clears the bit of one dimension in `fails` (Uint32Array, one entry a row). `found` is the text search's Set of codes. */
export function mark(columns, fails, name, state, found) {
  const bit = bitOf[name];
  const passes = test(columns, name, state, found);
  for (let row = 0; row < fails.length; row += 1) {
    if (passes === null || passes(row)) fails[row] &= ~bit;
    else fails[row] |= bit;
  }
}

/** The dimensions in which two states differ. */
export function changed(before, after) {
  return DIMENSIONS.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

/** A function row → boolean; null where the state does not filter on this dimension. */
function test(columns, name, state, found) {
  switch (name) {
    case "kind": return chosen(columns.kind, KINDS, state.kind);
    case "type": return chosen(columns.type, columns.names.type, state.type);
    case "grade": return chosen(columns.grade, columns.names.grade, state.grade);
    case "modality": return chosen(columns.modality, columns.names.modality, state.modality);
    case "date_prec": return chosen(columns.datePrec, CODES, state.date_prec);
    case "where_prec": return chosen(columns.wherePrec, CODES, state.where_prec);
    case "place": return within(columns, state.place);
    case "actor": case "outlet": case "speaker": return anyOf(columns.lists[name], columns.names[name], state[name]);
    case "party": return anyParty(columns.parties, state.party);
    case "bbox": return inside(columns, state.bbox);
    case "area": return drawn(columns, state.area);
    case "origins": return state.origins === null ? null : (row) => columns.origins[row] >= state.origins;
    case "conflict": return flag(state.conflict, (row) => (columns.flags[row] & CONFLICT) !== 0);
    case "located": return flag(state.located, (row) => columns.located[row] === 1);
    case "dated": return flag(state.dated, (row) => row < columns.dated);
    case "q": return state.q.trim() === "" ? null : (row) => found.has(columns.code[row]);
    default: throw new Error(`no filter called ${name}`);
  }
}

function flag(wanted, is) {
  if (wanted === null) return null;
  return wanted ? is : (row) => !is(row);
}

function chosen(values, names, slugs) {
  if (!slugs.length) return null;
  const wanted = lookup(names, slugs);
  return (row) => wanted[values[row]] === 1;
}

function lookup(names, slugs) {
  const chosenOnes = new Set(slugs);
  return Uint8Array.from(names, (name) => (chosenOnes.has(name) ? 1 : 0));
}

function within(columns, slugs) {
  if (!slugs.length) return null;
  const direct = lookup(columns.names.place, slugs);
  const wanted = Uint8Array.from(columns.ancestors, (up) => (up.some((place) => direct[place]) ? 1 : 0));
  return (row) => wanted[columns.place[row]] === 1;
}

function anyOf({ set, members }, names, slugs) {
  if (!slugs.length) return null;
  const wanted = lookup(names, slugs);
  const holds = Uint8Array.from(members, (each) => (each.some((name) => wanted[name]) ? 1 : 0));
  return (row) => holds[set[row]] === 1;
}

function anyParty(parties, slugs) {
  if (!slugs.length) return null;
  const wanted = slugs.reduce((bits, slug) => bits | (1 << PARTIES.indexOf(slug)), 0);
  return (row) => (parties[row] & wanted) !== 0;
}

/** Closed on all four sides and in whole microdegrees, as the server's `bbox` is. */
function inside(columns, box) {
  if (!box) return null;
  const [west, south, east, north] = box;
  const { lon, lat, located } = columns;
  return (row) => located[row] === 1 && lon[row] >= west && lon[row] <= east && lat[row] >= south && lat[row] <= north;
}

function drawn({ lon, lat, located }, corners) {
  if (!corners) return null;
  const isCovered = covers(corners);
  return (row) => located[row] === 1 && isCovered(lon[row], lat[row]);
}
