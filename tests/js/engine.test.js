import assert from "node:assert/strict";
import test from "node:test";

import { edges, isoDay, parseDay, floorTo, step, UNDATED } from "../../static/js/data/calendar.js";
import { Engine } from "../../static/js/data/engine.js";
import { emptyState } from "../../static/js/data/state.js";
import { random, synthetic } from "./synthetic.js";

const WORLD_VIEW = { zoom: 6, left: 9800, top: 6300, width: 1280, height: 800 };

/** The slow, plain reading of the filters, written without any of the engine's parts. */
function naive(columns, state) {
  const rows = [];
  const chosen = (slug, list) => !list.length || list.includes(slug);
  const any = (name, row, list) => {
    const { set, members } = columns.lists[name];
    return !list.length || members[set[row]].some((v) => list.includes(columns.names[name][v]));
  };
  for (let row = 0; row < columns.size; row += 1) {
    const undated = columns.start[row] === UNDATED;
    if ((state.from !== null || state.to !== null) && undated) continue;
    if (state.from !== null && columns.end[row] < state.from) continue;
    if (state.to !== null && columns.start[row] > state.to) continue;
    if (!chosen(columns.kind[row] ? "coordination" : "incident", state.kind)) continue;
    if (!chosen(columns.names.type[columns.type[row]], state.type) || !chosen(columns.names.grade[columns.grade[row]], state.grade)) continue;
    if (!any("actor", row, state.actor) || !any("outlet", row, state.outlet) || !any("speaker", row, state.speaker)) continue;
    if (state.origins !== null && columns.origins[row] < state.origins) continue;
    if (state.conflict !== null && Boolean(columns.flags[row] & 1) !== state.conflict) continue;
    if (state.located !== null && Boolean(columns.located[row]) !== state.located) continue;
    if (state.place.length) {
      const code = columns.names.place[columns.place[row]];
      if (!state.place.includes(code) && !columns.parents[code].some((up) => state.place.includes(up))) continue;
    }
    if (state.bbox) {
      const [west, south, east, north] = state.bbox;
      const { lon: { [row]: lon }, lat: { [row]: lat } } = columns;
      if (!columns.located[row] || lon < west || lon > east || lat < south || lat > north) continue;
    }
    if (state.area && !(columns.located[row] && turns(state.area, columns.lon[row], columns.lat[row]))) continue;
    rows.push(row);
  }
  return rows;
}

/** Whether the corners, seen from the point, go once round it. */
function turns(corners, x, y) {
  const angles = corners.map(([lon, lat]) => Math.atan2(lat - y, lon - x));
  const steps = angles.map((angle, i) => Math.atan2(Math.sin(angles[(i + 1) % angles.length] - angle), Math.cos(angles[(i + 1) % angles.length] - angle)));
  return Math.abs(steps.reduce((all, step) => all + step)) > 1;
}

function randomState(columns, next) {
  const state = emptyState();
  const upTo = (n) => Math.floor(next() * n);
  const some = (names) => (next() < 0.25 ? [names[upTo(names.length)]] : []);
  if (next() < 0.7) [state.from, state.to] = [parseDay("2014-01-01") + upTo(3000), null];
  if (next() < 0.6) state.to = (state.from ?? parseDay("2014-01-01")) + upTo(1000);
  for (const name of ["type", "actor", "outlet", "speaker", "grade", "place"]) state[name] = some(columns.names[name]);
  state.kind = some(["incident", "coordination"]);
  if (next() < 0.2) state.bbox = [42_500_000, 34_500_000, 43_900_000 + upTo(1e6), 35_700_000];
  if (next() < 0.2) state.area = [[42_500_000, 34_500_001], [44_000_000 + upTo(1e6), 34_700_000], [43_500_000, 35_000_003], [43_900_000, 36_000_000]];
  if (next() < 0.2) state.origins = 1 + upTo(3);
  if (next() < 0.2) state.conflict = next() < 0.5;
  if (next() < 0.1) state.located = next() < 0.5;
  return state;
}

const sum = (lists) => lists.reduce((all, list) => all + list.reduce((a, b) => a + b, 0), 0);

test("count, bars, list, marks and facets agree with a plain reading in 200 random states", () => {
  const columns = synthetic(4000);
  const engine = new Engine(columns);
  const { first, last } = engine.about();
  const next = random(7);
  engine.look(WORLD_VIEW);
  for (let i = 0; i < 200; i += 1) {
    const state = randomState(columns, next);
    const rows = naive(columns, state);
    if (i % 5 === 0) engine.look({ ...WORLD_VIEW, left: 9900 + i });
    engine.filter(state);
    const frame = engine.frame({ first, last, list: { offset: 0, length: rows.length + 10 } });
    const message = JSON.stringify(state);
    assert.equal(frame.total, rows.length, message);
    assert.equal(sum(frame.focus) + frame.undated, rows.length, message);
    assert.equal(new Set(frame.list.codes).size, rows.length, message);
    const { points, areas, outside, unlocated } = frame.map;
    assert.equal(sum(points.map((p) => p.counts)) + sum(areas.map((a) => a.counts)) + outside + unlocated, rows.length, message);
    const { kind } = engine.choices();
    if (!state.kind.length) assert.equal(kind.get("incident") + kind.get("coordination"), rows.length, message);
  }
});

test("a list window is the same rows as the whole list, newest first", () => {
  const engine = new Engine(synthetic(500));
  engine.filter({ ...emptyState(), from: parseDay("2015-03-01") });
  const whole = engine.list({ offset: 0, length: 500 }).codes;
  assert.deepEqual(engine.list({ offset: 40, length: 20 }).codes, whole.slice(40, 60));
});

test("an event that lasts is in every period it meets, and counted once in the first bar it meets", () => {
  const columns = synthetic(300);
  const row = columns.lasting[5];
  const engine = new Engine(columns);
  const within = columns.end[row];
  engine.filter({ ...emptyState(), from: within, to: within });
  const frame = engine.frame({ first: columns.start[row], last: within, unit: "day", list: { offset: 0, length: 99 } });
  assert.ok(frame.list.codes.includes(engine.codes([row])[0]));
  assert.equal(sum(frame.focus), frame.total);
});

test("a facet counts what a choice would add, leaving its own filter out", () => {
  const engine = new Engine(synthetic(2000));
  engine.filter({ ...emptyState(), type: ["ied"] });
  const { type, kind } = engine.choices();
  assert.ok(type.get("meeting") > 0);
  assert.equal(kind.get("coordination"), 0);
  assert.equal(type.get("ied"), engine.frame({ first: null, last: null }).total);
});

test("no events at all is a count of nought, not an error", () => {
  const engine = new Engine(synthetic(0));
  engine.look(WORLD_VIEW);
  const { first, last } = engine.about();
  const frame = engine.frame({ first, last, list: { offset: 0, length: 10 } });
  assert.equal(frame.total, 0);
  assert.deepEqual(frame.list.codes, []);
});

test("bins of every unit cover the period without gap or overlap", () => {
  for (const unit of ["day", "week", "month", "quarter", "year"]) {
    const [first, last] = [parseDay("2019-11-30"), parseDay("2021-02-28")];
    const cuts = edges(unit, first, last);
    assert.ok(cuts[0] <= first && cuts.at(-1) > last);
    for (let i = 1; i < cuts.length; i += 1) assert.equal(cuts[i], step(unit, cuts[i - 1]), unit);
  }
  assert.equal(isoDay(floorTo("week", parseDay("2021-12-02"))), "2021-11-27"); // a Saturday
});
