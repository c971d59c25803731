/** The story's text, dressed where one looks: every paragraph is there, its voices and names are drawn as it nears. */

import { above, type Book } from "./book";
import { h, soon } from "./dom";
import { dressed, lettered } from "./dress";
import { announce } from "./page";
import type { State } from "./state";

/** Letters in a block of paragraphs: what the browser lays out, and this module dresses, at once. About a screen and a half. */
const BLOCK = 2600;

/** How near a block comes, in heights of the screen, before it is dressed. */
const NEAR = "100%";

/** Milliseconds of work between two looks at what the reader does, while the far blocks are filled. */
const SLICE = 8;

export class Text {
  readonly element: HTMLElement;
  private readonly blocks: HTMLElement[] = [];
  private readonly firsts: number[] = [];
  private readonly near = new Set<number>();
  private readonly watch: IntersectionObserver;
  private readonly veil: HTMLElement;
  /** Called when the reader asks to be shown more than is known. */
  onMore: (all: boolean) => void = () => {};

  constructor(
    private readonly book: Book,
    private readonly state: State,
  ) {
    this.element = h("article.book", { tabindex: 0, "aria-label": `${book.form.title}. The left and right arrow keys go from name to name and line to line.` });
    this.watch = new IntersectionObserver((seen) => this.meet(seen), { rootMargin: `${NEAR} 0px` });
    this.cut();
    this.veil = h(
      "div.veil",
      { hidden: true },
      h("p", {}, "The story goes on here."),
      h("button", { type: "button", click: () => this.onMore(false) }, "Read on"),
      h("button.quiet", { type: "button", click: () => this.onMore(true) }, "Show the whole story"),
    );
    this.element.append(this.veil);
    state.on(["limit"], soon(() => this.hide()));
    state.on(["limit", "lens"], soon(() => this.redress()));
    state.on(["shown"], () => this.mark());
    this.mark();
  }

  /** Say how high the blocks will be, fill the first, and then the others while the reader reads. */
  begin(): void {
    this.measure();
    let next = 0;
    for (let letters = 0; next < this.blocks.length && letters < 4 * BLOCK; next++) {
      this.fill(next);
      letters += BLOCK;
    }
    this.blocks.forEach((block) => this.watch.observe(block));
    addEventListener("resize", soon(() => this.measure()));
    const go = () => {
      for (const until = performance.now() + SLICE; next < this.blocks.length && performance.now() < until; ) {
        this.fill(next++);
      }
      if (next < this.blocks.length) setTimeout(go);
    };
    setTimeout(go, 100);
  }

  /** The element of a paragraph, dressed. */
  paragraph(number: number): HTMLElement | null {
    const block = this.blockOf(number);
    this.fill(block);
    this.dress(block);
    return this.blocks[block]!.querySelector(`[data-p="${number}"]`);
  }

  /** The dressed element that stands for a line or a mention. */
  find(kind: "q" | "m", number: number, place: number): HTMLElement | null {
    this.paragraph(this.book.paragraphAt(place));
    return this.element.querySelector<HTMLElement>(`[data-${kind}="${number}"]`);
  }

  /** The stretch of the page that shows these places of the text, in as many ranges as there are paragraphs. */
  ranges(start: number, end: number): Range[] {
    const found: Range[] = [];
    for (let number = this.book.paragraphAt(start); number < this.book.paragraphs; number++) {
      const first = this.book.starts[number]!;
      if (first >= end) break;
      const paragraph = this.paragraph(number);
      if (!paragraph) continue;
      const from = lettered(paragraph, Math.max(0, start - first));
      const to = lettered(paragraph, Math.min(end, this.book.bodies[number]!) - first);
      if (!from || !to) continue;
      const range = new Range();
      range.setStart(...from);
      range.setEnd(...to);
      found.push(range);
    }
    return found;
  }

  /** The mark before or behind this one; from nowhere, the first on the screen. */
  step(from: Element | null, by: 1 | -1): HTMLElement | null {
    const marks = (block: Element) => [...block.querySelectorAll<HTMLElement>("[data-q], [data-m]")];
    const block = from?.closest(".block");
    if (!from || !block) {
      const shown = [...this.near].sort((a, b) => a - b).flatMap((number) => marks(this.blocks[number]!));
      return shown.find((mark) => mark.getBoundingClientRect().top > 120) ?? shown[0] ?? null;
    }
    const here = marks(block);
    const next = here[here.indexOf(from as HTMLElement) + by];
    if (next && !next.closest("[hidden]")) return next;
    for (let number = this.blocks.indexOf(block as HTMLElement) + by; this.blocks[number]; number += by) {
      if (this.blocks[number]!.hidden) return null;
      this.fill(number);
      this.dress(number);
      const there = marks(this.blocks[number]!);
      if (there.length) return by > 0 ? there[0]! : there.at(-1)!;
    }
    return null;
  }

  private cut(): void {
    let letters = Infinity;
    for (let number = 0; number < this.book.paragraphs; number++) {
      if (letters > BLOCK) {
        const block = h("div.block", { "data-b": this.blocks.length });
        this.blocks.push(block);
        this.firsts.push(number);
        this.element.append(block);
        letters = 0;
      }
      letters += this.book.starts[number + 1]! - this.book.starts[number]!;
    }
  }

  private blockOf(paragraph: number): number {
    return Math.max(0, above(this.firsts, paragraph) - 1);
  }

  private last(block: number): number {
    return this.firsts[block + 1] ?? this.book.paragraphs;
  }

  private fill(block: number): void {
    const element = this.blocks[block]!;
    if (element.firstChild) return;
    for (let number = this.firsts[block]!; number < this.last(block); number++) {
      const scene = this.sceneBefore(number);
      if (scene !== null) element.append(this.sceneRule(scene));
      const paragraph = this.bare(number);
      if (paragraph) element.append(paragraph);
    }
    this.hideIn(block);
  }

  /** A paragraph in its words alone. */
  private bare(number: number): HTMLElement | null {
    const kind = this.book.kinds[number]!;
    const words = this.book.text.slice(this.book.starts[number]!, this.book.bodies[number]!);
    if (!words.trim()) return null;
    const tag = kind === "h" ? "h3" : "p";
    return h(`${tag}.k-${kind === "_" ? "p" : kind}`, { "data-p": number }, words);
  }

  /** The scene that begins with this paragraph, headings before it left behind. */
  private sceneBefore(number: number): number | null {
    const { scenes } = this.book.form;
    if (!scenes || scenes.length < 2 || "hba_".includes(this.book.kinds[number]!)) return null;
    const scene = this.book.sceneAt(this.book.starts[number]!);
    for (let before = number - 1; before >= 0; before--) {
      const start = this.book.starts[before]!;
      if (start < scenes[scene]!.start) return scene;
      if (!"hba_".includes(this.book.kinds[before]!)) return null;
    }
    return scene;
  }

  private sceneRule(scene: number): HTMLElement {
    const rule = h("div.scene", { "data-s": scene, tabindex: -1, role: "group" }, ...this.sceneWords(scene));
    announce("scene", { element: rule, scene });
    return rule;
  }

  private sceneWords(scene: number): HTMLElement[] {
    const { frame } = this.book.form.scenes![scene]!;
    const words = [frame && frame !== "main" ? frame : "", ...this.state.known.setting(scene)].filter(Boolean);
    return [h("b", {}, `Scene ${scene + 1}`), ...words.map((word) => h("span", {}, word))];
  }

  /** Dress what comes near, undress what has gone. */
  private meet(seen: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of seen) {
      const block = Number((target as HTMLElement).dataset["b"]);
      if (isIntersecting) {
        this.near.add(block);
        this.fill(block);
        this.dress(block);
      } else if (this.near.delete(block) && !target.contains(document.activeElement)) {
        this.undress(block);
      }
    }
  }

  private dress(block: number): void {
    const element = this.blocks[block]!;
    if (element.classList.contains("dressed")) return;
    element.classList.add("dressed");
    for (const paragraph of element.querySelectorAll<HTMLElement>("[data-p]")) {
      const children = dressed(Number(paragraph.dataset["p"]), this.book, this.state);
      if (children) paragraph.replaceChildren(...children);
    }
    for (const rule of element.querySelectorAll<HTMLElement>(".scene")) {
      rule.replaceChildren(...this.sceneWords(Number(rule.dataset["s"])));
      announce("scene", { element: rule, scene: Number(rule.dataset["s"]) });
    }
    part(element);
  }

  private undress(block: number): void {
    const element = this.blocks[block]!;
    if (!element.classList.contains("dressed")) return;
    element.classList.remove("dressed");
    for (const paragraph of element.querySelectorAll<HTMLElement>("[data-p]")) {
      if (paragraph.firstElementChild) paragraph.textContent = paragraph.textContent;
    }
  }

  private redress(): void {
    this.element.classList.toggle("lens", this.state.lens.size > 0);
    this.blocks.forEach((block, number) => {
      if (!block.classList.contains("dressed")) return;
      block.classList.remove("dressed");
      if (this.near.has(number)) this.dress(number);
      else this.undress(number);
    });
  }

  private mark(): void {
    const { voices, names, pronouns } = this.state.shown;
    this.element.classList.toggle("no-voices", !voices);
    this.element.classList.toggle("no-names", !names);
    this.element.classList.toggle("pronouns", pronouns);
  }

  /** Nothing behind the limit is there to be read, unless one goes on reading. */
  private hide(): void {
    const veiled = !this.state.known.whole && !this.state.follow;
    this.veil.hidden = !veiled;
    this.blocks.forEach((_, block) => this.hideIn(block));
  }

  private hideIn(block: number): void {
    const { limit, whole } = this.state.known;
    const open = whole || this.state.follow;
    const element = this.blocks[block]!;
    element.hidden = !open && this.book.starts[this.firsts[block]!]! >= limit;
    if (element.hidden) return;
    if ((open || this.book.starts[this.last(block)]! <= limit) && !element.querySelector("[hidden]")) return;
    let last = false;
    for (const child of [...element.children].reverse() as HTMLElement[]) {
      const number = child.dataset["p"];
      if (number !== undefined) last = !open && this.book.starts[Number(number)]! >= limit;
      child.hidden = last;
    }
  }

  /** Tell the browser how high each block will be, so that the way through the story has its length at once. */
  private measure(): void {
    const style = getComputedStyle(this.element);
    const context = document.createElement("canvas").getContext("2d")!;
    context.font = `${style.fontSize} ${style.fontFamily}`;
    const sample = this.book.text.slice(0, 2000).replace(/\s+/gu, " ");
    const letter = context.measureText(sample).width / Math.max(1, sample.length);
    const gutter = parseFloat(style.getPropertyValue("--gutter")) * parseFloat(style.fontSize) || 0;
    const row = (this.element.clientWidth - gutter - 24) / letter;
    const line = parseFloat(style.lineHeight);
    this.blocks.forEach((block, number) => {
      let lines = 0;
      for (let p = this.firsts[number]!; p < this.last(number); p++) {
        const letters = this.book.bodies[p]! - this.book.starts[p]!;
        lines += this.book.kinds[p] === "h" ? 5 : letters && Math.ceil((letters + 4) / row);
      }
      block.style.setProperty("contain-intrinsic-size", `auto ${Math.round(lines * line)}px`);
    });
  }
}

/** Where two names in the margin would stand on one line, move the second below the first. */
function part(block: HTMLElement): void {
  for (const paragraph of block.querySelectorAll<HTMLElement>("p")) {
    let free = -Infinity;
    for (const name of paragraph.querySelectorAll<HTMLElement>(".by")) {
      const top = name.offsetTop;
      if (top < free) name.style.setProperty("margin-top", `${free - top}px`);
      free = Math.max(top, free) + name.offsetHeight;
    }
  }
}
