/** Where one was on the page, kept while it is shown anew: the paragraph on the screen, the slider, the people looked at. */

import type { Page } from "./desk";

interface Kept {
  paragraph: number;
  top: number;
  limit: string | null;
  people: string[];
}

export function keep(book: string, { book: { form }, state }: Page): void {
  const shown = [...document.querySelectorAll<HTMLElement>("[data-p]")].find((p) => p.getBoundingClientRect().bottom > 120);
  const slider = document.querySelector<HTMLInputElement>("#limit")!;
  const kept: Kept = {
    paragraph: shown ? Number(shown.dataset["p"]) : 0,
    top: shown?.getBoundingClientRect().top ?? 0,
    limit: state.known.whole ? null : slider.value,
    people: [...state.lens].map((who) => form.people[who]!.name),
  };
  sessionStorage.setItem(book, JSON.stringify(kept));
}

export function restore(book: string, { book: { form }, state, text }: Page): void {
  const words = sessionStorage.getItem(book);
  if (words === null) return;
  sessionStorage.removeItem(book);
  const { paragraph, top, limit, people } = JSON.parse(words) as Kept;
  if (limit !== null) {
    const slider = document.querySelector<HTMLInputElement>("#limit")!;
    slider.value = limit;
    slider.dispatchEvent(new Event("input"));
  }
  form.people.forEach(({ name }, who) => people.includes(name) && state.look(who));
  if (document.querySelector<HTMLElement>("#view-text")!.hidden) return;
  const settle = () => {
    const there = text.paragraph(paragraph);
    if (there) scrollBy({ top: there.getBoundingClientRect().top - top, behavior: "instant" });
  };
  settle();
  requestAnimationFrame(() => requestAnimationFrame(settle));
}
