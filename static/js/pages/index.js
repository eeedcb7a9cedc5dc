/* The map page: one filter state, three views of it. */

import { connect } from "../data/client.js";
import { Overview } from "./overview.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);

const setup = read("setup");
const engine = connect(setup.worker);
const overview = new Overview({ setup, words: read("words"), engine });
await overview.start();
