/** The card beside a word: who is meant, who speaks to whom, why, and how sure that is. On a phone it is a sheet. */

import type { Book } from "./book";
import { calm, h, part, soon } from "./dom";
import { announce } from "./page";
import { lastNamed, meaning, speech, sureness, why } from "./explain";
import type { State } from "./state";
import type { Text } from "./text";

/** Milliseconds that the pointer rests on a word before the card comes, and may be away before it goes. */
const REST = 160;
const AWAY = 280;

/** Width of a screen, in pixels, below which the style sheet makes the card a sheet at its foot. */
const NARROW = 736;
/** Pixels between the card and its word, and the edge; and the least height of a card, in which one can still read. */
const GAP = 8;
const LEAST = 180;

export class Card {
  readonly element = h("div.card", { hidden: true, role: "dialog", "aria-label": "Who is it?" });
  private anchor: HTMLElement | null = null;
  private pinned = false;
  private timer = 0;
  private returning = false;

  constructor(
    private readonly book: Book,
    private readonly state: State,
    private readonly text: Text,
  ) {
    document.body.append(this.element);
    const { element } = text;
    element.addEventListener("pointerover", (event) => this.over(event));
    element.addEventListener("pointerout", (event) => event.pointerType === "mouse" && this.leave());
    element.addEventListener("click", (event) => this.click(event));
    element.addEventListener("keydown", (event) => this.key(event));
    element.addEventListener("focusin", (event) => this.focus(event));
    this.element.addEventListener("pointerenter", () => clearTimeout(this.timer));
    this.element.addEventListener("pointerdown", () => (this.pinned = true));
    this.element.addEventListener("toggle", () => this.anchor && this.place(this.anchor), true);
    this.element.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && this.leave());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.close(true));
    document.addEventListener("pointerdown", (event) => {
      if (this.pinned && !this.element.contains(event.target as Node) && !marked(event.target)) this.close(false);
    });
    state.on(["limit", "lens"], () => this.close(false));
    addEventListener("resize", () => this.close(false));
    addEventListener("scroll", soon(() => this.keep()), { passive: true });
  }

  /** Show the card of a mark, to stay until it is closed. */
  pin(mark: HTMLElement): void {
    this.show(mark, true);
  }

  close(back: boolean): void {
    clearTimeout(this.timer);
    if (this.element.hidden) return;
    const inside = this.element.contains(document.activeElement);
    this.element.hidden = true;
    this.pinned = false;
    CSS.highlights?.delete("why");
    this.anchor?.classList.remove("current");
    const { anchor } = this;
    this.anchor = null;
    this.returning = true;
    if (back && inside) anchor?.focus({ preventScroll: true });
    this.returning = false;
  }

  private over(event: PointerEvent): void {
    if (event.pointerType !== "mouse" || this.pinned || event.buttons) return;
    const mark = marked(event.target);
    if (!mark) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(mark, false), REST);
  }

  private leave(): void {
    clearTimeout(this.timer);
    if (!this.pinned && !this.element.contains(document.activeElement)) this.timer = setTimeout(() => this.close(false), AWAY);
  }

  private click(event: MouseEvent): void {
    const mark = marked(event.target);
    if (!mark || String(getSelection())) return;
    if (this.pinned && this.anchor === mark) this.close(false);
    else this.show(mark, true);
  }

  private focus(event: FocusEvent): void {
    const mark = marked(event.target);
    if (mark && !this.returning && mark === event.target && mark.matches(":focus-visible")) this.show(mark, false);
  }

  /** Left and right go from mark to mark; Enter goes into the card. */
  private key(event: KeyboardEvent): void {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const here = marked(event.target);
    if (by && !event.altKey && !event.ctrlKey && !event.metaKey) {
      const next = this.text.step(here, by);
      next?.focus();
      if (next) event.preventDefault();
    } else if (event.key === "Enter" && here) {
      this.show(here, true);
      this.element.querySelector<HTMLElement>("button")?.focus();
      event.preventDefault();
    }
  }

  private show(mark: HTMLElement, pinned: boolean): void {
    clearTimeout(this.timer);
    this.anchor?.classList.remove("current");
    this.anchor = mark;
    this.pinned = pinned;
    mark.classList.add("current");
    const mention = mark.dataset["m"];
    const quote = (mark.closest("[data-q]") as HTMLElement | null)?.dataset["q"];
    this.element.replaceChildren(
      ...(mention === undefined ? [] : this.mention(Number(mention))),
      ...(quote === undefined ? [] : this.quote(Number(quote), mention !== undefined)),
      this.actions(mention, quote),
    );
    announce("card", { element: this.element, mark, mention: numbered(mention), quote: numbered(quote) });
    this.element.hidden = false;
    this.place(mark);
    if (quote !== undefined && mention === undefined) this.showWhy(Number(quote));
    else CSS.highlights?.delete("why");
    part("aloud").textContent = [...this.element.querySelectorAll(".says, .sure")].map((e) => e.textContent).join(", ");
  }

  private mention(number: number): HTMLElement[] {
    const { who, sure } = this.book.mentions;
    const lines = [meaning(number, this.book, this.state.known)];
    if (who[number] !== -1) lines.push(sureness(sure[number]!));
    const named = lastNamed(number, this.book);
    return named ? [...lines, named] : lines;
  }

  private quote(number: number, small: boolean): HTMLElement[] {
    const quote = this.book.quotes[number]!;
    const line = speech(number, this.book, this.state.known);
    if (small) return [h("div.inside", {}, h("p.label", {}, "in a line"), line)];
    const because = h("div.because", {}, ...why(number, this.book, this.state.known));
    return [line, ...(quote.who >= 0 ? [sureness(quote.sure)] : []), because];
  }

  private actions(mention: string | undefined, quote: string | undefined): HTMLElement {
    const who = mention === undefined ? this.book.quotes[Number(quote)]!.who : this.book.mentions.who[Number(mention)]!;
    const row = h("div.actions");
    if (who >= 0) {
      const alone = this.state.lens.size === 1 && this.state.lens.has(who);
      const look = () => this.state.lookOnlyAt(alone ? null : who);
      row.append(h("button", { type: "button", click: look }, alone ? "Show everybody" : "Show only them"));
      row.append(h("a", { href: `#cast-${who}` }, "In the cast"));
    }
    row.append(h("button.close", { type: "button", "aria-label": "Close", click: () => this.close(true) }, "×"));
    return row;
  }

  /** Mark in the text the words that decided. */
  private showWhy(number: number): void {
    if (!CSS.highlights) return;
    const { why: places } = this.book.quotes[number]!;
    const ranges: Range[] = [];
    for (let i = 0; i < places.length; i += 2) {
      if (Math.abs(places[i]! - this.book.quotes[number]!.start) < 4000 && places[i]! < this.state.known.limit) {
        ranges.push(...this.text.ranges(places[i]!, places[i + 1]!));
      }
    }
    CSS.highlights.set("why", new Highlight(...ranges));
  }

  /** Stay beside the word while the text is scrolled; go with it when it goes. */
  private keep(): void {
    if (this.element.hidden || !this.anchor || innerWidth < NARROW) return;
    const word = this.anchor.getBoundingClientRect();
    if (word.bottom < 0 || word.top > innerHeight) this.close(false);
    else this.place(this.anchor);
  }

  /** Below the word or, where there is no room, above it; never over it. On a narrow screen it lies at the foot. */
  private place(mark: HTMLElement): void {
    const word = mark.getClientRects()[0] ?? mark.getBoundingClientRect();
    this.element.style.removeProperty("--room");
    const { offsetWidth, offsetHeight } = this.element;
    const left = Math.max(12, Math.min(word.left, innerWidth - offsetWidth - 12));
    const below = innerHeight - word.bottom - 2 * GAP;
    const above = word.top - 2 * GAP;
    const room = Math.max(LEAST, offsetHeight <= below || below >= above ? below : above);
    const high = Math.min(offsetHeight, room);
    const top = offsetHeight <= below || below >= above ? word.bottom + GAP : Math.max(GAP, word.top - high - GAP);
    this.element.style.setProperty("--room", `${room}px`);
    this.element.style.setProperty("--left", `${left}px`);
    this.element.style.setProperty("--top", `${top}px`);
    if (innerWidth < NARROW && word.bottom > innerHeight - offsetHeight) {
      scrollBy({ top: word.bottom - (innerHeight - offsetHeight) + 24, behavior: calm() ? "instant" : "smooth" });
    }
  }
}

function numbered(given: string | undefined): number | null {
  return given === undefined ? null : Number(given);
}

function marked(target: EventTarget | null): HTMLElement | null {
  return (target as Element | null)?.closest?.<HTMLElement>("[data-m], [data-q]") ?? null;
}
