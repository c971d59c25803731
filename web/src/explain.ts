/** Says in words what is known of a line or a mention: who, to whom, why, and how sure that is. */

import { GUESSED, type Book } from "./book";
import { h } from "./dom";
import type { Known } from "./known";
import { ink, mark } from "./voices";

/** What decided who speaks, as one would say it. */
const CUES: Record<string, string> = {
  tag: "the words beside the line say so",
  beat: "what they do, in the same paragraph, goes with the line",
  turn: "it is their turn in the conversation",
  vocative: "somebody is called by name",
  narrator: "the narrator says it",
  same: "it goes on with what they were saying",
  nearest: "they are the nearest person; nothing else says so",
  user: "you have said so",
};

const MODES: Record<string, string> = {
  s: "says",
  t: "thinks",
  w: "writes",
  r: "said, as is remembered",
  i: "says, as is imagined",
};

const FORMS: Record<string, string> = { n: "a name", d: "a description", p: "a pronoun" };

const TYPES: Record<string, string> = {
  O: "an organisation",
  G: "a place",
  L: "a place",
  F: "a building or street",
  V: "a vehicle",
  ORG: "organisation",
  GPE: "place",
  LOC: "place",
  FAC: "building or street",
  VEH: "vehicle",
};

export function typeName(type: string): string {
  return TYPES[type] ?? "named thing";
}

/** A person's mark and name, in their ink. */
export function person(who: number, book: Book, known: Known): HTMLElement {
  return h(`span.person.${ink(book, who)}`, {}, mark(book, who), known.name(who));
}

/** "sure", "likely", …, with the number and a bar that shows it. */
export function sureness(sure: number): HTMLElement {
  const word = sure >= 95 ? "sure" : sure >= 80 ? "quite sure" : sure >= GUESSED ? "more likely than not" : "a guess";
  return h(
    "span.sure",
    {},
    level(sure),
    `${word}, ${sure} %`,
  );
}

function level(sure: number): HTMLElement {
  const bar = h(`span.level${sure < GUESSED ? ".low" : ""}`, { "aria-hidden": "true" });
  bar.style.setProperty("--share", String(sure / 100));
  return bar;
}

/** Words of the text around a place, the place itself marked. */
export function quoted(start: number, end: number, book: Book, around = 60): HTMLElement {
  const paragraph = book.paragraphAt(start);
  const first = book.starts[paragraph]!;
  const from = wordEdge(book.text, Math.max(first, start - around), first, -1);
  const last = Math.max(end, book.bodies[paragraph]!);
  const to = wordEdge(book.text, Math.min(last, end + around), last, 1);
  const lead = book.told(from, start).trimStart();
  const trail = book.told(end, to).trimEnd();
  return h(
    "q.quoted",
    {},
    from > first ? "… " : "",
    lead,
    h("mark", {}, shortened(book.told(start, end))),
    trail,
    to < last ? " …" : "",
  );
}

/** Where the one whom a pronoun or a description means was last called by a name. */
export function lastNamed(number: number, book: Book): HTMLElement | null {
  const { start, end, who, forms } = book.mentions;
  if (forms[number] === "n" || who[number]! < 0) return null;
  let last = number - 1;
  while (last >= 0 && !(who[last] === who[number] && forms[last] === "n")) last--;
  if (last < 0) return null;
  return h("div.because", {}, "Last named here:", h("p.why", {}, quoted(start[last]!, end[last]!, book, 40)));
}

/** What decided who speaks, with the words that did. */
export function why(number: number, book: Book, known: Known): (HTMLElement | string)[] {
  const quote = book.quotes[number]!;
  const reason = quote.cue ? (CUES[quote.cue] ?? quote.cue) : "";
  if (!reason) return quote.who < 0 ? ["Nothing in the text says who it is."] : [];
  const shown: HTMLElement[] = [];
  for (let i = 0; i < quote.why.length && shown.length < 2; i += 2) {
    if (quote.why[i]! < known.limit) shown.push(h("p.why", {}, quoted(quote.why[i]!, quote.why[i + 1]!, book)));
  }
  return [`Because ${reason}${shown.length ? ":" : "."}`, ...shown];
}

/** "Nell says to Ruth", as elements. */
export function speech(number: number, book: Book, known: Known): HTMLElement {
  const quote = book.quotes[number]!;
  const to = quote.to.filter((who) => known.met(who));
  const line = h("p.says", {}, person(quote.who, book, known), ` ${MODES[quote.mode] ?? "says"}`);
  to.forEach((who, i) => line.append(i ? (i === to.length - 1 ? " and " : ", ") : " to ", person(who, book, known)));
  return line;
}

/** "him: Daniel Teague", as elements. */
export function meaning(number: number, book: Book, known: Known): HTMLElement {
  const { start, end, who, forms, types } = book.mentions;
  const words = book.words(start[number]!, end[number]!);
  const form = FORMS[forms[number]!] ?? "a mention";
  const line = h("p.says", {}, h("i", {}, words), " is ");
  if (who[number]! >= 0) line.append(person(who[number]!, book, known));
  else if (who[number]! < -1) {
    const entity = book.form.entities![-2 - who[number]!]!;
    line.append(h("b", {}, entity.name), `, ${TYPES[types[number]!] ?? typeName(entity.type)}`);
  } else line.append(types[number] === "P" ? "somebody; the text does not let one know who" : (TYPES[types[number]!] ?? "not known"));
  line.append(h("span.form", {}, ` · ${form}`));
  return line;
}

/** "at 41 %, chapter 3": where a place of the text is. */
export function where(place: number, book: Book): string {
  const chapters = book.form.chapters?.length ?? 0;
  const chapter = chapters > 1 ? `, ${book.chapterName(book.chapterAt(place))}` : "";
  return `at ${Math.round((100 * place) / Math.max(1, book.size))} %${chapter}`;
}

function shortened(words: string): string {
  return words.length > 220 ? `${words.slice(0, 130)} … ${words.slice(-70)}` : words;
}

function wordEdge(text: string, place: number, stop: number, by: 1 | -1): number {
  let at = place;
  while (at !== stop && /\S/u.test(text[by < 0 ? at - 1 : at] ?? " ")) at += by;
  return at;
}
