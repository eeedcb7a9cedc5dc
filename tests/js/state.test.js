import assert from "node:assert/strict";
import test from "node:test";

import { parseDay } from "../../static/js/data/calendar.js";
import { emptyState, fromFragment, fromQuery, toFragment, toQuery } from "../../static/js/data/state.js";
import { random } from "./synthetic.js";

function randomState(next) {
  const upTo = (n) => Math.floor(next() * n);
  const maybe = (value, otherwise) => (next() < 0.5 ? value : otherwise);
  const slugs = (word) => maybe(Array.from({ length: 1 + upTo(3) }, () => `${word}-${upTo(90)}`).filter((s, i, all) => all.indexOf(s) === i).sort(), []);
  const from = parseDay("2003-03-20") + upTo(8000);
  return {
    ...emptyState(),
    from: maybe(from, null), to: maybe(from + upTo(900), null),
    kind: maybe(["incident"], []), type: slugs("type"), actor: slugs("actor"), party: slugs("party"),
    place: maybe([`gn:${upTo(99999)}`, "isnad:khazir-plain"], []), outlet: slugs("outlet"), speaker: slugs("speaker"), modality: maybe(["occurred", "ongoing"], []), date_prec: maybe(["1", "2"], []), where_prec: maybe(["6"], []),
    grade: slugs("grade"),
    bbox: maybe([43_123_456, -1, 44_000_000 + upTo(999_999), 35_500_000], null),
    area: maybe([[43_123_456, 34_000_001], [44_000_000 + upTo(999_999), 34_500_000], [43_600_000, 35_000_000 + upTo(900_000)]], null),
    origins: maybe(upTo(9), null), conflict: maybe(true, null), located: maybe(false, null), dated: maybe(false, null),
    q: maybe("البيشمركة & خضر جيجة, 100%", ""),
  };
}

test("200 random states survive the address", () => {
  const next = random(11);
  for (let i = 0; i < 200; i += 1) {
    const state = randomState(next);
    const query = toQuery(state);
    assert.deepEqual(fromQuery(query), { state, refused: [] }, query);
    assert.ok(query.length <= 2000);
    assert.equal(toQuery(fromQuery(query).state), query);
  }
});

test("what an address says wrongly is named and left out, never guessed", () => {
  const { state, refused } = fromQuery("from=2021-02-30&bbox=1,2,3&area=1~43,34~44,35&colour=red&type=ied&origins=many");
  assert.deepEqual(refused, ["from", "bbox", "area", "colour", "origins"]);
  assert.deepEqual(state, { ...emptyState(), type: ["ied"] });
});

test("a period the wrong way round is turned the right way", () => {
  const { state } = fromQuery("from=2021-12-04&to=2021-12-02");
  assert.deepEqual([state.from, state.to], [parseDay("2021-12-02"), parseDay("2021-12-04")]);
});

test("the screen's own state stands in the fragment, with its version", () => {
  const view = { map: { zoom: 8, lat: 35.4, lon: 44.3 }, event: "ISN-2021-000001", unit: "month", time: [parseDay("2021-01-01"), parseDay("2021-06-30")] };
  assert.deepEqual(fromFragment(`#${toFragment(view)}`), view);
  assert.equal(toFragment({ map: null, event: null, unit: null, time: null }), "");
  assert.deepEqual(fromFragment("#v=9&event=ISN-2021-000001&time=2021-01-01/2021-06-30"), { map: null, event: null, unit: null, time: null });
  assert.equal(fromFragment("#v=1&time=2021-06-30/2021-01-01").time, null);
});
