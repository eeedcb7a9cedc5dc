/* The bar of chips: what is ticked, how many events each choice has, what is set. */

const LISTS = ["kind", "type", "actor", "party", "place", "outlet", "speaker", "grade"];

export class FilterBar {
  /** `changed(part)` is told what the reader set, as a part of the state. */
  constructor(form, { changed, cleared, speech }) {
    Object.assign(this, { form, speech, changed });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.take();
    });
    form.addEventListener("change", ({ target }) => { if (target.name) this.take(); });
    form.addEventListener("input", ({ target }) => { if ("find" in target.dataset) find(target); });
    form.querySelector("[name=q]").addEventListener("input", () => this.later());
    form.querySelector("[data-clear]").addEventListener("click", cleared);
    document.addEventListener("click", ({ target }) => this.closeBut(target.closest?.("details.chip")));
    document.addEventListener("keydown", ({ key }) => { if (key === "Escape") this.escape(); });
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.take(), 350);
  }

  take() {
    clearTimeout(this.timer);
    const given = new FormData(this.form);
    this.changed(new URLSearchParams([...given].filter(([, value]) => value !== "")));
  }

  closeBut(kept) {
    for (const chip of document.querySelectorAll("details.chip[open]")) if (chip !== kept) chip.open = false;
  }

  escape() {
    const open = document.querySelector("details.chip[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  }

  /** Ticks what the state holds. `query` is the state's own address part. */
  show(query) {
    const given = new URLSearchParams(query);
    for (const input of this.form.elements) {
      if (!input.name || input === document.activeElement && input.type === "search") continue;
      const value = given.get(input.name) ?? "";
      if (input.type === "checkbox") input.checked = value.split(",").includes(input.value);
      else input.value = value;
    }
    for (const chip of this.form.querySelectorAll("details.chip")) chip.classList.toggle("active", isSet(chip.dataset.facet, given));
    this.form.querySelector("[data-clear]").hidden = !query;
  }

  /** Counts beside each choice; `choices` = {facet: Map(value → events)}. A choice nobody has stays, paler. */
  count(choices) {
    for (const name of LISTS) {
      for (const input of this.form.querySelectorAll(`input[name="${name}"]`)) {
        const count = choices[name].get(input.value) ?? 0;
        const row = input.closest(".choice");
        row.querySelector(".count").textContent = this.speech.number(count);
        row.classList.toggle("none", count === 0 && !input.checked);
      }
    }
  }
}

function isSet(facet, given) {
  const names = { period: ["from", "to"], more: ["origins", "conflict", "located", "dated", "bbox", "area"] }[facet] ?? [facet];
  return names.some((name) => given.has(name));
}

/** Hides the choices whose label does not hold what was typed. */
function find(input) {
  const wanted = plain(input.value);
  for (const choice of input.closest(".menu").querySelectorAll(".choice")) choice.hidden = !plain(choice.textContent).includes(wanted);
}

/** Letters as a reader takes them for the same: hamza and ta marbuta forms, case, accents. */
function plain(text) {
  return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u0655\u0640]/g, "")
    .replace(/[\u0622\u0623\u0625]/g, "\u0627").replace(/\u0629/g, "\u0647").replace(/\u0649/g, "\u064a").trim();
}
