/* Before anything is drawn: keys that are pressed until the page's own script takes them are kept for it (panel/keys.js). */
globalThis.earlyKeys = [];
document.addEventListener("keydown", (event) => globalThis.earlyKeys?.push(event));
