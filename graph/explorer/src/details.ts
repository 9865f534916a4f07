/** The pane that says what is picked: its words, its source, its proof, and where it leads. */

import { ask, type About, type Dossier, type Fact, type GraphEdge, type GraphNode, type Left, type Setting } from "./api";
import type { Bundle } from "./bundles";
import { fill, h, type Child } from "./dom";
import { nodeSample } from "./filters";
import { proofButton } from "./proof";
import type { View } from "./state";
import { FORCE_MARKS } from "./style";
import { t } from "./words";

export interface Context {
  setting: Setting;
  about: About;
  /** The body at the centre, of whom a proof can be asked. */
  centre: { id: string; label: string; kind: string } | null;
  title: (id: string) => string;
  open: (id: string, view: View) => void;
  pick: (id: string) => void;
  grow: (what: string) => void;
  end: (id: string, which: "from" | "to") => void;
}

/** How many edges are shown at once; the table holds all. */
const CARDS = 36;

const PARTIES = ["body", "office", "class"];

/** Show what the graph says of a node, and how it reaches the centre (a duty's rows). */
export async function showNode(
  place: HTMLElement,
  id: string,
  reaching: GraphEdge[],
  context: Context,
): Promise<void> {
  let dossier: Dossier;
  try {
    dossier = await ask<Dossier>("thing", { id }, context.setting);
  } catch (error) {
    fill(place, h("p", { class: "error", role: "alert" }, (error as Error).message));
    return;
  }
  const told = dossier.notes.filter((note) => !context.about.notes.includes(note));
  fill(
    place,
    heading(dossier.kind, dossier.label, context),
    told.map((note) => h("p", { class: "told" }, note)),
    dossier.statement ? words(dossier, context) : null,
    dossier.told ? pairs(dossier.told) : null,
    actions(dossier, context),
    reaching.length ? reaching.map((edge) => card(edge, context, true)) : proofs(dossier, context),
    relations(dossier, context),
    facts(dossier.facts, context),
    h("p", { class: "iri" }, h("span", {}, `${t("iri")} `), h("code", {}, dossier.iri)),
  );
}

function heading(kind: string, label: string, context: Context): HTMLElement {
  const name = context.about.kinds.find((one) => one.id === kind)?.label ?? kind;
  return h(
    "header",
    { class: "details-head" },
    h("p", { class: "kind" }, nodeSample(kind), name),
    h("h2", { tabindex: "-1" }, label),
  );
}

function force(code: string | undefined, context: Context): Child {
  if (!code) return null;
  const label = context.about.forces.find((one) => one.id === code)?.label ?? code;
  return h("span", { class: `force force-${code}` }, `${FORCE_MARKS[code] ?? ""} ${label}`);
}

function citation(section: string | undefined, sentence: number | undefined, phrase?: string): string {
  const place = t("citationOf", { section: section ?? "", sentence: sentence ?? "" });
  return phrase ? `${place}　${t("phrase")}「${phrase}」` : place;
}

function words(dossier: Dossier, context: Context): Child[] {
  const source = citation(dossier.section, dossier.sentence, dossier.phrase);
  return [
    h("p", { class: "statement" }, force(dossier.force, context), " ", dossier.statement ?? ""),
    h(
      "p",
      { class: "citation" },
      t("citation") + t("colon"),
      dossier.sentence_id ? jump(source, dossier.sentence_id, context) : source,
    ),
    dossier.interpretation
      ? h("p", { class: "interpretation" }, h("b", {}, `${t("interpretation")} `), dossier.interpretation)
      : null,
  ];
}

function jump(text: string, id: string, context: Context): HTMLElement {
  return h("button", { type: "button", class: "link", "data-id": id, onclick: () => context.pick(id) }, text);
}

function actions(dossier: Dossier, context: Context): HTMLElement {
  const button = (label: string, act: () => void, name: string): HTMLElement =>
    h("button", { type: "button", "data-action": name, onclick: act }, label);
  const party = PARTIES.includes(dossier.kind);
  return h(
    "div",
    { class: "actions" },
    button(t("grow"), () => context.grow(dossier.id), "grow"),
    button(t("near"), () => context.open(dossier.id, "near"), "near"),
    party && button(t("lines"), () => context.open(dossier.id, "lines"), "lines"),
    dossier.kind === "body" && button(t("duties"), () => context.open(dossier.id, "duties"), "duties"),
    dossier.kind === "body" && button(t("boundary"), () => context.open(dossier.id, "boundary"), "boundary"),
    dossier.kind === "system" && button(t("boundary"), () => context.open(dossier.id, "boundary"), "boundary"),
    party && button(t("asFrom"), () => context.end(dossier.id, "from"), "from"),
    party && button(t("asTo"), () => context.end(dossier.id, "to"), "to"),
  );
}

function proofs(dossier: Dossier, context: Context): Child {
  const { centre } = context;
  if (dossier.kind === "hole") return proofButton(t("why"), { hole: dossier.id }, context.setting);
  if (dossier.kind !== "norm" || !centre || centre.kind !== "body") return null;
  const label = t("whyHere", { body: centre.label });
  return proofButton(label, { body: centre.id, norm: dossier.id }, context.setting);
}

function facts(found: Fact[], context: Context): Child {
  if (!found.length) return null;
  return h(
    "section",
    {},
    h("h3", {}, t("facts")),
    h(
      "dl",
      { class: "facts" },
      found.map((fact) => [
        h("dt", {}, fact.label),
        ...fact.values.map((value) =>
          h(
            "dd",
            {},
            value.id
              ? jump(value.text, value.id, context)
              : value.href
                ? h("a", { href: value.href, target: "_blank", rel: "noopener noreferrer" }, value.text)
                : value.text,
          ),
        ),
        fact.more > 0 && h("dd", { class: "quiet" }, t("moreValues", { n: fact.more })),
      ]),
    ),
  );
}

function pairs(found: [string, string][]): HTMLElement {
  return h("dl", { class: "facts" }, found.map(([label, text]) => [h("dt", {}, label), h("dd", {}, text)]));
}

function relations(dossier: Dossier, context: Context): Child {
  if (!dossier.relations.length) return null;
  return h(
    "section",
    {},
    h("h3", {}, t("relations")),
    h(
      "ul",
      { class: "relations" },
      dossier.relations.map((one: Left) =>
        h(
          "li",
          {},
          h(
            "button",
            {
              type: "button",
              class: "link",
              title: t("showThese"),
              "data-take": `${one.kind}>${one.way}`,
              onclick: () => context.grow(`${dossier.id}|${one.kind}>${one.way}`),
            },
            `＋ ${one.label}`,
          ),
          h("span", { class: "count" }, String(one.count)),
        ),
      ),
    ),
  );
}

/** Show the edges that are drawn as one, those between the same two under one heading. */
export function showBundle(place: HTMLElement, bundle: Bundle, context: Context): void {
  const name = context.about.edges.find((one) => one.id === bundle.kind)?.label ?? bundle.kind;
  const shown = bundle.edges.slice(0, CARDS);
  const pairs = new Map<string, GraphEdge[]>();
  for (const edge of shown) {
    const pair = `${edge.source} ${edge.target}`;
    pairs.set(pair, [...(pairs.get(pair) ?? []), edge]);
  }
  fill(
    place,
    [...pairs.values()].map((edges) => [
      h(
        "header",
        { class: "details-head" },
        h("p", { class: "kind" }, name),
        h(
          "h2",
          {},
          jump(context.title(edges[0]!.source), edges[0]!.source, context),
          " → ",
          jump(context.title(edges[0]!.target), edges[0]!.target, context),
        ),
      ),
      edges.map((edge) => card(edge, context)),
    ]),
    bundle.edges.length > CARDS && h("p", { class: "quiet" }, t("moreCards", { n: bundle.edges.length - CARDS })),
  );
}

/** Show what stands in a box. */
export function showBox(place: HTMLElement, members: GraphNode[], context: Context): void {
  fill(
    place,
    h("header", { class: "details-head" }, h("h2", {}, t("box", { n: members.length }))),
    h("p", { class: "quiet" }, t("boxMeans")),
    h("ul", { class: "plain" }, members.map((node) => h("li", {}, jump(node.label, node.id, context)))),
  );
}

/** One edge; `brief` where its norm stands above already. */
function card(edge: GraphEdge, context: Context, brief = false): HTMLElement {
  return h(
    "article",
    { class: "card" },
    h(
      "h3",
      {},
      edge.label,
      edge.norm && edge.norm_id ? [" ", jump(edge.norm, edge.norm_id, context)] : null,
      " ",
      force(edge.force, context),
      edge.slow ? h("span", { class: "mark slow" }, t("slow")) : null,
      edge.reading ? h("span", { class: "mark" }, t("reading")) : null,
      edge.displaced ? h("span", { class: "mark" }, t("displaced")) : null,
    ),
    edge.statement && !brief ? h("p", { class: "statement" }, edge.statement) : null,
    edge.section && edge.sentence && !brief
      ? h("p", { class: "citation" }, `${t("citation")}${t("colon")}${citation(edge.section, edge.sentence)}`)
      : null,
    edge.interpretation
      ? h("p", { class: "interpretation" }, h("b", {}, `${t("interpretation")} `), edge.interpretation)
      : null,
    edge.text ? h("blockquote", {}, h("b", {}, `${t("verbatim")} `), edge.text) : null,
    edge.facts.length ? pairs(edge.facts) : null,
    edge.why ? proofButton(t("why"), edge.why, context.setting) : null,
  );
}
