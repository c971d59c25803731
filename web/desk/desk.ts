/** What the desk adds to the page: a bar that says how things stand, and in every card what one can say is so. */

import type { Book } from "../src/book";
import { counted, h } from "../src/dom";
import type { State } from "../src/state";
import type { Text } from "../src/text";
import { ask, far, listen, refused, type Told } from "./ask";
import { forCard, forFinding, forScene, type Say } from "./forms";
import { keep, restore } from "./place";

interface Desk {
  book: string;
  name: string;
  number: number;
  text: string;
  heard: string;
  corrections: string | null;
  busy: { stage: string; done: number; whole: number } | null;
  changed: { lines: { start: number; end: number; was: string; now: string }[]; came: string[]; went: string[]; begun: number; joined: number };
}

export interface Page {
  book: Book;
  state: State;
  text: Text;
}

const desk = JSON.parse(document.querySelector<HTMLMetaElement>('meta[name="fabula-desk"]')!.content) as Desk;
let page: Page;
let waitingFor = desk.number;
let newest = desk.number;
const told = h("span.told", { role: "status" });
const meter = h<HTMLProgressElement>("progress", { hidden: true, "aria-label": "How far the reading is" });
const back = () => h<HTMLButtonElement>("button.quiet", { type: "button", click: () => void takeBack(null) }, "Undo");
const undo = back();
const list = h("ol.entries");
const written = h("details.written", { toggle: () => void entries() }, h("summary", {}, "Corrections"), h("div.panel", {}, list));
const wrong = h("p.wrong", { role: "alert", hidden: true });
const changed = h("div.changed", { hidden: true, role: "group", "aria-label": "What the last reading changed" });
const news = h("div.news", {}, h("div.words", {}, told, meter, changed, wrong), h("button.close", { type: "button", "aria-label": "Close", click: () => quiet() }, "×"));

document.addEventListener("fabula:page", (event) => begin((event as CustomEvent<Page>).detail));
document.addEventListener("fabula:card", (event) => {
  if (desk.corrections !== null && page) forCard((event as CustomEvent).detail, page, say);
});
document.addEventListener("fabula:scene", (event) => {
  const { detail } = event as CustomEvent;
  if (desk.corrections !== null) queueMicrotask(() => page && forScene(detail, page, say));
});
document.addEventListener("fabula:finding", (event) => {
  const { detail } = event as CustomEvent<{ element: HTMLElement; finding: string }>;
  if (desk.corrections !== null) forFinding(detail, say);
});

function begin(given: Page): void {
  page = given;
  const save = (what: string, words: string) => h("a", { href: `save/${what}`, download: "" }, words);
  const bar = h(
    "section",
    { id: "desk", "aria-label": "Desk" },
    h("a", { href: "../../" }, "Open another"),
    ...(desk.corrections === null ? [h("span", {}, "A saved story: open its source to correct it.")] : [undo, written]),
    h("details.save", {}, h("summary", {}, "Save"), h("div.panel", {}, save("page", "the page, one file"), save("story", "the story, JSON"), ...(desk.corrections ? [save("corrections", "the corrections")] : []))),
    news,
  );
  document.querySelector("#top")!.after(bar);
  for (const rule of document.querySelectorAll<HTMLElement>(".book .scene")) {
    if (desk.corrections !== null) forScene({ element: rule, scene: Number(rule.dataset["s"]) }, page, say);
  }
  document.querySelector("#colophon p")!.textContent = desk.corrections
    ? `Read on this computer by Fabula. What you say is so is written to ${desk.corrections}.`
    : "Read on this computer by Fabula.";
  restore(desk.book, page);
  showChanged();
  if (desk.busy) reading(desk.busy);
  void entries();
  listen("../../ask/events", hear, (there) => {
    if (!there) complain("The desk does not answer. Is `fabula desk` still running? What was said before is written.");
    else wrong.hidden = true;
  });
}

/** Say that something is so. The answer is null, or why it could not be written. */
async function say(what: Say, add: string[] = []): Promise<{ error: string; unknown?: boolean } | null> {
  const answer = await ask<{ heard: string; changes: string[] }>("say", { text: desk.text, heard: desk.heard, say: what, add });
  if (refused(answer)) {
    if (answer.error.includes("the text is another one")) leave();
    return answer;
  }
  desk.heard = answer.heard;
  waitingFor = desk.number + 1;
  told.textContent = answer.changes.length ? `Written: ${answer.changes.join("; ")}` : "That is written already.";
  wrong.hidden = true;
  if (newest > desk.number) leave(); // the new reading was here before this answer
  return null;
}

async function takeBack(line: number | null): Promise<void> {
  const answer = await ask<{ heard: string; taken: string }>("take-back", { heard: desk.heard, line });
  if (refused(answer)) {
    complain(answer.error);
    await entries();
    return;
  }
  desk.heard = answer.heard;
  waitingFor = desk.number + 1;
  told.textContent = `Taken back: ${answer.taken}`;
  await entries();
}

/** The list of what is written, each with a way back. */
async function entries(): Promise<void> {
  if (desk.corrections === null) return;
  const answer = await ask<{ heard: string; entries: { line: number; says: string }[] }>("entries");
  if (refused(answer)) return;
  const { entries } = answer;
  undo.disabled = !entries.some(({ line }) => line);
  written.querySelector("summary")!.textContent = entries.length ? `Corrections (${entries.length})` : "Corrections";
  if (written.hasAttribute("open")) desk.heard = answer.heard;
  list.replaceChildren(
    ...entries.map(({ line, says }) =>
      h("li", {}, says, line ? h("button.quiet", { type: "button", "aria-label": `Take back: ${says}`, click: () => void takeBack(line) }, "Take back") : null),
    ),
    ...(entries.length ? [] : [h("li.none", {}, "Nothing yet. Choose a line or a name in the text and say what is so.")]),
  );
}

function hear(event: Told): void {
  if (event.book !== desk.book) return;
  if (event.what === "reading") reading({ stage: event.stage ?? "", done: event.done ?? 0, whole: event.whole ?? 0 });
  else if (event.what === "failed" || (event.what === "state" && event.error)) failed(event.error ?? "");
  else if (event.what === "ready" || event.what === "state") arrived(event.number ?? 0, event.busy ?? null);
}

function reading(busy: { stage: string; done: number; whole: number }): void {
  const [words, part] = far(busy);
  told.textContent = words;
  meter.hidden = false;
  if (part === null) meter.removeAttribute("value");
  else meter.value = part;
}

function failed(error: string): void {
  meter.hidden = true;
  told.textContent = "";
  complain(`${error} What is shown is the reading before.`);
}

/** A new reading: show it at once, unless somebody is about to say something on this one. */
function arrived(number: number, busy: { stage: string; done: number; whole: number } | null): void {
  if (busy) reading(busy);
  else meter.hidden = true;
  if (number <= desk.number) return;
  newest = number;
  const writing = document.activeElement?.closest(".card, .scene, .finding") && document.activeElement.matches("input, select");
  if (writing && waitingFor !== number) {
    told.replaceChildren("Read anew. ", h("button.quiet", { type: "button", click: leave }, "Show it"));
    return;
  }
  leave();
}

function leave(): void {
  keep(desk.book, page);
  location.reload();
}

/** What was told has been read. */
function quiet(): void {
  told.replaceChildren();
  changed.hidden = wrong.hidden = true;
}

function complain(words: string): void {
  wrong.hidden = false;
  wrong.textContent = words;
}

/** What the last reading changed, with a way through the lines, which are marked in the text. */
function showChanged(): void {
  const { lines, came, went, begun, joined } = desk.changed;
  const parts = [
    ...(lines.length ? [`${counted(lines.length, "line")} heard differently`] : []),
    ...(begun ? [`${counted(begun, "new scene")}`] : []),
    ...(joined ? [`${counted(joined, "scene")} joined to the one before`] : []),
    ...(came.length ? [`new: ${came.slice(0, 4).join(", ")}${came.length > 4 ? " …" : ""}`] : []),
    ...(went.length ? [`gone: ${went.slice(0, 4).join(", ")}${went.length > 4 ? " …" : ""}`] : []),
  ];
  if (!parts.length) return;
  changed.hidden = false;
  changed.append(h("span", {}, `Changed: ${parts.join("; ")}`));
  if (desk.corrections !== null) changed.append(back());
  if (!lines.length) return;
  const ways = lines.slice(0, 60).map(({ start, end, was, now }) => h("li", {}, h("a", { href: `#at-${start}-${end}` }, page.book.words(start, end).slice(0, 60)), ` ${was} → ${now}`));
  changed.querySelector("span")!.after(h("details", {}, h("summary", {}, "which"), h("ol.panel", {}, ...ways)));
  if (CSS.highlights) {
    const mark = () => CSS.highlights.set("changed", new Highlight(...lines.slice(0, 60).flatMap(({ start, end }) => page.text.ranges(start, end))));
    mark();
    page.state.on(["limit", "lens"], () => requestAnimationFrame(mark));
  }
}
