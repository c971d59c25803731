/** The lines whose speaker is not known, or more guessed than known, to be stepped through. */

import { GUESSED } from "./book";
import { counted, h } from "./dom";
import { person, sureness, where } from "./explain";
import type { Page, View } from "./page";
import { headed } from "./page";

/** Lines listed at once; a long novel may have hundreds. */
const LISTED = 400;

export function unsureView(page: Page): View {
  const element = h("section.view");
  const draw = () => {
    const { state } = page;
    const lines = doubtful(page);
    const silent = lines.filter((i) => page.book.quotes[i]!.who < 0).length;
    const about = lines.length
      ? `${counted(lines.length, "line")} whose speaker is ${silent === lines.length ? "not known" : silent ? "not known, or more guessed than known" : "more guessed than known"}.`
      : state.known.whole
        ? "Of every line it is known who says it."
        : "So far it is known of every line who says it.";
    element.replaceChildren(headed("Unsure lines", about));
    if (!lines.length) return;
    element.append(
      h("p.step", {}, h("a.button", { href: `#line-${lines[0]}` }, "Step through them in the text")),
      h("ol.lines", {}, ...lines.slice(0, LISTED).map((i) => item(page, i))),
    );
    if (lines.length > LISTED) element.append(h("p", {}, `The first ${LISTED} are listed; stepping goes through all.`));
  };
  return { id: "unsure", title: "Unsure", element, draw };
}

/** The numbers of the lines in doubt, only those of the people one looks at and of nobody. */
export function doubtful(page: Page): number[] {
  const { book, state } = page;
  return state.known.doubtful(GUESSED).filter((i) => book.quotes[i]!.who < 0 || state.seen(book.quotes[i]!.who));
}

function item(page: Page, number: number): HTMLElement {
  const { book, state } = page;
  const { start, end, who, sure } = book.quotes[number]!;
  const words = book.words(start, end);
  return h(
    "li",
    {},
    h("a.line", { href: `#line-${number}` }, words.length > 140 ? `${words.slice(0, 139)}…` : words),
    h("p", {}, who < 0 ? "speaker not known" : person(who, book, state.known), " · ", ...(who < 0 ? [] : [sureness(sure), " · "]), where(start, book)),
  );
}

/** The bar that leads from one unsure line to the next while the text is read. */
export class Stepper {
  readonly element = h("div.stepper", { hidden: true, role: "group", "aria-label": "Unsure lines" });
  private readonly told = h("span", { role: "status" });

  constructor(private readonly page: Page) {
    const button = (words: string, by: 1 | -1) => h("button", { type: "button", click: () => this.step(by) }, words);
    this.element.append(
      button("‹ Before", -1),
      this.told,
      button("Next ›", 1),
      h("button.close", { type: "button", "aria-label": "Stop stepping", click: () => (this.element.hidden = true) }, "×"),
    );
  }

  private at = -1;

  show(number: number): void {
    const lines = doubtful(this.page);
    const place = lines.indexOf(number);
    this.at = number;
    this.element.hidden = place < 0;
    this.told.textContent = `Unsure line ${place + 1} of ${lines.length}`;
  }

  private step(by: 1 | -1): void {
    const lines = doubtful(this.page);
    const place = lines.findIndex((line) => line >= this.at);
    const next = lines[(place + by + lines.length) % lines.length];
    if (next !== undefined) location.hash = `line-${next}`;
  }
}
