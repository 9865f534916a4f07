/** A proof as a tree that opens premise by premise. */

import { ask, type Offer, type Proof, type ProofNode, type Setting } from "./api";
import { fill, h } from "./dom";
import { t } from "./words";

/** A button that asks for a proof and shows it below itself. */
export function proofButton(label: string, offer: Offer, setting: Setting): HTMLElement {
  const place = h("div", { class: "proof", "aria-live": "polite" });
  const button = h("button", { type: "button", class: "why", "aria-expanded": "false" }, label);
  button.addEventListener("click", async () => {
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
    if (open) {
      fill(place);
      return;
    }
    fill(place, h("p", { class: "quiet" }, t("loading")));
    try {
      const proof = await ask<Proof>("why", offer, setting);
      fill(place, h("h4", {}, t("proof")), tree(proof.rows, true));
    } catch (error) {
      fill(place, h("p", { class: "error", role: "alert" }, (error as Error).message));
    }
  });
  return h("div", {}, button, place);
}

function tree(nodes: ProofNode[], top: boolean): HTMLElement {
  return h(
    "ul",
    { class: "tree" },
    nodes.map((node) => h("li", {}, step(node, top))),
  );
}

function step(node: ProofNode, top: boolean): HTMLElement {
  const statement = h(
    "span",
    { class: node.holds ? "step" : "step denied" },
    !node.holds && h("span", { class: "denied-mark" }, `✕ ${t("denied")} `),
    node.statement,
  );
  const line = (label: string, text: string | null): HTMLElement | null =>
    text ? h("p", { class: "step-line" }, h("b", {}, `${label} `), text) : null;
  const rule = node.rule_in_words && node.rule ? `${node.rule_in_words} [${node.rule}]` : node.rule_in_words;
  const rest = [line(t("rule"), rule), line(t("source"), node.source), line(t("interpretation"), node.interpretation)];
  if (!node.premises.length) return h("div", {}, statement, rest);
  return h(
    "details",
    { open: top },
    h("summary", {}, statement),
    rest,
    tree(node.premises, false),
  );
}
