/** A box to search by name as one types, with results that keys can walk through. */

import { ask, type Hit, type Setting } from "./api";
import { fill, h } from "./dom";
import { t } from "./words";

const WAIT = 70;
const SHOWN = 14;

interface Options {
  /** The box's own name for those who cannot see it. */
  label: string;
  placeholder?: string;
  kinds?: string[];
  setting: () => Setting;
  kindLabel: (kind: string) => string;
  chosen: (hit: Hit) => void;
}

let boxes = 0;

export interface SearchBox {
  element: HTMLElement;
  input: HTMLInputElement;
}

/** Make a search box: an ARIA combobox whose list follows what is typed. */
export function searchBox(options: Options): SearchBox {
  const name = `found-${++boxes}`;
  const list = h("ul", { id: name, role: "listbox", class: "hits", "aria-label": options.label, hidden: true });
  const input = h("input", {
    type: "search",
    role: "combobox",
    class: "search",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": options.label,
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": name,
    placeholder: options.placeholder ?? options.label,
  });
  const element = h("div", { class: "searchbox" }, input, list);
  let hits: Hit[] = [];
  let active = -1;
  let timer = 0;
  let running: AbortController | undefined;

  const open = (shown: boolean): void => {
    list.hidden = !shown;
    input.setAttribute("aria-expanded", String(shown));
    if (!shown) mark(-1);
  };

  const mark = (index: number): void => {
    active = index;
    list.querySelectorAll("[role=option]").forEach((option, place) => {
      option.setAttribute("aria-selected", String(place === index));
      if (place === index) option.scrollIntoView({ block: "nearest" });
    });
    if (index < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `${name}-${index}`);
  };

  const choose = (index: number): void => {
    const hit = hits[index];
    if (!hit) return;
    open(false);
    input.value = hit.label;
    input.blur();
    options.chosen(hit);
  };

  const show = (found: { hits: Hit[]; all: number }): void => {
    hits = found.hits;
    fill(
      list,
      hits.map((hit, index) =>
        h(
          "li",
          {
            role: "option",
            id: `${name}-${index}`,
            "aria-selected": "false",
            "data-id": hit.id,
            onmousedown: (event) => event.preventDefault(),
            onclick: () => choose(index),
          },
          h("span", { class: `chip kind-${hit.kind}` }, options.kindLabel(hit.kind)),
          h(
            "span",
            { class: "hit" },
            h("span", { class: "hit-label" }, hit.label),
            hit.matched ? h("span", { class: "hit-also" }, hit.matched) : null,
            hit.hint && hit.kind !== "question" ? h("span", { class: "hit-hint" }, hit.hint) : null,
            hit.absent ? h("span", { class: "hit-absent" }, t("absent")) : null,
          ),
        ),
      ),
      found.all > hits.length && h("li", { class: "hits-more", role: "presentation" }, t("more", { n: found.all - hits.length })),
      !hits.length && h("li", { class: "hits-more", role: "presentation" }, t("nothing")),
    );
    open(true);
    mark(hits.length ? 0 : -1);
  };

  const seek = async (): Promise<void> => {
    running?.abort();
    const text = input.value.trim();
    if (!text) {
      open(false);
      return;
    }
    running = new AbortController();
    const parameters = { q: text.slice(0, 200), limit: String(SHOWN), kinds: options.kinds?.join(",") };
    try {
      show(await ask("search", parameters, options.setting(), running.signal));
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) show({ hits: [], all: 0 });
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(seek, WAIT);
  });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => setTimeout(() => open(false), 120));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = hits.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) void seek();
      else mark(event.key === "ArrowDown" ? (active >= last ? 0 : active + 1) : active <= 0 ? last : active - 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!list.hidden && active >= 0) choose(active);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (list.hidden) input.blur();
      else open(false);
    }
  });
  return { element, input };
}
