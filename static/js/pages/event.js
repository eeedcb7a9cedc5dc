/* The event's own page: its small map. */

import { smallMap } from "../map/where.js";

const where = JSON.parse(document.getElementById("where").textContent);
await smallMap(document.getElementById("small-map"), where);
document.documentElement.dataset.ready = "true";
