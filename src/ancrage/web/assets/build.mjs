// Bundle the styles and scripts of the site from the pinned npm packages: node src/ancrage/web/assets/build.mjs
import { cp, mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const output = join(here, "built", "web");
const packages = join(process.cwd(), "node_modules");

await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
await build({
  entryPoints: ["site.js", "site.css", "charts.js", "maps.js"].map((name) => join(here, name)),
  outdir: output,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022"],
  nodePaths: [packages],
  legalComments: "linked",
  logLevel: "warning",
});
await cp(join(here, "icone.svg"), join(output, "icone.svg"));
await build({ entryPoints: [join(packages, "maplibre-gl/dist/maplibre-gl.css")], outfile: join(output, "maps.css"), minify: true, loader: { ".svg": "dataurl" } });
await build({ entryPoints: [join(packages, "maplibre-gl/dist/maplibre-gl-worker.mjs")], outfile: join(output, "map-worker.js"), bundle: true, minify: true, format: "esm", target: ["es2022"] });
