/** The same as the picture, as a table to walk through with keys and as CSV for a spreadsheet. */

import type { About, GraphEdge } from "./api";
import { csv } from "./csv";
import { fill, h } from "./dom";
import { t } from "./words";

export interface Listed {
  edges: GraphEdge[];
  title: (id: string) => string;
  about: About;
  notes: string[];
}

function word(choices: { id: string; label: string }[], code: string | null | undefined): string {
  return code ? (choices.find((one) => one.id === code)?.label ?? code) : "";
}

function cells(edge: GraphEdge, { title, about }: Listed): string[] {
  const place = edge.section && edge.sentence ? t("citationOf", { section: edge.section, sentence: edge.sentence }) : "";
  return [
    title(edge.source),
    edge.label,
    title(edge.target),
    edge.norm ?? "",
    place,
    word(about.forces, edge.force),
    word(about.lanes, edge.lane),
    edge.timing ?? "",
    edge.statement ?? "",
  ];
}

function headings(): string[] {
  const names = ["from", "relation", "to", "norm", "citation", "force", "lane", "timing", "statement"] as const;
  return names.map((name) => t(name));
}

/** Show the edges of a picture as a table; the button of a row picks its edge. */
export function showTable(place: HTMLElement, listed: Listed, pick: (edge: GraphEdge) => void): void {
  fill(
    place,
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, headings().map((name) => h("th", { scope: "col" }, name)))),
      h(
        "tbody",
        {},
        listed.edges.map((edge) => {
          const [from, label, ...rest] = cells(edge, listed);
          return h(
            "tr",
            {},
            h("td", {}, from ?? ""),
            h("td", {}, h("button", { type: "button", class: "link", onclick: () => pick(edge) }, label ?? "")),
            rest.map((cell) => h("td", {}, cell)),
          );
        }),
      ),
    ),
    !listed.edges.length && h("p", { class: "quiet" }, t("empty")),
  );
}

/** Return the edges of a picture as CSV, with every fact of each. */
export function edgesAsCsv(listed: Listed): string {
  const more = [...new Set(listed.edges.flatMap((edge) => edge.facts.map(([label]) => label)))];
  const fixed = headings();
  const extra = more.filter((label) => !fixed.includes(label));
  const rows = listed.edges.map((edge) => {
    const facts = new Map(edge.facts);
    return [...cells(edge, listed), ...extra.map((label) => facts.get(label) ?? ""), edge.interpretation ?? ""];
  });
  return csv([...fixed, ...extra, t("interpretation")], rows, listed.notes);
}
