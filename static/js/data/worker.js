/* The engine behind a message port: one question, one answer, in order. */

import { answer } from "./protocol.js";

const home = {};

self.onmessage = async ({ data: { id, verb, args } }) => {
  try {
    self.postMessage({ id, result: await answer(home, verb, args) });
  } catch (error) {
    self.postMessage({ id, error: String(error?.message ?? error) });
  }
};
