/* The charts of the trends page: each has its table beside it, so that nothing depends on them. */

const uPlot = globalThis.uPlot;
const series = JSON.parse(document.getElementById("series").textContent);
const root = document.documentElement;
const isRightToLeft = root.dir === "rtl";

function token(name) {
  return getComputedStyle(root).getPropertyValue(`--${name}`).trim();
}

/** Time runs as the page is read: from the right in Arabic, as on the map page's timeline. */
function options(element, lines, bands = []) {
  const style = new Intl.DateTimeFormat(root.dataset.locale, series.unit === "month" ? { month: "short", year: "numeric", timeZone: "UTC" } : { year: "numeric", timeZone: "UTC" });
  const ink = { stroke: token("muted"), grid: { stroke: token("line"), width: 1 }, ticks: { stroke: token("line") }, font: `11px ${getComputedStyle(root).fontFamily}` };
  const say = (seconds) => style.format(new Date(seconds * 1000));
  return {
    width: element.clientWidth - 16, height: element.clientHeight - 48,
    scales: { x: { dir: isRightToLeft ? -1 : 1 }, y: { range: (plot, low, high) => [0, Math.max(high * 1.08, 4)] } },
    axes: [{ ...ink, values: (plot, ticks) => ticks.map(say), space: 96 }, { ...ink, values: (plot, ticks) => ticks.map(number), side: isRightToLeft ? 1 : 3, size: 48 }],
    // Months begin at midnight UTC, wherever the reader is: else a tick of Baghdad's midnight reads as the month before.
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
    series: [{ label: series.labels.period, value: (plot, seconds) => (seconds === null ? "" : say(seconds)) }, ...lines],
    bands,
    cursor: { drag: { x: false, y: false } },
    hooks: { setLegend: [(plot) => plot.root.classList.toggle("idle", plot.cursor.idx === null || plot.cursor.left < 0)] },
  };
}

function number(value) {
  return value === null ? "–" : value.toLocaleString(root.dataset.locale);
}

function line(label, colour, more = {}) {
  return { label, value: (plot, value) => number(value), stroke: token(colour), width: 2, points: { show: series.x.length < 40, size: 5, fill: token(colour) }, ...more };
}

function edge() {
  return { stroke: "transparent", points: { show: false }, label: "", class: "edge", width: 0, value: () => "", alpha: 0 };
}

const charts = {
  kinds: (element) => {
    const bars = uPlot.paths.linear();
    const lines = [line(series.labels.incidents, "incident", { paths: bars }), line(series.labels.coordination, "coordination", { paths: bars, dash: [6, 3] })];
    return [options(element, lines), [series.x, series.incidents, series.coordination]];
  },
  harm: (element) => {
    const soft = (name) => `color-mix(in srgb, ${token(name)} 22%, transparent)`;
    const lines = [
      line(series.labels.killed, "incident"), edge(), edge(),
      line(series.labels.wounded, "accent", { dash: [6, 3] }), edge(), edge(),
    ];
    const bands = [{ series: [3, 2], fill: soft("incident") }, { series: [6, 5], fill: soft("accent") }];
    return [options(element, lines, bands), [series.x, ...series.killed, ...series.wounded]];
  },
};

function draw() {
  for (const element of document.querySelectorAll("[data-chart]")) {
    element.replaceChildren();
    const [settings, data] = charts[element.dataset.chart](element);
    new uPlot(settings, data, element);
    for (const row of element.querySelectorAll(".u-legend .u-series.edge")) row.remove();
  }
}

if (document.querySelector("[data-chart]") && series.x.length) {
  draw();
  let wait = 0;
  addEventListener("resize", () => { clearTimeout(wait); wait = setTimeout(draw, 150); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}
root.dataset.ready = "true";
