/** How large a node must be for its label, and where the label's lines end. */

import { FONT } from "./style";

export interface Fitted {
  text: string;
  width: number;
  height: number;
}

const LINE = 17;
const WIDEST = 168;
const MOST_LINES = 4;

const pen = document.createElement("canvas").getContext("2d");

/** Return how wide a text is, in pixels. */
export function width(text: string, size = 13): number {
  if (!pen) return text.length * size;
  pen.font = `${size}px ${FONT}`;
  return pen.measureText(text).width;
}

/** Break a label into lines: between words where there are any, else between characters. */
export function fitted(label: string): Fitted {
  const lines: string[] = [];
  let line = "";
  for (const piece of label.match(/[\x21-\x7e]+|\s+|[^\x21-\x7e\s]/g) ?? []) {
    const joined = line + piece;
    if (line && width(joined) > WIDEST && !/^[、。）」』・ー]/.test(piece)) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line = joined;
  }
  if (line.trim()) lines.push(line.trimEnd());
  if (lines.length > MOST_LINES) {
    lines.length = MOST_LINES;
    lines[MOST_LINES - 1] = `${lines[MOST_LINES - 1]!.slice(0, -1)}…`;
  }
  const widest = Math.max(24, ...lines.map((one) => width(one)));
  return { text: lines.join("\n"), width: Math.ceil(widest) + 18, height: lines.length * LINE + 10 };
}
