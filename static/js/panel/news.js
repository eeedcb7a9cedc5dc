/* What a colleague did meanwhile to what is on screen: asked for now and then while somebody looks, told over what is being written. */

const EVERY = 12 * 1000;

/** Ask at the address that the element names, and show what is told there. */
export function follow(element) {
  if (!element) return;
  const box = element.firstElementChild;
  let isAsking = false;
  const ask = async () => {
    if (isAsking || document.visibilityState !== "visible") return;
    isAsking = true;
    try {
      const answer = await fetch(element.dataset.news, { headers: { Accept: "application/json" }, redirect: "error" });
      if (!answer.ok) return;
      const { told } = await answer.json();
      const words = box.querySelector("[data-told]");
      if (words.textContent !== told) words.textContent = told; // said aloud once, not at every round
      box.hidden = !told;
    } catch {
      // Out of reach, or signed out: what is written stays, and sending it says so.
    } finally {
      isAsking = false;
    }
  };
  setInterval(ask, EVERY);
  // Whoever comes back to a page that was left asks first of all whether it is still theirs.
  document.addEventListener("visibilitychange", ask);
  window.addEventListener("focus", ask);
}
