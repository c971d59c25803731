/** Who stands how to whom, and who talks with whom: as a net and in words. */

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";

import type { RelationForm } from "./form";
import { counted, h, s } from "./dom";
import { person, quoted, sureness } from "./explain";
import type { Page, View } from "./page";
import { headed, link, rest, roving, sceneLink } from "./page";
import { ink, markPath } from "./voices";

const WIDTH = 960;
const HEIGHT = 580;
/** People in the net: more are not told apart. */
const PEOPLE = 28;
/** Turns of the layout; with these forces nothing moves visibly after some 250. */
const TURNS = 320;
/** Turns in which names that lie over each other are moved apart. */
const ROOM = 120;
/** Conversations drawn: the longest, and each person's longest. More are a thicket. */
const DRAWN = 48;
/** Kinds of relation named on a line; all of them stand below. */
const KINDS = 2;
/** So much of a line's word may lie on other words. */
const COVERED = 0.12;
/** Relations told in words before one asks for all. */
const TOLD = 24;

interface Node extends SimulationNodeDatum {
  who: number;
  radius: number;
}

interface Box {
  x: number;
  y: number;
  wide: number;
  high: number;
}

interface Talk {
  a: number;
  b: number;
  lines: number;
}

export function relationsView(page: Page): View {
  const element = h("section.view.wide");
  let places: Map<number, Node> | null = null;
  let all = false;
  const draw = () => {
    const { book, state } = page;
    places ??= layout(page);
    const relations = (book.form.relations ?? []).filter((relation) => state.known.has(relation.since));
    const talks = talked(page, state.known.limit);
    const parts = [
      ...(book.form.relations ? [counted(relations.length, "relation") + " told"] : []),
      ...(book.form.quotes ? [counted(talks.length, "pair") + " who speak with each other"] : []),
    ];
    element.replaceChildren(headed("Relations", `${parts.join(", ")}${state.known.whole ? "" : ", so far"}.`), net(page, places, relations, talks));
    if (relations.length) element.append(told(page, all ? relations : relations.slice(0, TOLD)));
    const more = () => ((all = true), draw());
    if (!all && relations.length > TOLD) element.append(rest(`All ${relations.length} relations`, more));
    if (talks.length) element.append(conversations(page, talks));
  };
  return { id: "relations", title: "Relations", element, draw };
}

/** How many lines each two have said to each other, up to a place. */
function talked(page: Page, limit: number): Talk[] {
  const { book } = page;
  const pairs = new Map<string, Talk>();
  for (const i of book.voiced) {
    const { who, to, start } = book.quotes[i]!;
    if (start >= limit || who < 0) continue;
    for (const other of to) {
      if (other === who) continue;
      const [a, b] = who < other ? [who, other] : [other, who];
      const pair = pairs.get(`${a} ${b}`) ?? { a, b, lines: 0 };
      pair.lines += 1;
      pairs.set(`${a} ${b}`, pair);
    }
  }
  return [...pairs.values()].sort((x, y) => y.lines - x.lines);
}

/** Where everybody stands, worked out once for the whole story so that nobody moves when the slider does. */
function layout(page: Page): Map<number, Node> {
  const { book } = page;
  const talks = talked(page, book.size);
  const relations = book.form.relations ?? [];
  const weight = new Map<number, number>();
  const add = (who: number, by: number) => weight.set(who, (weight.get(who) ?? 0) + by);
  for (const { a, b, lines } of talks) [a, b].forEach((who) => add(who, lines));
  for (const { a, b } of relations) [a, b].forEach((who) => add(who, 8));
  const chosen = [...weight.entries()].sort((x, y) => y[1] - x[1]).slice(0, PEOPLE);
  const most = Math.max(1, ...chosen.map(([who]) => book.meant[who]!.length));
  const nodes: Node[] = chosen.map(([who]) => ({ who, radius: 5 + 13 * Math.sqrt(book.meant[who]!.length / most) }));
  const here = new Set(nodes.map(({ who }) => who));
  const links = [...talks.map(({ a, b, lines }) => ({ source: a, target: b, pull: Math.min(1, lines / 20) })), ...relations.map(({ a, b }) => ({ source: a, target: b, pull: 0.8 }))].filter(({ source, target }) => here.has(source) && here.has(target) && source !== target);
  forceSimulation(nodes)
    .force("link", forceLink<Node, (typeof links)[number]>(links as never).id((node) => node.who).distance(130).strength((l) => 0.08 + 0.35 * l.pull))
    .force("apart", forceManyBody().strength(-300 - 16 * nodes.length))
    .force("room", forceCollide<Node>((node) => node.radius + Math.max(26, 3 * book.form.people[node.who]!.name.length)))
    .force("x", forceX(WIDTH / 2).strength(0.05))
    .force("y", forceY(HEIGHT / 2).strength(0.11))
    .stop()
    .tick(TURNS);
  fit(nodes, page);
  return new Map(nodes.map((node) => [node.who, node]));
}

/** Stretch the net to the frame, then move apart whose names would lie over each other. */
function fit(nodes: Node[], page: Page): void {
  const edges = (values: number[]) => [Math.min(...values), Math.max(...values)] as const;
  const [left, right] = edges(nodes.map((node) => node.x!));
  const [top, bottom] = edges(nodes.map((node) => node.y!));
  const widths = nodes.map(({ who, radius }) => Math.max(2 * radius, 6.6 * page.book.form.people[who]!.name.length) + 10);
  const bounds = (node: Node, i: number) => {
    node.x = Math.max(widths[i]! / 2, Math.min(WIDTH - widths[i]! / 2, node.x!));
    node.y = Math.max(node.radius + 6, Math.min(HEIGHT - node.radius - 22, node.y!));
  };
  nodes.forEach((node, i) => {
    node.x = right - left < 1 ? WIDTH / 2 : 90 + ((node.x! - left) / (right - left)) * (WIDTH - 180);
    node.y = bottom - top < 1 ? HEIGHT / 2 : 30 + ((node.y! - top) / (bottom - top)) * (HEIGHT - 80);
    bounds(node, i);
  });
  for (let turn = 0; turn < ROOM; turn++) {
    nodes.forEach((a, i) => {
      nodes.slice(i + 1).forEach((b, j) => {
        const wide = (widths[i]! + widths[i + 1 + j]!) / 2 - Math.abs(a.x! - b.x!);
        const high = a.radius + b.radius + 26 - Math.abs(a.y! - b.y!);
        if (wide <= 0 || high <= 0) return;
        const along = wide < high ? "x" : "y";
        const by = (Math.min(wide, high) / 4) * (a[along]! < b[along]! ? -1 : 1);
        a[along] = a[along]! + by;
        b[along] = b[along]! - by;
      });
      bounds(a, i);
    });
  }
}

function net(page: Page, places: Map<number, Node>, relations: RelationForm[], talks: Talk[]): HTMLElement {
  const { state } = page;
  const here = [...places.values()].filter(({ who }) => state.known.met(who));
  if (!here.length) return h("p.none", {}, "Nobody has met anybody yet.");
  const met = (a: number, b: number) => places.has(a) && places.has(b) && state.known.met(a) && state.known.met(b);
  const on = (a: number, b: number) => state.lens.size === 0 || state.lens.has(a) || state.lens.has(b);
  const lines = drawn(talks.filter(({ a, b }) => met(a, b)), state.lens).map(({ a, b, lines }) => {
    const [p, q] = [places.get(a)!, places.get(b)!];
    return s(`path.talk${on(a, b) ? "" : ".off"}`, { d: `M${p.x} ${p.y}L${q.x} ${q.y}`, "stroke-width": (0.5 + Math.log2(1 + lines) * 0.55).toFixed(1) });
  });
  const taken = here.flatMap(({ who, radius, x, y }) => [
    { x: x!, y: y!, wide: 2 * radius + 8, high: 2 * radius + 8 },
    { x: x!, y: y! + radius + 11, wide: 7 * state.known.name(who).length, high: 16 },
  ]);
  const ties = pairs(relations.filter(({ a, b }) => met(a, b))).map(({ a, b, kind }) => {
    const [p, q] = [places.get(a)!, places.get(b)!];
    const off = on(a, b) ? "" : ".off";
    const place = free(p, q, 6.5 * kind.length, taken);
    return [
      s(`path.tie${off}`, { d: `M${p.x} ${p.y}L${q.x} ${q.y}` }),
      place && s(`text.tie${off}`, { x: place[0], y: place[1] + 4, "text-anchor": "middle" }, kind),
    ] as const;
  });
  const drawing = s(
    "svg.net",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": "People and how they stand to each other" },
    ...lines,
    ...ties.map(([path]) => path),
    ...here.map((node) => dot(page, node, relations, talks)),
    ...ties.map(([, words]) => words),
  );
  roving(drawing, "g.dot");
  return h("figure.plot", {}, h("div.scroll", {}, drawing as unknown as HTMLElement), h("figcaption", {}, "A named line is a relation; a plain one, a conversation, the thicker the longer. Where there is no room for the name it stands below. Choose somebody to see only theirs."));
}

/** Relations of the same two as one, with all their kinds. */
function pairs(relations: RelationForm[]): { a: number; b: number; kind: string }[] {
  const found = new Map<string, { a: number; b: number; kinds: Set<string> }>();
  for (const { a, b, kind } of relations) {
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    const pair = found.get(key) ?? { a, b, kinds: new Set<string>() };
    found.set(key, { ...pair, kinds: pair.kinds.add(kind) });
  }
  return [...found.values()].map(({ a, b, kinds }) => ({ a, b, kind: [...kinds].slice(0, KINDS).join(" · ") + (kinds.size > KINDS ? " …" : "") }));
}

/** Where on a line its word covers least of what stands there already; the place is taken then. Null where it would
 * cover what one could not read any more. */
function free(p: Node, q: Node, wide: number, taken: Box[]): [number, number] | null {
  let best: Box = { x: 0, y: 0, wide, high: 15 };
  let least = Infinity;
  for (const part of [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78]) {
    const box = { x: p.x! + part * (q.x! - p.x!), y: p.y! + part * (q.y! - p.y!), wide, high: 15 };
    const covered = taken.reduce((sum, other) => sum + shared(box, other), Math.abs(part - 0.5));
    if (covered < least) [best, least] = [box, covered];
  }
  if (least > COVERED * best.wide * best.high) return null;
  taken.push(best);
  return [best.x, best.y];
}

function shared(a: Box, b: Box): number {
  const wide = (a.wide + b.wide) / 2 - Math.abs(a.x - b.x);
  const high = (a.high + b.high) / 2 - Math.abs(a.y - b.y);
  return wide > 0 && high > 0 ? wide * high : 0;
}

/** The longest conversations, and everybody's longest. */
function drawn(talks: Talk[], lens: Set<number>): Talk[] {
  const had = new Set<number>();
  return talks.filter(({ a, b }, i) => {
    const first = !had.has(a) || !had.has(b);
    had.add(a).add(b);
    return i < DRAWN || first || lens.has(a) || lens.has(b);
  });
}

function dot(page: Page, { who, radius, x, y }: Node, relations: RelationForm[], talks: Talk[]): SVGElement {
  const { book, state } = page;
  const name = state.known.name(who);
  const near = state.lens.size === 0 || state.lens.has(who) || [...relations, ...talks].some(({ a, b }) => (a === who && state.lens.has(b)) || (b === who && state.lens.has(a)));
  const look = () => state.look(who);
  const key = (event: Event) => {
    if (["Enter", " "].includes((event as KeyboardEvent).key)) (event.preventDefault(), look());
  };
  const lines = talks.filter(({ a, b }) => a === who || b === who).reduce((sum, talk) => sum + talk.lines, 0);
  return s(
    `g.dot.${ink(book, who)}${near ? "" : ".off"}`,
    { role: "button", "aria-pressed": state.lens.has(who) ? "true" : "false", "aria-label": `${name}, ${counted(lines, "line")} in conversation`, "data-who": who, transform: `translate(${x} ${y})`, click: look, keydown: key },
    s("circle.halo", { r: radius + 4 }),
    s("path", { d: markPath(book, who), transform: `translate(${-radius} ${-radius}) scale(${radius / 5})` }),
    s(radius < 8 ? "text.minor" : "text", { y: radius + 15, "text-anchor": "middle" }, name),
  );
}

function told(page: Page, relations: RelationForm[]): HTMLElement {
  const { book, state } = page;
  return h(
    "ul.told",
    {},
    ...relations.map(({ a, b, kind, from_scene, until_scene, sure, why }) => {
      const [start, end] = why ?? [];
      return h(
        "li",
        {},
        h("p", {}, person(a, book, state.known), ` ${until_scene !== undefined && state.known.scenes() > until_scene ? "was" : "is"} the ${kind} of `, person(b, book, state.known), ...(from_scene ? [", from ", sceneLink(book, from_scene)] : []), ". ", sureness(sure ?? 0)),
        start !== undefined && end !== undefined ? h("p.why", {}, quoted(start, end, book), " ", link(start, end, "in the text")) : null,
      );
    }),
  );
}

function conversations(page: Page, talks: Talk[]): HTMLElement {
  const { book, state } = page;
  return h(
    "details.list",
    {},
    h("summary", {}, "Who speaks with whom, as a list"),
    h("ul", {}, ...talks.slice(0, 60).map(({ a, b, lines }) => h("li", {}, person(a, book, state.known), " and ", person(b, book, state.known), `: ${counted(lines, "line")}`))),
  );
}
