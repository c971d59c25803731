/** Secrets: what some keep from others, from which scene, and where it comes out. */

import { scaleLinear } from "d3-scale";

import type { SecretForm } from "./form";
import { counted, h, s } from "./dom";
import { person, quoted, sureness } from "./explain";
import { inStoryOrder } from "./holdings";
import type { Page, View } from "./page";
import { headed, link, rest, sceneLink } from "./page";

const WIDTH = 960;
const HEIGHT = 22;
/** Secrets shown before one asks for the rest; the novels at hand have up to some forty. */
const FIRST = 40;

export function secretsView(page: Page): View {
  const element = h("section.view");
  const draw = () => {
    const { state, book } = page;
    const ofThem = ({ keepers, kept_from }: SecretForm) => state.lens.size === 0 || [...keepers, ...kept_from].some((who) => state.lens.has(who));
    const secrets = book.form.secrets!.filter((secret) => state.known.has(secret.since) && ofThem(secret));
    const out = secrets.filter((secret) => isOut(page, secret)).length;
    const so = state.known.whole ? "" : " so far";
    const came = out ? `${out === secrets.length ? "All" : out === 1 ? "One" : out} of them ${out === 1 ? "comes" : "come"} out.` : secrets.length === 1 ? "It is not shown to come out." : "None is shown to come out.";
    const about = secrets.length ? `${counted(secrets.length, "thing")} kept from somebody${so}. ${secrets.length === 1 && out ? "It comes out." : came}` : `Nobody is shown to keep anything from anybody${so}.`;
    element.replaceChildren(headed("Secrets", about), ...secrets.slice(0, FIRST).map((secret) => article(page, secret)));
    if (secrets.length > FIRST) {
      const more = rest(`Show ${counted(secrets.length - FIRST, "more secret")}`, () => more.replaceWith(...secrets.slice(FIRST).map((secret) => article(page, secret))));
      element.append(more);
    }
  };
  return { id: "secrets", title: "Secrets", element, draw };
}

function isOut({ state }: Page, { out_scene, out_since }: SecretForm): boolean {
  return out_scene !== undefined && state.known.has(out_since ?? 0);
}

function article(page: Page, secret: SecretForm): HTMLElement {
  const { book, state } = page;
  const { text, keepers, kept_from, scene, out_scene, sure, why = [] } = secret;
  const out = isOut(page, secret);
  const [start, end] = why;
  const named = (people: number[]) => people.filter((who) => state.known.met(who)).flatMap((who, i, all) => [...(i ? [i === all.length - 1 ? " and " : ", "] : []), person(who, book, state.known)]);
  const [by, from] = [named(keepers), named(kept_from)];
  const became = out && out_scene !== undefined ? ["it comes out in ", sceneLink(book, out_scene)] : [state.known.whole ? "it is not shown to come out" : "it is not out yet"];
  return h(
    `article.secret${out ? ".out" : ""}`,
    {},
    h("h3", {}, ...(by.length ? by : ["Somebody"]), keepers.length > 1 ? " keep it from " : " keeps it from ", ...(from.length ? from : ["others"])),
    h("p.message", {}, text),
    way(page, secret, out),
    h("p.course", {}, ...(scene === undefined ? [] : ["Spoken of in ", sceneLink(book, scene), "; "]), ...became, ". ", sureness(sure ?? 0)),
    start !== undefined && end !== undefined ? h("p.why", {}, quoted(start, end, book), " ", link(start, end, "in the text")) : null,
  );
}

/** A line over the scenes in story order: dark while it is kept, with a ring where it comes out. */
function way(page: Page, { scene, out_scene }: SecretForm, out: boolean): HTMLElement | null {
  const scenes = inStoryOrder(page);
  const places = new Map(scenes.map((told, place) => [told, place]));
  const begins = scene === undefined ? undefined : places.get(scene);
  if (begins === undefined || scenes.length < 2) return null;
  const x = scaleLinear([-0.5, (page.book.form.scenes?.length ?? 1) - 0.5], [0, WIDTH]);
  const ends = out && out_scene !== undefined ? (places.get(out_scene) ?? begins) : scenes.length - 1;
  const y = HEIGHT / 2;
  const drawing = s(
    "svg.kept",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" },
    s("path.floor", { d: `M0 ${y}H${WIDTH}` }),
    s("path.held", { d: `M${x(begins)} ${y}H${x(ends) + (out ? 0 : 4)}` }),
    s("circle.held", { cx: x(begins), cy: y, r: 6 }),
    out ? s("circle.let", { cx: x(ends), cy: y, r: 6.5 }) : null,
  );
  return drawing as unknown as HTMLElement;
}
