/**
 * Places for a picture that reads from left to right. The server says in which layer a node stands;
 * here the nodes of a layer are ordered by their neighbours and spread over its height.
 */

export interface Box {
  id: string;
  width: number;
  height: number;
  layer: number;
  /** What orders nodes that their neighbours leave equal. */
  sort: string;
}

export interface Tie {
  source: string;
  target: string;
}

export type Places = Map<string, { x: number; y: number }>;

const LEAST = 14;
const MOST = 90;

/** Return places for boxes; `high` is the height to fill, `apart` the room between two layers. */
export function layered(boxes: Box[], ties: Tie[], high: number, apart: number): Places {
  const layers = new Map<number, Box[]>();
  for (const box of boxes) layers.set(box.layer, [...(layers.get(box.layer) ?? []), box]);
  const tallest = Math.max(...[...layers.values()].map((layer) => sum(layer) + LEAST * (layer.length - 1)));
  const room = Math.max(high, tallest);
  const between = (layer: Box[]): number =>
    Math.min(MOST, Math.max(LEAST, (room - sum(layer)) / Math.max(1, layer.length - 1)));
  const order = new Map<string, number>();
  for (const at of [...layers.keys()].sort((a, b) => Math.abs(a) - Math.abs(b) || a - b)) {
    const layer = layers.get(at)!;
    const wish = new Map(layer.map((box) => [box.id, rank(box.id, ties, order) ?? 0]));
    layer.sort((a, b) => wish.get(a.id)! - wish.get(b.id)! || a.sort.localeCompare(b.sort, "ja"));
    layer.forEach((box, place) => order.set(box.id, (place + 0.5) / layer.length));
  }
  const places: Places = new Map();
  let x = 0;
  for (const at of [...layers.keys()].sort((a, b) => a - b)) {
    const layer = layers.get(at)!;
    const width = Math.max(...layer.map((box) => box.width));
    const gap = between(layer);
    let y = -(sum(layer) + gap * (layer.length - 1)) / 2;
    for (const box of layer) {
      places.set(box.id, { x: x + width / 2, y: y + box.height / 2 });
      y += box.height + gap;
    }
    x += width + apart;
  }
  return places;
}

function sum(layer: Box[]): number {
  return layer.reduce((height, box) => height + box.height, 0);
}

/** Return the mean place of a node's neighbours that are placed already. */
function rank(id: string, ties: Tie[], order: Map<string, number>): number | undefined {
  const found = ties
    .map(({ source, target }) => (source === id ? target : target === id ? source : ""))
    .map((other) => order.get(other))
    .filter((place) => place !== undefined);
  return found.length ? found.reduce((whole, place) => whole + place, 0) / found.length : undefined;
}

/**
 * Return places in a box for its members, column by column, around its middle; and its size. `high`
 * is how high a column may grow.
 */
export function gridded(
  members: { id: string; width: number; height: number }[],
  high: number,
): { places: Places; width: number; height: number } {
  const [beside, below] = [14, 11];
  const whole = members.reduce((height, one) => height + one.height + below, 0);
  const each = Math.ceil(members.length / Math.ceil(whole / high));
  const places: Places = new Map();
  let [x, tall] = [0, 0];
  for (let start = 0; start < members.length; start += each) {
    const column = members.slice(start, start + each);
    const width = Math.max(...column.map((one) => one.width));
    let y = 0;
    for (const one of column) {
      places.set(one.id, { x: x + width / 2, y: y + one.height / 2 });
      y += one.height + below;
    }
    tall = Math.max(tall, y - below);
    x += width + beside;
  }
  const wide = x - beside;
  for (const place of places.values()) {
    place.x -= wide / 2;
    place.y -= tall / 2;
  }
  return { places, width: wide, height: tall };
}
