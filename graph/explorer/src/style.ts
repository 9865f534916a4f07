/**
 * Colours and shapes of the picture. Kinds differ in shape, border and words as well as in colour;
 * the hues are those of Okabe and Ito, which colour-blind readers can tell apart, and every text
 * has a contrast of at least 4.5 to 1 on its ground.
 */

import type { StylesheetJson } from "cytoscape";

export const FONT =
  '"Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", Meiryo, sans-serif';

export interface Look {
  fill: string;
  border: string;
  text: string;
  shape: "round-rectangle" | "rectangle" | "cut-rectangle" | "ellipse" | "tag" | "hexagon";
  line: "solid" | "dashed" | "dotted" | "double";
}

const look = (
  fill: string,
  border: string,
  shape: Look["shape"],
  line: Look["line"] = "solid",
  text = "#16202a",
): Look => ({ fill, border, shape, line, text });

export const NODES: Record<string, Look> = {
  body: look("#d6e9f8", "#0066a8", "round-rectangle"),
  office: look("#0b4a78", "#0b4a78", "round-rectangle", "solid", "#ffffff"),
  class: look("#f3f9fe", "#0066a8", "round-rectangle", "dashed"),
  post: look("#ffffff", "#0066a8", "round-rectangle", "double"),
  norm: look("#fdeccb", "#8f6000", "rectangle"),
  section: look("#d5efe4", "#00694b", "cut-rectangle"),
  sentence: look("#f0faf5", "#00694b", "cut-rectangle"),
  definition: look("#f8e4ef", "#94426d", "tag"),
  document: look("#f8e4ef", "#94426d", "rectangle"),
  silence: look("#ffffff", "#b13f00", "rectangle", "dashed"),
  presupposed: look("#ffffff", "#b13f00", "rectangle", "dotted"),
  law: look("#e6e8ea", "#4b5661", "rectangle"),
  article: look("#f5f6f7", "#4b5661", "rectangle"),
  system: look("#e3dff2", "#5b4a8a", "round-rectangle"),
  hole: look("#fff0e8", "#b13f00", "round-rectangle", "dashed"),
  way: look("#eef1f4", "#eef1f4", "hexagon"),
};

/** Colour and line of each kind of edge; the others are thin and grey. */
export const EDGES: Record<string, { colour: string; line: "solid" | "dashed" | "dotted"; width: number }> = {
  reports: { colour: "#0b5f9e", line: "solid", width: 2 },
  supervises: { colour: "#3f4b57", line: "dashed", width: 1.5 },
  founded: { colour: "#5d6771", line: "dotted", width: 1.5 },
  cites: { colour: "#5d6771", line: "dotted", width: 1.5 },
  inherits: { colour: "#8f6000", line: "solid", width: 1.2 },
  bears: { colour: "#8f6000", line: "solid", width: 1.5 },
  addresses: { colour: "#8f6000", line: "dashed", width: 1.5 },
  incorporates: { colour: "#94426d", line: "solid", width: 1.5 },
  overrides: { colour: "#94426d", line: "dashed", width: 1.5 },
  operates: { colour: "#5b4a8a", line: "solid", width: 2 },
  manages: { colour: "#5b4a8a", line: "solid", width: 1.2 },
  layer: { colour: "#5b4a8a", line: "dashed", width: 1.2 },
  uses: { colour: "#5d6771", line: "dotted", width: 1.5 },
  connected: { colour: "#5b4a8a", line: "dashed", width: 2 },
  contact: { colour: "#00694b", line: "dashed", width: 1.5 },
  lacks: { colour: "#b13f00", line: "dashed", width: 1.5 },
  near: { colour: "#b13f00", line: "dotted", width: 1.5 },
};

export const PLAIN = { colour: "#76818c", line: "solid", width: 1 } as const;
export const SLOW = "#b13f00";

/** A mark before a norm's name that says its force without colour. */
export const FORCE_MARKS: Record<string, string> = {
  must: "●",
  need: "◐",
  should: "○",
  may: "◇",
  regard: "△",
};

export const STYLE: StylesheetJson = [
  {
    selector: "node",
    style: {
      "font-family": FONT,
      "font-size": 13,
      "text-wrap": "wrap",
      "text-valign": "center",
      "text-halign": "center",
      "line-height": 1.25,
      "text-max-width": "400px",
      "border-width": 1.5,
    },
  },
  { selector: "node[text]", style: { label: "data(text)", width: "data(width)", height: "data(height)" } },
  ...Object.entries(NODES).map(([kind, one]) => ({
    selector: `node[kind = "${kind}"]`,
    style: {
      "background-color": one.fill,
      "border-color": one.border,
      "border-style": one.line,
      "border-width": one.line === "double" ? 4 : 1.5,
      shape: one.shape,
      color: one.text,
    },
  })),
  {
    selector: "node[?box]",
    style: {
      label: "",
      "background-color": "#f7f9fb",
      "border-color": "#8b97a3",
      "border-style": "solid",
      "border-width": 1,
      shape: "round-rectangle",
      padding: "10px",
      "compound-sizing-wrt-labels": "exclude",
    },
  },
  { selector: "node[?displaced]", style: { "border-style": "dotted", opacity: 0.75 } },
  { selector: 'node[kind = "way"]', style: { "font-weight": "bold" } },
  { selector: "node[?absent]", style: { opacity: 0.6 } },
  { selector: "node[?centre]", style: { "border-width": 3.5, "font-weight": "bold" } },
  {
    selector: "node[?single]",
    style: { "outline-color": SLOW, "outline-width": 2.5, "outline-style": "dashed", "outline-offset": 1 },
  },
  {
    selector: "edge",
    style: {
      width: PLAIN.width,
      "line-color": PLAIN.colour,
      "target-arrow-color": PLAIN.colour,
      "target-arrow-shape": "triangle",
      "arrow-scale": 0.9,
      "curve-style": "bezier",
      "control-point-step-size": 34,
      "font-family": FONT,
      "font-size": 11,
      color: "#16202a",
      "text-background-color": "#ffffff",
      "text-background-opacity": 0.92,
      "text-background-padding": "2px",
      "text-rotation": "autorotate",
    },
  },
  ...Object.entries(EDGES).map(([kind, one]) => ({
    selector: `edge[kind = "${kind}"]`,
    style: {
      width: one.width,
      "line-color": one.colour,
      "target-arrow-color": one.colour,
      "line-style": one.line,
    },
  })),
  { selector: "edge[?slow]", style: { "line-color": SLOW, "target-arrow-color": SLOW, "line-style": "dashed" } },
  {
    selector: "edge[bend]",
    style: {
      "curve-style": "unbundled-bezier",
      "control-point-distances": "data(bend)" as unknown as number,
      "control-point-weights": 0.5,
    },
  },
  { selector: "edge.eastward", style: { "source-endpoint": "50% 0%", "target-endpoint": "-50% 0%" } },
  { selector: "edge.westward", style: { "source-endpoint": "-50% 0%", "target-endpoint": "50% 0%" } },
  { selector: "edge[shown]", style: { label: "data(shown)" } },
  {
    selector: "edge[atSource]",
    style: {
      "source-label": "data(atSource)",
      "source-text-offset": "data(offset)" as unknown as number,
      "source-text-rotation": "autorotate",
    },
  },
  {
    selector: "edge[atTarget]",
    style: {
      "target-label": "data(atTarget)",
      "target-text-offset": "data(offset)" as unknown as number,
      "target-text-rotation": "autorotate",
    },
  },
  { selector: "edge.hover, edge.picked", style: { "z-index": 20 } },
  { selector: "edge.hover[^shown][^atSource][^atTarget]", style: { label: "data(label)" } },
  { selector: "edge.picked[^shown][^atSource][^atTarget]", style: { label: "data(label)" } },
  { selector: "edge.hover", style: { width: 3.5 } },
  { selector: "node.hover", style: { "underlay-color": "#0066a8", "underlay-opacity": 0.12, "underlay-padding": 5 } },
  {
    selector: ".picked",
    style: { "underlay-color": "#e69f00", "underlay-opacity": 0.45, "underlay-padding": 7, "z-index": 30 },
  },
  { selector: ".faded", style: { opacity: 0.15 } },
];
