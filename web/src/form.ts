/** What Python says of a story: the plain form (`exports/page/form.py`) that the page is drawn from. */

export interface Form {
  fabula: string;
  title: string;
  author?: string;
  source: string;
  format: string;
  words: number;
  minutes: number;
  notes?: string[];
  text: string;
  paragraphs: { sizes: number[]; tails: number[]; kinds: string };
  italics: number[];
  people: PersonForm[];
  cast?: boolean;
  chapters?: { start: number; title?: string }[];
  scenes?: SceneForm[];
  entities?: { name: string; type: string; aliases?: string[]; first?: number }[];
  mentions?: {
    steps: number[];
    sizes: number[];
    who: number[];
    forms: string;
    types: string;
    sure: number[];
  };
  quotes?: {
    steps: number[];
    sizes: number[];
    words: number[];
    who: number[];
    to: number[][];
    modes: string;
    cues: (string | null)[];
    depths: number[];
    sure: number[];
    why: number[][];
  };
  orders?: OrderForm[];
  relations?: RelationForm[];
  deaths?: DeathForm[];
  findings?: FindingForm[];
  facts?: FactForm[];
  more_facts?: number;
  possessions?: PossessionForm[];
  knowledge?: KnowledgeForm[];
  secrets?: SecretForm[];
  plans?: PlanForm[];
  reasons?: ReasonForm[];
}

/** What was inferred: how sure that is, and the places that show it as start, end, start, end, … */
export interface Shown {
  sure?: number;
  why?: number[];
}

export interface PersonForm extends Shown {
  name: string;
  names: [string, number][];
  first: number;
  voice: number;
  kind?: string;
  pronouns?: string;
  narrator?: boolean;
}

export interface SceneForm extends Shown {
  start: number;
  end: number;
  order?: number;
  thread?: number;
  frame?: string;
  place?: string;
  place_since?: number;
  time?: string;
  time_since?: number;
  present?: number[];
}

export interface OrderForm extends Shown {
  before: number;
  after: number;
  kind: string;
  since: number;
}

export interface RelationForm extends Shown {
  a: number;
  b: number;
  kind: string;
  since: number;
  from_scene?: number;
  until_scene?: number;
}

export interface DeathForm extends Shown {
  who: number;
  since: number;
  scene?: number;
  told_in?: number;
  undone_in?: number;
}

export interface FindingForm extends Shown {
  key: string;
  kind: string;
  severity: string;
  message: string;
  since: number;
  verdict?: string;
  reason?: string;
}

export interface SecretForm extends Shown {
  text: string;
  keepers: number[];
  kept_from: number[];
  since: number;
  scene?: number;
  out_scene?: number;
  out_since?: number;
}

export interface FactForm extends Shown {
  text: string;
  since: number;
}

export interface PossessionForm extends Shown {
  object: string;
  holder: number;
  since: number;
  from_scene?: number;
  until_scene?: number;
  how?: string;
}

export interface KnowledgeForm extends Shown {
  who: number;
  fact: number;
  how: string;
  since: number;
  scene?: number;
  source?: number;
}

export interface StandsForm {
  kind: string;
  text: string;
  since: number;
  why?: number[];
}

export interface PlanForm extends Shown {
  who: number;
  doer: number;
  kind: string;
  text: string;
  since: number;
  scene?: number;
  outcome?: string;
  outcome_scene?: number;
  outcome_since?: number;
  told?: number[];
  stands?: StandsForm[];
}

export interface ReasonForm extends Shown {
  what: string;
  on: string;
  kind: string;
  since: number;
  scene?: number;
}
