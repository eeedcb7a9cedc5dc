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

/** Draws [{start, end, kind}] above the axis; false where they do not fit and bars are the better picture. */
export function drawLanes(context, events, { scale, room, colours }) {
  const inOrder = [...events].sort((a, b) => a.start - b.start || a.end - b.end);
  const lanes = lanesOf(inOrder);
  if ((Math.max(-1, ...lanes) + 1) * HIGH > room - 6) return false;
  inOrder.forEach(({ start, end, kind }, i) => {
    const [a, b] = [scale.x(Math.max(start, scale.first)), scale.x(Math.min(end, scale.last) + 1)].sort((one, other) => one - other);
    context.beginPath();
    context.roundRect(a + 1, room - (lanes[i] + 1) * HIGH, Math.max(b - a - 2, 3), HIGH - 2, 2);
    context.fillStyle = kind ? colours.coordination : colours.incident;
    context.fill();
  });
  return true;
}
