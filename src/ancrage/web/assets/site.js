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
