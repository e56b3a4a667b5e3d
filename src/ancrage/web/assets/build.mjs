// Bundle the styles and scripts of the site from the pinned npm packages: node src/ancrage/web/assets/build.mjs
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const output = join(here, "built", "web");
const packages = join(process.cwd(), "node_modules");
const LICENCES = {
  "icones": "@tabler/icons",
  "source-sans-3": "@fontsource-variable/source-sans-3",
  "fraunces": "@fontsource-variable/fraunces",
};

// One drawing of every icon of icons.json, under its French noun.
async function sprite() {
  const names = Object.entries(JSON.parse(await readFile(join(here, "icons.json"), "utf8")));
  const symbols = names.map(async ([noun, name]) => {
    const drawing = await readFile(join(packages, "@tabler/icons/icons/outline", `${name}.svg`), "utf8");
    const paths = [...drawing.matchAll(/<(?:path|circle|rect|line|polyline)[^>]*>/g)].map((found) => found[0]);
    return `<symbol id="${noun}" viewBox="0 0 24 24">${paths.filter((one) => !one.includes('stroke="none"')).join("")}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${(await Promise.all(symbols)).join("\n")}</svg>`;
}

await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
await build({
  entryPoints: ["site.js", "site.css", "charts.js", "maps.js", "passkeys.js"].map((name) => join(here, name)),
  outdir: output,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022"],
  nodePaths: [packages],
  legalComments: "linked",
  logLevel: "warning",
  loader: { ".woff2": "file" },
  assetNames: "type/[name]",
});
await cp(join(here, "icone.svg"), join(output, "icone.svg"));
await writeFile(join(output, "icones.svg"), await sprite());
for (const [name, from] of Object.entries(LICENCES)) {
  await cp(join(packages, from, "LICENSE"), join(output, `${name}.LICENSE.txt`));
}
await build({ entryPoints: [join(packages, "maplibre-gl/dist/maplibre-gl.css")], outfile: join(output, "maps.css"), minify: true, loader: { ".svg": "dataurl" } });
await build({ entryPoints: [join(packages, "maplibre-gl/dist/maplibre-gl-worker.mjs")], outfile: join(output, "map-worker.js"), bundle: true, minify: true, format: "esm", target: ["es2022"] });
