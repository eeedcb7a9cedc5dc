/* Single events on the timeline, where few enough days are shown for each to have room: a stroke from its first day to its last. */

const HIGH = 6; // pixels of one lane

/** The lowest lane in which no earlier event is in the way; events in order of their first day. */
export function lanesOf(events) {
  const ends = [];
  return events.map(({ start, end }) => {
    let lane = ends.findIndex((last) => last < start);
    if (lane < 0) lane = ends.length;
    ends[lane] = end;
    return lane;
  });
}

/** Draws [{code, start, end, kind}] above the axis and gives their boxes; null where they do not fit and bars are the better picture. */
export function drawLanes(context, events, { scale, room, colours }) {
  const inOrder = [...events].sort((a, b) => a.start - b.start || a.end - b.end);
  const lanes = lanesOf(inOrder);
  if ((Math.max(-1, ...lanes) + 1) * HIGH > room - 6) return null;
  return inOrder.map((event, i) => {
    const { start, end, kind } = event;
    const [a, b] = [scale.x(Math.max(start, scale.first)), scale.x(Math.min(end, scale.last) + 1)].sort((one, other) => one - other);
    const box = { left: a + 1, top: room - (lanes[i] + 1) * HIGH, width: Math.max(b - a - 2, 3), height: HIGH - 2 };
    context.beginPath();
    context.roundRect(box.left, box.top, box.width, box.height, 2);
    context.fillStyle = kind ? colours.coordination : colours.incident;
    context.fill();
    return { ...event, box };
  });
}

/** The event whose stroke is at this place of the plot, or within a finger's reach of it. */
export function laneAt(lanes, x, y) {
  const away = ({ box: { left, top, width, height } }) => Math.hypot(Math.max(left - x, 0, x - left - width), Math.max(top - y, 0, y - top - height));
  const nearest = lanes.map((lane) => [away(lane), lane]).sort(([a], [b]) => a - b)[0];
  return nearest && nearest[0] <= 4 ? nearest[1] : null;
}
