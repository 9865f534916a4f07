/** The filters beside the picture: kinds of nodes and edges, section, force, lane. */

import type { About, Choice, Scene } from "./api";
import { fill, h } from "./dom";
import type { State } from "./state";
import { EDGES, NODES, PLAIN } from "./style";
import { t } from "./words";

/** Show the filters for what a scene holds; `change` takes what of the state becomes different. */
export function showFilters(
  place: HTMLElement,
  about: About,
  scene: Scene,
  state: State,
  change: (to: Partial<State>) => void,
): void {
  const hidden = new Set(state.hidden);
  const toggle = (key: string, on: boolean): void => {
    const left = new Set(hidden);
    if (on) left.delete(key);
    else left.add(key);
    change({ hidden: [...left] });
  };
  const counts = (items: { kind: string }[]): Map<string, number> => {
    const found = new Map<string, number>();
    for (const { kind } of items) found.set(kind, (found.get(kind) ?? 0) + 1);
    return found;
  };
  const boxes = (of: "node" | "edge", choices: Choice[], found: Map<string, number>): HTMLElement[] =>
    choices
      .filter(({ id }) => found.has(id) || hidden.has(`${of}:${id}`))
      .map(({ id, label }) => {
        const key = `${of}:${id}`;
        return h(
          "label",
          { class: "check" },
          h("input", {
            type: "checkbox",
            checked: !hidden.has(key),
            "data-filter": key,
            onchange: (event) => toggle(key, (event.target as HTMLInputElement).checked),
          }),
          of === "node" ? nodeSample(id) : edgeSample(id),
          h("span", {}, label),
          h("span", { class: "count" }, String(found.get(id) ?? 0)),
        );
      });
  const choice = (name: "section" | "force" | "lane", choices: Choice[]): HTMLElement =>
    h(
      "label",
      { class: "field" },
      h("span", {}, t(name)),
      select(name, [{ id: "", label: t("all") }, ...choices], state[name], (value) => change({ [name]: value })),
    );
  const active = state.hidden.length > 0 || !!(state.section || state.force || state.lane);
  fill(
    place,
    choice("section", about.sections),
    choice("force", about.forces),
    choice("lane", about.lanes),
    h("fieldset", {}, h("legend", {}, t("nodeKinds")), boxes("node", about.kinds, counts(scene.nodes))),
    h("fieldset", {}, h("legend", {}, t("edgeKinds")), boxes("edge", about.edges, counts(scene.edges))),
    active &&
      h(
        "button",
        { type: "button", class: "reset", onclick: () => change({ hidden: [], section: "", force: "", lane: "" }) },
        t("reset"),
      ),
  );
}

/** Make a select-menu whose choice is told. */
export function select(
  name: string,
  choices: Choice[],
  chosen: string,
  change: (value: string) => void,
): HTMLSelectElement {
  return h(
    "select",
    { name, onchange: (event) => change((event.target as HTMLSelectElement).value) },
    choices.map(({ id, label }) => h("option", { value: id, selected: id === chosen }, label)),
  );
}

/** A small sample of how a kind of node looks. */
export function nodeSample(kind: string): HTMLElement {
  const look = NODES[kind] ?? NODES["article"]!;
  const sample = h("span", { class: "sample", "aria-hidden": "true" });
  sample.style.background = look.fill;
  sample.style.border = `${look.line === "double" ? 3 : 1.5}px ${look.line} ${look.border}`;
  if (look.shape === "round-rectangle") sample.style.borderRadius = "4px";
  return sample;
}

/** A small sample of how a kind of edge looks. */
export function edgeSample(kind: string): HTMLElement {
  const { colour, line, width } = EDGES[kind] ?? PLAIN;
  const sample = h("span", { class: "sample-line", "aria-hidden": "true" });
  sample.style.borderTop = `${Math.max(width, 1.5)}px ${line} ${colour}`;
  return sample;
}
