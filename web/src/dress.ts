/** Dresses a paragraph: cuts its words where lines and mentions begin and end, and marks each with whose it is. */

import type { Book, Quote } from "./book";
import { GUESSED, MARKED } from "./book";
import { h } from "./dom";
import type { State } from "./state";
import { ink, mark } from "./voices";

/** What Markdown puts before a heading or a quotation is not for the eye; plain texts borrow the former. */
const MARKUP = /^(?:#{1,6}[ \t]+|>[ \t]?)/gmu;
const HEADING = /^#{1,6}[ \t]+/gmu;

interface Piece {
  start: number;
  end: number;
  quote: number;
  mention: number;
  italic: boolean;
  markup: boolean;
}

/** The children of a dressed paragraph; null where its words stand as they are. */
export function dressed(number: number, book: Book, state: State): (Node | string)[] | null {
  const start = book.starts[number]!;
  const end = book.bodies[number]!;
  const quotes = book.quotesIn(start, end).filter((i) => book.quotes[i]!.mode !== "x");
  const pieces = cut(start, end, quotes, book);
  if (pieces.length === 1 && pieces[0]!.quote < 0 && pieces[0]!.mention < 0 && !pieces[0]!.italic) return null;
  const labels = { last: -2, count: 0 };
  const children: (Node | string)[] = [];
  for (let i = 0; i < pieces.length; ) {
    const { quote } = pieces[i]!;
    let next = i;
    while (next < pieces.length && pieces[next]!.quote === quote) next++;
    const inside = pieces.slice(i, next).map((piece) => worded(piece, book, state));
    children.push(...(quote < 0 ? inside : [said(quote, inside, labels, book, state)]));
    i = next;
  }
  return children;
}

/** The node and the place in it of the n-th letter of a paragraph's words. */
export function lettered(paragraph: HTMLElement, letter: number): [Node, number] | null {
  const walk = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let left = letter;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const { length } = node as globalThis.Text;
    if (left <= length) return [node, left];
    left -= length;
  }
  return null;
}

function cut(start: number, end: number, quotes: number[], book: Book): Piece[] {
  const mentions = book.mentionsIn(start, end);
  const italics = within(book.form.italics, start, end);
  const before = book.form.format === "md" ? MARKUP : book.kinds[book.paragraphAt(start)] === "h" ? HEADING : null;
  const markup = MARKED.includes(book.form.format) ? marked(book.text.slice(start, end), start, italics, before) : [];
  const edges = new Set([start, end]);
  const edge = (from: number, to: number) => {
    if (from > start) edges.add(from);
    if (to < end) edges.add(to);
  };
  for (const i of quotes) edge(book.quotes[i]!.start, book.quotes[i]!.end);
  for (const i of mentions) edge(book.mentions.start[i]!, book.mentions.end[i]!);
  for (const [from, to] of [...italics, ...markup]) edge(from, to);
  const places = [...edges].sort((a, b) => a - b);
  return places.slice(0, -1).map((from, i) => ({
    start: from,
    end: places[i + 1]!,
    quote: innermost(quotes, from, (q) => book.quotes[q]!),
    mention: innermost(mentions, from, (m) => ({ start: book.mentions.start[m]!, end: book.mentions.end[m]! })),
    italic: italics.some(([a, b]) => a <= from && from < b),
    markup: markup.some(([a, b]) => a <= from && from < b),
  }));
}

/** The shortest of these that covers a place; -1 where none does. */
function innermost(candidates: number[], place: number, at: (i: number) => { start: number; end: number }): number {
  let found = -1;
  let size = Infinity;
  for (const candidate of candidates) {
    const { start, end } = at(candidate);
    if (start <= place && place < end && end - start < size) [found, size] = [candidate, end - start];
  }
  return found;
}

function within(pairs: number[], start: number, end: number): [number, number][] {
  const found: [number, number][] = [];
  for (let i = 0; i < pairs.length; i += 2) {
    if (pairs[i]! < end && pairs[i + 1]! > start) found.push([pairs[i]!, pairs[i + 1]!]);
  }
  return found;
}

function marked(words: string, start: number, italics: [number, number][], before: RegExp | null): [number, number][] {
  const found: [number, number][] = [...(before ? words.matchAll(before) : [])].map((m) => [start + m.index, start + m.index + m[0].length]);
  for (const [from, to] of italics) {
    for (const [at, sign] of [[from - 1, words[from - 1 - start]], [from, words[from - start]], [to - 1, words[to - 1 - start]], [to, words[to - start]]] as const) {
      if (sign === "_" || sign === "*") found.push([at, at + 1]);
    }
  }
  return found;
}

function worded(piece: Piece, book: Book, state: State): Node | string {
  const words = book.text.slice(piece.start, piece.end);
  if (piece.markup) return h("span.markup", {}, words);
  const inner = piece.italic ? h("em", {}, words) : words;
  if (piece.mention < 0) return inner;
  const who = book.mentions.who[piece.mention]!;
  const kind = book.mentions.forms[piece.mention] === "p" ? "pronoun" : "name";
  const seen = who >= 0 && state.seen(who) ? ink(book, who) : "off";
  return h(`span.m.${kind}.${seen}`, { "data-m": piece.mention, tabindex: -1 }, inner);
}

function said(
  number: number,
  inside: (Node | string)[],
  labels: { last: number; count: number },
  book: Book,
  state: State,
): HTMLElement {
  const quote = book.quotes[number]!;
  const classes = [state.seen(quote.who) ? ink(book, quote.who) : "off"];
  if (quote.who < 0 || quote.sure < GUESSED) classes.push("guessed");
  if (quote.mode !== "s") classes.push(`mode-${quote.mode}`);
  const line = h(`span.q.${classes.join(".")}`, { "data-q": number, tabindex: -1 });
  if (quote.depth === 0 && labels.last !== quote.who) {
    labels.last = quote.who;
    line.append(label(quote, book, state));
  }
  line.append(...inside);
  return line;
}

/** The speaker's mark and name in the margin; drawn, not written, so that it is not copied with the text. */
function label(quote: Quote, book: Book, state: State): HTMLElement {
  const doubt = quote.who >= 0 && quote.sure < GUESSED ? "?" : "";
  const name = quote.who < 0 ? "?" : state.known.name(quote.who) + doubt;
  return h("i.by", { "data-by": name, "aria-hidden": "true" }, mark(book, quote.who));
}
