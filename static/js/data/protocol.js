/* The verbs a page may ask of the engine, the same with a worker and without one. */

import { decode } from "./columns.js";
import { Engine } from "./engine.js";

/** `home` keeps the engine between questions. "load" takes the snapshot's address; "frame" {state, view, want} answers one screen. */
export async function answer(home, verb, args) {
  if (verb === "load") {
    const response = await fetch(args.url, { credentials: "same-origin" });
    if (!response.ok) throw new Error(`snapshot answered ${response.status}`);
    home.engine = new Engine(decode(new Uint8Array(await response.arrayBuffer())));
    return home.engine.about();
  }
  const { engine } = home;
  if (verb === "frame") {
    if (args.state) engine.filter(args.state, args.found ?? null);
    if (args.view) engine.look(args.view, args.pixels);
    return engine.frame(args.want);
  }
  if (verb === "choices") return engine.choices();
  if (verb === "list") return engine.list(args);
  if (verb === "has") return engine.has(args.code);
  if (verb === "members") return engine.members(args.of, args.most);
  throw new Error(`no verb called ${verb}`);
}
