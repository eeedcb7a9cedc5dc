/* Colours for the canvas, read from the tokens so that no script sets one of its own. */

/** {incident, coordination, ink, …} of the current theme. */
export function palette() {
  const style = getComputedStyle(document.documentElement);
  const names = ["incident", "coordination", "ink", "muted", "surface", "paper", "land", "land-far", "border", "border-far", "line-strong", "accent"];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/** Calls `again` when the reader changes between light and dark. */
export function onThemeChange(again) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
}
