/** Who knows what, since which scene, and how they came to. */

import type { FactForm, KnowledgeForm } from "./form";
import { counted, h } from "./dom";
import { quoted } from "./explain";
import type { Page, View } from "./page";
import { headed, link, sceneLink } from "./page";
import { ink, mark } from "./voices";

const HOW: Record<string, string> = {
  witnessed: "saw it",
  told: "was told",
  overheard: "overheard it",
  read: "read it",
  inferred: "worked it out",
};

export function knowledgeView(page: Page): View {
  const element = h("section.view.wide");
  const draw = () => {
    const { book, state } = page;
    const facts = (book.form.facts ?? []).map((fact, number) => ({ fact, number })).filter(({ fact }) => state.known.has(fact.since));
    const known = (book.form.knowledge ?? []).filter((k) => state.known.has(k.since));
    const people = [...new Set(known.map((k) => k.who))].sort((a, b) => book.form.people[a]!.first - book.form.people[b]!.first);
    element.replaceChildren(
      headed("Knowledge", facts.length ? `${counted(facts.length, "fact")}${people.length ? `, and who knows ${facts.length === 1 ? "it" : "them"} since which scene` : ""}.` : "Nothing that one could know or not know."),
    );
    if (facts.length) element.append(h("div.scroll", { tabindex: 0, role: "region", "aria-label": "Who knows what" }, table(page, facts, known, people)));
  };
  return { id: "knowledge", title: "Knowledge", element, draw };
}

function table(page: Page, facts: { fact: FactForm; number: number }[], known: KnowledgeForm[], people: number[]): HTMLElement {
  const { book, state } = page;
  return h(
    "table.knows",
    {},
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "What is so"), ...people.map((who) => h(`th.${ink(book, who)}`, { scope: "col" }, mark(book, who), " ", state.known.name(who))))),
    h(
      "tbody",
      {},
      ...facts.map(({ fact, number }) => {
        const [start, end] = fact.why ?? [];
        const proof = start !== undefined && end !== undefined ? h("details", {}, h("summary", {}, "where it says so"), h("p.why", {}, quoted(start, end, book), " ", link(start, end, "in the text"))) : null;
        return h(
          "tr",
          {},
          h("th", { scope: "row" }, fact.text, proof),
          ...people.map((who) => {
            const k = known.find((k) => k.who === who && k.fact === number);
            if (!k) return h("td");
            return h(`td.${ink(book, who)}`, {}, k.scene === undefined ? "" : sceneLink(book, k.scene), h("small", {}, ` ${HOW[k.how] ?? k.how}`));
          }),
        );
      }),
    ),
  );
}
