/* The map page: one filter state, three views of it. */

import { connect } from "../data/client.js";
import { Desk } from "./desk.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);

const setup = read("setup");
const engine = connect(setup.worker);
const desk = new Desk({ setup, words: read("words"), engine });
await desk.start();
