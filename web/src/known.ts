/** What one knows as of a place of the text: who has appeared, under which names, and how much each has said. */

import { above, Book, NOBODY } from "./book";

export interface Standing {
  who: number;
  mentions: number;
  quotes: number;
  words: number;
}

export class Known {
  constructor(
    readonly book: Book,
    /** The place up to which the story is known: what stands behind it does not exist. */
    readonly limit: number,
  ) {}

  get whole(): boolean {
    return this.limit >= this.book.size;
  }

  /** Whether something that one knows of behind `since` may be shown. */
  has(since: number): boolean {
    return since <= this.limit;
  }

  /** Whether this person has appeared. */
  met(who: number): boolean {
    return who >= 0 && this.book.form.people[who]!.first < this.limit;
  }

  /** The fullest name the text has given so far. */
  name(who: number): string {
    if (who === NOBODY) return "nobody known";
    if (who < NOBODY) return this.book.form.entities![-2 - who]!.name;
    const { names } = this.book.form.people[who]!;
    const [fullest] = names;
    if (fullest && this.has(fullest[1])) return fullest[0];
    const known = this.names(who);
    return known.reduce((best, name) => (name.length > best.length ? name : best), known[0] ?? "somebody");
  }

  /** Every name the text has used so far, the fullest first. */
  names(who: number): string[] {
    return this.book.form.people[who]!.names.filter(([, since]) => this.has(since)).map(([name]) => name);
  }

  /** The other names. */
  aliases(who: number): string[] {
    const name = this.name(who);
    return this.names(who).filter((other) => other !== name);
  }

  pronouns(who: number): string | undefined {
    return this.whole || this.standing(who).mentions > 2 ? this.book.form.people[who]!.pronouns : undefined;
  }

  /** How often somebody has been meant and heard so far. */
  standing(who: number): Standing {
    const said = this.saidBy(who);
    return {
      who,
      mentions: above(this.book.meant[who]!, this.limit - 1),
      quotes: said.length,
      words: said.reduce((sum, i) => sum + this.book.quotes[i]!.words, 0),
    };
  }

  /** The numbers of what somebody has said so far. */
  saidBy(who: number): number[] {
    const said = this.book.said[who]!;
    const last = said.findIndex((i) => this.book.quotes[i]!.start >= this.limit);
    return last < 0 ? said : said.slice(0, last);
  }

  /** Everybody who has appeared, those of whom the text says most first. */
  cast(): Standing[] {
    const met = this.book.form.people.flatMap((_, who) => (this.met(who) ? [this.standing(who)] : []));
    return met.sort((a, b) => b.mentions + b.quotes - (a.mentions + a.quotes));
  }

  /** How many scenes have begun. */
  scenes(): number {
    const scenes = this.book.form.scenes ?? [];
    return this.whole ? scenes.length : scenes.filter((scene) => scene.start < this.limit).length;
  }

  /** Who is there in a scene, as far as it is told. */
  present(scene: number): number[] {
    const { start, end, present } = this.book.form.scenes![scene]!;
    if (this.limit >= end) return present ?? [];
    return (present ?? []).filter((who) => {
      const meant = this.book.meant[who]!;
      const next = meant[above(meant, start - 1)];
      return next !== undefined && next < this.limit;
    });
  }

  /** Where and when a scene is, as far as the text has said so. */
  setting(scene: number): string[] {
    const { place, place_since, time, time_since } = this.book.form.scenes![scene]!;
    const shown = [];
    if (place && (this.whole || this.has(place_since ?? 0))) shown.push(place);
    if (time && (this.whole || this.has(time_since ?? 0))) shown.push(time);
    return shown;
  }

  /** The quotations so far whose speaker is not known, or more guessed than known. */
  doubtful(below: number): number[] {
    return this.book.voiced.filter((i) => {
      const quote = this.book.quotes[i]!;
      return quote.start < this.limit && (quote.who < 0 || quote.sure < below);
    });
  }
}
