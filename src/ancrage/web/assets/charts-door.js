// A drawing is there from the start; it becomes interactive when somebody comes near it.
export function openCharts(root) {
  for (const block of root.querySelectorAll("script[data-chart]")) {
    const title = document.getElementById(`${block.dataset.chart}-titre`);
    const drawing = title?.closest("svg");
    const figure = drawing?.closest("figure");
    if (!figure || figure.dataset.ready) continue;
    figure.dataset.ready = "attente";
    const open = async () => {
      figure.removeEventListener("pointerenter", open);
      const { enliven } = await import(document.body.dataset.charts);
      await enliven(drawing, JSON.parse(block.textContent));
      figure.dataset.ready = "vivant";
    };
    figure.addEventListener("pointerenter", open);
  }
}
