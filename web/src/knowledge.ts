/** Who knows what, since which scene, and how they came to. */

import type { FactForm, KnowledgeForm } from "./form";
import { counted, h, listed, many } from "./dom";
import { quoted } from "./explain";
import type { Page, View } from "./page";
import { headed, link, rest, sceneLink } from "./page";
import type { State } from "./state";
import { ink, mark } from "./voices";

const HOW: Record<string, string> = {
  witnessed: "was there",
  told: "was told",
  overheard: "overheard it",
  read: "read it",
  inferred: "worked it out",
};

/** Rows and columns shown before one asks for the rest: a novel has thousands of facts and dozens of people. */
const FIRST = 40;
const COLUMNS = 7;
/** Names of those who know it and have no column. */
const OTHERS = 3;
/** Characters of a fact in its row; the words that assert it stand under it. */
const LONG = 160;

interface Row {
  fact: FactForm;
  knowers: Map<number, KnowledgeForm>;
}

export function knowledgeView(page: Page): View {
  const element = h("section.view.wide");
  const draw = () => {
    const { book, state } = page;
    const rows: Row[] = (book.form.facts ?? []).map((fact) => ({ fact, knowers: new Map() }));
    const count = new Map<number, number>();
    for (const k of book.form.knowledge ?? []) {
      if (!state.known.has(k.since)) continue;
      rows[k.fact]!.knowers.set(k.who, k);
      count.set(k.who, (count.get(k.who) ?? 0) + 1);
    }
    const seen = rows.filter(({ fact, knowers }) => state.known.has(fact.since) && (state.lens.size === 0 || [...state.lens].some((who) => knowers.has(who))));
    const told = (a: Row, b: Row) => a.fact.since - b.fact.since;
    const best = [...seen].sort((a, b) => weight(b) - weight(a) || told(a, b));
    const first = best.slice(0, FIRST);
    const chosen = [...count.keys()].filter((who) => state.lens.size === 0 || state.lens.has(who));
    const here = (who: number) => first.filter(({ knowers }) => knowers.has(who)).length;
    const most = chosen.sort((a, b) => here(b) - here(a) || count.get(b)! - count.get(a)!).slice(0, COLUMNS);
    const people = most.sort((a, b) => book.form.people[a]!.first - book.form.people[b]!.first);
    const body = h("tbody", {}, ...first.sort(told).map((row) => line(page, row, people)));
    element.replaceChildren(headed("Knowledge", about(page, seen.length, chosen.length, people.length)));
    if (!seen.length) return;
    element.append(h("div.scroll", { tabindex: 0, role: "region", "aria-label": "Who knows what" }, h("table.knows", {}, heads(page, people), body)));
    if (best.length > FIRST) {
      const more = rest(`Show ${counted(best.length - FIRST, "more fact")}`, () => {
        body.replaceChildren(...[...best].sort(told).map((row) => line(page, row, people)));
        more.remove();
      });
      element.append(more);
    }
  };
  return { id: "knowledge", title: "Knowledge", element, draw };
}

/** How much a fact matters here: how sure it is, and whether somebody came to know it otherwise than by being there. */
function weight({ fact, knowers }: Row): number {
  const passed = [...knowers.values()].some(({ how }) => how !== "witnessed");
  return (fact.sure ?? 0) + (knowers.size ? 20 : 0) + (passed ? 20 : 0);
}

function about(page: Page, facts: number, knowers: number, people: number): string {
  if (!facts) return "Nothing that one could know or not know.";
  const who = knowers ? `, and who knows ${facts === 1 ? "it" : "them"} since which scene` : "";
  const first = facts > FIRST ? " The surest are shown first." : "";
  const others = knowers > people ? ` Of ${many(knowers)} people those have a column who know most of these; choose others in the cast.` : "";
  const more = page.book.form.more_facts ?? 0;
  const left = more && page.state.known.whole ? ` ${counted(more, "less sure fact is", "less sure facts are")} left out of this page.` : "";
  return `${counted(facts, "fact")}${who}.${first}${others}${left}`;
}

function heads({ book, state }: Page, people: number[]): HTMLElement {
  return h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "What is so"), ...people.map((who) => h(`th.${ink(book, who)}`, { scope: "col" }, mark(book, who), " ", state.known.name(who)))));
}

function line({ book, state }: Page, { fact, knowers }: Row, people: number[]): HTMLElement {
  const [start, end] = fact.why ?? [];
  const proof = start !== undefined && end !== undefined ? h("details", {}, h("summary", {}, "where it says so"), h("p.why", {}, quoted(start, end, book), " ", link(start, end, "in the text"))) : null;
  const cells = people.map((who) => {
    const k = knowers.get(who);
    if (!k) return h("td");
    const source = k.source !== undefined && k.source !== who && state.known.met(k.source) ? ` by ${state.known.name(k.source)}` : "";
    return h(`td.${ink(book, who)}`, { title: `${k.sure ?? 0} % sure` }, k.scene === undefined ? "" : sceneLink(book, k.scene), h("small", {}, ` ${HOW[k.how] ?? k.how}${k.how === "told" ? source : ""}`));
  });
  return h("tr", {}, h("th", { scope: "row" }, shortened(fact.text), others(state, knowers, people), proof), ...cells);
}

/** Who else knows it, who has no column. */
function others(state: State, knowers: Map<number, KnowledgeForm>, people: number[]): HTMLElement | null {
  const names = [...knowers.keys()].filter((who) => !people.includes(who) && state.known.met(who)).map((who) => state.known.name(who));
  if (!names.length || state.lens.size) return null;
  const more = names.length > OTHERS ? [`${counted(names.length - OTHERS, "other")}`] : [];
  return h("small", {}, `also known to ${listed([...names.slice(0, OTHERS), ...more])}`);
}

function shortened(words: string): string {
  return words.length > LONG ? `${words.slice(0, words.lastIndexOf(" ", LONG))} …` : words;
}
