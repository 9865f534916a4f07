/** What of a scene becomes nodes, boxes and edges of the picture, with their words and sizes. */

import type { ElementDefinition } from "cytoscape";
import type { GraphEdge, GraphNode, Scene } from "./api";
import { bundled, type Bundle } from "./bundles";
import { grouped, type Unit } from "./groups";
import { gridded, type Box, type Places } from "./layers";
import { fitted, width } from "./measure";
import { FORCE_MARKS } from "./style";

/** With more edges than this, lines are labelled only where one points at them. */
const LABELLED = 45;

const PADDING = 10;

/** How high the boxes of one layer may be together. */
const HIGH = 540;

export interface Drawing {
  units: Unit[];
  bundles: Map<string, Bundle>;
  /** Each unit as one box, for the layout. */
  boxes: Box[];
  /** The places of a box's members around its middle. */
  inside: Map<string, Places>;
  labels: Map<string, Label>;
  nodes: ElementDefinition[];
  edges: ElementDefinition[];
}

/** Where the label of an edge stands: in the middle, or at the end that is not the centre. */
export interface Label {
  shown?: string;
  atSource?: string;
  atTarget?: string;
  offset?: number;
  /** How much room the labels at that end need. */
  needs?: number;
}

/** Return the elements of a picture. */
export function drawing(scene: Scene, shown: { nodes: GraphNode[]; edges: GraphEdge[] }): Drawing {
  const { units, bundles } = grouped(shown.nodes, bundled(shown.edges), scene.centre ?? "");
  const labels = labelled(bundles, scene.centre ?? "");
  const order = new Map(shown.nodes.map((node, place) => [node.id, place]));
  const displaced = displacedNodes(shown.edges);
  const sharing = new Map<number, number>();
  for (const { members } of units)
    if (members.length > 1) sharing.set(members[0]!.layer ?? 0, (sharing.get(members[0]!.layer ?? 0) ?? 0) + 1);
  const boxes: Box[] = [];
  const inside = new Map<string, Places>();
  const nodes: ElementDefinition[] = [];
  for (const unit of units) {
    const members = unit.members
      .map((node) => nodeData(node, scene, order.get(node.id) ?? 0, displaced.has(node.id)))
      .sort((a, b) => a.sort.localeCompare(b.sort, "ja"));
    const [first] = members;
    if (!first) continue;
    if (members.length === 1) {
      boxes.push(first);
      nodes.push({ group: "nodes", data: first });
      continue;
    }
    const grid = gridded(members, HIGH / (sharing.get(first.layer) ?? 1));
    inside.set(unit.id, grid.places);
    const size = { width: grid.width + 2 * PADDING, height: grid.height + 2 * PADDING };
    boxes.push({ id: unit.id, layer: first.layer, sort: first.sort, ...size });
    nodes.push({ group: "nodes", data: { id: unit.id, box: true, tip: "", count: members.length } });
    for (const data of members) nodes.push({ group: "nodes", data: { ...data, parent: unit.id } });
  }
  const edges = bundles.map((bundle) => ({
    group: "edges" as const,
    data: { ...edgeData(bundle), ...labels.get(bundle.id) },
  }));
  return { units, bundles: new Map(bundles.map((one) => [one.id, one])), boxes, inside, labels, nodes, edges };
}

function nodeData(node: GraphNode, scene: Scene, place: number, displaced: boolean) {
  const mark = node.kind === "norm" && node.force ? `${FORCE_MARKS[node.force] ?? ""} ` : "";
  return {
    id: node.id,
    kind: node.kind,
    layer: node.layer ?? 0,
    // Norms keep the order of the guideline.
    sort: node.kind === "norm" || node.kind === "way" ? String(place).padStart(5, "0") : node.label,
    absent: node.absent ?? false,
    single: node.single ?? false,
    centre: node.id === scene.centre,
    displaced,
    tip: [node.label, node.hint].filter(Boolean).join("\n"),
    ...fitted(mark + node.label),
  };
}

/** Return the norms whose every way to the centre gives way to a norm of its own. */
function displacedNodes(edges: GraphEdge[]): Set<string> {
  const norms = edges.filter((edge) => edge.displaced !== undefined);
  const standing = new Set(norms.filter((edge) => !edge.displaced).map((edge) => edge.target));
  return new Set(norms.map((edge) => edge.target).filter((id) => !standing.has(id)));
}

function edgeData({ id, source, target, kind, label, slow, edges }: Bundle): Record<string, unknown> {
  const said = edges.map((edge) => [edge.label, edge.norm, edge.statement].filter(Boolean).join(" "));
  const tips = [...new Set(said)];
  const tip = [...tips.slice(0, 6), ...(tips.length > 6 ? ["…"] : [])].join("\n");
  return { id, source, target, kind, label, slow, tip };
}

/**
 * Label the reporting lines. Those of the centre are labelled at their other end, one behind the
 * other, as all of them meet at the centre.
 */
function labelled(bundles: Bundle[], centre: string): Map<string, Label> {
  const labels = new Map<string, Label>();
  if (bundles.length > LABELLED) return labels;
  const used = new Map<string, number>();
  for (const { id, kind, source, target, label } of bundles) {
    if (kind !== "reports") continue;
    if (source !== centre && target !== centre) {
      labels.set(id, { shown: label, needs: width(label, 11) + 30 });
      continue;
    }
    const other = source === centre ? target : source;
    const before = used.get(other) ?? 16;
    const long = width(label, 11);
    const needs = before + long + 12;
    used.set(other, needs);
    labels.set(id, {
      [source === centre ? "atTarget" : "atSource"]: label,
      offset: before + long / 2,
      needs: needs + 16,
    });
  }
  return labels;
}
