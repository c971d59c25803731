/** Who knows what, since which scene, and how they came to. */

import { GUESSED } from "./book";
import type { FactForm, KnowledgeForm } from "./form";
import { counted, h, many } from "./dom";
import { person, quoted } from "./explain";
import type { Page, View } from "./page";
import { headed, link, rest, sceneLink } from "./page";
import { ink, mark } from "./voices";

const HOW: Record<string, string> = {
  witnessed: "was there",
  told: "was told",
  overheard: "overheard it",
  read: "read it",
  inferred: "worked it out",
};

/** Facts shown before one asks for the rest: a novel has thousands. */
const FIRST = 40;
/** People one may choose here to see only what they know; the cast has them all. */
const CHOICE = 10;
/** Knowers of one fact that are named before the others are counted. */
const NAMED = 6;
/** Characters of a fact in its row; the words that assert it stand under it. */
const LONG = 160;

interface Row {
  fact: FactForm;
  knowers: KnowledgeForm[];
}

export function knowledgeView(page: Page): View {
  const element = h("section.view");
  const draw = () => {
    const { state } = page;
    const rows = known(page);
    const seen = rows.filter(({ knowers }) => state.lens.size === 0 || knowers.some(({ who }) => state.lens.has(who)));
    const told = (a: Row, b: Row) => a.fact.since - b.fact.since;
    const best = [...seen].sort((a, b) => weight(b) - weight(a) || told(a, b));
    const list = h("ol.facts", {}, ...best.slice(0, FIRST).sort(told).map((row) => line(page, row)));
    const focused = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>(".chosen button")?.dataset["who"];
    element.replaceChildren(headed("Knowledge", about(page, seen)), ...choice(page, rows), list);
    if (focused) element.querySelector<HTMLElement>(`.chosen [data-who="${focused}"]`)?.focus({ preventScroll: true });
    if (best.length > FIRST) {
      const more = rest(`Show ${counted(best.length - FIRST, "more fact")}`, () => {
        list.replaceChildren(...[...best].sort(told).map((row) => line(page, row)));
        more.remove();
      });
      element.append(more);
    }
  };
  return { id: "knowledge", title: "Knowledge", element, draw };
}

/** The facts that are told so far, each with those who know it so far. */
function known({ book, state }: Page): Row[] {
  const rows: Row[] = (book.form.facts ?? []).map((fact) => ({ fact, knowers: [] }));
  for (const k of book.form.knowledge ?? []) {
    if (state.known.has(k.since) && state.known.met(k.who)) rows[k.fact]!.knowers.push(k);
  }
  return rows.filter(({ fact }) => state.known.has(fact.since));
}

/** How much a fact matters here: how sure it is, and whether somebody came to know it otherwise than by being there. */
function weight({ fact, knowers }: Row): number {
  const passed = knowers.some(({ how }) => how !== "witnessed");
  return (fact.sure ?? 0) + (knowers.length ? 20 : 0) + (passed ? 20 : 0);
}

function about(page: Page, rows: Row[]): string {
  if (!rows.length) return page.state.lens.size ? "Nothing that they are shown to know." : "Nothing that one could know or not know.";
  const who = rows.some(({ knowers }) => knowers.length) ? `, and who knows ${rows.length === 1 ? "it" : "them"} since which scene` : "";
  const first = rows.length > FIRST ? " The surest are shown first." : "";
  const more = page.book.form.more_facts ?? 0;
  const left = more && page.state.known.whole && !page.state.lens.size ? ` ${counted(more, "less sure fact is", "less sure facts are")} left out of this page.` : "";
  return `${counted(rows.length, "fact")}${who}.${first}${left}`;
}

/** Those who know most; choose one to see only what they know. */
function choice({ book, state }: Page, rows: Row[]): HTMLElement[] {
  const count = new Map<number, number>();
  for (const { knowers } of rows) for (const { who } of knowers) count.set(who, (count.get(who) ?? 0) + 1);
  const most = [...count].sort((a, b) => b[1] - a[1]).flatMap(([who], i) => (i < CHOICE || state.lens.has(who) ? [who] : []));
  if (most.length < 2) return [];
  const chip = (who: number) =>
    h(
      `button.chip.${ink(book, who)}`,
      { type: "button", "data-who": who, "aria-pressed": state.lens.has(who) ? "true" : "false", click: () => state.look(who) },
      mark(book, who),
      h("span.name", {}, state.known.name(who)),
      h("small", {}, many(count.get(who)!), h("span.sr", {}, count.get(who) === 1 ? " fact" : " facts")),
    );
  return [h("div.chosen", { role: "group", "aria-label": "Only what somebody knows" }, ...most.map(chip))];
}

function line(page: Page, { fact, knowers }: Row): HTMLElement {
  const { book, state } = page;
  const [start, end] = fact.why ?? [];
  const proof = start !== undefined && end !== undefined ? h("details", {}, h("summary", {}, "where it says so"), h("p.why", {}, quoted(start, end, book), " ", link(start, end, "in the text"))) : null;
  const first = [...knowers].sort((a, b) => Number(state.lens.has(b.who)) - Number(state.lens.has(a.who)) || a.since - b.since);
  const named = first.slice(0, NAMED).map((k) => h("li", { title: `${k.sure ?? 0} % sure` }, ...knower(page, k)));
  if (first.length > NAMED) named.push(h("li", {}, `and ${counted(first.length - NAMED, "other")}`));
  if (!first.length) named.push(h("li.nobody", {}, "Nobody is shown to know it."));
  return h("li.fact", {}, h("div", {}, h("p", {}, shortened(fact.text)), proof), h("ul.knowers", {}, ...named));
}

/** "Ruth was told by Josiah, scene 7". */
function knower({ book, state }: Page, { who, how, source, scene, sure }: KnowledgeForm): (Node | string)[] {
  const by = how === "told" && source !== undefined && source !== who && state.known.met(source) ? [" by ", person(source, book, state.known)] : [];
  const guess = (sure ?? 0) < GUESSED ? ["perhaps "] : [];
  return [person(who, book, state.known), " ", ...guess, HOW[how] ?? how, ...by, ...(scene === undefined ? [] : [", ", sceneLink(book, scene)])];
}

function shortened(words: string): string {
  return words.length > LONG ? `${words.slice(0, words.lastIndexOf(" ", LONG))} …` : words;
}
