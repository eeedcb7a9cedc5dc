import assert from "node:assert/strict";
import test from "node:test";

import { codeNumber, codeText, decode } from "../../static/js/data/columns.js";
import { UNDATED } from "../../static/js/data/calendar.js";

/** The file as `incidents/packed.py` describes it, written number by number. */
function file(size, columns, rest) {
  const parts = [];
  const listed = columns.map(([name, kind, values, delta = false]) => {
    const folded = values.map((value, row) => {
      const number = BigInt(delta && row ? value - values[row - 1] : value);
      return number < 0n ? -number * 2n - 1n : number * 2n;
    });
    const bytes = Math.max(1, ...folded.map((number) => Math.ceil(number.toString(2).length / 8)));
    for (let plane = 0; plane < bytes; plane += 1) parts.push(...folded.map((number) => Number((number >> BigInt(8 * plane)) & 255n)));
    return { name, kind, bytes, delta };
  });
  const header = new TextEncoder().encode(JSON.stringify({ size, columns: listed, ...rest }));
  const length = new Uint8Array(new Uint32Array([header.length]).buffer);
  return Uint8Array.from([...new TextEncoder().encode("ISNADCOL"), ...length, ...header, ...parts]);
}

const REST = {
  names: { type: ["ied", "meeting"], place: ["gn:1"], actor: ["a", "b"] }, sets: { actor: [[], [1], [0, 1]] },
  kinds: { ied: "incident", meeting: "coordination" }, parents: {},
};

test("numbers of every size and sign come out of the file as they went in", () => {
  const columns = decode(file(3, [
    ["code", "uint32", [2021000123, 1900999999, 2021000001], true], ["start", "int32", [-400, 18965, UNDATED], true], ["length", "uint16", [0, 365, 0]],
    ["type", "uint8", [0, 1, 0]], ["lon", "int32", [180_000_000, -180_000_000, 43_123_456]], ["place", "int8", [0, -1, 0]], ["killed", "int16", [-1, 300, 0]],
    ["actor", "uint8", [2, 0, 1]],
  ], REST));
  assert.deepEqual([...columns.code], [2021000123, 1900999999, 2021000001]);
  assert.deepEqual([...columns.start], [-400, 18965, UNDATED]);
  assert.deepEqual([...columns.end], [-400, 19330, UNDATED]);
  assert.deepEqual([...columns.lon], [180_000_000, -180_000_000, 43_123_456]);
  assert.deepEqual([...columns.place], [0, -1, 0]);
  assert.deepEqual([...columns.killed], [-1, 300, 0]);
  assert.deepEqual([...columns.kind], [0, 1, 0]);
  assert.deepEqual([...columns.lists.actor.set].map((set) => columns.lists.actor.members[set]), [[0, 1], [], [1]]);
  assert.deepEqual([columns.dated, [...columns.lasting]], [2, [1]]);
});

test("a file of another kind is refused", () => {
  assert.throws(() => decode(new TextEncoder().encode("ARROW1 and then something else")), /no file of columns/);
});

test("a code is one number and back", () => {
  assert.equal(codeText(codeNumber("ISN-2021-000123")), "ISN-2021-000123");
});
