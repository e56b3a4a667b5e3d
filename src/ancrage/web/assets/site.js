// What every page needs: fragments, search as you type, and the doors to charts and maps, opened on demand.
import "htmx.org";
import { filledFields, searchFields } from "./search.js";
import { openCharts } from "./charts-door.js";
import { openMaps } from "./maps-door.js";
import { sharing } from "./sharing.js";

function printButtons() {
  for (const button of document.querySelectorAll(".imprimer")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

// What an address names is unfolded: an anchor leads to what it says, not to a closed title.
function unfold() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let folded = named?.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
  const own = named?.querySelector(":scope > details.attend");
  if (own) own.open = true;
}
addEventListener("hashchange", unfold);
unfold();

// Where tabs scroll, the one that is open is seen.
for (const open of document.querySelectorAll(".onglets [aria-current]")) {
  const row = open.closest("ul");
  row.scrollLeft = open.offsetLeft - row.offsetLeft - (row.clientWidth - open.offsetWidth) / 2;
}

// A file too heavy is told before it is sent: what was typed beside it stays.
for (const given of document.querySelectorAll("input[type=file][data-plus]")) {
  given.addEventListener("change", () => {
    const heavy = [...given.files].some((file) => file.size > Number(given.dataset.plus) * 1e6);
    given.setCustomValidity(heavy ? `Ce fichier dépasse ${given.dataset.plus} Mo : choisissez-en un plus petit.` : "");
    given.reportValidity();
  });
}

searchFields();
filledFields(document);
printButtons();
sharing();
openCharts(document);
openMaps(document);
// A fragment that replaces what had the focus takes it: the keyboard goes on from there, not from the top.
let held = false;
document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  held = detail.target.contains(document.activeElement);
});
document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (!held || document.activeElement !== document.body) return;
  const next = detail.elt.querySelector("[autofocus], h1, h2") ?? detail.elt;
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  filledFields(event.target);
  openCharts(event.target);
  openMaps(event.target);
});
