/**
 * Nodes that have the same ties to the same others are put in one box, and a line at the box stands
 * for one at each node inside: sixty lines become three, and none of them hides another.
 */

import type { GraphNode } from "./api";
import type { Bundle } from "./bundles";

/** A node, or the box of several. */
export interface Unit {
  id: string;
  members: GraphNode[];
}

export interface Grouped {
  units: Unit[];
  bundles: Bundle[];
}

const FEWEST = 4;

/** Return the units of a picture and the bundles between them; the centre is never in a box. */
export function grouped(nodes: GraphNode[], bundles: Bundle[], centre: string): Grouped {
  const ties = new Map<string, string[]>();
  const tie = (id: string, text: string): void => void ties.set(id, [...(ties.get(id) ?? []), text]);
  for (const { kind, label, slow, source, target } of bundles) {
    tie(source, `${kind} ${label} ${slow} > ${target}`);
    tie(target, `${kind} ${label} ${slow} < ${source}`);
  }
  const alike = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    const own = ties.get(node.id);
    const { kind, layer, absent, single } = node;
    const signature =
      node.id === centre || kind === "way" || !own
        ? node.id
        : JSON.stringify([kind, layer, absent, single, own.sort()]);
    alike.set(signature, [...(alike.get(signature) ?? []), node]);
  }
  const units: Unit[] = [];
  const unitOf = new Map<string, string>();
  for (const members of alike.values()) {
    const box = members.length >= FEWEST;
    if (box) units.push({ id: `box:${members.length} ${members[0]!.id}`, members });
    else units.push(...members.map((member) => ({ id: member.id, members: [member] })));
    for (const member of members) unitOf.set(member.id, box ? units.at(-1)!.id : member.id);
  }
  const joined = new Map<string, Bundle>();
  for (const bundle of bundles) {
    const [source, target] = [unitOf.get(bundle.source)!, unitOf.get(bundle.target)!];
    const id = `${bundle.kind} ${source} ${target}`;
    const found = joined.get(id);
    if (found) found.edges = [...found.edges, ...bundle.edges];
    else joined.set(id, { ...bundle, id, source, target });
  }
  return { units, bundles: [...joined.values()] };
}
