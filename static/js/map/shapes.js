/* How each kind of mark is drawn. Precision is the outline: solid, dashed, hollow; kind is colour and shape; number is area. */

import { radius as clusterRadius } from "../data/engine.js";

const TURN = 2 * Math.PI;

/** One event at its place: a disc for an incident, a diamond for coordination. */
export function drawPoint(context, { at, point, colours, selected }) {
  const isMeeting = point.counts[1] > 0;
  const radius = isMeeting ? 6.5 : 5 + Math.min(Math.sqrt(point.killed ?? 0) * 1.3, 8);
  context.beginPath();
  if (isMeeting) diamond(context, at, radius);
  else context.arc(at.x, at.y, radius, 0, TURN);
  context.fillStyle = isMeeting ? colours.coordination : colours.incident;
  context.globalAlpha = 0.9;
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = selected ? 3 : 1.5;
  context.strokeStyle = selected ? colours.ink : colours.surface;
  context.stroke();
  if (selected) ring(context, at, radius + 5, colours.ink);
  return { x: at.x, y: at.y, radius: radius + 3 };
}

/** Several events: a disc whose area grows with the number, its rim divided by kind, the number inside. */
export function drawCluster(context, { at, point, colours, font }) {
  const [incidents, meetings] = point.counts;
  const count = incidents + meetings;
  const radius = clusterRadius(count);
  const rim = Math.max(3, radius * 0.2);
  context.beginPath();
  context.arc(at.x, at.y, radius, 0, TURN);
  context.fillStyle = colours.surface;
  context.globalAlpha = 0.92;
  context.fill();
  context.globalAlpha = 1;
  const share = (incidents / count) * TURN;
  arc(context, at, radius, rim, -TURN / 4, share, colours.incident);
  arc(context, at, radius, rim, -TURN / 4 + share, TURN - share, colours.coordination);
  number(context, at, count, { size: radius < 13 ? 10 : 11.5, colour: colours.ink, font });
  return { x: at.x, y: at.y, radius: radius + 2 };
}

/** "Near": the disc of 25 km that the point only stands for. */
export function drawRange(context, { at, radius, colour, strong }) {
  context.beginPath();
  context.arc(at.x, at.y, radius, 0, TURN);
  context.strokeStyle = colour;
  context.globalAlpha = strong ? 0.9 : 0.35;
  context.lineWidth = 1;
  context.setLineDash([4, 4]);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = strong ? 0.1 : 0.03;
  context.fillStyle = colour;
  context.fill();
  context.globalAlpha = 1;
}

/** The way round an area on this screen: its rings, or a circle of its rough size where it has none. */
export function areaPath({ centre, rings, radius }) {
  const path = new Path2D();
  for (const line of rings) line.forEach(({ x, y }, i) => (i ? path.lineTo(x, y) : path.moveTo(x, y)));
  if (!rings.length) path.arc(centre.x, centre.y, radius, 0, TURN);
  return path;
}

/** Known only to an area: its hollow outline; a dashed circle of its rough size where no outline is loaded. */
export function drawArea(context, path, colour) {
  context.strokeStyle = colour;
  context.lineWidth = 1.4;
  context.globalAlpha = 0.75;
  context.setLineDash([5, 4]);
  context.stroke(path);
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** The number of events known only to an area, on a plate of its own. */
export function drawPlate(context, { x, y }, counts, { colours, font }) {
  const colour = counts[1] > counts[0] ? colours.coordination : colours.incident;
  const count = counts[0] + counts[1];
  const width = 18 + 7 * String(count).length;
  context.beginPath();
  context.roundRect(x - width / 2, y - 9, width, 18, 4);
  context.fillStyle = colours.surface;
  context.globalAlpha = 0.92;
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = 1.2;
  context.strokeStyle = colour;
  context.setLineDash([3, 2]);
  context.stroke();
  context.setLineDash([]);
  number(context, { x, y }, count, { size: 11, colour: colours.ink, font });
  return { x, y, radius: width / 2 + 2 };
}

function arc(context, { x, y }, radius, width, from, length, colour) {
  if (length <= 0) return;
  context.beginPath();
  context.arc(x, y, radius - width / 2, from, from + length);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

function ring(context, { x, y }, radius, colour) {
  context.beginPath();
  context.arc(x, y, radius, 0, TURN);
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.stroke();
}

function diamond(context, { x, y }, radius) {
  context.moveTo(x, y - radius);
  context.lineTo(x + radius, y);
  context.lineTo(x, y + radius);
  context.lineTo(x - radius, y);
  context.closePath();
}

function number(context, { x, y }, value, { size, colour, font }) {
  context.fillStyle = colour;
  context.font = `600 ${size}px ${font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(value < 10_000 ? String(value) : `${Math.round(value / 1000)}k`, x, y + 0.5);
}
