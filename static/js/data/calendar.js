/* Days and the bins they fall into. A day is a whole number: days since 1970-01-01, as Arrow's date32 has it. */

const MS = 86_400_000;
export const UNDATED = 0x7fffffff;
export const UNITS = ["day", "week", "month", "quarter", "year"];

/** "2021-12-04" → 18965; null where the text is no calendar day. */
export function parseDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text ?? "")) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(ms) || isoDay(ms / MS) !== text ? null : ms / MS;
}

/** 18965 → "2021-12-04". */
export function isoDay(day) {
  return new Date(day * MS).toISOString().slice(0, 10);
}

/** The first day of the bin of `unit` that holds `day`. Weeks start on Saturday, as in Iraq. */
export function floorTo(unit, day) {
  if (unit === "day") return day;
  if (unit === "week") return day - mod(day - 2, 7); // 1970-01-03 was a Saturday
  const date = new Date(day * MS);
  const month = date.getUTCMonth();
  const first = { month, quarter: month - (month % 3), year: 0 }[unit];
  return Date.UTC(date.getUTCFullYear(), first, 1) / MS;
}

/** The first day of the bin `count` bins after the one that holds `day`. */
export function step(unit, day, count = 1) {
  const start = floorTo(unit, day);
  if (unit === "day") return start + count;
  if (unit === "week") return start + 7 * count;
  const date = new Date(start * MS);
  const months = { month: 1, quarter: 3, year: 12 }[unit] * count;
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / MS;
}

/** Bin edges that cover the closed range [first, last]: n + 1 days, bin i being [edge i, edge i + 1). */
export function edges(unit, first, last) {
  const days = [floorTo(unit, first)];
  while (days.at(-1) <= last) days.push(step(unit, days.at(-1)));
  return Int32Array.from(days);
}

/** The finest unit that cuts [first, last] into at most `most` bins. */
export function unitFor(first, last, most) {
  const days = last - first + 1;
  const lengths = { day: 1, week: 7, month: 30, quarter: 91, year: 365 };
  return UNITS.find((unit) => days / lengths[unit] <= most) ?? "year";
}

function mod(a, b) {
  return ((a % b) + b) % b;
}
