/** Things and their way from hand to hand, scene by scene. */

import { scaleLinear } from "d3-scale";

import type { PossessionForm } from "./form";
import { counted, h, s } from "./dom";
import { person, quoted, sureness } from "./explain";
import type { Page, View } from "./page";
import { headed, link, sceneLink } from "./page";
import { ink, markPath } from "./voices";

const WIDTH = 960;

export function holdingsView(page: Page): View {
  const element = h("section.view.wide");
  const draw = () => {
    const { book, state } = page;
    const known = book.form.possessions!.filter((held) => state.known.has(held.since));
    const objects = new Map<string, PossessionForm[]>();
    for (const held of known) objects.set(held.object, [...(objects.get(held.object) ?? []), held]);
    element.replaceChildren(
      headed("Things", objects.size ? `${counted(objects.size, "thing")}, and whose hands each is in.` : "Nobody holds anything that matters."),
      ...[...objects].map(([object, held]) => way(page, object, held)),
    );
  };
  return { id: "things", title: "Things", element, draw };
}

function way(page: Page, object: string, held: PossessionForm[]): HTMLElement {
  const { book, state } = page;
  const last = state.known.scenes() - 1;
  const x = scaleLinear([0, Math.max(1, book.form.scenes?.length ?? 1)], [0, WIDTH]);
  const sorted = [...held].sort((a, b) => (a.from_scene ?? 0) - (b.from_scene ?? 0));
  const bars = sorted.flatMap(({ holder, from_scene = 0, until_scene }) => {
    const until = Math.min(last, until_scene ?? last);
    const [from, to] = [x(from_scene), x(Math.max(from_scene, until) + 1)];
    const name = holder < 0 ? "nobody known" : state.known.name(holder);
    return [
      s(
        `g.${ink(book, holder)}`,
        {},
        s("rect", { x: from + 1, y: 8, width: Math.max(4, to - from - 2), height: 30, rx: 4 }),
        holder < 0 ? null : s("path", { d: markPath(book, holder), transform: `translate(${from + 8} 17) scale(1.2)` }),
        to - from > 60 ? s("text", { x: from + 26, y: 28 }, name.length > (to - from) / 8 ? `${name.slice(0, Math.floor((to - from) / 8))}…` : name) : null,
      ),
    ];
  });
  const scenes = book.form.scenes?.length ?? 0;
  const every = Math.ceil(scenes / 30);
  const ticks = Array.from({ length: Math.max(0, last + 1) }, (_, i) => (i % every ? null : s("text.tick", { x: x(i + 0.5), y: 54, "text-anchor": "middle" }, i + 1)));
  return h(
    "article.thing",
    {},
    h("h3.minor", {}, object),
    h("div.scroll", {}, s("svg.way", { viewBox: `0 0 ${WIDTH} 60`, "aria-hidden": "true" }, ...ticks, ...bars) as unknown as HTMLElement),
    h(
      "ol.told",
      {},
      ...sorted.map(({ holder, from_scene, until_scene, sure, why }) => {
        const [start, end] = why ?? [];
        return h(
          "li",
          {},
          h("p", {}, person(holder, book, state.known), ...(from_scene === undefined ? [] : [" from ", sceneLink(book, from_scene)]), ...(until_scene === undefined || until_scene > last ? [] : [" until ", sceneLink(book, until_scene)]), ". ", sureness(sure ?? 0)),
          start !== undefined && end !== undefined ? h("p.why", {}, quoted(start, end, book), " ", link(start, end, "in the text")) : null,
        );
      }),
    ),
  );
}
