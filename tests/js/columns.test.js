import assert from "node:assert/strict";
import test from "node:test";

import { codeNumber, codeText, opened, read } from "../../static/js/data/columns.js";
import { answer } from "../../static/js/data/protocol.js";
import { patched } from "../../static/js/data/patch.js";
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
  names: { type: ["ied", "meeting"], grade: [], place: ["gn:1"], actor: ["a", "b"], outlet: [], speaker: [] },
  sets: { actor: [[], [1], [0, 1]], outlet: [[]], speaker: [[]] },
  kinds: { ied: "incident", meeting: "coordination" }, parents: {},
};

test("numbers of every size and sign come out of the file as they went in", () => {
  const columns = opened(read(file(3, [
    ["code", "uint32", [2021000123, 1900999999, 2021000001], true], ["start", "int32", [-400, 18965, UNDATED], true], ["length", "uint16", [0, 365, 0]],
    ["type", "uint8", [0, 1, 0]], ["lon", "int32", [180_000_000, -180_000_000, 43_123_456]], ["place", "int8", [0, -1, 0]], ["killed", "int16", [-1, 300, 0]],
    ["actor", "uint8", [2, 0, 1]],
  ], REST)));
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
  assert.throws(() => read(new TextEncoder().encode("ARROW1 and then something else")), /no file of columns/);
});

const nothing = (size) => ["lon", "lat", "located", "wherePrec", "grade", "outlet", "speaker"].map((name) => [name, "uint8", Array(size).fill(0)]);
const BASE = [3, [
  ["code", "uint32", [2021000001, 2021000002, 2021000003], true], ["start", "int32", [100, 200, UNDATED], true], ["length", "uint8", [0, 1, 0]],
  ["type", "uint8", [0, 1, 0]], ["place", "int8", [0, -1, 0]], ["killed", "int8", [-1, 3, 0]], ["actor", "uint8", [2, 0, 1]], ...nothing(3),
], REST];
// Row 1 is gone; rows come in before the first, where that one was (two, one of them with names the base lacks), and at the end.
const PATCH = [4, [
  ["code", "uint32", [2021000009, 2021000002, 2021000008, 2021000010], true], ["start", "int32", [50, 200, 200, UNDATED], true],
  ["length", "uint16", [0, 400, 0, 0]], ["type", "uint8", [1, 1, 0, 0]], ["place", "int8", [-1, 0, 1, -1]],
  ["killed", "uint16", [0, 300, 0, 0]], ["actor", "uint8", [0, 1, 2, 0]],
  ...nothing(4),
], {
  names: { type: [], grade: [], place: ["gn:2"], actor: ["c"], outlet: [], speaker: [] },
  sets: { actor: [[], [0], [1, 2]], outlet: [[]], speaker: [[]] },
  kinds: REST.kinds, parents: { "gn:2": ["gn:1"] }, base: "abc", gone: [1], at: [0, 1, 2, 3],
}];

test("the rows of a patch stand among those of its base, in the place of those that are gone", () => {
  const columns = opened(patched(read(file(...BASE)), read(file(...PATCH))));
  assert.equal(columns.size, 6);
  assert.deepEqual([...columns.code], [9, 1, 2, 8, 3, 10].map((number) => 2021000000 + number));
  assert.deepEqual([...columns.end], [50, 100, 600, 200, UNDATED, UNDATED]);
  assert.deepEqual([...columns.killed], [0, -1, 300, 0, 0, 0]);
  assert.deepEqual([...columns.place].map((number) => columns.names.place[number]), [undefined, "gn:1", "gn:1", "gn:2", "gn:1", undefined]);
  const { set, members } = columns.lists.actor;
  assert.deepEqual([...set].map((number) => members[number].map((name) => columns.names.actor[name])), [[], ["a", "b"], ["a"], ["b", "c"], ["b"], []]);
  assert.deepEqual([...columns.ancestors[1]], [1, 0]);
  assert.deepEqual([columns.dated, [...columns.lasting]], [4, [2]]);
});

/** What is loaded where the server answers so: {address: [file, the address it leads to]}. */
async function loaded(address, answers) {
  const asked = [];
  const real = globalThis.fetch;
  globalThis.fetch = async (url) => {
    asked.push(url.slice(url.lastIndexOf("/") + 1));
    const [found, moved] = answers[asked.at(-1)];
    return { ok: true, url: moved ? new URL(moved, url).href : url, redirected: Boolean(moved), arrayBuffer: async () => file(...found).buffer };
  };
  try {
    return [(await answer({}, "load", { url: `http://example.test/snapshot/${address}` })).size, asked];
  } finally {
    globalThis.fetch = real;
  }
}

test("a base that was built anew while its patch was on the way is taken as it is", async () => {
  assert.deepEqual(await loaded("abc.columns", { "abc.columns": [BASE] }), [3, ["abc.columns"]]);
  assert.deepEqual(await loaded("abc-1.columns", { "abc-1.columns": [PATCH], "abc.columns": [BASE] }), [6, ["abc-1.columns", "abc.columns"]]);
  assert.deepEqual(await loaded("abc-1.columns", { "abc-1.columns": [PATCH], "abc.columns": [BASE, "def.columns"] }), [3, ["abc-1.columns", "abc.columns"]]);
});

test("a code is one number and back", () => {
  assert.equal(codeText(codeNumber("ISN-2021-000123")), "ISN-2021-000123");
});
