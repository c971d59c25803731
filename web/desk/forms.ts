/** What one can say is so: of a line, of somebody, of a scene, of a finding. Always in words, with a name to choose. */

import { h } from "../src/dom";
import type { Page } from "./desk";

export type Say =
  | { do: "said"; at: number; by?: string; to?: string[] }
  | { do: "same" | "apart"; names: [string, string] }
  | { do: "rename"; name: string; new: string }
  | { do: "nobody" | "narrator"; name: string }
  | { do: "pronouns"; name: string; pronouns: string }
  | { do: "scene"; at: number; begins: boolean }
  | { do: "order"; earlier: number; later: number }
  | { do: "verdict"; finding: string; verdict: "fixed" | "ignore" | "intended"; reason?: string };

export type Saying = (what: Say, add?: string[]) => Promise<{ error: string; unknown?: boolean } | null>;

interface CardDetail {
  element: HTMLElement;
  mark: HTMLElement;
  mention: number | null;
  quote: number | null;
}

let number = 0;

/** The card of a word: who says this line, to whom; who this is; whether a scene begins here. */
export function forCard({ element, mark, mention, quote }: CardDetail, page: Page, say: Saying): void {
  const { book } = page;
  const who = mention !== null ? book.mentions.who[mention]! : quote !== null ? book.quotes[quote]!.who : -1;
  const parts = [
    ...(quote !== null ? [line(quote, mention === null, page, say)] : []),
    ...(who >= 0 ? [person(who, page, say)] : []),
    breaking(mark, page, say),
  ];
  element.querySelector(".actions")?.before(h("div.mend", {}, ...parts));
}

/** The rule before a scene: it goes on, or it happened before another. */
export function forScene({ element, scene }: { element: HTMLElement; scene: number }, page: Page, say: Saying): void {
  const scenes = page.book.form.scenes!;
  if (element.querySelector(".mend") || scene === 0) return;
  const { start, end } = scenes[scene]!;
  const others = scenes.flatMap((_, other) => (other === scene ? [] : [h("option", { value: other }, `scene ${other + 1}`)]));
  const other = h<HTMLSelectElement>("select", { "aria-label": "which scene" }, ...others);
  const how = h<HTMLSelectElement>("select", { "aria-label": "before or after" }, h("option", { value: "before" }, "before"), h("option", { value: "after" }, "after"));
  const order = () => {
    const there = scenes[Number(other.value)]!.start;
    return how.value === "before" ? { do: "order" as const, earlier: start, later: there } : { do: "order" as const, earlier: there, later: start };
  };
  element.append(
    h(
      "details.mend",
      {},
      h("summary", { "aria-label": `Correct scene ${scene + 1}` }, "correct"),
      h("div.panel", {}, button("No new scene here", () => ({ do: "scene", at: firstWords(start, end, page), begins: false }), say), form([h("label", {}, "It happened ", how, " ", other)], order, say)),
    ),
  );
}

/** A finding: what was decided of it, and what one may decide: it is meant so, it does not matter, it is mended. */
export function forFinding({ element, finding }: { element: HTMLElement; finding: string }, say: Saying): void {
  const reason = h<HTMLInputElement>("input", { type: "text", autocomplete: "off", maxlength: 200 });
  const verdict = (words: string, verdict: "fixed" | "ignore" | "intended") =>
    button(words, () => ({ do: "verdict", finding, verdict, ...(reason.value.trim() ? { reason: reason.value } : {}) }), say);
  element.append(
    h(
      "div.mend",
      {},
      h("p.buttons", {}, verdict("Intended", "intended"), verdict("Ignore", "ignore"), verdict("Fixed", "fixed"), h("label", {}, "because ", reason)),
    ),
  );
}

function line(quote: number, open: boolean, page: Page, say: Saying): HTMLElement {
  const { start, who, to } = page.book.quotes[quote]!;
  const by = field(who >= 0 ? page.book.form.people[who]!.name : "", page);
  const whom = field(to.filter((hearer) => hearer >= 0).map((hearer) => page.book.form.people[hearer]!.name).join(", "), page);
  const before = [by.value, whom.value];
  const what = (): Say | null => {
    const said: Say = { do: "said", at: start };
    if (by.value.trim() && by.value !== before[0]) said.by = by.value;
    if (whom.value !== before[1]) said.to = names(whom.value);
    return said.by !== undefined || said.to !== undefined ? said : null;
  };
  return h("details", { open }, h("summary", {}, open ? "Who says this?" : "Who says this line?"), form([h("label", {}, "Said by ", by), h("label", {}, "to ", whom)], what, say));
}

function person(who: number, page: Page, say: Saying): HTMLElement {
  const { name, pronouns, names: known } = page.book.form.people[who]!;
  const same = field("", page);
  const called = field(name, page, false);
  const she = field(pronouns ?? "", page, false);
  const apart = h<HTMLSelectElement>("select", { "aria-label": "which name" }, ...known.map(([alias]) => alias).filter((alias) => alias !== name).map((alias) => h("option", {}, alias)));
  return h(
    "details",
    {},
    h("summary", {}, `Who is ${name}?`),
    form([h("label", {}, "The same as ", same)], () => (same.value.trim() ? { do: "same", names: [name, same.value] } : null), say),
    ...(apart.options.length ? [form([h("label", {}, "Somebody else than ", apart)], () => ({ do: "apart", names: [name, apart.value] }), say)] : []),
    form([h("label", {}, "Is called ", called)], () => (called.value.trim() && called.value !== name ? { do: "rename", name, new: called.value } : null), say),
    form([h("label", {}, "Pronouns ", she)], () => (she.value.trim() && she.value !== pronouns ? { do: "pronouns", name, pronouns: she.value } : null), say),
    h("p.buttons", {}, button("No character", () => ({ do: "nobody", name }), say), button("Tells the story", () => ({ do: "narrator", name }), say)),
  );
}

function breaking(mark: HTMLElement, page: Page, say: Saying): HTMLElement | null {
  const { book } = page;
  const paragraph = Number(mark.closest<HTMLElement>("[data-p]")?.dataset["p"] ?? -1);
  const { scenes } = book.form;
  if (paragraph < 0 || !scenes) return null;
  const at = book.starts[paragraph]!;
  const scene = book.sceneAt(at);
  const begins = scenes[scene]!.start === at;
  if (begins && scene === 0) return null;
  const words = begins ? "No new scene here" : "A new scene begins with this paragraph";
  return h("p.buttons", {}, button(words, () => ({ do: "scene", at, begins: !begins }), say));
}

/** A field for a name; those of the cast are offered, the more often meant the earlier. */
function field(value: string, page: Page, offered = true): HTMLInputElement {
  if (offered && !document.getElementById("cast-names")) {
    const people = page.state.known.cast().map(({ who }) => h("option", { value: page.book.form.people[who]!.name }));
    document.body.append(h("datalist", { id: "cast-names" }, ...people));
  }
  return h<HTMLInputElement>("input", { type: "text", value, autocomplete: "off", spellcheck: "false", maxlength: 200, ...(offered ? { list: "cast-names" } : {}) });
}

function form(fields: HTMLElement[], what: () => Say | null, say: Saying): HTMLElement {
  const id = `wrong-${(number += 1)}`;
  const wrong = h("p.wrong", { id, role: "alert", hidden: true });
  const send = (event: Event) => {
    event.preventDefault();
    const said = what();
    if (said) void tried(said, wrong, say);
    else told(wrong, "Nothing is different from what is there.");
  };
  return h("form", { submit: send }, ...fields, h("button", { type: "submit" }, "Save"), wrong);
}

function button(words: string, what: () => Say, say: Saying): HTMLElement {
  const wrong = h("span.wrong", { role: "alert", hidden: true });
  return h("span.button-and-word", {}, h("button", { type: "button", click: () => void tried(what(), wrong, say) }, words), wrong);
}

async function tried(said: Say, wrong: HTMLElement, say: Saying, add: string[] = []): Promise<void> {
  const refusal = await say(said, add);
  wrong.hidden = refusal === null;
  if (refusal === null) {
    (document.activeElement as HTMLElement | null)?.blur();
    return;
  }
  told(wrong, refusal.error.replace(/ Somebody whom the text never names .*$/u, ""));
  const stranger = refusal.unknown ? strangers(said).find((name) => refusal.error.includes(name)) : undefined;
  if (stranger !== undefined && !add.includes(stranger)) {
    wrong.append(" ", h("button", { type: "button", click: () => void tried(said, wrong, say, [...add, stranger]) }, `Add ${stranger} to the cast`));
  }
}

/** The names in what is said that may be of somebody whom the text never names. */
function strangers(said: Say): string[] {
  if (said.do === "said") return [...(said.by === undefined ? [] : [said.by]), ...(said.to ?? [])].map((name) => name.trim());
  return said.do === "narrator" ? [said.name] : [];
}

function told(wrong: HTMLElement, words: string): void {
  wrong.hidden = false;
  wrong.replaceChildren(words);
}

function names(words: string): string[] {
  return words.split(",").map((name) => name.trim()).filter(Boolean);
}

/** The first paragraph of a scene that is no heading or break. */
function firstWords(start: number, end: number, { book }: Page): number {
  for (let p = book.paragraphAt(start); p < book.paragraphs && book.starts[p]! < end; p++) {
    if (!"hba_".includes(book.kinds[p]!)) return Math.max(start, book.starts[p]!);
  }
  return start;
}
