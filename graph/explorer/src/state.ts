/** What is shown, as the address bar holds it: everything after `#`, so that it can be shared. */

import type { Lang } from "./words";

export const VIEWS = ["start", "near", "lines", "duties", "boundary", "route", "holes"] as const;
export type View = (typeof VIEWS)[number];

export interface State {
  view: View;
  /** The thing at the centre; of a route, where it begins. */
  of: string;
  /** Where a route ends, and what it is about. */
  to: string;
  about: string;
  /** What was grown: things, or things with a relation (`id:x/y|inherits>back`). */
  grown: string[];
  /** The node or edge that is picked. */
  picked: string;
  /** Kinds of nodes and edges that are hidden (`node:law`, `edge:founded`). */
  hidden: string[];
  section: string;
  force: string;
  lane: string;
  mode: "picture" | "table";
  day: string;
  lang: Lang;
}

export const FIRST: State = {
  view: "start",
  of: "",
  to: "",
  about: "",
  grown: [],
  picked: "",
  hidden: [],
  section: "",
  force: "",
  lane: "",
  mode: "picture",
  day: "",
  lang: "ja",
};

/** Read a state from the part of an address after `#`; what makes no sense is left as it is at first. */
export function read(hash: string): State {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const state: State = { ...FIRST };
  const text = (name: string): string => (given.get(name) ?? "").slice(0, 500);
  for (const name of ["of", "to", "about", "picked", "section", "force", "lane", "day"] as const)
    state[name] = text(name);
  for (const name of ["grown", "hidden"] as const) state[name] = given.getAll(name).slice(0, 50);
  const view = VIEWS.find((one) => one === text("view"));
  if (view) state.view = view;
  if (text("mode") === "table") state.mode = "table";
  if (text("lang") === "en") state.lang = "en";
  return state;
}

/** Write a state for an address: only what is not as it is at first. */
export function write(state: State): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(state)) {
    const first = FIRST[name as keyof State];
    for (const one of Array.isArray(value) ? value : value === first ? [] : [value])
      parts.push(`${name}=${encodeURIComponent(one).replace(/%(3A|2F|7C|3E|2C)/g, decodeURIComponent)}`);
  }
  return parts.length ? `#${parts.join("&")}` : "#";
}

/** Say whether two states need the same data. */
export function sameScene(a: State, b: State): boolean {
  const keys = ["view", "of", "to", "about", "day", "lang"] as const;
  return keys.every((key) => a[key] === b[key]) && a.grown.join(" ") === b.grown.join(" ");
}

/** Say whether a thing is of one of some kinds, by its id. */
export function isKind(id: string, ...kinds: string[]): boolean {
  const kind = id.startsWith("kijun:") ? "class" : /^(?:id:|urn:kijun:local:)([a-z]+)\//.exec(id)?.[1];
  return kind !== undefined && kinds.includes(kind);
}
