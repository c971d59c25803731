/** What somebody orders, means to do, promises or fears, what becomes of it, and what rests on what. */

import type { PlanForm, ReasonForm, StandsForm } from "./form";
import { counted, h } from "./dom";
import { person, quoted, sureness } from "./explain";
import type { Page, View } from "./page";
import { headed, link, rest, sceneLink } from "./page";

/** Plans shown before one asks for the rest. */
const FIRST = 60;
/** A plan's own words are shown in any case; longer than this they are not said again before them. */
const SHORT = 140;

const VERBS: Record<string, string> = { order: "orders", intention: "means", promise: "promises", fear: "fears" };
const OUTCOMES: Record<string, string> = { done: "done", failed: "not done", dropped: "taken back", open: "open" };

export function plansView(page: Page): View {
  const element = h("section.view");
  const draw = () => {
    const { book, state } = page;
    const alone = (plan: PlanForm) => state.lens.size === 0 || state.lens.has(plan.who) || state.lens.has(plan.doer);
    const known = (book.form.plans ?? []).filter((plan) => state.known.has(plan.since) && alone(plan));
    const open = known.filter((plan) => outcome(page, plan) === "open").length;
    const about = known.length ? `${counted(known.length, "thing")} ordered, meant, promised or feared; ${open} still open.` : "Nobody plans anything.";
    element.replaceChildren(headed("Plans", about), h("ol.plans", {}, ...known.slice(0, FIRST).map((plan) => line(page, plan))));
    if (known.length > FIRST) {
      const more = rest(`Show ${counted(known.length - FIRST, "more plan")}`, () => {
        element.querySelector(".plans")!.append(...known.slice(FIRST).map((plan) => line(page, plan)));
        more.remove();
      });
      element.append(more);
    }
    const reasons = (book.form.reasons ?? []).filter(({ since }) => state.known.has(since));
    if (reasons.length) element.append(...resting(page, reasons));
  };
  return { id: "plans", title: "Plans", element, draw };
}

/** What has become of it as far as one knows. */
function outcome({ state }: Page, { outcome, outcome_since }: PlanForm): string {
  return outcome && state.known.has(outcome_since ?? 0) ? outcome : "open";
}

function line(page: Page, plan: PlanForm): HTMLElement {
  const { book, state } = page;
  const became = outcome(page, plan);
  const whom = plan.doer >= 0 && plan.doer !== plan.who && state.known.met(plan.doer) ? [" ", person(plan.doer, book, state.known)] : [];
  const said = plan.text.length <= SHORT ? `: ${plan.text}` : "";
  const later = became !== "open" && plan.outcome_scene !== undefined ? [" in ", sceneLink(book, plan.outcome_scene)] : [];
  const stands = (plan.stands ?? []).filter(({ since }) => state.known.has(since));
  return h(
    `li.plan.${became}`,
    {},
    h("header", {}, h("span.outcome", {}, OUTCOMES[became] ?? became, ...later), plan.scene === undefined ? null : sceneLink(book, plan.scene), sureness(plan.sure ?? 0)),
    h("p", {}, person(plan.who, book, state.known), ` ${VERBS[plan.kind] ?? plan.kind}`, ...whom, said),
    proof(page, plan.why),
    ...stands.map((on) => ground(page, on)),
    became === "open" ? null : proof(page, plan.told),
  );
}

/** How the text ties what rests to what it rests on. */
const TIES: Record<string, string> = {
  cause: "because",
  condition: "if",
  result: "it comes of this:",
  after: "only after",
  purpose: "for this:",
  means: "by means of",
};

/** Everything that the text says rests on something else. */
function resting(page: Page, reasons: ReasonForm[]): HTMLElement[] {
  const list = h("ol.plans", {}, ...reasons.slice(0, FIRST).map((reason) => reasonLine(page, reason)));
  const shown = [h("h3.minor", {}, "What rests on what"), list];
  if (reasons.length <= FIRST) return shown;
  const more = rest(`Show ${counted(reasons.length - FIRST, "more")}`, () => {
    list.append(...reasons.slice(FIRST).map((reason) => reasonLine(page, reason)));
    more.remove();
  });
  return [...shown, more];
}

function reasonLine(page: Page, { what, on, kind, scene, sure, why }: ReasonForm): HTMLElement {
  return h(
    "li.plan.reason",
    {},
    h("p", {}, what, h("i", {}, ` ${TIES[kind] ?? kind} `), on, " ", sureness(sure ?? 0), scene === undefined ? null : h("small", {}, " ", sceneLink(page.book, scene))),
    proof(page, why),
  );
}

function ground(page: Page, { kind, text, why }: StandsForm): HTMLElement {
  return h("div.stands", {}, h("p", {}, kind === "condition" ? "On condition: " : "It stands on: ", text), proof(page, why));
}

/** The first words that show it. */
function proof({ book }: Page, why: number[] | undefined): HTMLElement | null {
  const [start, end] = why ?? [];
  return start === undefined || end === undefined ? null : h("p.why", {}, quoted(start, end, book), " ", link(start, end, "in the text"));
}
