/** Asking the desk: one clear line comes back from it, or from here where the desk is gone. */

export interface Refusal {
  error: string;
  unknown?: boolean;
}

/** What the desk answers, or why it does not. Addresses are relative: the secret is in that of this page. */
export async function ask<T>(address: string, asked?: unknown): Promise<T | Refusal> {
  const given: RequestInit = asked === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(asked) };
  return answered<T>(fetch(address, given));
}

export async function answered<T>(asked: Promise<Response>): Promise<T | Refusal> {
  try {
    const answer = await asked;
    return (await answer.json()) as T | Refusal;
  } catch {
    return { error: "The desk does not answer. Is `fabula desk` still running? Nothing was lost: what was said before is written." };
  }
}

export function refused(answer: unknown): answer is Refusal {
  return typeof answer === "object" && answer !== null && "error" in answer && typeof answer.error === "string";
}

export interface Told {
  what: "state" | "reading" | "ready" | "failed";
  book: string;
  name?: string;
  number?: number;
  stage?: string;
  done?: number;
  whole?: number;
  error?: string | null;
  busy?: { stage: string; done: number; whole: number } | null;
}

/** Hear what happens on the desk, and whether it is still there. */
export function listen(address: string, hear: (told: Told) => void, there: (is: boolean) => void): void {
  const events = new EventSource(address);
  events.addEventListener("message", (event) => hear(JSON.parse(event.data as string) as Told));
  events.addEventListener("open", () => there(true));
  events.addEventListener("error", () => there(false));
  addEventListener("pagehide", () => events.close());
}

/** How far a reading is, in words, and as a part of one where that is known. */
export function far({ stage, done = 0, whole = 0 }: { stage?: string; done?: number; whole?: number }): [string, number | null] {
  if (stage === "waiting") return ["Waiting for the reader …", null];
  const counted = stage === "every word in its place" && whole > STAGES;
  return [`Reading: ${stage ?? ""} …`, counted ? done / whole : null];
}

/** So many stages a reading has; a stage that counts more than these counts its own work. */
const STAGES = 10;
