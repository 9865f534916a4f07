/** The picture itself: where everything stands, and what pointer and keys do to it. */

import cytoscape, { type Core } from "cytoscape";
import type { GraphEdge, GraphNode, Scene } from "./api";
import type { Bundle } from "./bundles";
import { detours, touching } from "./detours";
import { drawing, type Drawing } from "./elements";
import type { Unit } from "./groups";
import { layered, type Places } from "./layers";
import { STYLE } from "./style";

export interface Listener {
  /** A node, a box or an edge was picked (its id), or nothing. */
  picked(id: string): void;
  /** The picture should grow around a node. */
  grow(id: string): void;
  /** The pointer is on something: what to say of it, and where. */
  hover(text: string, x: number, y: number): void;
}

const NOTHING: Drawing = {
  ...{ units: [], bundles: new Map(), boxes: [], inside: new Map(), labels: new Map() },
  ...{ nodes: [], edges: [] },
};

/** Below the first zoom a whole picture would be too small to read, and opens at the second. */
const LEGIBLE = 0.4;
const READABLE = 0.54;

/** Return the pan that brings a place to the middle of the room, leaving no more of it empty than needs be. */
function pan(place: number, low: number, high: number, room: number): number {
  const half = room / READABLE / 2 - 24;
  const middle =
    high - low < 2 * half ? (low + high) / 2 : Math.min(Math.max(place, low + half), high - half);
  return room / 2 - middle * READABLE;
}

export class Picture {
  private readonly cy: Core;
  private drawn = NOTHING;
  private middles: Places = new Map();
  private moved = false;
  private lastTap = { id: "", at: 0 };

  constructor(
    private readonly place: HTMLElement,
    private readonly listener: Listener,
  ) {
    this.cy = cytoscape({
      container: place,
      style: STYLE,
      minZoom: 0.08,
      maxZoom: 3,
      boxSelectionEnabled: false,
      autounselectify: true,
    });
    this.listen();
    new ResizeObserver(() => this.resize()).observe(place);
  }

  /** Draw what is shown of a scene; what is drawn already stays where it is if `keep`. */
  draw(scene: Scene, shown: { nodes: GraphNode[]; edges: GraphEdge[] }, keep: boolean): void {
    this.drawn = drawing(scene, shown);
    const { units, boxes } = this.drawn;
    const ties = [...this.drawn.bundles.values()];
    const same = keep && units.every(({ id }) => this.middles.has(id));
    if (!same) this.middles = this.inLayers();
    this.cy.batch(() => {
      this.cy.elements().remove();
      this.cy.add([...this.drawn.nodes, ...this.drawn.edges]);
      for (const { id } of boxes) {
        const middle = this.middles.get(id)!;
        const inside = this.drawn.inside.get(id) ?? new Map([[id, { x: 0, y: 0 }]]);
        for (const [member, { x, y }] of inside)
          this.cy.getElementById(member).position({ x: middle.x + x, y: middle.y + y });
      }
      const areas = boxes.map((box) => ({ ...box, ...this.middles.get(box.id)! }));
      for (const [id, { bend, sides }] of detours(areas, ties)) {
        const edge = this.cy.getElementById(id);
        if (bend) edge.data("bend", bend);
        const [from, to] = [edge.data("source"), edge.data("target")].map((end) => this.middles.get(end)!);
        if (sides) edge.addClass(from!.x < to!.x ? "eastward" : "westward");
      }
    });
    if (!same) this.open();
  }

  private inLayers(): Places {
    const { boxes, bundles, labels } = this.drawn;
    const room = Math.max(150, ...[...labels.values()].map((label) => label.needs ?? 0));
    const [wide, high] = [this.place.clientWidth, this.place.clientHeight];
    return layered(boxes, [...bundles.values()], Math.max(300, Math.min(high, wide)), room);
  }

  /** Return the edges behind what is drawn as one. */
  bundle(id: string): Bundle | undefined {
    return this.drawn.bundles.get(id);
  }

  /** Return the nodes of a box. */
  box(id: string): Unit | undefined {
    return this.drawn.units.find((unit) => unit.id === id && unit.members.length > 1);
  }

  /** What of the picture needs a word in the legend. */
  marks(): { boxes: boolean; slow: boolean; displaced: boolean; single: boolean } {
    return {
      boxes: this.drawn.inside.size > 0,
      slow: this.cy.edges("[?slow]").nonempty(),
      displaced: this.cy.nodes("[?displaced]").nonempty(),
      single: this.cy.nodes("[?single]").nonempty(),
    };
  }

  /** Return the id under which an edge is drawn. */
  drawnAs(edge: GraphEdge): string {
    for (const bundle of this.drawn.bundles.values())
      if (bundle.kind === edge.kind && bundle.edges.some((one) => one.id === edge.id)) return bundle.id;
    return "";
  }

  /** Mark what is picked. */
  pick(id: string): void {
    this.cy.elements().removeClass("picked");
    if (id) this.cy.getElementById(id).addClass("picked");
  }

  /** Let only some edges (by their own ids) and their nodes stand out; none: all. */
  highlight(edges: Set<string> | null): void {
    this.cy.elements().removeClass("faded");
    if (!edges) return;
    const lit = this.cy.edges().filter((edge) => {
      const bundle = this.drawn.bundles.get(edge.id());
      return bundle?.edges.some((one) => edges.has(one.id)) ?? false;
    });
    const ends = new Set(
      [...this.drawn.bundles.values()]
        .flatMap((bundle) => bundle.edges)
        .filter((one) => edges.has(one.id))
        .flatMap((one) => [one.source, one.target]),
    );
    const nodes = this.cy.nodes().filter((node) => ends.has(node.id()));
    this.cy.elements().difference(lit.union(nodes).union(nodes.parent())).addClass("faded");
  }

  /** Show the whole picture, however small that makes it. */
  fit(): void {
    this.whole();
    this.moved = true;
  }

  /** Show the whole picture; where it would be too small to read, what it is about and around it. */
  private open(): void {
    this.moved = false;
    this.whole();
    if (this.cy.zoom() >= LEGIBLE) return;
    const centre = this.cy.nodes("[?centre]");
    const { x1, y1, x2, y2 } = this.cy.elements().boundingBox();
    const { x, y } = centre.nonempty() ? centre.first().position() : { x: x1, y: (y1 + y2) / 2 };
    const [wide, high] = [this.cy.width(), this.cy.height()];
    this.cy.viewport({
      zoom: READABLE,
      pan: { x: pan(x, x1, x2, wide), y: pan(y, y1, y2, high) },
    });
  }

  private whole(): void {
    this.cy.resize();
    this.cy.fit(undefined, 24);
    if (this.cy.zoom() > 1.15) {
      this.cy.zoom(1.15);
      this.cy.center();
    }
  }

  /** Open anew when the room has changed, unless the reader has moved the picture. */
  resize(): void {
    if (this.moved) this.cy.resize();
    else this.open();
  }

  /** Return the whole picture as a PNG. */
  async png(): Promise<Blob> {
    const size = this.cy.elements().boundingBox();
    const scale = Math.min(2, 6000 / Math.max(size.w, size.h, 1));
    return this.cy.png({ output: "blob-promise", full: true, bg: "#ffffff", scale });
  }

  /** Return the node to which an arrow key leads from another. */
  neighbour(from: string, key: string): string | undefined {
    const nodes = this.cy.nodes(":childless");
    const begin = nodes.getElementById(from);
    if (begin.empty()) return (nodes.filter("[?centre]").first().id() ?? nodes.first().id()) || undefined;
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const [dx, dy] = ways[key as keyof typeof ways] as [number, number];
    const here = begin.position();
    let best: { id: string; cost: number } | undefined;
    nodes.forEach((node) => {
      const [x, y] = [node.position().x - here.x, node.position().y - here.y];
      const along = x * dx + y * dy;
      const cost = along + 2.5 * (Math.abs(x * dy) + Math.abs(y * dx));
      if (along > 1 && (!best || cost < best.cost)) best = { id: node.id(), cost };
    });
    return best?.id;
  }

  /** Bring a node into sight. */
  show(id: string): void {
    const node = this.cy.nodes().getElementById(id);
    if (node.empty()) return;
    const { x1, y1, x2, y2 } = this.cy.extent();
    const { x, y } = node.position();
    if (x < x1 || x > x2 || y < y1 || y > y2) this.cy.center(node);
  }

  /** Say where each node stands on the page. */
  places(): Record<string, { x: number; y: number }> {
    const { left, top } = this.place.getBoundingClientRect();
    const found = this.cy.nodes(":childless").map((node) => {
      const { x, y } = node.renderedPosition();
      return [node.id(), { x: left + x, y: top + y }];
    });
    return Object.fromEntries(found);
  }

  /** Say which lines seem to touch a node that they only pass, as it is drawn now. */
  touching(): string[] {
    const areas = this.drawn.boxes.map((box) => {
      const { x1, x2, y1, y2, w, h } = this.cy.getElementById(box.id).boundingBox({ includeLabels: false });
      return { id: box.id, x: (x1 + x2) / 2, y: (y1 + y2) / 2, width: w - 8, height: h - 8 };
    });
    const ways = new Map(
      this.cy.edges().map((edge) => {
        const sides = edge.hasClass("eastward") || edge.hasClass("westward");
        return [edge.id(), { bend: (edge.data("bend") as number | undefined) ?? 0, sides }];
      }),
    );
    return touching(areas, [...this.drawn.bundles.values()], ways);
  }

  /** Say which nodes do not stand out. */
  faded(): string[] {
    return this.cy.nodes(":childless.faded").map((node) => node.id());
  }

  private listen(): void {
    this.cy.on("tap", (event) => {
      if (event.target === this.cy) {
        this.listener.picked("");
        return;
      }
      const id: string = event.target.id();
      const again = this.lastTap.id === id && event.timeStamp - this.lastTap.at < 4000;
      this.lastTap = { id: again ? "" : id, at: event.timeStamp };
      if (again && event.target.isNode() && !event.target.isParent()) this.listener.grow(id);
      else this.listener.picked(id);
    });
    this.cy.on("mouseover", "node, edge", (event) => {
      event.target.addClass("hover");
      const { x, y } = event.renderedPosition ?? { x: 0, y: 0 };
      this.listener.hover(String(event.target.data("tip") ?? ""), x, y);
      this.place.style.cursor = "pointer";
    });
    this.cy.on("mouseout", "node, edge", (event) => {
      event.target.removeClass("hover");
      this.listener.hover("", 0, 0);
      this.place.style.cursor = "";
    });
    this.cy.on("dragpan scrollzoom pinchzoom", () => (this.moved = true));
    this.cy.on("pan zoom", () => this.listener.hover("", 0, 0));
  }
}
