// Vega-Lite with its interpreter: no expression is ever compiled, so the strict policy of the site holds.
import { compile } from "vega-lite";
import { View, parse, formatLocale as setNumberLocale } from "vega";
import { expressionInterpreter } from "vega-interpreter";

const FRENCH = { decimal: ",", thousands: "\u202f", grouping: [3], currency: ["", "\u00a0€"], percent: "\u00a0%", minus: "\u2212" };

export async function enliven(drawing, spec) {
  setNumberLocale?.(FRENCH);
  const holder = document.createElement("div");
  holder.className = "chart vega-vivant";
  holder.setAttribute("role", "img");
  const named = drawing.getAttribute("aria-labelledby")?.split(" ") ?? [];
  holder.setAttribute("aria-label", named.map((id) => document.getElementById(id)?.textContent).join(". "));
  const withTips = { ...spec, config: { ...spec.config, mark: { ...spec.config?.mark, tooltip: true } } };
  const runtime = parse(compile(withTips).spec, null, { ast: true });
  const view = new View(runtime, { renderer: "svg", hover: true, expr: expressionInterpreter, container: holder });
  await view.runAsync();
  holder.querySelector("svg").classList.add("chart");
  drawing.replaceWith(holder);
}
