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
document.body.addEventListener("htmx:afterSwap", (event) => {
  filledFields(event.target);
  openCharts(event.target);
  openMaps(event.target);
});
