/** Puts the page together: the views that the story has, the ways between them, and what is shown first. */

import { Book } from "./book";
import { Card } from "./card";
import { castView } from "./cast";
import { counted, h, listed, many, part, soon } from "./dom";
import { findingsView, isOpen } from "./findings";
import type { Form } from "./form";
import { gridView } from "./grid";
import { holdingsView } from "./holdings";
import { knowledgeView } from "./knowledge";
import { legend } from "./legend";
import { Limit } from "./limit";
import { ordersView } from "./orders";
import type { Page, View } from "./page";
import { announce } from "./page";
import { plansView } from "./plans";
import { relationsView } from "./relations";
import { secretsView } from "./secrets";
import { State } from "./state";
import { Text } from "./text";
import { Stepper, unsureView } from "./unsure";

const book = new Book(JSON.parse(part("story").textContent!) as Form);
const state = new State(book);
const page: Page = { book, state };
const text = new Text(book, state);
const views = shownViews();
const main = part("main");
const textView = h("section.view.reading", { id: "view-text" }, h("h2.sr", {}, "Text"), ...notes(), text.element, legendOf());
main.append(textView, h("div", { id: "views-shown" }, ...views.map(framed)));
const stepper = new Stepper(page);
main.append(stepper.element);
const limit = new Limit(page);
const card = new Card(book, state, text);
text.onMore = (all) => limit.more(all);
let shown: View | null = null;
let readAt = 0;

facts();
lens();
navigation();
theme();
text.begin();
state.on(["limit", "lens"], soon(() => shown?.draw()));
addEventListener("hashchange", () => route(location.hash));
document.addEventListener("click", (event) => {
  const target = (event.target as Element).closest?.("a");
  if (target?.getAttribute("href") === location.hash) route(location.hash);
});
if ("scrollRestoration" in history) history.scrollRestoration = "manual";
route(location.hash);
announce("page", { book, state, text });
performance.mark("fabula:shown");

/** The views for the layers that were read, and no others. */
function shownViews(): View[] {
  const { form } = book;
  const all: [boolean, (page: Page) => View][] = [
    [Boolean(form.cast), castView],
    [Boolean(form.scenes), ordersView],
    [Boolean(form.scenes && form.cast), gridView],
    [Boolean(form.relations || (form.quotes && form.cast)), relationsView],
    [Boolean(form.possessions), holdingsView],
    [Boolean(form.knowledge || form.facts), knowledgeView],
    [Boolean(form.secrets), secretsView],
    [Boolean(form.plans || form.reasons), plansView],
    [Boolean(form.findings), findingsView],
    [Boolean(form.quotes), unsureView],
  ];
  return all.flatMap(([is, view]) => (is ? [view(page)] : []));
}

function framed(view: View): HTMLElement {
  view.element.id = `view-${view.id}`;
  view.element.hidden = true;
  return view.element;
}

function legendOf(): HTMLElement | null {
  return book.form.cast ? legend(page) : null;
}

/** A few numbers under the title. */
function facts(): void {
  const { form } = book;
  const lines = book.voiced.length;
  const known = [
    counted(form.words, "word"),
    ...(form.quotes ? [counted(lines, "line")] : []),
    ...(form.cast ? [counted(form.people.length, "person", "people")] : []),
    `${form.minutes < 90 ? `${form.minutes} min` : `${Math.round(form.minutes / 60)} h`} to read`,
  ];
  part("facts").textContent = known.join(" · ");
}

/** Says whom one looks at alone, in every view, and how to see everybody again. */
function lens(): void {
  const button = part("lens");
  button.addEventListener("click", () => state.lookOnlyAt(null));
  const tell = () => {
    const names = [...state.lens].map((who) => state.known.name(who));
    button.hidden = names.length === 0;
    button.textContent = `only ${listed(names.slice(0, 2))}${names.length > 2 ? " …" : ""} ×`;
    button.setAttribute("aria-label", `Only ${listed(names)} are shown. Show everybody`);
  };
  state.on(["limit", "lens"], soon(tell));
}

/** What should be known about how the text was read. */
function notes(): HTMLElement[] {
  const { notes } = book.form;
  if (!notes?.length) return [];
  const summary = h("summary", {}, `${counted(notes.length, "note")} on how it was read`);
  return [h("details.notes", {}, summary, h("ul", {}, ...notes.map((note) => h("li", {}, note))))];
}

function navigation(): void {
  const counts = () => ({
    findings: (book.form.findings ?? []).filter((finding) => isOpen(finding) && state.known.has(finding.since)).length,
    unsure: state.known.doubtful(50).length,
  });
  const items = [{ id: "text", title: "Text" }, ...views];
  part("views").replaceChildren(
    ...items.map(({ id, title }) => h("a", { href: `#${id}`, "data-view": id }, title, id in counts() ? h("small") : null)),
  );
  const count = () => {
    for (const [id, found] of Object.entries(counts())) {
      const small = document.querySelector(`#views [data-view="${id}"] small`);
      if (small) small.textContent = found ? ` ${many(found)}` : "";
    }
  };
  count();
  state.on(["limit"], soon(count));
}

/** Go where an address says: a view, somebody in the cast, a scene, a line, a place of the text. */
function route(hash: string): void {
  const [kind, first, second] = hash.slice(1).split("-");
  const number = Number(first);
  if (kind === "at" && Number.isInteger(number)) toPlace(number, Number(second) || number + 1);
  else if (kind === "line" && book.quotes[number]) toLine(number);
  else if (kind === "scene" && book.form.scenes?.[number]) toScene(number);
  else {
    show(kind || "text");
    if (kind === "cast" && first) toPerson(number);
  }
}

function show(id: string): void {
  const view = views.find((view) => view.id === id) ?? null;
  if (textView.hidden === false) readAt = scrollY;
  if (view && view === shown) return;
  card.close(false);
  const fromText = !textView.hidden;
  textView.hidden = view !== null;
  for (const other of views) other.element.hidden = other !== view;
  shown = view;
  for (const link of part("views").children) {
    const here = (link as HTMLElement).dataset["view"] === (view?.id ?? "text");
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    if (here) link.scrollIntoView({ block: "nearest", inline: "center" });
  }
  document.documentElement.dataset["view"] = view?.id ?? "text";
  view?.draw();
  if (view) scrollTo(0, Math.min(scrollY, top()));
  else if (!fromText) scrollTo(0, readAt);
  if (view) stepper.element.hidden = true;
}

/** Where the bar begins to stick: what lies above need not be seen again in another view. */
function top(): number {
  return part("bar").offsetTop;
}

function toPerson(who: number): void {
  const row = document.getElementById(`cast-${who}`);
  row?.scrollIntoView({ block: "center" });
  row?.focus({ preventScroll: true });
}

function toPlace(start: number, end: number): void {
  limit.reach(start);
  show("text");
  settle(() => text.paragraph(book.paragraphAt(start)), () => {
    const ranges = text.ranges(start, Math.min(end, book.size));
    if (CSS.highlights) CSS.highlights.set("found", new Highlight(...ranges));
  });
}

function toLine(number: number): void {
  const quote = book.quotes[number]!;
  limit.reach(quote.start);
  show("text");
  stepper.show(number);
  settle(() => text.find("q", number, quote.start), (line) => {
    line.focus({ preventScroll: true });
    card.pin(line);
  });
}

function toScene(number: number): void {
  const { start, end } = book.form.scenes![number]!;
  limit.reach(start);
  show("text");
  settle(() => {
    let paragraph = book.paragraphAt(start);
    while (book.starts[paragraph + 1]! < end && "hba_".includes(book.kinds[paragraph]!)) paragraph++;
    const element = text.paragraph(paragraph);
    return text.element.querySelector<HTMLElement>(`[data-s="${number}"]`) ?? element;
  }, (rule) => rule.focus({ preventScroll: true }));
}

/** Bring an element to the middle of the screen. Blocks on the way take their real height as they come, so look twice. */
function settle(find: () => HTMLElement | null, then: (element: HTMLElement) => void): void {
  find()?.scrollIntoView({ block: "center" });
  requestAnimationFrame(() => {
    const element = find();
    if (!element) return;
    element.scrollIntoView({ block: "center" });
    then(element);
    element.classList.add("arrived");
    setTimeout(() => element.classList.remove("arrived"), 1600);
  });
}

function theme(): void {
  const names = ["auto", "light", "dark"];
  const button = part<HTMLButtonElement>("theme");
  let at = 0;
  const tell = () => {
    const name = names[at % 3]!;
    document.documentElement.dataset["theme"] = name;
    button.textContent = { auto: "◐", light: "☀", dark: "☾" }[name]!;
    button.setAttribute("aria-label", `Colours: ${name === "auto" ? "as this device has them" : name}. Change`);
    button.title = button.getAttribute("aria-label")!;
  };
  button.addEventListener("click", () => (at++, tell()));
  button.hidden = false;
  tell();
}
