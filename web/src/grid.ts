/** Who is in which scene: a row for each scene, a column for each person. */

import { above } from "./book";
import { counted, h, many } from "./dom";
import type { Page, View } from "./page";
import { headed, opening, rest, sceneLink } from "./page";
import { ink, mark } from "./voices";

/** Columns before one asks for all: as many as fit beside the scenes on an ordinary screen. */
const SHOWN = 14;

export function gridView(page: Page): View {
  const element = h("section.view.wide");
  let all = false;
  const draw = () => {
    const { state } = page;
    const count = state.known.scenes();
    const cast = state.known.cast();
    const looked = cast.filter(({ who }) => state.lens.has(who));
    const others = cast.filter(({ who }) => !state.lens.has(who));
    const ordered = [...looked, ...others].map(({ who }) => who);
    const shown = all ? ordered : ordered.slice(0, SHOWN);
    element.replaceChildren(
      headed("Scenes", `${counted(count, "scene")}, and who is there.`),
      h(
        "ul.key",
        { "aria-label": "What the marks mean" },
        h("li", {}, h("span.cell.says.size-4"), "speaks, the more the larger"),
        h("li", {}, h("span.cell.there"), "is there"),
        h("li", {}, h("span.cell.named"), "is spoken or thought of"),
      ),
      h("div.scroll", { tabindex: 0, role: "region", "aria-label": "Scenes and people" }, table(page, count, shown)),
    );
    const more = () => ((all = true), draw());
    if (ordered.length > shown.length) element.append(rest(`All ${many(ordered.length)} people`, more));
  };
  return { id: "scenes", title: "Scenes", element, draw };
}

function table(page: Page, count: number, people: number[]): HTMLElement {
  const { book, state } = page;
  const heads = people.map((who) =>
    h(`th.${ink(book, who)}`, { scope: "col" }, h("span.turned", {}, mark(book, who), state.known.name(who))),
  );
  return h(
    "table.grid",
    {},
    h("caption.sr", {}, "Scenes as told, and who is in each"),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Scene"), ...heads)),
    h("tbody", {}, ...Array.from({ length: count }, (_, scene) => row(page, scene, people))),
  );
}

function row(page: Page, scene: number, people: number[]): HTMLElement {
  const { book, state } = page;
  const { start, end, frame } = book.form.scenes![scene]!;
  const until = Math.min(end, state.known.limit);
  const present = new Set(state.known.present(scene));
  const said = new Map<number, number>();
  for (const i of book.quotesIn(start, until)) {
    const { who, words, depth, mode } = book.quotes[i]!;
    if (depth === 0 && mode !== "x") said.set(who, (said.get(who) ?? 0) + words);
  }
  const setting = [frame && frame !== "main" ? frame : "", ...state.known.setting(scene)].filter(Boolean).join(" · ");
  return h(
    "tr",
    {},
    h(
      "th",
      { scope: "row" },
      h("div", {}, sceneLink(book, scene, String(scene + 1)), h("span.opening", {}, opening(book, scene, 7)), setting ? h("small", {}, setting) : null),
    ),
    ...people.map((who) => cell(page, who, said.get(who) ?? 0, present.has(who), start, until)),
  );
}

function cell(page: Page, who: number, words: number, there: boolean, start: number, end: number): HTMLElement {
  const { book } = page;
  const meant = book.meant[who]!;
  const mentions = above(meant, end - 1) - above(meant, start - 1);
  if (!words && !there && !mentions) return h("td");
  const [kind, told] = words
    ? [`says.size-${Math.min(6, 1 + Math.floor(Math.log2(1 + words / 12)))}`, `says ${counted(words, "word")}`]
    : there
      ? ["there", "is there"]
      : ["named", "is mentioned"];
  return h(`td.${ink(book, who)}`, {}, h(`span.cell.${kind}`, { title: `${page.state.known.name(who)} ${told}` }), h("span.sr", {}, told));
}
