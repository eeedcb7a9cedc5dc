/* The stacked bars: all events quietly behind, the filtered ones in colour, incidents below and coordination above. */

import { drawLanes } from "./lanes.js";
import { isoDay, step, floorTo } from "../data/calendar.js";

const AXIS = 18;

/** Draws one frame into the canvas; gives the boxes of single events where those are drawn. `bars` as the engine gives them, `scale` days to pixels, `words` days to text. */
export function drawBars(canvas, { bars, scale, width, height, colours, words, font }) {
  const ratio = window.devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const room = height - AXIS;
  axis(context, { scale, room, colours, words, font, unit: bars.unit });
  const lanes = bars.single && drawLanes(context, bars.single, { scale, room, colours });
  if (lanes) return lanes;
  const tallest = Math.max(1, ...totals(bars.context), ...totals(bars.focus));
  const bar = (bin, base, count, colour) => {
    if (!count) return;
    const [a, b] = [scale.x(bars.edges[bin]), scale.x(bars.edges[bin + 1])].sort((one, other) => one - other);
    const gap = b - a > 4 ? 1 : 0;
    const high = Math.max((count / tallest) * (room - 6), 1);
    context.fillStyle = colour;
    context.fillRect(a + gap / 2, room - base - high, Math.max(b - a - gap, 0.75), high);
    return high;
  };
  for (let bin = 0; bin < bars.edges.length - 1; bin += 1) {
    context.globalAlpha = 0.22;
    const below = bar(bin, 0, bars.context[0][bin], colours.incident) ?? 0;
    bar(bin, below, bars.context[1][bin], colours.coordination);
    context.globalAlpha = 1;
    const solid = bar(bin, 0, bars.focus[0][bin], colours.incident) ?? 0;
    bar(bin, solid, bars.focus[1][bin], colours.coordination);
  }
  if (totals(bars.context).some(Boolean)) note(context, { tallest, scale, colours, font });
  return [];
}

function totals([incidents, meetings]) {
  return Array.from(incidents, (count, bin) => count + meetings[bin]);
}

/** Ticks on the first days of years, months or days, whichever have room for their words. */
function axis(context, { scale, room, colours, words, font }) {
  const days = scale.last - scale.first + 1;
  const pixels = (length) => (scale.width / days) * length;
  const [unit, style, every] = [
    ["day", "shortDay", 1], ["day", "shortDay", 5], ["month", "shortMonth", 1], ["quarter", "shortMonth", 1], ["year", "year", 1], ["year", "year", 5],
  ].find(([name, , count]) => pixels({ day: 1, month: 30, quarter: 91, year: 365 }[name] * count) > 64) ?? ["year", "year", 10];
  context.strokeStyle = colours["line-strong"];
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(0, room + 0.5);
  context.lineTo(scale.width, room + 0.5);
  context.stroke();
  context.fillStyle = colours.muted;
  context.font = `500 11px ${font}`;
  context.textAlign = "center";
  context.textBaseline = "top";
  for (let day = floorTo(unit, scale.first), i = 0; day <= scale.last; day = step(unit, day), i += 1) {
    if (!isTick(unit, day, every) || day < scale.first) continue;
    const x = scale.x(day);
    context.fillRect(x, room, 1, 4);
    const isNewYear = unit !== "year" && unit !== "day" && isoDay(day).slice(5, 7) === "01";
    const text = isNewYear ? words("year", day) : words(style, day);
    const half = context.measureText(text).width / 2;
    if (x - half >= 0 && x + half <= scale.width) context.fillText(text, x, room + 4);
  }
}

function isTick(unit, day, every) {
  if (every === 1) return true;
  if (unit === "year") return Number(isoDay(day).slice(0, 4)) % every === 0;
  return (Number(isoDay(day).slice(8)) - 1) % every === 0 && Number(isoDay(day).slice(8)) < 29;
}

/** How high the highest bar is. */
function note(context, { tallest, scale, colours, font }) {
  context.fillStyle = colours.muted;
  context.font = `500 10.5px ${font}`;
  context.textBaseline = "middle";
  context.textAlign = scale.isRightToLeft ? "right" : "left";
  context.fillText(tallest.toLocaleString(document.documentElement.dataset.locale), scale.isRightToLeft ? scale.width - 14 : 14, 7);
}
