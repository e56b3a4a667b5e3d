// A map of our own outlines: no tile, no request to anybody but this site.
import { AttributionControl, Map, Marker, NavigationControl, ScaleControl, Popup, LngLatBounds, addProtocol, setWorkerUrl } from "maplibre-gl";
import { Protocol } from "pmtiles";

const WORDS = { oui: "oui", partiel: "en partie", a_verifier: "à vérifier", non: "non" };

export async function draw(place, { address, tiles, steps, credit, styles, worker }) {
  if (tiles) return drawCountry(place, { tiles: tiles.split(" "), steps: JSON.parse(steps), credit, styles, worker });
  const answer = await fetch(address);
  if (!answer.ok) return;
  const data = await answer.json();
  if (!data.features?.length) return;
  await sheet(styles);
  setWorkerUrl(new URL(worker, location.href).href);
  const drawn = place.querySelector("figure > :is(svg, img)");
  const frame = document.createElement("div");
  frame.className = "carte-attente";
  (drawn?.closest("figure") ?? place.firstChild ?? place).before(frame);
  const holder = document.createElement("div");
  holder.className = "carte-vive";
  frame.append(holder);
  const colours = tokens();
  const map = new Map({
    container: holder,
    style: { version: 8, sources: { lieux: { type: "geojson", data } }, layers: layers(colours) },
    bounds: extent(data), fitBoundsOptions: FITTED,
    attributionControl: false, cooperativeGestures: true, fadeDuration: 0,
    locale: FRENCH,
  });
  map.getCanvas().setAttribute("aria-label", "Carte. Les mêmes informations sont dans les tableaux.");
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new ScaleControl(), "top-left");
  name(map, data.credit ?? credit);
  for (const layer of ["voisines", "communes", "mairies-voisines", "mairies", "structures", "appuis", "points"]) tell(map, layer, data.zonages ?? []);
  await new Promise((ready) => map.once("load", ready));
  hatch(map, colours);
  if (placed(data.features)) named(map, data.features);
  if (data.zonages?.length && data.features.filter(({ properties }) => properties.couche === "commune").length > 1) {
    frame.prepend(chooser(map, data, colours));
    // The legend of the drawing speaks of its own colours.
    for (const told of place.querySelectorAll("figcaption")) told.hidden = true;
  }
  frame.prepend(...toggles(map, data));
  if (drawn) (drawn.matches("img") ? drawn.closest("figure") : drawn).setAttribute("hidden", "");
  frame.className = "";
  map.resize();
  // What was put above it left the map less room than it was fitted to.
  map.fitBounds(extent(data), { ...FITTED, padding: room(holder, placed(data.features)) });
}

// What a place must leave free: who made the map, below; where places are named, a name above and on both sides.
function room(holder, withNames) {
  const bottom = 12 + (holder.querySelector(".maplibregl-ctrl-attrib")?.offsetHeight ?? 0);
  if (!withNames) return { top: 24, bottom, left: 24, right: 24 };
  const aside = Math.min(70, holder.clientWidth / 6);
  return { top: Math.min(44, holder.clientHeight / 5), bottom, left: aside, right: aside };
}

const FITTED = { padding: 24, animate: false, maxZoom: 13 };

// The whole country, from tiles read by ranges: départements, then communes, then each structure.
async function drawCountry(place, { tiles, steps, credit, styles, worker }) {
  await sheet(styles);
  setWorkerUrl(new URL(worker, location.href).href);
  addProtocol("pmtiles", new Protocol().tile);
  const colours = tokens();
  const named = (address) => address.split("/").pop().replace(".pmtiles", "");
  const sources = Object.fromEntries(tiles.map((address) => [named(address), { type: "vector", url: `pmtiles://${new URL(address, location.href)}` }]));
  const holder = document.createElement("div");
  holder.className = "carte-vive";
  place.prepend(holder);
  const map = new Map({
    container: holder,
    style: { version: 8, sources, layers: countryLayers(colours, steps).filter(({ source }) => !source || sources[source]) },
    bounds: HEXAGONE, fitBoundsOptions: { padding: 8, animate: false },
    attributionControl: false, cooperativeGestures: true, fadeDuration: 0, maxZoom: 16, locale: FRENCH,
  });
  map.getCanvas().setAttribute("aria-label", "Carte de France. Les mêmes structures sont dans la liste.");
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new ScaleControl(), "top-left");
  name(map, credit);
  for (const layer of ["departements", "communes", "quartiers", "structures"]) if (sources[layer]) tell(map, layer, []);
  await new Promise((ready) => map.once("idle", ready));
}

const HEXAGONE = [[-5.2, 41.3], [9.6, 51.1]];

// Who made what the map draws, on the map itself.
function name(map, credit) {
  if (credit) map.addControl(new AttributionControl({ compact: false, customAttribution: `Contours : ${credit}` }));
}

function countryLayers(colour, steps) {
  const count = ["coalesce", ["get", "structures"], -1];
  // By what a square of the same size would hold, a commune is not a département.
  const shade = (bounds) => ["step", count, colour("paper"), 0, colour("wash"), ...bounds.flatMap((least, rank) => [least, ["tint", "classe", "primary"].map(colour)[rank] || colour("tint")])];
  const line = (source, least) => ({ id: `${source}-limites`, type: "line", source, "source-layer": source, minzoom: least, paint: { "line-color": colour("neutral"), "line-width": 0.7 } });
  return [
    { id: "fond", type: "background", paint: { "background-color": colour("wash") } },
    { id: "departements", type: "fill", source: "departements", "source-layer": "departements", maxzoom: 7, paint: { "fill-color": shade(steps.departements) } },
    { id: "communes", type: "fill", source: "communes", "source-layer": "communes", minzoom: 7, paint: { "fill-color": shade(steps.communes) } },
    line("departements", 0),
    line("communes", 8),
    { id: "quartiers", type: "fill", source: "quartiers", "source-layer": "quartiers", minzoom: 9, paint: { "fill-color": colour("secondary"), "fill-opacity": 0.5 } },
    { id: "structures", type: "circle", source: "structures", "source-layer": "structures", minzoom: 9,
      paint: { "circle-radius": ["interpolate", ["linear"], ["zoom"], 9, 1.2, 11, 2.5, 13, 5], "circle-color": colour("secondary"), "circle-stroke-color": colour("paper"), "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 10, 0, 12, 1] } },
  ];
}

// Names of the communes that find room, the territory's own first, then the most peopled.
function named(map, features) {
  const spots = features.filter(({ geometry, properties }) => geometry?.type === "Point" && ["commune", "voisine"].includes(properties.couche));
  spots.sort((one, other) => (one.properties.couche > other.properties.couche) - (one.properties.couche < other.properties.couche)
    || other.properties.habitants - one.properties.habitants);
  let shown = [];
  const write = () => {
    for (const marker of shown) marker.remove();
    shown = [];
    const taken = [];
    for (const { geometry, properties } of spots) {
      const at = map.project(geometry.coordinates);
      const half = properties.name.length * 3.6;
      if (at.x < half || at.y < 24 || at.x > map.getContainer().clientWidth - half || at.y > map.getContainer().clientHeight) continue;
      if (taken.some((one) => Math.abs(one.x - at.x) < one.half + half && Math.abs(one.y - at.y) < 17)) continue;
      taken.push({ ...at, x: at.x, y: at.y, half });
      const element = Object.assign(document.createElement("span"), { className: `nom-mairie ${properties.couche}`, textContent: properties.name });
      shown.push(new Marker({ element, anchor: "bottom", offset: [0, -8] }).setLngLat(geometry.coordinates).addTo(map));
      element.removeAttribute("aria-label");
      element.setAttribute("aria-hidden", "true");
      if (shown.length >= 40) break;
    }
  };
  map.on("moveend", write);
  write();
}

// What may be hidden, when there is some of it.
const LAYERS = [["qpv", "quartiers", "Quartiers prioritaires"], ["structure", "structures", "Structures"], ["appui", "appuis", "Lieux d’accompagnement"]];

function toggles(map, { features }) {
  const there = new Set(features.map(({ properties }) => properties.couche));
  const shown = LAYERS.filter(([couche]) => there.has(couche));
  if (!shown.length) return [];
  const box = document.createElement("fieldset");
  box.className = "couches";
  box.setAttribute("aria-label", "Ce que montre la carte");
  for (const [, layer, words] of shown) {
    const label = box.appendChild(document.createElement("label"));
    const tick = Object.assign(document.createElement("input"), { type: "checkbox", checked: true });
    tick.addEventListener("change", () => map.setLayoutProperty(layer, "visibility", tick.checked ? "visible" : "none"));
    label.append(tick, words);
  }
  return [box];
}

// Which zoning colours the communes: a pattern says « en partie » and « à vérifier » without colour.
function chooser(map, { zonages, zonage, features }, colour) {
  const label = document.createElement("label");
  label.className = "ligne choix-zonage";
  label.textContent = "Colorer les communes selon ";
  const select = label.appendChild(document.createElement("select"));
  for (const { id, nom } of zonages) select.add(new Option(nom, id, false, id === zonage));
  const colourBy = () => {
    const verdict = ["coalesce", ["get", `v_${select.value}`], ""];
    map.setPaintProperty("communes", "fill-color", ["match", verdict, "oui", colour("classe") || colour("tint"), colour("paper")]);
    map.setPaintProperty("mairies", "circle-color", ["match", verdict, "oui", colour("primary"), "partiel", colour("partiel"), "a_verifier", colour("check"), colour("paper")]);
    map.setFilter("motifs", ["all", ["==", ["get", "couche"], "commune"], ["in", verdict, ["literal", ["partiel", "a_verifier"]]]]);
    map.setPaintProperty("motifs", "fill-pattern", ["match", verdict, "partiel", "hachures", "semis"]);
  };
  select.addEventListener("change", colourBy);
  colourBy();
  const legend = document.createElement("span");
  legend.className = "discret";
  const dots = placed(features);
  legend.textContent = dots ? "Point plein : oui. Ocre : en partie. Prune : à vérifier. Vide : non." : "Teinte : oui. Hachures : en partie. Semis : à vérifier. Sans teinte : non.";
  const box = document.createElement("div");
  box.append(label, legend);
  return box;
}

function hatch(map, colour) {
  const size = 8;
  const draw = (name, marked) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
    const pen = canvas.getContext("2d");
    pen.fillStyle = colour("primary");
    for (let x = 0; x < size; x++) for (let y = 0; y < size; y++) if (marked(x, y)) pen.fillRect(x, y, 1, 1);
    map.addImage(name, pen.getImageData(0, 0, size, size));
  };
  draw("hachures", (x, y) => (x + y) % size < 2);
  draw("semis", (x, y) => x % 4 < 1 && y % 4 < 1);
}

function sheet(href) {
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  return new Promise((ready) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: ready, onerror: ready });
    document.head.append(link);
  });
}

function tokens() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}

function layers(colour) {
  return [
    { id: "fond", type: "background", paint: { "background-color": colour("wash") } },
    { id: "voisines", type: "fill", source: "lieux", filter: ["==", ["get", "couche"], "voisine"], paint: { "fill-color": colour("paper"), "fill-outline-color": colour("line") } },
    { id: "communes", type: "fill", source: "lieux", filter: ["==", ["get", "couche"], "commune"],
      paint: { "fill-color": ["match", ["coalesce", ["get", "etat"], ""], "couvert", colour("tint"), "eloigne", colour("warn"), "dla_seul", colour("warn-line"), "non_couvert", colour("secondary"), colour("paper")] } },
    { id: "motifs", type: "fill", source: "lieux", filter: ["==", ["get", "couche"], "aucune"] },
    { id: "departements", type: "line", source: "lieux", filter: ["==", ["get", "couche"], "departement"], paint: { "line-color": colour("neutral"), "line-width": 1.2 } },
    { id: "limites", type: "line", source: "lieux", filter: ["==", ["get", "couche"], "commune"], paint: { "line-color": colour("neutral"), "line-width": 0.7 } },
    { id: "territoire", type: "line", source: "lieux", filter: ["==", ["get", "couche"], "territoire"], paint: { "line-color": colour("primary"), "line-width": 2.5 } },
    { id: "quartiers", type: "fill", source: "lieux", filter: ["==", ["get", "couche"], "qpv"], paint: { "fill-color": colour("secondary"), "fill-opacity": 0.6 } },
    { id: "mairies-voisines", type: "circle", source: "lieux", filter: ["all", ["==", ["get", "couche"], "voisine"], POINT],
      paint: { "circle-radius": 4, "circle-color": colour("line"), "circle-stroke-color": colour("neutral"), "circle-stroke-width": 1 } },
    { id: "mairies", type: "circle", source: "lieux", filter: ["all", ["==", ["get", "couche"], "commune"], POINT],
      paint: { "circle-radius": ["interpolate", ["linear"], ["coalesce", ["get", "habitants"], 0], 0, 4, 50000, 10], "circle-color": colour("primary"), "circle-stroke-color": colour("primary"), "circle-stroke-width": 1.5 } },
    { id: "structures", type: "circle", source: "lieux", filter: ["==", ["get", "couche"], "structure"],
      paint: { "circle-radius": 4.5, "circle-color": colour("secondary"), "circle-stroke-color": colour("paper"), "circle-stroke-width": 1 } },
    { id: "appuis", type: "circle", source: "lieux", filter: ["==", ["get", "couche"], "appui"],
      paint: { "circle-radius": 5.5, "circle-color": colour("paper"), "circle-stroke-color": colour("secondary"), "circle-stroke-width": 2.5 } },
    { id: "points", type: "circle", source: "lieux", filter: ["in", ["get", "couche"], ["literal", ["lieu", "ouverture"]]],
      paint: { "circle-radius": ["match", ["get", "couche"], "ouverture", 8, 4.5], "circle-color": ["match", ["get", "couche"], "ouverture", colour("secondary"), colour("primary")], "circle-stroke-color": colour("paper"), "circle-stroke-width": 1.5 } },
  ];
}

const POINT = ["==", ["geometry-type"], "Point"];

// Communes of which only the town hall is known.
function placed(features) {
  return features.some(({ geometry, properties }) => properties.couche === "commune" && geometry?.type === "Point");
}

function extent(data) {
  const bounds = new LngLatBounds();
  const take = (found) => (typeof found[0] === "number" ? bounds.extend(found) : found.forEach(take));
  if (data.cadre) return new LngLatBounds(data.cadre.slice(0, 2), data.cadre.slice(2));
  // A structure placed far away by a mistake of its source must not make the territory a dot.
  const outlined = data.features.some(({ geometry, properties }) => geometry && geometry.type !== "Point" && ["territoire", "commune"].includes(properties.couche));
  const around = ["appui", placed(data.features) ? "departement" : "voisine", ...(outlined ? ["structure"] : [])];
  const own = data.features.filter(({ geometry, properties }) => geometry && !around.includes(properties.couche));
  for (const { geometry } of own) take(geometry.coordinates);
  return bounds;
}

function tell(map, layer, zonings) {
  const popup = new Popup({ closeButton: false, maxWidth: "18rem" });
  map.on("click", layer, ({ lngLat, features }) => {
    const told = features[0].properties;
    const box = document.createElement("div");
    box.appendChild(document.createElement("strong")).textContent = told.name ?? told.nom ?? "nom non publié";
    const lines = [told.detail, counted(layer, told), ...zonings
      .filter(({ id }) => told[`v_${id}`] && told[`v_${id}`] !== "non")
      .map(({ id, nom }) => `${nom} : ${WORDS[told[`v_${id}`]]}`)];
    for (const line of lines) if (line) box.appendChild(document.createElement("p")).textContent = line;
    if (told.siret) {
      const link = box.appendChild(document.createElement("a"));
      link.href = `/structures/${told.siret}/`;
      link.textContent = "Voir la structure";
    }
    if (layer === "departements" && !told.couche) {
      const link = box.appendChild(document.createElement("a"));
      link.href = `/territoires/departement:${told.code}/`;
      link.textContent = "Ouvrir ce département";
    }
    if ((["commune", "voisine"].includes(told.couche) || (layer === "communes" && !told.couche)) && told.code && !location.pathname.includes(`/${told.code}/`)) {
      const link = box.appendChild(document.createElement("a"));
      link.href = `/territoires/${told.code}/`;
      link.textContent = "Ouvrir cette commune";
    }
    popup.setLngLat(lngLat).setDOMContent(box).addTo(map);
  });
  map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
  map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
}

// How many structures a part of the country holds; what the register does not wholly know is said so.
function counted(layer, { couche, structures }) {
  if (couche || !["departements", "communes"].includes(layer)) return "";
  if (structures === undefined) return "Nombre de structures inconnu : le registre n’est pas complet ici.";
  return `${structures.toLocaleString("fr-FR")} établissement${structures > 1 ? "s" : ""} de l’ESS.`;
}

const FRENCH = {
  "NavigationControl.ZoomIn": "Agrandir", "NavigationControl.ZoomOut": "Réduire", "Map.Title": "Carte",
  "ScaleControl.Kilometers": "km", "ScaleControl.Meters": "m",
  "CooperativeGesturesHandler.WindowsHelpText": "Ctrl et molette pour agrandir la carte",
  "CooperativeGesturesHandler.MacHelpText": "⌘ et molette pour agrandir la carte",
  "CooperativeGesturesHandler.MobileHelpText": "Deux doigts pour déplacer la carte",
};
