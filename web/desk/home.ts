/** The page on which one opens a file: chosen, dropped or from the folder; and where one waits while it is read. */

import { h, part } from "../src/dom";
import { answered, ask, far, listen, refused, type Told } from "./ask";

const waiting = /\/book\/([0-9a-f]+)\/$/u.exec(location.pathname)?.[1] ?? null;
const base = waiting === null ? "" : "../../";
const told = part("told");
const meter = part<HTMLProgressElement>("meter");
const wrong = part("wrong");

if (waiting === null) opening();
else wait(waiting);

function opening(): void {
  const chooser = part<HTMLInputElement>("chooser");
  chooser.addEventListener("change", () => chooser.files?.[0] && void send(chooser.files[0]));
  const field = part("drop");
  addEventListener("dragover", (event) => {
    event.preventDefault();
    field.classList.add("over");
  });
  addEventListener("dragleave", () => field.classList.remove("over"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    field.classList.remove("over");
    const file = event.dataTransfer?.files[0];
    if (file) void send(file);
  });
  part("opening").hidden = false;
  void offer();
}

/** The files of the folder, and what is open already. */
async function offer(): Promise<void> {
  const desk = await ask<{ folder: string; files: string[]; books: { book: string; name: string; error: string | null }[] }>("ask/desk");
  if (refused(desk)) return complain(desk.error);
  part("open").replaceChildren(...desk.books.map(({ book, name, error }) => h("li", {}, h("a", { href: `book/${book}/` }, name), error ? h("p", {}, error) : null)));
  part("open").closest("section")!.hidden = desk.books.length === 0;
  part("folder").textContent = desk.folder;
  part("files").replaceChildren(...desk.files.map((name) => h("li", {}, h("button", { type: "button", click: () => void openHere(name) }, name, h("small", {}, kind(name))))));
  part("files").closest("section")!.hidden = desk.files.length === 0;
}

/** What kind of file it is, as one would say it. */
function kind(name: string): string {
  const end = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  return KINDS[end] ?? end;
}

const KINDS: Record<string, string> = { txt: "plain text", md: "Markdown", markdown: "Markdown", html: "HTML", htm: "HTML", xhtml: "HTML", epub: "EPUB", docx: "Word", odt: "OpenDocument", json: "saved story" };

async function send(file: File): Promise<void> {
  told.textContent = `Taking in ${file.name} …`;
  const headers = { "content-type": "application/octet-stream", "x-fabula-name": encodeURIComponent(file.name) };
  go(await answered<{ book: string }>(fetch("ask/open", { method: "POST", headers, body: file })));
}

async function openHere(name: string): Promise<void> {
  go(await ask<{ book: string }>("ask/open-here", { name }));
}

function go(answer: { book: string } | { error: string }): void {
  if (refused(answer)) complain(answer.error);
  else location.assign(`book/${(answer as { book: string }).book}/`);
}

function wait(book: string): void {
  part("waiting").hidden = false;
  part("ways").hidden = false;
  part<HTMLAnchorElement>("back").href = base;
  part("again").addEventListener("click", () => {
    wrong.hidden = true;
    part("again").hidden = true;
    void ask("again", {});
  });
  listen(`${base}ask/events`, (event) => event.book === book && hear(event), (there) => {
    if (!there) complain("The desk does not answer. Is `fabula desk` still running?");
    else wrong.hidden = true;
  });
}

function hear(event: Told): void {
  if (event.name) part("name").textContent = event.name;
  const error = event.what === "failed" || event.what === "state" ? event.error : null;
  if (error) {
    meter.hidden = true;
    told.textContent = "";
    part("again").hidden = false;
    complain(error);
  } else if (event.what === "ready" || (event.number ?? 0) > 0) location.reload();
  else {
    const [words, done] = far(event.busy ?? event);
    told.textContent = words;
    meter.hidden = false;
    if (done === null) meter.removeAttribute("value");
    else meter.value = done;
  }
}

function complain(words: string): void {
  told.textContent = "";
  wrong.hidden = false;
  wrong.textContent = words;
}
