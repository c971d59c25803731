/** The cast: who has appeared, under which names, how much each says, and where in the book they are. */

import { GUESSED } from "./book";
import type { Page, View } from "./page";
import { headed, link, rest, sceneLink } from "./page";
import { counted, h, listed, many, s } from "./dom";
import { typeName, where } from "./explain";
import type { Standing } from "./known";
import { ink, mark } from "./voices";

/** How many are listed before one asks for all. */
const SHOWN = 30;

/** Into how many parts the strip of somebody's presence cuts the book. */
const PARTS = 72;

/** Columns of numbers, set flush right. */
const NUMBERS = ["Lines", "Words said", "Mentions"];

export function castView(page: Page): View {
  const element = h("section.view.wide");
  let all = false;
  const draw = () => {
    const { book, state } = page;
    const cast = state.known.cast();
    const shown = all ? cast : cast.slice(0, SHOWN);
    const said = book.voiced.filter((i) => book.quotes[i]!.start < state.known.limit);
    const words = said.reduce((sum, i) => sum + book.quotes[i]!.words, 0);
    const so = state.known.whole ? "in the story" : "so far";
    const heard = cast.filter(({ quotes }) => quotes).length;
    element.replaceChildren(
      headed("Cast", `${counted(cast.length, "person", "people")} ${so}, ${heard} of them heard.`),
      table(shown, words, page, draw),
    );
    const more = () => ((all = true), draw());
    if (cast.length > shown.length) element.append(rest(`All ${many(cast.length)}`, more));
    if (book.form.entities) element.append(...named(page));
  };
  return { id: "cast", title: "Cast", element, draw };
}

function table(cast: Standing[], words: number, page: Page, draw: () => void): HTMLElement {
  const { book } = page;
  const spoken = Boolean(book.form.quotes);
  const most = Math.max(1, ...cast.map((standing) => standing.words));
  const head = ["Name", ...(spoken ? ["Lines", "", "Words said"] : []), "Mentions", "Where in the book", "First seen"];
  return h(
    "table.cast",
    {},
    h("caption.sr", {}, "The cast, those of whom the text says most first"),
    h("thead", {}, h("tr", {}, ...head.map((title) => (title ? h(NUMBERS.includes(title) ? "th.number" : "th", { scope: "col" }, title) : h("td"))))),
    h(
      "tbody",
      {},
      ...cast.map((standing) => {
        const { who, mentions, quotes } = standing;
        const { first } = book.form.people[who]!;
        const share = Math.round((100 * standing.words) / Math.max(1, words));
        return h(
          `tr.${ink(book, who)}`,
          { id: `cast-${who}`, tabindex: -1 },
          h("th", { scope: "row" }, ...title(who, page, draw)),
          ...(spoken
            ? [
                h("td.number", { "data-head": "lines" }, many(quotes)),
                h("td.share", {}, bar(standing.words / most)),
                h("td.number", { "data-head": "words said" }, many(standing.words), h("small", {}, ` ${share} %`)),
              ]
            : []),
          h("td.number", { "data-head": "mentions" }, many(mentions)),
          h("td.strip", {}, strip(who, page)),
          h("td.first", {}, link(first, first + 1, where(first, book))),
        );
      }),
    ),
  );
}

function title(who: number, page: Page, draw: () => void): HTMLElement[] {
  const { book, state } = page;
  const { kind, narrator } = book.form.people[who]!;
  const { known } = state;
  const looked = state.lens.has(who);
  const look = () => {
    state.look(who);
    draw();
    document.querySelector<HTMLElement>(`#cast-${who} button`)?.focus();
  };
  const notes = [known.pronouns(who), kind && kind !== "person" ? kind : "", narrator ? "tells the story" : ""];
  const aliases = known.aliases(who);
  const name = h(
    "button.name",
    { type: "button", "aria-pressed": looked ? "true" : "false", title: "Look at them alone, or no longer", click: look },
    mark(book, who),
    known.name(who),
  );
  return [
    name,
    ...(aliases.length ? [h("p.also", {}, "also ", listed(aliases.slice(0, 6)), aliases.length > 6 ? " …" : "")] : []),
    h("p.notes", {}, notes.filter(Boolean).join(" · "), ...fate(who, page)),
  ];
}

/** That somebody dies, once that is told; that it may be so, where it is more guessed than known. */
function fate(who: number, page: Page): (HTMLElement | string)[] {
  const death = page.book.form.deaths?.find((death) => death.who === who && page.state.known.has(death.since));
  if (!death) return [];
  const scene = death.scene ?? death.told_in;
  const [start, end] = death.why ?? [];
  const words = (death.sure ?? 0) < GUESSED ? "may die" : "dies";
  const told = { title: `${death.sure ?? 0} % sure` };
  if (start !== undefined && end !== undefined) return [h("span.dies", told, " † ", link(start, end, words))];
  return [h("span.dies", told, " † ", scene === undefined ? words : sceneLink(page.book, scene, words))];
}

function bar(share: number): HTMLElement {
  const bar = h("span.share-bar", { "aria-hidden": "true" });
  bar.style.setProperty("--share", String(share));
  return bar;
}

/** Where in the book somebody is meant, as a strip that is dark where they are often. */
function strip(who: number, page: Page): SVGElement {
  const { book, state } = page;
  const counts = new Array<number>(PARTS).fill(0);
  for (const place of book.meant[who]!) {
    if (place < state.known.limit) counts[Math.min(PARTS - 1, Math.floor((PARTS * place) / book.size))]! += 1;
  }
  const most = Math.max(1, ...counts);
  const bars = counts.map((count, i) => {
    const height = count ? 3 + (17 * count) / most : 0;
    return count ? `M${i * 2} 20V${(20 - height).toFixed(1)}` : "";
  });
  return s(
    "svg",
    { viewBox: `0 0 ${PARTS * 2} 20`, preserveAspectRatio: "none", "aria-hidden": "true" },
    s("path.floor", { d: `M0 19.5H${PARTS * 2}` }),
    s("path", { d: bars.join("") }),
  );
}

/** Named places and organisations. */
function named(page: Page): HTMLElement[] {
  const { book, state } = page;
  const rows = book.form.entities!.flatMap((entity, i) => {
    const count = book.named[i]!.filter((place) => place < state.known.limit).length;
    return count ? [{ entity, count, first: book.named[i]![0]! }] : [];
  });
  if (!rows.length) return [];
  rows.sort((a, b) => b.count - a.count);
  return [
    h("h3.minor", {}, "Places and organisations"),
    h(
      "ul.named",
      {},
      ...rows.map(({ entity, count, first }) =>
        h("li", {}, link(first, first + entity.name.length, entity.name), h("small", {}, ` ${typeName(entity.type)}, ${many(count)}`)),
      ),
    ),
  ];
}
