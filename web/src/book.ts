/** The story as the page has it at hand: its words, and where everything in it stands. */

import type { Form } from "./form";

export const NOBODY = -1;

export interface Quote {
  start: number;
  end: number;
  words: number;
  who: number;
  to: number[];
  mode: string;
  cue: string | null;
  depth: number;
  sure: number;
  why: number[];
}

/** Below this a speaker is more guessed than known; the command line draws the same line. */
export const GUESSED = 50;

/** Formats in which signs of the text itself tell headings and italics. */
export const MARKED = ["md", "txt"];

export class Book {
  readonly text: string;
  readonly starts: number[];
  readonly bodies: number[];
  readonly kinds: string;
  readonly mentions: { start: number[]; end: number[]; who: number[]; forms: string; types: string; sure: number[] };
  readonly quotes: Quote[];
  /** Numbers of the quotes that are said aloud or thought by somebody, in the narration itself. */
  readonly voiced: number[];
  /** For each person, the places of their mentions, and the numbers of their quotes, in order. */
  readonly meant: number[][];
  readonly said: number[][];
  /** For each named place, the places of its mentions. */
  readonly named: number[][];

  constructor(readonly form: Form) {
    this.text = form.text;
    const { sizes, tails, kinds } = form.paragraphs;
    this.kinds = kinds;
    this.starts = added(sizes);
    this.bodies = sizes.map((_, i) => this.starts[i + 1]! - tails[i]!);
    this.mentions = placed(form.mentions);
    this.quotes = told(form.quotes);
    this.voiced = this.quotes.flatMap((quote, i) => (quote.depth === 0 && quote.mode !== "x" ? [i] : []));
    this.meant = form.people.map(() => []);
    this.said = form.people.map(() => []);
    this.named = (form.entities ?? []).map(() => []);
    this.mentions.who.forEach((who, i) => {
      if (who >= 0) this.meant[who]!.push(this.mentions.start[i]!);
      else if (who < NOBODY) this.named[-2 - who]!.push(this.mentions.start[i]!);
    });
    for (const i of this.voiced) if (this.quotes[i]!.who >= 0) this.said[this.quotes[i]!.who]!.push(i);
  }

  get size(): number {
    return this.text.length;
  }

  get paragraphs(): number {
    return this.starts.length - 1;
  }

  /** The number of the paragraph that holds this place. */
  paragraphAt(place: number): number {
    return Math.max(0, Math.min(this.paragraphs - 1, above(this.starts, place) - 1));
  }

  /** The number of the scene, or of the chapter, that holds this place; -1 where there are none. */
  sceneAt(place: number): number {
    return below(this.form.scenes ?? [], place);
  }

  chapterAt(place: number): number {
    return below(this.form.chapters ?? [], place);
  }

  /** "chapter 3", with its title if it has one. */
  chapterName(number: number): string {
    const title = this.form.chapters?.[number]?.title;
    return title ? plain(title) : `chapter ${number + 1}`;
  }

  /** The words at a place, white space made plain. */
  words(start: number, end: number): string {
    return this.told(start, end).trim();
  }

  /** The same with the white space at its ends, to be joined with what stands beside it. */
  told(start: number, end: number): string {
    const words = this.text.slice(start, end);
    return (MARKED.includes(this.form.format) ? unmarked(words) : words).replace(/\s+/gu, " ");
  }

  /** The quotes, or mentions, that touch a stretch of the text, as numbers from and up to. */
  quotesIn(start: number, end: number): number[] {
    const found: number[] = [];
    for (let i = firstTouching(this.quotes, start); i < this.quotes.length && this.quotes[i]!.start < end; i++) {
      if (this.quotes[i]!.end > start) found.push(i);
    }
    return found;
  }

  mentionsIn(start: number, end: number): number[] {
    const found: number[] = [];
    const from = Math.max(0, above(this.mentions.start, start) - 1);
    let i = from;
    while (i > 0 && i > from - 8 && this.mentions.end[i - 1]! > start) i--;
    for (; i < this.mentions.start.length && this.mentions.start[i]! < end; i++) {
      if (this.mentions.end[i]! > start) found.push(i);
    }
    return found;
  }
}

/** A heading or title without what Markdown puts before it. */
export function plain(title: string): string {
  return unmarked(title).replace(/\s+/gu, " ").trim();
}

/** Words without the signs by which Markdown tells headings, quotations and italics. A blank left open, ____, stays. */
function unmarked(words: string): string {
  return words.replace(/^(?:#{1,6}[ \t]+|>[ \t]?)/gmu, "").replace(/(?<![\p{L}\p{N}_])_(?=[^\s_])|(?<=[^\s_])_(?![\p{L}\p{N}_])/gu, "");
}

/** How many of these sorted numbers are not greater than the value. */
export function above(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function below(records: { start: number }[], place: number): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (records[middle]!.start <= place) low = middle + 1;
    else high = middle;
  }
  return records.length ? Math.max(0, low - 1) : -1;
}

/** A quote may run over many paragraphs, and hold others: go back until none of the last few reaches here. */
function firstTouching(quotes: Quote[], place: number): number {
  let low = 0;
  let high = quotes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (quotes[middle]!.start < place) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 32);
}

function added(steps: number[]): number[] {
  const sums = [0];
  for (const step of steps) sums.push(sums.at(-1)! + step);
  return sums;
}

function placed(columns: Form["mentions"]): Book["mentions"] {
  if (!columns) return { start: [], end: [], who: [], forms: "", types: "", sure: [] };
  const start: number[] = [];
  const end: number[] = [];
  let place = 0;
  columns.steps.forEach((step, i) => {
    place += step;
    start.push(place);
    end.push(place + columns.sizes[i]!);
  });
  return { start, end, who: columns.who, forms: columns.forms, types: columns.types, sure: columns.sure };
}

function told(columns: Form["quotes"]): Quote[] {
  if (!columns) return [];
  let place = 0;
  return columns.steps.map((step, i) => {
    place += step;
    return {
      start: place,
      end: place + columns.sizes[i]!,
      words: columns.words[i]!,
      who: columns.who[i]!,
      to: columns.to[i]!,
      mode: columns.modes[i]!,
      cue: columns.cues[i]!,
      depth: columns.depths[i]!,
      sure: columns.sure[i]!,
      why: columns.why[i]!,
    };
  });
}
