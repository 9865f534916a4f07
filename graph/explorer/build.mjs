// Build the pages into graph/kijun/static: nothing in them comes from anywhere else.
import { build } from "esbuild";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "kijun", "static");

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await build({
  absWorkingDir: here,
  entryPoints: { explorer: "src/explorer.ts", query: "src/query.ts" },
  outdir: out,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
});
await build({
  absWorkingDir: here,
  entryPoints: { explorer: "explorer.css", query: "query.css" },
  outdir: out,
  bundle: true,
  minify: true,
  charset: "utf8",
  loader: { ".svg": "dataurl", ".woff": "dataurl", ".woff2": "dataurl", ".png": "dataurl", ".gif": "dataurl" },
  logLevel: "warning",
});
for (const page of ["index.html", "query.html"]) await cp(join(here, page), join(out, page));

// What the bundles are made of, with its licences.
const lock = JSON.parse(await readFile(join(here, "package-lock.json"), "utf8"));
const parts = [];
for (const [place, entry] of Object.entries(lock.packages)) {
  if (!place || entry.dev) continue;
  const folder = join(here, place);
  const names = await readdir(folder);
  const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const licence = names.find((name) => /^(licen[cs]e|copying)/i.test(name));
  const text = licence ? await readFile(join(folder, licence), "utf8") : "";
  const kind = typeof about.license === "string" ? about.license : JSON.stringify(about.license ?? about.licenses ?? "");
  parts.push(`${about.name} ${about.version} — ${kind}\n\n${text.trim()}\n`);
}
await writeFile(join(out, "THIRD-PARTY.txt"), parts.sort().join(`\n${"-".repeat(72)}\n\n`));
