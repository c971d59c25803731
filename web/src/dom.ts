/** Making elements of the page: always from words and values, never from markup. */

type Value = string | number | boolean | null | undefined | EventListener;
type Child = Node | string | number | null | undefined | false;

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element: `h("a.name", {href: "#cast"}, "Cast")`. Functions are listeners; null and false say nothing. */
export function h<T extends HTMLElement = HTMLElement>(
  name: string,
  attributes: Record<string, Value> = {},
  ...children: (Child | Child[])[]
): T {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag!);
  if (classes.length) element.className = classes.join(" ");
  return filled(element, attributes, children) as T;
}

/** The same for a drawing. */
export function s(name: string, attributes: Record<string, Value> = {}, ...children: (Child | Child[])[]): SVGElement {
  const [tag, ...classes] = name.split(".");
  const element = document.createElementNS(SVG, tag!) as SVGElement;
  if (classes.length) element.setAttribute("class", classes.join(" "));
  return filled(element, attributes, children) as SVGElement;
}

function filled(element: Element, attributes: Record<string, Value>, children: (Child | Child[])[]): Element {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(typeof child === "number" ? String(child) : child);
  }
  return element;
}

/** The element of the shell with this id. */
export function part<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

const number = new Intl.NumberFormat("en");

/** "1,571" */
export function many(count: number): string {
  return number.format(count);
}

/** "1 line", "12 lines"; the plural is the singular with an s unless given. */
export function counted(count: number, one: string, more = `${one}s`): string {
  return `${many(count)} ${count === 1 ? one : more}`;
}

/** "Ann, Bea and Cy" */
export function listed(names: string[], last = "and"): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;
}

/** Do it once, before the next picture, however often it is asked for. */
export function soon(job: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      job();
    });
  };
}

/** Whether the reader has asked for less movement. */
export function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
