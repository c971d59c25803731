/** How each voice looks: an ink, and a mark for those who cannot tell inks apart. */

import type { Book } from "./book";
import { s } from "./dom";

/** Inks of the style sheet; found by search so that each pair differs for every kind of colour vision. */
export const INKS = 8;

/** Marks drawn in a square of 10. With eight inks and nine marks, 72 voices differ in both or one. */
const MARKS = [
  "M5 1A4 4 0 1 1 5 9A4 4 0 1 1 5 1Z",
  "M1.4 1.4H8.6V8.6H1.4Z",
  "M5 .8L9.4 8.8H.6Z",
  "M5 .4L9.6 5L5 9.6L.4 5Z",
  "M3.6 1H6.4V3.6H9V6.4H6.4V9H3.6V6.4H1V3.6H3.6Z",
  "M.6 1.2H9.4L5 9.2Z",
  "M5 .3L6.4 3.6L9.8 3.9L7.2 6.2L8 9.7L5 7.9L2 9.7L2.8 6.2L.2 3.9L3.6 3.6Z",
  "M2.4 .8H5A4.2 4.2 0 0 1 5 9.2H2.4Z",
  "M.8 3.4H9.2V6.6H.8Z",
];

/** Beyond these, a voice is heard too seldom for an ink of its own. */
export const INKED = 24;

/** The class that carries a person's ink. */
export function ink(book: Book, who: number): string {
  if (who < 0) return "ink-none";
  const { voice } = book.form.people[who]!;
  return voice < INKED ? `ink-${voice % INKS}` : "ink-other";
}

/** A person's mark, as a small drawing that says nothing aloud. */
export function mark(book: Book, who: number): SVGElement {
  const voice = who < 0 ? -1 : book.form.people[who]!.voice;
  return s(
    "svg.mark",
    { viewBox: "0 0 10 10", "aria-hidden": "true" },
    voice < 0
      ? s("circle", { cx: 5, cy: 5, r: 3.6, fill: "none", stroke: "currentColor", "stroke-width": 1.2, "stroke-dasharray": "2 1.4" })
      : s("path", { d: MARKS[voice % MARKS.length]!, ...(voice < INKED ? {} : { fill: "none", stroke: "currentColor" }) }),
  );
}

/** The path of a person's mark, for charts. */
export function markPath(book: Book, who: number): string {
  return MARKS[book.form.people[who]!.voice % MARKS.length]!;
}
