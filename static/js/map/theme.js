/* Colours for the canvas, read from the tokens so that no script sets one of its own. */

const NAMES = ["incident", "coordination", "ink", "muted", "surface", "paper", "land", "land-far", "water", "river", "border", "border-far", "line-strong", "accent"];
const dark = matchMedia("(prefers-color-scheme: dark)");
let colours = null;

dark.addEventListener("change", () => { colours = null; });

/** {incident, coordination, ink, …} of the current theme; read once, since sixty frames a second ask. */
export function palette() {
  if (!colours) {
    const style = getComputedStyle(document.documentElement);
    colours = { ...Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])), font: style.fontFamily };
  }
  return colours;
}

/** Calls `again` when the reader changes between light and dark. */
export function onThemeChange(again) {
  dark.addEventListener("change", again);
}
