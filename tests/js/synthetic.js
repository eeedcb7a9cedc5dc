/* Made-up columns for tests and benchmarks: the same numbers for the same seed. */

import { UNDATED, parseDay } from "../../static/js/data/calendar.js";
import { PARTIES, complete } from "../../static/js/data/columns.js";

export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const TYPES = ["armed_attack", "ambush", "ied", "shelling", "meeting", "call", "joint_operation"];
const GRADES = ["confirmed", "fair", "weak", "contested"];

/** `size` events between 2014 and 2024 around Makhmour and Kirkuk; 2 % undated, 5 % unlocated, 10 % longer than a day. */
export function synthetic(size, seed = 1) {
  const next = random(seed);
  const upTo = (n) => Math.floor(next() * n);
  const first = parseDay("2014-01-01");
  const days = Int32Array.from({ length: size }, () => (next() < 0.02 ? UNDATED : first + upTo(4018))).sort();
  const column = (Kind, value) => Kind.from({ length: size }, (_, row) => value(row));
  const place = Array.from({ length: 300 }, (_, i) => `gn:${i}`);
  const parents = Object.fromEntries(place.map((code, i) => [code, i < 10 ? [] : [place[i % 10]]]));
  const located = column(Uint8Array, () => (next() < 0.95 ? 1 : 0));
  return complete({
    size, parents,
    kinds: Object.fromEntries(TYPES.map((type, i) => [type, i < 4 ? "incident" : "coordination"])),
    code: column(Uint32Array, (row) => 2014e6 + row + 1),
    start: days, end: column(Int32Array, (row) => (days[row] !== UNDATED && next() < 0.1 ? days[row] + upTo(30) : days[row])),
    datePrec: column(Uint8Array, () => 1 + upTo(5)), wherePrec: column(Uint8Array, (row) => (located[row] ? 1 + upTo(5) : 6)),
    type: column(Int32Array, () => upTo(TYPES.length)), modality: column(Int32Array, () => upTo(2)), grade: column(Int32Array, () => upTo(GRADES.length)),
    place: column(Int32Array, () => Math.floor(300 * next() ** 3)), located,
    lon: column(Int32Array, () => 42_000_000 + upTo(3_000_000)), lat: column(Int32Array, () => 34_000_000 + upTo(2_500_000)),
    killed: column(Int8Array, () => upTo(20)),
    origins: column(Uint8Array, () => 1 + upTo(3)),
    parties: column(Uint16Array, () => 1 << upTo(PARTIES.length)), flags: column(Uint8Array, () => (next() < 0.1 ? 1 : 0)),
    lists: { actor: lists(size, 40, upTo), outlet: lists(size, 20, upTo), speaker: lists(size, 15, upTo) },
    names: { type: TYPES, grade: GRADES, modality: ["occurred", "announced"], place, actor: slugs("actor", 40), outlet: slugs("outlet", 20), speaker: slugs("speaker", 15) },
  });
}

function slugs(word, count) {
  return Array.from({ length: count }, (_, i) => `${word}-${i}`);
}

function lists(size, names, upTo) {
  const members = [[], ...Array.from({ length: names * 2 }, (_, i) => (i < names ? [i] : [...new Set([upTo(names), upTo(names)])]))];
  return { set: Uint16Array.from({ length: size }, () => upTo(members.length)), members };
}
