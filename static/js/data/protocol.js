/* The verbs a page may ask of the engine, the same with a worker and without one. */

import { opened, read } from "./columns.js";
import { Engine } from "./engine.js";
import { patched } from "./patch.js";

/** `home` keeps the engine between questions. "load" takes the snapshot's address; "frame" {state, view, want} answers one screen. */
export async function answer(home, verb, args) {
  if (verb === "load") {
    home.engine = new Engine(opened((await whole(args.url)).file));
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

/** The file at that address, with its base where it is a patch; `isMoved` where it was gone and led to a newer one. */
async function whole(url) {
  const response = await fetch(url, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`snapshot answered ${response.status}`);
  const file = read(new Uint8Array(await response.arrayBuffer()));
  if (!file.base) return { file, isMoved: response.redirected };
  const base = await whole(new URL(`${file.base}.columns`, response.url).href);
  return { file: base.isMoved ? base.file : patched(base.file, file), isMoved: response.redirected };
}
