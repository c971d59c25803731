/** Things and their way from hand to hand, scene by scene. */

import { scaleLinear } from "d3-scale";

import type { PossessionForm } from "./form";
import { counted, h, s } from "./dom";
import { person, quoted, sureness } from "./explain";
import type { Page, View } from "./page";
import { headed, link, rest, sceneLink } from "./page";
import { ink, markPath } from "./voices";

const WIDTH = 960;
/** Things shown before one asks for the rest: a long novel has hundreds. */
const FIRST = 24;

/** How it came into these hands, or out of all. */
const CAME: Record<string, string> = {
  given: "was given it",
  taken: "took it",
  hidden: "hidden",
  lost: "put down or lost",
  destroyed: "destroyed",
};

export function holdingsView(page: Page): View {
  const element = h("section.view.wide");
  const draw = () => {
    const { book, state } = page;
    const known = book.form.possessions!.filter((held) => state.known.has(held.since));
    const objects = new Map<string, PossessionForm[]>();
    for (const held of known) objects.set(held.object, [...(objects.get(held.object) ?? []), held]);
    element.replaceChildren(
      headed("Things", objects.size ? `${counted(objects.size, "thing")}, and whose hands each is in.` : "Nobody holds anything that matters."),
    );
    const things = [...objects].sort(([, a], [, b]) => hands(b) - hands(a) || surest(b) - surest(a));
    const shown = (from: number, to?: number) => things.slice(from, to).map(([object, held]) => way(page, object, held));
    element.append(...shown(0, FIRST));
    if (things.length > FIRST) {
      const more = rest(`Show ${counted(things.length - FIRST, "more thing")}`, () => more.replaceWith(...shown(FIRST)));
      element.append(more);
    }
  };
  return { id: "things", title: "Things", element, draw };
}

/** Through how many people's hands it goes: what goes from one to another matters most. */
function hands(held: PossessionForm[]): number {
  return new Set(held.map(({ holder }) => holder)).size;
}

function surest(held: PossessionForm[]): number {
  return Math.max(...held.map(({ sure }) => sure ?? 0));
}

/** The scenes known so far in story order; those whose place is open stand where they are told. */
export function inStoryOrder(page: Page): number[] {
  const scenes = (page.book.form.scenes ?? []).slice(0, page.state.known.scenes());
  const place = (scene: number) => scenes[scene]!.order ?? scene + 1;
  return scenes.map((_, scene) => scene).sort((a, b) => place(a) - place(b) || a - b);
}

/** From where to where each lasts, in scenes; those that begin in one scene share it. */
export function lasting(held: { from: number; until: number }[]): [number, number][] {
  const begins = held.map(({ from }, i) => {
    const here = held.flatMap((other, j) => (other.from === from ? [j] : []));
    const before = held.some((other, j) => j < i && other.from < from && other.until >= from);
    return from + (here.indexOf(i) + Number(before)) / (here.length + Number(before));
  });
  return held.map(({ from, until }, i) => [begins[i]!, Math.max(begins[i]!, Math.min(Math.max(from, until) + 1, begins[i + 1] ?? Infinity))]);
}

function way(page: Page, object: string, held: PossessionForm[]): HTMLElement {
  const { book, state } = page;
  const scenes = inStoryOrder(page);
  const places = new Map(scenes.map((scene, place) => [scene, place]));
  const last = scenes.length - 1;
  const x = scaleLinear([0, Math.max(1, book.form.scenes?.length ?? 1)], [0, WIDTH]);
  const began = ({ from_scene }: PossessionForm) => places.get(from_scene ?? 0) ?? 0;
  const sorted = [...held].sort((a, b) => began(a) - began(b));
  const spans = lasting(sorted.map((one) => ({ from: began(one), until: one.until_scene === undefined ? last : (places.get(one.until_scene) ?? last) })));
  const bars = sorted.flatMap(({ holder }, i) => {
    const [from, to] = spans[i]!.map(x) as [number, number];
    const name = holder < 0 ? "nobody" : state.known.name(holder);
    return [
      s(
        `g.${ink(book, holder)}`,
        {},
        s("rect", { x: from + 1, y: 8, width: Math.max(3, to - from - 2), height: 30, rx: 4 }),
        holder < 0 || to - from < 18 ? null : s("path", { d: markPath(book, holder), transform: `translate(${from + 8} 17) scale(1.2)` }),
        to - from > 60 ? s("text", { x: from + 26, y: 28 }, name.length > (to - from) / 8 ? `${name.slice(0, Math.floor((to - from) / 8))}…` : name) : null,
      ),
    ];
  });
  const every = Math.max(1, Math.ceil((book.form.scenes?.length ?? 0) / 30));
  const ticks = scenes.map((scene, i) => (i % every ? null : s("text.tick", { x: x(i + 0.5), y: 54, "text-anchor": "middle" }, scene + 1)));
  return h(
    "article.thing",
    {},
    h("h3.minor", {}, object),
    h("div.scroll", {}, s("svg.way", { viewBox: `0 0 ${WIDTH} 60`, "aria-hidden": "true" }, ...ticks, ...bars) as unknown as HTMLElement),
    h(
      "ol.told",
      {},
      ...sorted.map(({ holder, from_scene, until_scene, how, sure, why }) => {
        const [start, end] = why ?? [];
        return h(
          "li",
          {},
          h("p", {}, holder < 0 ? h("span.person", {}, "nobody") : person(holder, book, state.known), ...(how ? [`, ${CAME[how] ?? how},`] : []), ...(from_scene === undefined ? [] : [" from ", sceneLink(book, from_scene)]), ...(until_scene === undefined || until_scene === from_scene || !places.has(until_scene) ? [] : [" until ", sceneLink(book, until_scene)]), ". ", sureness(sure ?? 0)),
          start !== undefined && end !== undefined ? h("p.why", {}, quoted(start, end, book), " ", link(start, end, "in the text")) : null,
        );
      }),
    ),
  );
}
