// The drawn map is there from the start; a zoomable one takes its place when it comes into view, or, where
// a button opens it, when somebody asks for it: its program alone weighs more than all the rest of the page.
export function openMaps(root) {
  const places = [...root.querySelectorAll("[data-map]")].filter((place) => !place.dataset.ready);
  if (!places.length || !("IntersectionObserver" in window)) return;
  const watcher = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      open(target);
    }
  }, { rootMargin: "200px" });
  for (const place of places) {
    place.dataset.ready = "attente";
    const asking = place.querySelector(".ouvrir-carte");
    if (asking) ask(place, asking);
    else watcher.observe(place);
  }
}

function ask(place, button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    try {
      await open(place);
      for (const shown of place.querySelectorAll(".de-pres")) shown.hidden = false;
      for (const drawn of place.querySelectorAll(".image-pays")) drawn.setAttribute("hidden", "");
      button.hidden = true;
      place.querySelector("canvas")?.focus();
    } finally {
      button.disabled = false;
      button.removeAttribute("aria-busy");
    }
  });
}

async function open(place) {
  const { mapModule = document.body.dataset.maps } = place.dataset;
  const { draw } = await import(mapModule);
  await draw(place, {
    address: place.dataset.map,
    tiles: place.dataset.tiles,
    steps: place.dataset.steps,
    credit: place.dataset.credit,
    styles: document.body.dataset.mapStyles,
    worker: document.body.dataset.mapWorker,
  });
  place.dataset.ready = "vivant";
}
