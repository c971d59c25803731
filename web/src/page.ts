/** What every view of the page has at hand, and what a view is. */

import type { Book } from "./book";
import { h } from "./dom";
import type { State } from "./state";

export interface Page {
  readonly book: Book;
  readonly state: State;
}

export interface View {
  readonly id: string;
  readonly title: string;
  readonly element: HTMLElement;
  /** Draw what is known now. Called when the view is shown, and again when what is known changes. */
  draw(): void;
}

/** Say that something is drawn, to a script beside the page that has more to show there: the desk's. */
export function announce(what: string, detail: object): void {
  document.dispatchEvent(new CustomEvent(`fabula:${what}`, { detail }));
}

/** A link that leads to a place of the text and marks it there. */
export function link(start: number, end: number, ...words: (Node | string)[]): HTMLAnchorElement {
  return h<HTMLAnchorElement>("a.go", { href: `#at-${start}-${end}` }, ...words);
}

/** "Scene 3", as a link to where it begins. */
export function sceneLink(book: Book, scene: number, words = `scene ${scene + 1}`): HTMLAnchorElement {
  return h<HTMLAnchorElement>("a.go", { href: `#scene-${scene}`, title: opening(book, scene) }, words);
}

/** How a scene begins, in its own words. */
export function opening(book: Book, scene: number, words = 9): string {
  const { start, end } = book.form.scenes![scene]!;
  let from = start;
  for (let p = book.paragraphAt(start); p < book.paragraphs && book.starts[p]! < end; p++) {
    if (!"hba_".includes(book.kinds[p]!) && book.bodies[p]! > Math.max(start, book.starts[p]!)) {
      from = Math.max(start, book.starts[p]!);
      break;
    }
  }
  const found = book.words(from, Math.min(end, from + 40 * words)).split(" ");
  const shown = found.slice(0, words).join(" ");
  return shown + (found.length > words && !/[.!?…]$/u.test(shown) ? " …" : "");
}

/** Arrow keys go from one of these to the next; Tab goes past all of them. */
export function roving(container: Element, selector: string): void {
  const all = [...container.querySelectorAll<HTMLElement | SVGElement>(selector)];
  all.forEach((element, i) => element.setAttribute("tabindex", i ? "-1" : "0"));
  container.addEventListener("keydown", (event) => {
    const { key, target } = event as KeyboardEvent;
    const here = all.indexOf((target as Element).closest(selector) as HTMLElement);
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key] ?? 0;
    const next = key === "Home" ? all[0] : key === "End" ? all.at(-1) : by ? all[here + by] : undefined;
    if (here < 0 || !next) return;
    all[here]!.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
    event.preventDefault();
  });
}

/** The heading of a view, and a sentence that says what one sees. */
export function headed(title: string, ...about: (Node | string)[]): HTMLElement {
  return h("header.head", {}, h("h2", {}, title), h("p", {}, ...about));
}

/** A button that shows the rest of a long list. */
export function rest(words: string, show: () => void): HTMLElement {
  return h("p.rest", {}, h("button.quiet", { type: "button", click: show }, words));
}
