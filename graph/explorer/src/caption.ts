/** A picture that leaves the page takes its caveats along: handling, edition, registers. */

import { FONT } from "./style";

const SIZE = 22;
const EDGE = 24;

/** Return a PNG with lines of text above it. */
export async function captioned(picture: Blob, title: string, notes: string[]): Promise<Blob> {
  const image = await createImageBitmap(picture);
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (!pen) return picture;
  canvas.width = Math.max(image.width, 1000);
  const font = (bold: boolean): string => `${bold ? "bold " : ""}${SIZE}px ${FONT}`;
  pen.font = font(false);
  const lines = [title, ...notes.flatMap((note) => broken(pen, note, canvas.width - 2 * EDGE))];
  const head = 2 * EDGE + lines.length * SIZE * 1.5;
  canvas.height = image.height + head;
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#16202a";
  lines.forEach((line, place) => {
    pen.font = font(place === 0);
    pen.fillText(line, EDGE, EDGE + (place + 0.8) * SIZE * 1.5);
  });
  pen.drawImage(image, (canvas.width - image.width) / 2, head);
  return new Promise((done) => canvas.toBlob((blob) => done(blob ?? picture), "image/png"));
}

function broken(pen: CanvasRenderingContext2D, text: string, wide: number): string[] {
  const lines = [""];
  for (const piece of text.match(/[\x21-\x7e]+\s*|\s+|[^\x21-\x7e\s]/g) ?? []) {
    const last = lines.length - 1;
    if (pen.measureText(lines[last] + piece).width > wide) lines.push(piece.trimStart());
    else lines[last] += piece;
  }
  return lines;
}
