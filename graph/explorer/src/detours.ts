/** A line must not seem to touch a node that it only passes: such a line is bent around it. */

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

const BENDS = [30, -30, 60, -60, 100, -100, 150, -150, 210, -210, 280, -280];
const STEPS = 24;
const MARGIN = 5;

/** Return how far each line that runs through a foreign node must bend, by its id. */
export function detours(areas: Area[], lines: Line[]): Map<string, number> {
  const byId = new Map(areas.map((area) => [area.id, area]));
  const found = new Map<string, number>();
  for (const { id, source, target } of lines) {
    const [from, to] = [byId.get(source), byId.get(target)];
    if (!from || !to || from === to) continue;
    const others = areas.filter((area) => area !== from && area !== to);
    const free = (bend: number): boolean => !others.some((area) => crosses(from, to, bend, area));
    if (free(0)) continue;
    const bend = BENDS.find(free);
    if (bend) found.set(id, bend);
  }
  return found;
}

/** Return the lines that still run through a node that is not theirs, given how each is bent. */
export function touching(areas: Area[], lines: Line[], bends: Map<string, number>): string[] {
  const byId = new Map(areas.map((area) => [area.id, area]));
  return lines.flatMap(({ id, source, target }) => {
    const [from, to] = [byId.get(source), byId.get(target)];
    if (!from || !to) return [];
    const hit = areas.some(
      (area) => area !== from && area !== to && crosses(from, to, bends.get(id) ?? 0, area),
    );
    return hit ? [id] : [];
  });
}

/** Say whether a curve whose control point stands off by `bend` runs through an area. */
function crosses(from: Area, to: Area, bend: number, area: Area): boolean {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const [cx, cy] = [(from.x + to.x) / 2 - (dy / length) * bend, (from.y + to.y) / 2 + (dx / length) * bend];
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
