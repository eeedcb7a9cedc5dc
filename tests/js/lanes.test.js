import assert from "node:assert/strict";
import test from "node:test";

import { Engine } from "../../static/js/data/engine.js";
import { emptyState } from "../../static/js/data/state.js";
import { laneAt, lanesOf } from "../../static/js/timeline/lanes.js";
import { synthetic } from "./synthetic.js";

test("two events of one day lie in two lanes, and the next day begins at the bottom again", () => {
  const day = (start, end = start) => ({ start, end });
  assert.deepEqual(lanesOf([day(1), day(1), day(2), day(2, 5), day(3), day(6)]), [0, 1, 0, 1, 0, 0]);
  assert.deepEqual(lanesOf([]), []);
});

test("single events are drawn only where the timeline shows days and few of them", () => {
  const engine = new Engine(synthetic(2000));
  const { first, last } = engine.about();
  assert.equal(engine.frame({ first, last }).single, null);
  engine.filter({ ...emptyState(), from: first + 100, to: first + 160 });
  const frame = engine.frame({ first: first + 100, last: first + 160 });
  assert.equal(frame.single.length, frame.total);
});

test("a stroke is found where it lies and within reach of a finger, the nearest first", () => {
  const lane = (code, left, top) => ({ code, box: { left, top, width: 3, height: 4 } });
  const lanes = [lane("a", 10, 60), lane("b", 10, 54), lane("c", 40, 60)];
  assert.equal(laneAt(lanes, 11, 62).code, "a");
  assert.equal(laneAt(lanes, 11, 55).code, "b");
  assert.equal(laneAt(lanes, 46, 62).code, "c");
  assert.equal(laneAt(lanes, 30, 62), null);
  assert.equal(laneAt([], 30, 62), null);
});
