/** The panel of routes: both ends, the topic, and every route leg by leg. */

import type { About, GraphEdge, Scene, Setting } from "./api";
import { fill, h } from "./dom";
import { select } from "./filters";
import { searchBox } from "./search";
import type { State } from "./state";
import { t } from "./words";

interface Options {
  about: About;
  setting: () => Setting;
  state: State;
  scene: Scene | null;
  title: (id: string) => string;
  kindLabel: (kind: string) => string;
  change: (to: Partial<State>) => void;
  highlight: (legs: Set<string> | null) => void;
}

const PARTIES = ["body", "office", "class"];

/** Show where a route begins and ends, and the routes that were found. */
export function showRoutes(place: HTMLElement, options: Options): void {
  const { state, scene } = options;
  const { lang } = options.setting();
  // The boxes stay while the routes change, so that nobody loses what they are typing.
  if (place.dataset["lang"] !== lang) {
    place.dataset["lang"] = lang;
    fill(place, ends(options), h("div", { class: "routes" }));
  }
  for (const box of place.querySelectorAll<HTMLInputElement>("[data-end]")) {
    const id = state[box.dataset["end"] as "of" | "to"];
    if (box !== document.activeElement) box.value = id ? options.title(id) : "";
  }
  place.querySelector<HTMLSelectElement>("select")!.value = state.about;
  const routes = scene?.routes ? found(scene, options) : h("p", { class: "quiet" }, t("pickBoth"));
  fill(place.querySelector(".routes")!, routes);
}

function ends({ about, setting, kindLabel, change }: Options): HTMLElement {
  const end = (name: "of" | "to", word: "from" | "to"): HTMLElement => {
    const box = searchBox({
      label: t(word),
      kinds: PARTIES,
      setting,
      kindLabel,
      chosen: (hit) => change({ [name]: hit.id }),
    });
    box.input.dataset["end"] = name;
    return h("div", { class: "field" }, h("span", { "aria-hidden": "true" }, t(word)), box.element);
  };
  const topics = [{ id: "", label: t("anyTopic") }, ...about.topics];
  return h(
    "div",
    { class: "ends" },
    end("of", "from"),
    end("to", "to"),
    h(
      "label",
      { class: "field" },
      h("span", {}, t("about")),
      select("about", topics, "", (value) => change({ about: value })),
    ),
  );
}

function found(scene: Scene, options: Options): HTMLElement {
  const routes = scene.routes ?? [];
  const edges = new Map(scene.edges.map((edge) => [edge.id, edge]));
  const points = [...new Set(routes.flatMap((route) => route.points))].map(options.title);
  return h(
    "div",
    {},
    h("p", { role: "status" }, routes.length ? t("routesFound", { n: routes.length }) : t("noRoute")),
    points.length > 0 && h("p", { class: "points" }, h("b", {}, t("points") + t("colon")), points.join(t("comma"))),
    h(
      "ol",
      {},
      routes.map((route) => {
        const legs = route.legs.flatMap((leg) => edges.get(leg ?? "") ?? []);
        const marked = new Set(legs.map((leg) => leg.id));
        const lane = options.about.lanes.find((one) => one.id === route.lane)?.label;
        return h(
          "li",
          {},
          h(
            "button",
            {
              type: "button",
              class: "route",
              onclick: () => options.highlight(marked),
              onmouseenter: () => options.highlight(marked),
              onmouseleave: () => options.highlight(null),
              onfocus: () => options.highlight(marked),
              onblur: () => options.highlight(null),
            },
            h("span", { class: "route-about" }, [route.about, lane].filter(Boolean).join(t("dot"))),
            legs.flatMap((leg, place) => [
              place === 0 && h("span", { class: "party" }, options.title(leg.source)),
              step(leg),
              h("span", { class: "party" }, options.title(leg.target)),
            ]),
          ),
        );
      }),
    ),
  );
}

function step(leg: GraphEdge): HTMLElement {
  return h(
    "span",
    { class: leg.slow ? "leg slow" : "leg" },
    `→ ${[leg.label, leg.timing, leg.norm].filter(Boolean).join(t("dot"))}${leg.slow ? `（${t("slowShort")}）` : ""} →`,
  );
}
