/** The answer to a query: a table of terms, a truth, or the text of a graph. */

import { fill, h } from "./dom";
import { t } from "./words";

/** How many rows are shown; the file holds all. */
const ROWS = 500;

/** How many things of an answer are named. */
const NAMED = 400;

export const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9";

interface Term {
  type: "uri" | "literal" | "bnode" | "triple";
  value: string | { subject: Term; predicate: Term; object: Term };
  "xml:lang"?: string;
  datatype?: string;
}

interface Results {
  head: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Record<string, Term>[] };
}

export interface Reader {
  prefixes: Record<string, string>;
  /** The address of a thing's picture, or of the thing itself. */
  address: (iri: string) => string | null;
}

/** Ask the endpoint; an error is what the endpoint says. */
export async function query(text: string, accept: string, signal?: AbortSignal): Promise<Response> {
  const answer = await fetch("/sparql", {
    method: "POST",
    headers: { "content-type": "application/sparql-query", accept },
    body: text,
    ...(signal ? { signal } : {}),
  });
  if (!answer.ok) throw new Error((await answer.text()).trim() || `HTTP ${answer.status}`);
  return answer;
}

/** Show an answer in words of the page. */
export async function showAnswer(place: HTMLElement, answer: Response, seconds: number, reader: Reader): Promise<void> {
  const time = seconds.toFixed(2);
  if (!(answer.headers.get("content-type") ?? "").includes("json")) {
    const text = await answer.text();
    fill(place, h("p", { role: "status" }, t("answered", { time })), h("pre", { class: "turtle" }, text));
    return;
  }
  const found = (await answer.json()) as Results;
  if (found.boolean !== undefined) {
    fill(place, h("p", { class: "truth", role: "status" }, t(found.boolean ? "yes" : "no")));
    return;
  }
  const names = found.head.vars ?? [];
  const rows = found.results?.bindings ?? [];
  fill(
    place,
    h("p", { role: "status" }, t("rows", { n: rows.length, time })),
    h(
      "div",
      { class: "answer", tabindex: "0", role: "region", "aria-label": t("answer") },
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, names.map((name) => h("th", { scope: "col" }, name)))),
        h(
          "tbody",
          {},
          rows
            .slice(0, ROWS)
            .map((row) => h("tr", {}, names.map((name) => h("td", {}, shown(row[name], reader))))),
        ),
      ),
    ),
    rows.length > ROWS && h("p", { class: "quiet" }, t("moreRows", { n: rows.length - ROWS })),
  );
}

/** Return the rows of an answer as texts, for a file. */
export async function asRows(answer: Response): Promise<{ headings: string[]; rows: string[][] }> {
  const found = (await answer.json()) as Results;
  if (found.boolean !== undefined) return { headings: ["answer"], rows: [[String(found.boolean)]] };
  const headings = found.head.vars ?? [];
  const bindings = found.results?.bindings ?? [];
  return { headings, rows: bindings.map((row) => headings.map((name) => written(row[name]))) };
}

function written(term: Term | undefined): string {
  if (!term) return "";
  const { value } = term;
  if (typeof value === "string") return term.type === "bnode" ? `_:${value}` : value;
  return `<< ${[value.subject, value.predicate, value.object].map(written).join(" ")} >>`;
}

/** Put the names of things beside their IRIs, where the graph has names for them. */
export async function nameThings(place: HTMLElement, lang: string, prefixes: Record<string, string>): Promise<void> {
  const links = [...place.querySelectorAll<HTMLElement>("[data-iri]")];
  // What the engine gave as an IRI holds none of the characters that could end one in a query.
  const iris = [...new Set(links.map((link) => link.dataset["iri"]!))].filter((iri) => !/[<>"{}|\\^`\s]/.test(iri));
  if (!iris.length) return;
  const text =
    `SELECT ?thing ?name { VALUES ?thing { ${iris.slice(0, NAMED).map((iri) => `<${iri}>`).join(" ")} } ` +
    `?thing <${prefixes["skos"]}prefLabel> ?name FILTER(LANG(?name) = "${lang}") }`;
  const found = (await (await query(text, ACCEPT)).json()) as Results;
  const names = new Map(found.results?.bindings.map((row) => [row["thing"]?.value, row["name"]?.value]));
  for (const link of links) {
    const name = names.get(link.dataset["iri"]);
    if (typeof name === "string") link.after(h("span", { class: "term-name" }, name));
  }
}

function shown(term: Term | undefined, reader: Reader): (Node | string)[] {
  if (!term) return [];
  const { value } = term;
  if (typeof value !== "string") {
    const { subject, predicate, object } = value;
    return ["<< ", ...[subject, predicate, object].flatMap((part) => [...shown(part, reader), " "]), ">>"];
  }
  if (term.type === "uri") {
    const address = reader.address(value);
    const short = curie(value, reader.prefixes);
    return [address ? h("a", { href: address, title: value, "data-iri": value }, short) : h("span", { title: value }, short)];
  }
  if (term.type === "bnode") return [`_:${value}`];
  const kind = term["xml:lang"] ? `@${term["xml:lang"]}` : plain(term.datatype) ? "" : `^^${curie(term.datatype!, reader.prefixes)}`;
  return [value, ...(kind ? [h("span", { class: "term-kind" }, kind)] : [])];
}

function plain(datatype: string | undefined): boolean {
  return !datatype || /#(string|integer|boolean|date|decimal)$/.test(datatype);
}

function curie(iri: string, prefixes: Record<string, string>): string {
  for (const [name, space] of Object.entries(prefixes))
    if (iri.startsWith(space) && iri !== space) return `${name}:${iri.slice(space.length)}`;
  return `<${iri}>`;
}
