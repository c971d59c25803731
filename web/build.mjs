// Builds the page's shell, one HTML file without a story, into src/fabula/exports/page, and what the desk adds to it into
// src/fabula/web/built. `--check` only compares.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const BUILT = join(HERE, "..", "src", "fabula", "exports", "page", "shell.html");
const DESK = join(HERE, "..", "src", "fabula", "web", "built");
const BUNDLED = ["d3-array", "d3-color", "d3-dispatch", "d3-force", "d3-format", "d3-interpolate", "d3-path", "d3-quadtree", "d3-scale", "d3-shape", "d3-time", "d3-time-format", "d3-timer", "internmap", "@fontsource/literata"];

const read = (...path) => readFileSync(join(HERE, ...path), "utf8").replaceAll("\r\n", "\n");
const sha = (words, form) => createHash("sha256").update(words).digest(form);

/** What the built file says of its sources; `tests/exports/test_page_shell.py` works it out again without Node. */
function digest(...folders) {
  const sources = folders.flatMap((folder) => readdirSync(join(HERE, folder)).sort().map((name) => join(folder, name)));
  const files = [...sources, "build.mjs", "package-lock.json"];
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
  return ["This is built by Fabula (MIT) and holds, besides Fabula's own code:", ...parts].join("\n\n\n");
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
    entryPoints: [join(HERE, entry)],
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
  const [script, used] = await bundle("src/main.ts", {});
  const [style] = await bundle("src/style.css", { ".woff2": "dataurl" });
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
  const filled = { LICENCES: licences(used.add("@fontsource/literata")), POLICY: policy, DIGEST: digest("src"), STYLE: style, SCRIPT: script };
  return read("src", "shell.html").replace(/@(LICENCES|POLICY|DIGEST|STYLE|SCRIPT)@/g, (_, name) => filled[name]);
}

/** What the desk adds: a script and a style beside the page, and the page on which one opens files. */
async function desk() {
  const sources = `/* Built by Fabula (MIT); sources ${digest("desk", "src")} */\n`;
  const [script] = await bundle("desk/desk.ts", {});
  const [style] = await bundle("desk/desk.css", {});
  const [home] = await bundle("desk/home.ts", {});
  const [homeStyle] = await bundle("desk/home.css", { ".woff2": "dataurl" });
  const font = `/*\n${licences(new Set(["@fontsource/literata"]))}\n*/\n`;
  const page = read("desk", "home.html");
  return { "desk.js": sources + script, "desk.css": sources + style, "home.js": sources + home, "home.css": sources + font + homeStyle, "home.html": page };
}

const made = { [BUILT]: await shell() };
for (const [name, words] of Object.entries(await desk())) made[join(DESK, name)] = words.trimEnd() + "\n";
mkdirSync(DESK, { recursive: true });
for (const [file, words] of Object.entries(made)) {
  if (!process.argv.includes("--check")) {
    writeFileSync(file, words);
    console.log(`${file}: ${Math.round(words.length / 1024)} KB`);
  } else if (readFileSync(file, "utf8") !== words) {
    console.error(`${file} is not what its sources make: run "npm run build" in web/`);
    process.exit(1);
  }
}
