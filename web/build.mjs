// Builds the page's shell, one HTML file without a story, into src/fabula/exports/page. `--check` only compares.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const BUILT = join(HERE, "..", "src", "fabula", "exports", "page", "shell.html");
const BUNDLED = ["d3-array", "d3-color", "d3-dispatch", "d3-force", "d3-format", "d3-interpolate", "d3-path", "d3-quadtree", "d3-scale", "d3-shape", "d3-time", "d3-time-format", "d3-timer", "internmap", "@fontsource/literata"];

const read = (...path) => readFileSync(join(HERE, ...path), "utf8").replaceAll("\r\n", "\n");
const sha = (words, form) => createHash("sha256").update(words).digest(form);

/** What the built file says of its sources; `tests/exports/test_page_shell.py` works it out again without Node. */
function digest() {
  const files = [...readdirSync(join(HERE, "src")).sort().map((name) => join("src", name)), "build.mjs", "package-lock.json"];
  return sha(files.map((name) => read(name)).join("\0"), "hex").slice(0, 16);
}

/** The licence of every package whose code or fonts are in the file, each text once. */
function licences(used) {
  const texts = new Map();
  for (const name of BUNDLED.filter((name) => used.has(name))) {
    const { version } = JSON.parse(read("node_modules", name, "package.json"));
    const text = read("node_modules", name, "LICENSE").replaceAll("--", "- -").trim();
    texts.set(text, [...(texts.get(text) ?? []), `${name} ${version}`]);
  }
  const parts = [...texts].map(([text, names]) => `${names.join(", ")}:\n\n${text}`);
  return ["This page is built by Fabula (MIT) and holds, besides Fabula's own code:", ...parts].join("\n\n\n");
}

/** Which packages have code in a bundle; one that has none there stops the build if it is unknown here. */
function packages(metafile) {
  const used = new Set();
  for (const [path, { bytesInOutput }] of Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs))) {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
    if (!name || !bytesInOutput) continue;
    if (!BUNDLED.includes(name)) throw new Error(`${name} is bundled and its licence is not noted: see BUNDLED`);
    used.add(name);
  }
  return used;
}

async function bundle(entry, loader) {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(HERE, "src", entry)],
    absWorkingDir: HERE,
    nodePaths: [join(HERE, "node_modules")],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    outdir: "out",
    format: "iife",
    target: ["chrome123", "firefox128", "safari17.5"],
    charset: "utf8",
    legalComments: "none",
    loader,
  });
  return [outputFiles.at(-1).text.trim(), packages(metafile)];
}

async function shell() {
  const [script, used] = await bundle("main.ts", {});
  const [style] = await bundle("style.css", { ".woff2": "dataurl" });
  for (const [what, end] of [[script, "</script"], [style, "</style"]]) {
    if (what.toLowerCase().includes(end) || what.includes("<!--")) throw new Error(`the bundle contains ${end} or a comment`);
  }
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${sha(script, "base64")}'`,
    `style-src 'sha256-${sha(style, "base64")}'`,
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const filled = { LICENCES: licences(used.add("@fontsource/literata")), POLICY: policy, DIGEST: digest(), STYLE: style, SCRIPT: script };
  return read("src", "shell.html").replace(/@(LICENCES|POLICY|DIGEST|STYLE|SCRIPT)@/g, (_, name) => filled[name]);
}

const made = await shell();
if (!process.argv.includes("--check")) {
  writeFileSync(BUILT, made);
  console.log(`${BUILT}: ${Math.round(made.length / 1024)} KB`);
} else if (readFileSync(BUILT, "utf8") !== made) {
  console.error("shell.html is not what its sources make: run `npm run build` in web/");
  process.exit(1);
}
