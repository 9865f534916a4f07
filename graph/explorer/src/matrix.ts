/** The holes of the profiles: a grid of concerns and parties for each platform, then every hole. */

import { fill, h } from "./dom";
import { t } from "./words";

export interface Hole {
  id: string;
  kind: string;
  system: string;
  platform: string;
  norm: string;
  detail: string;
  places: string[];
}

export interface Cell {
  status: "covered" | "hole" | "excluded" | "other";
  words: string;
  details: string[];
  holes: string[];
}

export interface Matrix {
  platforms: {
    id: string;
    label: string;
    percent: number | null;
    /** The holes that belong to no cell, and so to no percentage. */
    beside: number;
    parties: { id: string; label: string }[];
    concerns: string[];
    cells: Cell[][];
  }[];
  holes: Hole[];
  notes: string[];
}

/** Show the matrix; a hole leads to its place in the picture of its boundary. */
export function showMatrix(place: HTMLElement, matrix: Matrix, open: (hole: Hole) => void): void {
  const byId = new Map(matrix.holes.map((hole) => [hole.id, hole]));
  const cell = ({ status, words, details, holes }: Cell): HTMLElement => {
    const hole = byId.get(holes[0] ?? "");
    return h(
      "td",
      { class: `cell ${status}` },
      hole
        ? h("button", { type: "button", class: "link", title: details.join("\n"), "data-hole": hole.id, onclick: () => open(hole) }, words)
        : words,
    );
  };
  fill(
    place,
    h(
      "div",
      { class: "matrices" },
      h("p", { class: "quiet" }, t("matrixMeans")),
      matrix.platforms.map((platform) =>
        h(
          "section",
          {},
          h("h2", {}, platform.label, platform.percent === null ? null : h("span", { class: "quiet" }, `　${t(platform.beside ? "coveredBeside" : "covered", { n: platform.percent, beside: platform.beside })}`)),
          h(
            "table",
            { class: "matrix" },
            h(
              "thead",
              {},
              h("tr", {}, h("td", {}), platform.parties.map(({ label }) => h("th", { scope: "col" }, label))),
            ),
            h(
              "tbody",
              {},
              platform.concerns.map((concern, row) =>
                h("tr", {}, h("th", { scope: "row" }, concern), (platform.cells[row] ?? []).map(cell)),
              ),
            ),
          ),
        ),
      ),
      h("h2", {}, t("allHoles", { n: matrix.holes.length })),
      h(
        "table",
        { class: "hole-list" },
        h("thead", {}, h("tr", {}, headings().map((name) => h("th", { scope: "col" }, name)))),
        h(
          "tbody",
          {},
          matrix.holes.map((hole) =>
            h(
              "tr",
              {},
              h("td", {}, h("button", { type: "button", class: "link", "data-hole": hole.id, onclick: () => open(hole) }, hole.kind)),
              cells(hole).slice(1).map((text) => h("td", {}, text)),
            ),
          ),
        ),
      ),
      !matrix.holes.length && h("p", { class: "quiet" }, t("noHoles")),
    ),
  );
}

/** The headings of a list of holes. */
export function headings(): string[] {
  return (["holeKind", "platform", "detail", "norm", "places"] as const).map((name) => t(name));
}

/** A hole as a row under these headings. */
export function cells(hole: Hole): string[] {
  return [hole.kind, hole.platform, hole.detail, hole.norm, hole.places.join(t("comma"))];
}
