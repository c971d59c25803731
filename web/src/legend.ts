/** Beside the text: whose voice has which ink and mark; choose somebody to see only theirs. */

import { h, many, soon } from "./dom";
import type { Page } from "./page";
import { ink, mark } from "./voices";

/** Voices listed beside the text; the cast has them all. */
const SHOWN = 14;

export function legend(page: Page): HTMLElement {
  const { state, book } = page;
  const list = h("ul.voices");
  const everybody = h("button.quiet", { type: "button", click: () => state.lookOnlyAt(null) }, "Show everybody");
  const draw = () => {
    const cast = state.known.cast();
    const shown = cast.filter(({ who }, i) => i < SHOWN || state.lens.has(who));
    const focused = (document.activeElement as HTMLElement | null)?.dataset["who"];
    list.replaceChildren(
      ...shown.map(({ who, quotes, mentions }) =>
        h(
          "li",
          {},
          h(
            `button.voice.${ink(book, who)}`,
            { type: "button", "data-who": who, "aria-pressed": state.lens.has(who) ? "true" : "false", click: () => state.look(who) },
            mark(book, who),
            h("span.name", {}, state.known.name(who)),
            h("small", { title: `${many(quotes)} lines, ${many(mentions)} mentions` }, quotes ? many(quotes) : "", h("span.sr", {}, quotes ? " lines" : "silent")),
          ),
        ),
      ),
    );
    everybody.hidden = state.lens.size === 0;
    if (focused) list.querySelector<HTMLElement>(`[data-who="${focused}"]`)?.focus({ preventScroll: true });
  };
  state.on(["limit", "lens"], soon(draw));
  draw();
  const choice = (what: keyof typeof state.shown, words: string) =>
    h("label", {}, h("input", { type: "checkbox", checked: state.shown[what], change: (event) => state.show(what, (event.target as HTMLInputElement).checked) }), words);
  return h(
    "aside.legend",
    { "aria-label": "Voices" },
    h("h2", {}, "Voices"),
    list,
    everybody,
    h("fieldset", {}, h("legend", {}, "In the text"), choice("voices", "Voices"), choice("names", "Names"), choice("pronouns", "Pronouns")),
  );
}
