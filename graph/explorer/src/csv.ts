/** CSV that a spreadsheet opens as it is: UTF-8 with its mark, notes on every row, no formulas. */

import { t } from "./words";

/** Return rows as CSV; each begins with the notes, so that a copied row keeps its caveat. */
export function csv(headings: string[], rows: string[][], notes: string[]): string {
  const note = notes.join(" ");
  const lines = [[t("note"), ...headings], ...rows.map((row) => [note, ...row])];
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** Return a cell that no spreadsheet runs as a formula, as `kijun.cells.neutral` does. */
function cell(text: string): string {
  const inert = /^[=＝+＋\-－@＠\t\r]/.test(text) || /^\s*[=＝+＋\-－@＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replace(/"/g, '""')}"` : inert;
}
