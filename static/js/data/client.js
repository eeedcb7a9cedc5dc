/* Asks the engine: in a worker, so that the page never waits, or in the page itself where there is no worker. */

import { answer } from "./protocol.js";

/** `worker`: the worker's address. */
export function connect(worker) {
  try {
    return throughPort(new Worker(worker, { type: "module" }));
  } catch {
    return direct();
  }
}

function throughPort(port) {
  const waiting = new Map();
  let next = 1;
  let fallback = null;
  port.onmessage = ({ data: { id, result, error } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(error));
    else resolve(result);
  };
  // A worker that cannot even start (blocked by a policy or an extension) says so here: its questions are asked in the page instead.
  port.onerror = () => {
    fallback = direct();
    for (const { verb, args, resolve, reject } of waiting.values()) fallback.ask(verb, args).then(resolve, reject);
    waiting.clear();
  };
  return {
    get kind() { return fallback ? "page" : "worker"; },
    ask(verb, args = {}) {
      if (fallback) return fallback.ask(verb, args);
      return new Promise((resolve, reject) => {
        waiting.set(next, { verb, args, resolve, reject });
        port.postMessage({ id: next, verb, args });
        next += 1;
      });
    },
  };
}

function direct() {
  const home = {};
  return { kind: "page", ask: async (verb, args = {}) => answer(home, verb, args) };
}
