import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { MOST, covers, isArea, readArea, writeArea } from "../../static/js/data/area.js";

const cases = JSON.parse(readFileSync(new URL("../areas.json", import.meta.url), "utf8"));
const micro = (degrees) => Math.round(degrees * 1e6);

test("an area holds what the shared cases say, edges included", () => {
  for (const { why, area, point, inside } of cases.held) assert.equal(covers(readArea(area))(...point.map(micro)), inside, why);
});

test("what is no area is not read", () => {
  for (const { why, area } of cases.refused) assert.equal(readArea(area), null, why);
});

test("an area survives the address, with as many corners as it may have", () => {
  const ring = (count) => Array.from({ length: count }, (_, i) => {
    const turn = (2 * Math.PI * i) / count;
    return [micro(-123.456789 + Math.cos(turn)), micro(-34.567891 + Math.sin(turn))];
  });
  const text = writeArea(ring(MOST));
  assert.deepEqual(readArea(text), ring(MOST));
  assert.ok(text.length < 1500, String(text.length));
  assert.equal(isArea(ring(MOST + 1)), false);
});
