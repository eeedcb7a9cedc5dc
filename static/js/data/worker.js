/* The engine behind a message port: one question, one answer, in order. */

import "../../vendor/arrow/Arrow.es2015.min.js";
import { answer } from "./protocol.js";

const engines = {};

self.onmessage = async ({ data: { id, verb, args } }) => {
  try {
    self.postMessage({ id, result: await answer(engines, self.Arrow, verb, args) });
  } catch (error) {
    self.postMessage({ id, error: String(error?.message ?? error) });
  }
};
