/* The map page: one filter state, three views of it. */

import { connect } from "../data/client.js";
import { Desk } from "./desk.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);

/** The arrow library in the page itself, for browsers without workers. */
function arrowInPage(address) {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: address, onload: () => resolve(globalThis.Arrow), onerror: reject });
    document.head.append(script);
  });
}

const setup = read("setup");
const engine = connect(setup.worker, () => arrowInPage(setup.arrow));
const desk = new Desk({ setup, words: read("words"), engine });
await desk.start();
