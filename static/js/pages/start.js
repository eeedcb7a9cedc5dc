/* Before anything is drawn: the page knows that scripts run. */
document.documentElement.classList.add("js");

/* A menu that would leave the screen opens to the other side. The event does not bubble: it is caught on its way down. */
document.addEventListener("toggle", ({ target }) => {
  const menu = target.open && target.matches("details.chip") && target.querySelector(".menu");
  if (!menu) return;
  menu.classList.remove("flipped");
  const { left, right } = menu.getBoundingClientRect();
  menu.classList.toggle("flipped", left < 0 || right > document.documentElement.clientWidth);
}, true);
