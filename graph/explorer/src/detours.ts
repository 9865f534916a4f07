/**
 * A line must not seem to touch a node that it only passes: such a line leaves and
 * arrives at facing sides, or is bent around it.
 */

export interface Area {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Line {
  id: string;
  source: string;
  target: string;
}

/** How a line goes: bent by so much, or straight from side to facing side. */
export interface Way {
  bend: number;
  sides: boolean;
}

interface Point {
  x: number;
  y: number;
}

const STRAIGHT: Way = { bend: 0, sides: false };
const BENDS = [30, -30, 60, -60, 100, -100, 150, -150, 210, -210, 280, -280];
const WAYS: Way[] = [{ bend: 0, sides: true }, ...BENDS.map((bend) => ({ bend, sides: false }))];
const STEPS = 24;
const MARGIN = 5;

/** Return how each line must go that would run through a foreign node, by its id. */
export function detours(areas: Area[], lines: Line[]): Map<string, Way> {
  const byId = new Map(areas.map((area) => [area.id, area]));
  const found = new Map<string, Way>();
  for (const { id, source, target } of lines) {
    const [from, to] = [byId.get(source), byId.get(target)];
    if (!from || !to || from === to) continue;
    const others = areas.filter((area) => area !== from && area !== to);
    const free = (way: Way): boolean => !others.some((area) => crosses(from, to, way, area));
    if (free(STRAIGHT)) continue;
    const way = WAYS.find((one) => (!one.sides || apart(from, to)) && free(one));
    if (way) found.set(id, way);
  }
  return found;
}

/** Return the lines that still run through a node that is not theirs, given how each goes. */
export function touching(areas: Area[], lines: Line[], ways: Map<string, Way>): string[] {
  const byId = new Map(areas.map((area) => [area.id, area]));
  return lines.flatMap(({ id, source, target }) => {
    const [from, to] = [byId.get(source), byId.get(target)];
    if (!from || !to) return [];
    const hit = areas.some(
      (area) => area !== from && area !== to && crosses(from, to, ways.get(id) ?? STRAIGHT, area),
    );
    return hit ? [id] : [];
  });
}

/** Say whether there is room between the facing sides of two areas. */
function apart(from: Area, to: Area): boolean {
  return Math.abs(to.x - from.x) > (from.width + to.width) / 2 + 2 * MARGIN;
}

/** Return the middle of the side of an area that faces another. */
function side(of: Area, facing: Area): Point {
  return { x: of.x + (Math.sign(facing.x - of.x) * of.width) / 2, y: of.y };
}

/** Say whether a line runs through an area; the control point of a bent one stands off so far. */
function crosses(one: Area, other: Area, way: Way, area: Area): boolean {
  const [from, to] = way.sides ? [side(one, other), side(other, one)] : [one, other];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const [mx, my] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
  const [cx, cy] = [mx - (dy / length) * way.bend, my + (dx / length) * way.bend];
  for (let step = 1; step < STEPS; step++) {
    const t = step / STEPS;
    const x = (1 - t) ** 2 * from.x + 2 * t * (1 - t) * cx + t ** 2 * to.x;
    const y = (1 - t) ** 2 * from.y + 2 * t * (1 - t) * cy + t ** 2 * to.y;
    const near =
      Math.abs(x - area.x) < area.width / 2 + MARGIN && Math.abs(y - area.y) < area.height / 2 + MARGIN;
    if (near) return true;
  }
  return false;
}
