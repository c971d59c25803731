/** The slider "as of here": up to where the story is known, and nothing of what comes later. */

import { above } from "./book";
import { part, soon } from "./dom";
import type { Page } from "./page";
import { where } from "./explain";

/** Stops of the slider: fine enough to find a page, few enough for the arrow keys. */
const STOPS = 300;

export class Limit {
  private readonly slider = part<HTMLInputElement>("limit");
  private readonly told = part<HTMLOutputElement>("limit-told");
  private readonly follow = part<HTMLInputElement>("follow");
  private readonly stops: number[];

  constructor(private readonly page: Page) {
    this.stops = stops(page);
    this.slider.max = String(this.stops.length);
    this.slider.value = this.slider.max;
    this.slider.addEventListener("input", soon(() => this.slid()));
    this.follow.addEventListener("change", () => this.followed());
    addEventListener("scroll", later(() => this.read()), { passive: true });
    this.tell();
  }

  /** Know a little more, or everything. */
  more(all: boolean): void {
    const { known } = this.page.state;
    const scene = this.page.book.form.scenes?.[this.page.book.sceneAt(known.limit)];
    const next = this.stops[Math.min(this.stops.length - 1, above(this.stops, known.limit) + 1)]!;
    this.set(all ? this.page.book.size : Math.min(next, scene && scene.end > known.limit ? scene.end : next));
  }

  /** Know the story at least up to this place: who goes there wants to see it. */
  reach(place: number): void {
    const { known } = this.page.state;
    if (place >= known.limit && !this.page.state.follow) this.set(this.stops[above(this.stops, place)] ?? this.page.book.size);
  }

  private set(limit: number): void {
    this.page.state.setLimit(limit);
    this.slider.value = String(limit >= this.page.book.size ? this.stops.length : above(this.stops, limit));
    this.tell();
  }

  private slid(): void {
    const stop = Number(this.slider.value);
    if (this.page.state.follow) {
      this.page.state.follow = false;
      this.follow.checked = false;
    }
    this.page.state.setLimit(stop >= this.stops.length ? this.page.book.size : this.stops[Math.max(0, stop - 1)]!);
    this.tell();
  }

  private followed(): void {
    this.page.state.follow = this.follow.checked;
    if (this.follow.checked) this.read(true);
    else this.set(this.page.book.size);
  }

  /** While following: what is known is what has been on the screen. */
  private read(first = false): void {
    if (!this.page.state.follow || part("view-text").hidden) return;
    const shown = [...document.querySelectorAll<HTMLElement>(".dressed [data-p]")];
    const last = shown.filter((paragraph) => paragraph.getBoundingClientRect().top < innerHeight - 8).at(-1);
    const { book, state } = this.page;
    const limit = last ? book.starts[Number(last.dataset["p"]) + 1]! : book.starts[1]!;
    if (first || limit !== state.known.limit) this.set(Math.min(limit, book.size));
  }

  private tell(): void {
    const { known } = this.page.state;
    const words = known.whole ? "whole story" : where(known.limit - 1, this.page.book);
    this.told.textContent = words;
    this.slider.setAttribute("aria-valuetext", known.whole ? "the whole story" : `up to ${words}`);
    this.slider.style.setProperty("--part", String(Number(this.slider.value) / this.stops.length));
    document.documentElement.classList.toggle("partly", !known.whole);
  }
}

/** Ends of paragraphs and of scenes, evenly through the book. */
function stops({ book }: Page): number[] {
  const ends = book.starts.slice(1).filter((_, i) => book.kinds[i] !== "_");
  const scenes = new Set((book.form.scenes ?? []).map((scene) => scene.end));
  const every = Math.max(1, Math.ceil(ends.length / STOPS));
  const chosen = ends.filter((end, i) => i % every === every - 1 || scenes.has(end));
  if (chosen.at(-1) !== book.size) chosen.push(book.size);
  return chosen;
}

/** Do it now and then while it is asked for, and once more at the end. */
function later(job: () => void): () => void {
  let waiting = 0;
  return () => {
    waiting ||= setTimeout(() => {
      waiting = 0;
      job();
    }, 120);
  };
}
