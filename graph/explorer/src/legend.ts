/** What stands around a picture: the caveats above it, always in sight, and the signs below it. */

import type { About, GraphEdge } from "./api";
import { fill, h } from "./dom";
import { edgeSample, nodeSample } from "./filters";
import { FORCE_MARKS } from "./style";
import { t } from "./words";

/** Show whether the text is in force, how profiles are to be handled, and what must be said first. */
export function showNotes(place: HTMLElement, about: About, more: string[]): void {
  const marked = about.marking.map((text) => `${t("marking")}${t("colon")}${text}`);
  const inForce = about.in_force === null ? t("inForceNull") : t(about.in_force ? "inForceTrue" : "inForceFalse");
  const notes = [...new Set([...about.notes, ...more])].filter((note) => !marked.includes(note));
  fill(
    place,
    h("span", { class: "badge" }, `${t("inForce")}${inForce}`),
    marked.map((text) => h("span", { class: "badge marking" }, text)),
    notes.map((note) => h("span", { class: "note" }, note)),
  );
}

/** Show what the signs of a picture mean; only those that it has. */
export function showLegend(
  place: HTMLElement,
  about: About,
  shown: { nodes: { kind: string; force?: string }[]; edges: GraphEdge[] },
  marks: { boxes: boolean; slow: boolean; displaced: boolean; single: boolean },
): void {
  const nodes = new Set(shown.nodes.map((node) => node.kind));
  const edges = new Set(shown.edges.map((edge) => edge.kind));
  const forces = new Set(shown.nodes.filter((node) => node.kind === "norm").map((node) => node.force));
  const sample = (look: string): HTMLElement => h("span", { class: look, "aria-hidden": "true" });
  fill(
    place,
    about.kinds.filter(({ id }) => nodes.has(id)).map(({ id, label }) => h("li", {}, nodeSample(id), label)),
    about.edges.filter(({ id }) => edges.has(id)).map(({ id, label }) => h("li", {}, edgeSample(id), label)),
    about.forces.filter(({ id }) => forces.has(id)).map(({ id, label }) => h("li", {}, `${FORCE_MARKS[id]} ${label}`)),
    marks.boxes && h("li", {}, sample("sample box"), t("boxShort")),
    marks.displaced && h("li", {}, sample("sample displaced"), t("displaced")),
    marks.single && h("li", {}, sample("sample single"), t("points")),
    marks.slow && h("li", {}, sample("sample-line slow-line"), t("slow")),
  );
}
