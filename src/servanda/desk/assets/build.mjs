// Bundles the desk's pictures and copies htmx and the world's boundaries: node build.mjs FOLDER
import { build } from "esbuild";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const packages = path.join(here, "node_modules");
const out = path.resolve(process.argv[2] ?? path.join(here, "..", "static", "vendor"));
const copied = [
  ["htmx.org", "dist/htmx.min.js", "htmx.min.js"],
  ["world-atlas", "countries-50m.json", "countries-50m.json"],
];

await mkdir(out, { recursive: true });
const pictures = (await readdir(path.join(here, "src"))).filter((name) => name.endsWith(".js"));
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: pictures.map((name) => `src/${name}`),
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2021",
  minify: true,
  metafile: true,
  legalComments: "none", // every licence stands whole in LICENSES.txt
  chunkNames: "shared-[hash]",
  logLevel: "warning",
});
for (const [name, from, to] of copied) await cp(path.join(packages, name, from), path.join(out, to));
await writeFile(path.join(out, "LICENSES.txt"), await licences(bundled(metafile)));

/** The names of the packages of which something is in the result. */
function bundled(metafile) {
  const names = new Set(copied.map(([name]) => name));
  for (const input of Object.keys(metafile.inputs)) {
    const inside = input.split("node_modules/").at(-1);
    if (inside === input) continue;
    names.add(inside.startsWith("@") ? inside.split("/").slice(0, 2).join("/") : inside.split("/")[0]);
  }
  return [...names].sort();
}

/** Name, version, licence and the licence's text of each package. */
async function licences(names) {
  const parts = await Promise.all(names.map(licence));
  const atlas = "The boundaries in countries-50m.json are Natural Earth's (1:50m, public domain), through world-atlas.\n";
  return "What Servanda's desk carries of others, and on what terms.\n" + atlas + parts.join("");
}

async function licence(name) {
  const folder = path.join(packages, name);
  const about = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), "utf8")));
  if (!about.license) throw new Error(`${name} states no licence`);
  const rule = "=".repeat(100);
  return `\n${rule}\n${name} ${about.version}: ${about.license}\n${rule}\n${texts.map((text) => text.trim()).join("\n\n")}\n`;
}
