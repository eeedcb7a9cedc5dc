/* One form a page: a second press while the answer is on its way would judge the next candidate unseen, or do a verb twice. */

export function sendOnce() {
  let isSent = false;
  document.addEventListener("submit", (event) => {
    if (isSent) event.preventDefault();
    else isSent = true;
  });
  // Back shows the page as it was left.
  window.addEventListener("pageshow", () => (isSent = false));
}
