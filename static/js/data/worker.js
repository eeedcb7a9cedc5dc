/* The engine behind a message port: one question, one answer, in order.
   A classic worker, because the arrow library comes as a classic script; the engine's modules are imported by it. */

const engines = {};
const protocol = import("./protocol.js");

self.onmessage = async ({ data: { id, verb, args } }) => {
  try {
    const { answer } = await protocol;
    if (verb === "load") self.importScripts(args.arrow);
    self.postMessage({ id, result: await answer(engines, self.Arrow, verb, args) });
  } catch (error) {
    self.postMessage({ id, error: String(error?.message ?? error) });
  }
};
