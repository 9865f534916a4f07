/** The data of the server, as `kijun.explorer_api` describes it. */

import type { Lang } from "./words";

export interface Choice {
  id: string;
  label: string;
}

export interface About {
  day: string;
  lang: Lang;
  in_force: boolean | null;
  notes: string[];
  marking: string[];
  profiles: number;
  days: Choice[];
  kinds: Choice[];
  edges: Choice[];
  sections: Choice[];
  forces: Choice[];
  lanes: Choice[];
  topics: Choice[];
}

export interface Hit {
  id: string;
  kind: string;
  label: string;
  matched: string | null;
  hint: string | null;
  absent: boolean;
}

/** What filters look at, on nodes and on edges. */
export interface Filtered {
  section?: string;
  force?: string;
  lane?: string | null;
}

export interface GraphNode extends Filtered {
  id: string;
  kind: string;
  label: string;
  hint?: string | null;
  absent?: boolean;
  single?: boolean;
  /** Its place from left to right; without one the picture is laid out freely. */
  layer?: number;
}

export type Offer = Record<string, string>;

export interface GraphEdge extends Filtered {
  id: string;
  kind: string;
  source: string;
  target: string;
  link: string;
  label: string;
  facts: [string, string][];
  why?: Offer | null;
  norm?: string;
  norm_id?: string;
  sentence?: number;
  statement?: string;
  timing?: string | null;
  about?: string | null;
  interpretation?: string | null;
  text?: string | null;
  reading?: boolean;
  displaced?: boolean;
  slow?: boolean;
}

export interface Left {
  kind: string;
  way: "forth" | "back";
  label: string;
  count: number;
}

export interface RouteFound {
  about: string;
  lane: string | null;
  length: number;
  legs: (string | null)[];
  points: string[];
}

export interface Scene {
  nodes: GraphNode[];
  edges: GraphEdge[];
  missing: number;
  centre?: string | null;
  notes: string[];
  left?: Left[];
  routes?: RouteFound[];
}

export interface Fact {
  of: string;
  label: string;
  values: { text: string; id?: string; href?: string }[];
  more: number;
}

export interface Dossier {
  id: string;
  iri: string;
  kind: string;
  label: string;
  facts: Fact[];
  relations: Left[];
  notes: string[];
  norm?: string;
  section?: string;
  sentence?: number;
  sentence_id?: string;
  force?: string;
  statement?: string;
  phrase?: string;
  interpretation?: string | null;
  /** What a hole's row says beside. */
  told?: [string, string][];
}

export interface ProofNode {
  statement: string;
  rule: string | null;
  rule_in_words: string | null;
  source: string | null;
  interpretation: string | null;
  holds: boolean;
  premises: ProofNode[];
}

export interface Proof {
  rows: ProofNode[];
  notes: string[];
}

export interface Question {
  id: string;
  section: string;
  summary: string;
  description: string;
  parameters: string[];
  query: string;
}

/** Day and language, which every request says. */
export interface Setting {
  day: string;
  lang: Lang;
}

/** Ask the server; an error is the sentence that it gives. */
export async function ask<T>(
  path: string,
  parameters: Record<string, string | undefined>,
  setting: Setting,
  signal?: AbortSignal,
): Promise<T> {
  const given = Object.entries({ ...parameters, day: setting.day, lang: setting.lang });
  const query = new URLSearchParams(given.filter((pair): pair is [string, string] => !!pair[1]));
  const answer = await fetch(`/api/${path}?${query}`, signal ? { signal } : {});
  const type = answer.headers.get("content-type") ?? "";
  if (!type.startsWith("application/json")) throw new Error((await answer.text()).trim());
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.error);
  return found as T;
}
