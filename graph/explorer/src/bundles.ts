/** Edges of one kind between the same two nodes are drawn as one; filters look at each. */

import type { Filtered, GraphEdge, GraphNode, Scene } from "./api";
import type { State } from "./state";

export interface Bundle {
  id: string;
  kind: string;
  source: string;
  target: string;
  label: string;
  slow: boolean;
  edges: GraphEdge[];
}

type Filters = Pick<State, "hidden" | "section" | "force" | "lane">;

/** Say whether a section is another one or a part of it: 3(1)① is in 3(1) and in 3. */
export function inSection(section: string, wanted: string): boolean {
  const rest = section.slice(wanted.length);
  return section.startsWith(wanted) && !/^\d/.test(rest);
}

function passes(one: Filtered, filters: Filters): boolean {
  if (filters.section && one.section && !inSection(one.section, filters.section)) return false;
  if (filters.force && one.force && one.force !== filters.force) return false;
  return !(filters.lane && one.lane && one.lane !== filters.lane);
}

/** Return what of a scene passes the filters; nodes that lose all their edges go, the centre stays. */
export function filtered(scene: Scene, filters: Filters): { nodes: GraphNode[]; edges: GraphEdge[] } {
  const hidden = new Set(filters.hidden);
  const shown = new Map(
    scene.nodes
      .filter((node) => node.id === scene.centre || (!hidden.has(`node:${node.kind}`) && passes(node, filters)))
      .map((node) => [node.id, node]),
  );
  let edges = scene.edges.filter(
    (edge) =>
      !hidden.has(`edge:${edge.kind}`) &&
      passes(edge, filters) &&
      shown.has(edge.source) &&
      shown.has(edge.target),
  );
  // What stands for a route is of interest only with the norms that it brings.
  const emptied = new Set([...shown.values()].filter((node) => node.kind === "way").map((node) => node.id));
  for (const edge of edges) emptied.delete(edge.source);
  edges = edges.filter((edge) => !emptied.has(edge.target));
  const alone = new Set(scene.edges.flatMap((edge) => [edge.source, edge.target]));
  for (const edge of edges) {
    alone.delete(edge.source);
    alone.delete(edge.target);
  }
  const nodes = [...shown.values()].filter((node) => node.id === scene.centre || !alone.has(node.id));
  return { nodes, edges };
}

/** Return edges put together by kind and ends, in their order. */
export function bundled(edges: GraphEdge[]): Bundle[] {
  const found = new Map<string, Bundle>();
  for (const edge of edges) {
    const id = `${edge.kind} ${edge.source} ${edge.target}`;
    const { kind, source, target } = edge;
    const bundle = found.get(id) ?? { id, kind, source, target, label: "", slow: true, edges: [] };
    bundle.edges.push(edge);
    bundle.slow = bundle.slow && edge.slow === true;
    found.set(id, bundle);
  }
  for (const bundle of found.values()) {
    const labels = [...new Set(bundle.edges.map((edge) => edge.label))];
    const count = bundle.edges.length > 1 ? ` ×${bundle.edges.length}` : "";
    bundle.label = labels.join("・") + count;
  }
  return [...found.values()];
}
