/** What does not fit: each finding with the places that contradict each other, side by side. */

import type { FindingForm } from "./form";
import { counted, h } from "./dom";
import { quoted, sureness, where } from "./explain";
import type { Page, View } from "./page";
import { announce, headed, link } from "./page";

const RANKS = ["error", "warning", "hint"];
const NAMES: Record<string, string> = { error: "does not fit", warning: "may not fit", hint: "worth a look" };

/** What the user may have decided. What is fixed and is here all the same is still found. */
const VERDICTS: Record<string, string> = { fixed: "Fixed, and still found", ignore: "Ignored", intended: "Intended" };

export function findingsView(page: Page): View {
  const element = h("section.view");
  const draw = () => {
    const { book, state } = page;
    const known = book.form.findings!.filter((finding) => state.known.has(finding.since));
    known.sort((a, b) => RANKS.indexOf(a.severity) - RANKS.indexOf(b.severity) || (a.why?.[0] ?? 0) - (b.why?.[0] ?? 0));
    const none = state.known.whole ? "Nothing was found that does not fit." : "Nothing so far that does not fit.";
    const open = known.filter(isOpen);
    const decided = known.filter((finding) => !isOpen(finding));
    const about = open.length ? `${counted(open.length, "place")} where something may not fit.` : decided.length ? "Nothing open." : none;
    element.replaceChildren(headed("Findings", about), ...open.map((finding) => card(page, finding)));
    if (decided.length) {
      const cards = decided.map((finding) => card(page, finding));
      element.append(h("details.settled", { open: !open.length }, h("summary", {}, `${counted(decided.length, "finding")} decided`), ...cards));
    }
  };
  return { id: "findings", title: "Findings", element, draw };
}

/** Whether the user has decided nothing of it. */
export function isOpen(finding: FindingForm): boolean {
  return !finding.verdict;
}

function card(page: Page, finding: FindingForm): HTMLElement {
  const { severity, message, why = [], sure, kind, verdict, reason } = finding;
  const { book } = page;
  const places = [];
  for (let i = 0; i < why.length; i += 2) places.push([why[i]!, why[i + 1]!] as const);
  const element = h(
    `article.finding.${severity}${verdict ? ".decided" : ""}`,
    {},
    verdict ? h("p.verdict", {}, h("b", {}, VERDICTS[verdict] ?? verdict), reason ? `: ${reason}` : "") : null,
    h("header", {}, h("span.severity", {}, NAMES[severity] ?? severity), h("span.kind", {}, kind.replace(/[-_]/gu, " ")), sureness(sure ?? 0)),
    h("p.message", {}, message),
    h(
      "div.sides",
      {},
      ...places.map(([start, end]) =>
        h("blockquote", {}, quoted(start, end, book, 110), h("footer", {}, link(start, end, where(start, book)))),
      ),
    ),
  );
  announce("finding", { element, finding: finding.key });
  return element;
}
