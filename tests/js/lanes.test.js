import assert from "node:assert/strict";
import test from "node:test";

import { Engine } from "../../static/js/data/engine.js";
import { emptyState } from "../../static/js/data/state.js";
import { lanesOf } from "../../static/js/timeline/lanes.js";
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
