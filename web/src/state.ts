/** What the reader has chosen: a view, how far they know the story, whom they look at; and who wants to hear of it. */

import type { Book } from "./book";
import { Known } from "./known";

export type Topic = "limit" | "lens" | "shown";

export class State {
  /** Up to which place the story is known. */
  known: Known;
  /** Whether that is the place where one reads. */
  follow = false;
  /** The people one looks at; empty for everybody. */
  readonly lens = new Set<number>();
  /** What the text shows of what is known. */
  readonly shown = { voices: true, names: true, pronouns: false };
  private readonly listeners: [Topic[], () => void][] = [];

  constructor(readonly book: Book) {
    this.known = new Known(book, book.size);
  }

  on(topics: Topic[], listener: () => void): void {
    this.listeners.push([topics, listener]);
  }

  setLimit(limit: number): void {
    if (limit === this.known.limit) return;
    this.known = new Known(this.book, limit);
    for (const who of [...this.lens]) if (!this.known.met(who)) this.lens.delete(who);
    this.tell("limit");
  }

  /** Look at somebody, or no longer. */
  look(who: number): void {
    if (!this.lens.delete(who)) this.lens.add(who);
    this.tell("lens");
  }

  /** Look at this one alone, or at everybody. */
  lookOnlyAt(who: number | null): void {
    this.lens.clear();
    if (who !== null) this.lens.add(who);
    this.tell("lens");
  }

  /** Whether somebody is looked at, as everybody is while nobody is chosen. */
  seen(who: number): boolean {
    return this.lens.size === 0 || this.lens.has(who);
  }

  show(what: keyof State["shown"], whether: boolean): void {
    this.shown[what] = whether;
    this.tell("shown");
  }

  private tell(topic: Topic): void {
    for (const [topics, listener] of this.listeners) if (topics.includes(topic)) listener();
  }
}
