// A field that proposes as one types: the ARIA combobox pattern with a list, arrows, Enter and Escape.
// Only what answers the text now in the field can be chosen: the list of an earlier text stays, dimmed, until
// the next one comes, and obeys neither key nor pointer.
const PAUSE_MS = 120;

// `ask`: address of the options that answer a text; `choose`: what choosing one does; `list` is put by the caller.
export function combobox(input, list, { ask, choose }) {
  list.id = `${input.id}-liste`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  // What a screen reader is told of the list, which it may not read by itself.
  const told = document.createElement("span");
  told.className = "cache";
  told.setAttribute("role", "status");
  list.after(told);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  let waiting, asked, answered;
  const typed = () => input.value.trim();
  const fresh = () => !list.hidden && answered === typed();
  const options = () => [...list.querySelectorAll("[role=option][data-href]")];
  const chosen = () => list.querySelector("[aria-selected=true]");

  function forget() {
    clearTimeout(waiting);
    asked?.abort();
  }

  function close() {
    forget();
    list.hidden = true;
    told.textContent = "";
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(option) {
    chosen()?.setAttribute("aria-selected", "false");
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  async function propose() {
    const text = typed();
    if (text.length < 2) return close();
    asked = new AbortController();
    const { signal } = asked;
    try {
      const answer = await fetch(ask(text), { signal });
      if (!answer.ok) return close();
      const proposed = await answer.text();
      if (signal.aborted) return;
      list.innerHTML = proposed;
    } catch {
      if (!signal.aborted) close(); // the network went: the form still works
      return;
    }
    answered = text;
    list.setAttribute("aria-busy", "false");
    options().forEach((option, rank) => { option.id = `${list.id}-${rank}`; });
    const { length } = options();
    told.textContent = length ? `${length} suggestion${length > 1 ? "s" : ""}, flèches pour choisir.` : "Aucune suggestion.";
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  }

  function step(by) {
    const all = options();
    if (!fresh() || !all.length) return;
    const here = all.indexOf(chosen());
    mark(all[(here + by + all.length + (here < 0 && by < 0 ? 1 : 0)) % all.length]);
  }

  function take(option) {
    choose(option);
    close();
  }

  input.addEventListener("input", () => {
    forget();
    mark(null);
    list.setAttribute("aria-busy", String(answered !== typed()));
    waiting = setTimeout(propose, PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      close();
    } else if (event.key === "Enter" && fresh() && chosen()) {
      event.preventDefault();
      take(chosen());
    }
  });
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[data-href]");
    if (option && fresh()) take(option);
    event.preventDefault();
  });
  input.addEventListener("blur", close);
}
