/** The two orders: as told, from left to right; as it happened, from top to bottom. */

import { GUESSED } from "./book";
import { scaleLinear } from "d3-scale";
import { curveBumpX, line } from "d3-shape";

import type { Book } from "./book";
import { counted, h, listed, s } from "./dom";
import { quoted } from "./explain";
import type { DeathForm, OrderForm } from "./form";
import type { Page, View } from "./page";
import { headed, opening, roving, sceneLink } from "./page";

const WIDTH = 1040;
/** Room at the left for words of time, and where there are none. */
const LEFT = { wide: 176, bare: 96 };
const RIGHT = 24;
const TOP = 46;
/** Height of a scene's row: no more than reads well, no less than can be told apart, all in about one screen. */
const ROW = { most: 34, least: 5, all: 470 };
/** Below this a row has no room for words. */
const WORDS = 15;

const FRAMES: Record<string, string> = {
  memory: "remembered",
  dream: "dreamt",
  letter: "written",
  told: "told by somebody",
  imagined: "imagined",
  vision: "seen in a vision",
};

/** What shows that one scene happened before another, as one would say it. */
const REASONS: Record<string, string> = {
  continues: "it goes on where it broke off",
  memory: "the one looks back",
  tale: "somebody tells it",
  time: "words of time say so",
  date: "the dates say so",
  age: "the ages say so",
  plan: "it is planned in the one and done in the other",
  death: "somebody is dead in the one and alive in the other",
  user: "you have said so",
};

interface Row {
  scene: number;
  rank: number | null;
  x: [number, number];
  y: number;
}

export function ordersView(page: Page): View {
  const element = h("section.view.wide");
  const draw = () => {
    const count = page.state.known.scenes();
    const ranks = ranked(page.book, count);
    element.replaceChildren(headed("Two orders", about(page, ranks)), plot(page, ranks), key(page, count), list(page, ranks));
  };
  return { id: "orders", title: "Two orders", element, draw };
}

/** The place in story time of each scene that is known, counted anew among these; null where it cannot be told. */
export function ranked(book: Book, count: number): (number | null)[] {
  const orders = book.form.scenes!.slice(0, count).map((scene) => scene.order ?? null);
  const places = [...new Set(orders.filter((order) => order !== null))].sort((a, b) => a - b);
  return orders.map((order) => (order === null ? null : places.indexOf(order) + 1));
}

function about(page: Page, ranks: (number | null)[]): string {
  const open = ranks.filter((rank) => rank === null).length;
  let latest = 0;
  let back = 0;
  for (const rank of ranks) {
    if (rank === null) continue;
    if (rank < latest) back++;
    latest = Math.max(latest, rank);
  }
  const so = page.state.known.whole ? "" : ", so far";
  const told = ranks.length === 1 ? "The story is one scene" : back ? `${counted(back, "scene goes", "scenes go")} back in time` : "The scenes are told in the order in which they happen";
  const unknown = open && ranks.length > 1 ? ` Of ${open === 1 ? "one" : open} the place in story time is not known.` : "";
  return `${told}${so}.${unknown}`;
}

function plot(page: Page, ranks: (number | null)[]): HTMLElement {
  const { book } = page;
  const known = Math.max(0, ...ranks.map((rank) => rank ?? 0));
  const row = Math.min(ROW.most, Math.max(ROW.least, ROW.all / Math.max(1, known)));
  const open = ranks.includes(null);
  const floor = TOP + Math.max(1, known) * row;
  const height = floor + (open ? 58 : 16);
  const left = row >= WORDS && book.form.scenes!.some(({ time }) => time) ? LEFT.wide : LEFT.bare;
  const x = scaleLinear([0, book.size], [left, WIDTH - RIGHT]);
  const rows: Row[] = ranks.map((rank, scene) => {
    const { start, end } = book.form.scenes![scene]!;
    const y = rank === null ? floor + 34 : TOP + (rank - 0.5) * row;
    return { scene, rank, x: [x(start), x(Math.min(end, page.state.known.limit))], y };
  });
  const detail = h("p.detail", { "aria-hidden": "true" }, "Point at a scene, or go from one to the next with the arrow keys.");
  const thick = Math.min(13, Math.max(3, row * 0.6));
  const drawing = s(
    "svg.orders",
    { viewBox: `0 0 ${WIDTH} ${height}`, role: "group", "aria-label": "Scenes as told, from left to right, and as they happened, from top to bottom" },
    ...frames(book, rows, floor, open ? floor + 50 : floor),
    ...ruled(page, rows, { row, left, floor, open, x }),
    ...threads(book, rows),
    ...rows.map((at) => scene(page, at, thick, detail)),
  );
  roving(drawing, "a");
  return h("figure.plot", {}, h("div.scroll", {}, drawing as unknown as HTMLElement), detail);
}

/** A band over every scene that is not simply told. */
function frames(book: Book, rows: Row[], floor: number, foot: number): SVGElement[] {
  return rows.flatMap(({ scene, x }) => {
    const frame = book.form.scenes![scene]!.frame ?? "main";
    if (frame === "main") return [];
    const width = Math.max(2, x[1] - x[0]);
    const words = FRAMES[frame] ?? frame;
    return [
      s("rect.frame", { x: x[0], y: TOP - 8, width, height: Math.max(floor, foot) - TOP + 8, "data-frame": frame }),
      ...(width > 6 * words.length ? [s("text.frame", { x: x[0] + width / 2, y: TOP - 13, "text-anchor": "middle" }, words)] : []),
    ];
  });
}

interface Frame {
  row: number;
  left: number;
  floor: number;
  open: boolean;
  x: (place: number) => number;
}

function ruled(page: Page, rows: Row[], { row, left, floor, open, x }: Frame): SVGElement[] {
  const { book, state } = page;
  const chapters = book.form.chapters ?? [];
  const marks = chapters.length > 1 && chapters.length < 80 ? chapters.filter((c) => c.start < state.known.limit) : [];
  const lines = marks.map((c) => s("path.rule", { d: `M${x(c.start)} ${TOP - 8}V${floor}` }));
  const every = Math.ceil(marks.length / 26);
  const numbers = marks.flatMap((c, i) => (i % every ? [] : [s("text.tick", { x: x(c.start) + 3, y: 14 }, i + 1)]));
  const edge = x(state.known.limit);
  const times = row < WORDS ? [] : rows.flatMap(({ scene, rank, y }, i) => {
    const { time, time_since } = book.form.scenes![scene]!;
    if (!time || rank === null || (!state.known.whole && !state.known.has(time_since ?? 0))) return [];
    if (rows.some((other, j) => j < i && other.rank === rank)) return [];
    return [s("text.time", { x: left - 14, y: y + 4, "text-anchor": "end" }, time.length > 22 ? `${time.slice(0, 21)}…` : time)];
  });
  return [
    ...lines,
    ...numbers,
    ...times,
    s("text.axis", { x: left, y: marks.length ? 30 : 18 }, marks.length ? "chapters as told →" : "as told →"),
    s("text.axis", { x: left - 14, y: marks.length ? 30 : 18, "text-anchor": "end" }, "story time ↓"),
    s("path.axis", { d: `M${left - 6} ${TOP - 8}V${floor}` }),
    ...(open ? [s("path.open", { d: `M${left - 6} ${floor + 12}H${WIDTH - RIGHT}` }), s("text.time", { x: left - 14, y: floor + 38, "text-anchor": "end" }, "when is open")] : []),
    ...(state.known.whole ? [] : [s("rect.unknown", { x: edge, y: TOP - 8, width: WIDTH - RIGHT - edge, height: floor - TOP + 8 }), s("text.axis", { x: Math.min(edge + 8, WIDTH - 120), y: TOP + 10 }, "not read yet")]),
  ];
}

/** For each story line, a line through its scenes in the order of telling. */
function threads(book: Book, rows: Row[]): SVGElement[] {
  const lines = new Map<number, Row[]>();
  for (const row of rows) {
    const thread = book.form.scenes![row.scene]!.thread ?? 0;
    if (row.rank !== null) lines.set(thread, [...(lines.get(thread) ?? []), row]);
  }
  const path = line<[number, number]>().curve(curveBumpX);
  return [...lines.entries()].flatMap(([thread, scenes], i) => {
    const joins = scenes.slice(1).map((next, j) => path([[scenes[j]!.x[1], scenes[j]!.y], [next.x[0], next.y]])!);
    return joins.length ? [s(`path.thread.line-${i % 6}`, { d: joins.join(""), "data-thread": thread })] : [];
  });
}

function scene(page: Page, { scene, rank, x, y }: Row, thick: number, detail: HTMLElement): SVGElement {
  const { book, state } = page;
  const number = lineOf(book, scene);
  const width = Math.max(3, x[1] - x[0] - 1);
  const words = told(page, scene, rank);
  const seen = state.lens.size === 0 || state.known.present(scene).some((who) => state.lens.has(who));
  const show = () => detail.replaceChildren(h("b", {}, `Scene ${scene + 1}`), `, ${words}. `, h("i", {}, opening(book, scene)), ...reasons(page, scene).slice(0, 3));
  return s(
    `a.scene.line-${number}${rank === null ? ".open" : ""}${seen ? "" : ".off"}`,
    { href: `#scene-${scene}`, "aria-label": `Scene ${scene + 1}, ${words}`, pointerenter: show, focus: show },
    s("rect.hit", { x: x[0] - 2, y: y - Math.max(12, thick), width: Math.max(10, width + 4), height: Math.max(24, thick * 2) }),
    s("rect.told", { x: x[0], y: y - thick / 2, width, height: thick, rx: Math.min(3, thick / 2) }),
    deaths(page, scene).length ? s("text.death", { x: x[0] + width + 3, y: y + 5 }, "†") : null,
  );
}

/** Who dies in a scene or, where the dying is not shown, is first said there to be dead; guesses have no mark. */
function deaths({ book, state }: Page, scene: number): DeathForm[] {
  return (book.form.deaths ?? []).filter((death) => (death.scene ?? death.told_in) === scene && (death.sure ?? 0) >= GUESSED && state.known.has(death.since));
}

/** What shows where a scene stands in story time, each with the words that do. */
function reasons({ book, state }: Page, scene: number): HTMLElement[] {
  const known = (order: OrderForm) => state.known.has(order.since) && Math.max(order.before, order.after) < state.known.scenes();
  const edges = (book.form.orders ?? []).filter((order) => (order.before === scene || order.after === scene) && known(order));
  return edges.map(({ before, after, kind, why = [] }) => {
    const words = [];
    for (let i = 0; i < why.length && i < 4; i += 2) words.push(" ", quoted(why[i]!, why[i + 1]!, book, 24));
    const other = before === scene ? after : before;
    const when = kind === "meanwhile" ? "At the same time as" : before === scene ? "Before" : "After";
    const reason = REASONS[kind];
    return h("span.reason", {}, `${when} scene ${other + 1}${reason ? `: ${reason}` : ""}${words.length ? ":" : "."}`, ...words);
  });
}

/** What is known of a scene, in a few words. */
function told(page: Page, scene: number, rank: number | null): string {
  const { book, state } = page;
  const { frame } = book.form.scenes![scene]!;
  const present = state.known.present(scene).map((who) => state.known.name(who));
  const words = [
    rank === null ? "its place in story time is not known" : `happens ${nth(rank)}`,
    ...(frame && frame !== "main" ? [FRAMES[frame] ?? frame] : []),
    ...state.known.setting(scene),
    ...deaths(page, scene).map(({ who, scene, undone_in }) => `† ${state.known.name(who)} ${scene === undefined ? "is said to be dead" : "dies"}${undone_in !== undefined && undone_in < state.known.scenes() ? ", wrongly" : ""}`),
    ...(present.length ? [listed(present.slice(0, 6)) + (present.length > 6 ? " and others" : "")] : []),
  ];
  return words.join(" · ");
}

function lineOf(book: Book, scene: number): number {
  const threads = [...new Set(book.form.scenes!.map((scene) => scene.thread ?? 0))];
  return Math.max(0, threads.indexOf(book.form.scenes![scene]!.thread ?? 0)) % 6;
}

function key(page: Page, count: number): HTMLElement {
  const scenes = page.book.form.scenes!.slice(0, count);
  const threads = [...new Set(scenes.map((scene) => scene.thread ?? 0))];
  const frames = [...new Set(scenes.map((scene) => scene.frame ?? "main"))].filter((frame) => frame !== "main");
  const items = threads.length > 1 ? threads.map((_, i) => h(`li.line-${i % 6}`, {}, h("span.swatch"), h("span", {}, `story line ${i + 1}`, ...company(page, scenes.length, threads[i]!)))) : [];
  items.push(...frames.map((frame) => h("li", {}, h("span.swatch.frame", { "data-frame": frame }), FRAMES[frame] ?? frame)));
  if (scenes.some((scene) => scene.order === undefined)) items.push(h("li", {}, h("span.swatch.open"), "place in story time not known"));
  if (scenes.some((_, scene) => deaths(page, scene).length)) items.push(h("li", {}, "† somebody dies, or is said to be dead"));
  return h("ul.key", { "aria-label": "What the marks mean", hidden: items.length === 0 }, ...items);
}

/** Those who are there most often in the scenes of a story line: by them one knows it. */
function company({ book, state }: Page, count: number, thread: number): string[] {
  const there = new Map<number, number>();
  book.form.scenes!.slice(0, count).forEach((scene, i) => {
    if ((scene.thread ?? 0) === thread) for (const who of state.known.present(i)) there.set(who, (there.get(who) ?? 0) + 1);
  });
  const most = [...there].sort((a, b) => b[1] - a[1]).slice(0, 2).map(([who]) => state.known.name(who));
  return most.length ? [`: ${listed(most)}`] : [];
}

function list(page: Page, ranks: (number | null)[]): HTMLElement {
  const order = ranks.map((rank, scene) => ({ rank, scene })).sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || a.scene - b.scene);
  return h(
    "details.list",
    {},
    h("summary", {}, "As a list, in the order in which it happened"),
    h("ol", {}, ...order.map(({ rank, scene }) => h("li", { value: rank ?? undefined }, sceneLink(page.book, scene, `scene ${scene + 1}`), `: ${told(page, scene, rank)}. `, h("i", {}, opening(page.book, scene)), ...reasons(page, scene)))),
  );
}

function nth(number: number): string {
  const rule = new Intl.PluralRules("en", { type: "ordinal" }).select(number);
  return number + { one: "st", two: "nd", few: "rd", other: "th", zero: "th", many: "th" }[rule];
}
