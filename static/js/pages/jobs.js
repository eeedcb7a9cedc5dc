/* The jobs page follows its jobs: while one is open, the table is asked for again and put in place. */

async function refresh() {
  const main = document.querySelector("main");
  const seconds = Number(main.dataset.refresh);
  if (!seconds) return;
  setTimeout(async () => {
    try {
      const answer = await fetch(location.href);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
      // Never under somebody's finger: a page in which a button has the focus waits for the next round.
      if (answer.ok && fresh && !main.contains(document.activeElement)) main.replaceWith(document.adoptNode(fresh));
    } finally {
      refresh();
    }
  }, seconds * 1000);
}

refresh();
document.documentElement.classList.add("scripted");
document.documentElement.dataset.ready = "true";
