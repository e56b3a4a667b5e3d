// The drawn map is there from the start; a zoomable one takes its place when it comes into view.
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
    watcher.observe(place);
  }
}

async function open(place) {
  const { mapModule = document.body.dataset.maps } = place.dataset;
  const { draw } = await import(mapModule);
  await draw(place, {
    address: place.dataset.map,
    tiles: place.dataset.tiles,
    styles: document.body.dataset.mapStyles,
    worker: document.body.dataset.mapWorker,
  });
  place.dataset.ready = "vivant";
}
