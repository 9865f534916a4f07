/** The explorer: what the address says is fetched, drawn, listed and explained. */

import { ask, type About, type GraphEdge, type Hit, type Scene, type Setting } from "./api";
import { filtered } from "./bundles";
import { showBox, showBundle, showNode, type Context } from "./details";
import { byId, download, fill, h } from "./dom";
import { select, showFilters } from "./filters";
import { showLegend, showNotes } from "./legend";
import { captioned } from "./caption";
import { csv } from "./csv";
import { edgesAsCsv, showTable, type Listed } from "./listing";
import { cells, headings, showMatrix, type Matrix } from "./matrix";
import { Picture } from "./picture";
import { showRoutes } from "./routes";
import { searchBox } from "./search";
import { isKind, read, sameScene, write, type State, type View } from "./state";
import { speak, t } from "./words";

const NONE: Scene = { nodes: [], edges: [], missing: 0, notes: [] };

let state = read(location.hash);
let about: About;
let scene = NONE;
let matrix: Matrix | null = null;
let request = 0;
const titles = new Map<string, string>();
const kinds = new Map<string, string>();

const picture = new Picture(byId("picture"), {
  picked: (id) => go({ picked: id }, true),
  grow,
  hover: (text, x, y) => {
    const tip = byId("tip");
    tip.textContent = text;
    tip.hidden = !text;
    const room = byId("picture").clientWidth;
    tip.style.left = `${Math.max(4, Math.min(x + 14, room - 290))}px`;
    tip.style.top = `${y + 14}px`;
  },
});

function setting(): Setting {
  return { day: state.day, lang: state.lang };
}

function title(id: string): string {
  return titles.get(id) ?? id;
}

/** Change what is shown; a change of the scene is a step that the browser's Back undoes. */
function go(change: Partial<State>, quietly = false): void {
  const next = { ...state, ...change };
  const same = sameScene(state, next);
  const address = write(next);
  if (same || quietly) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  void turn(next);
}

async function turn(next: State): Promise<void> {
  const before = state;
  state = next;
  if (before.lang !== next.lang || before.day !== next.day || !about) {
    byId("busy").hidden = false;
    await settle();
  }
  if (!sameScene(before, next) || scene === NONE) await load();
  else show(true);
}

/** Fetch what depends on day and language only. */
async function settle(): Promise<void> {
  speak(state.lang);
  about = await ask<About>("about", {}, setting());
  state.day = about.day;
  titles.clear();
  for (const { id, label } of about.kinds) kinds.set(id, label);
  kinds.set("question", t("questions"));
  showFrame();
}

/** Fetch the scene that the state names, with what was grown. */
async function load(): Promise<void> {
  const mine = ++request;
  byId("busy").hidden = false;
  try {
    const [base, holes, ...more] = await Promise.all([
      first(),
      state.view === "holes" ? ask<Matrix>("matrix", {}, setting()) : null,
      ...state.grown.map((one) => {
        const [id, take] = one.split("|");
        return ask<Scene>("near", { id, take }, setting());
      }),
    ]);
    if (mine !== request) return;
    scene = more.reduce(joined, base);
    matrix = holes;
    say("");
  } catch (error) {
    if (mine !== request) return;
    scene = { ...NONE, notes: about?.notes ?? [] };
    say((error as Error).message);
  } finally {
    if (mine === request) byId("busy").hidden = true;
  }
  for (const node of scene.nodes) titles.set(node.id, node.label);
  await nameEnds();
  if (mine === request) show(false);
}

function first(): Promise<Scene> {
  const { view, of, to } = state;
  if (view === "route") {
    if (!of || !to) return Promise.resolve({ ...NONE, notes: about.notes });
    return ask<Scene>("route", { from: of, to, about: state.about }, setting());
  }
  if (view === "start") return ask<Scene>("start", {}, setting());
  if (view === "holes") return ask<Scene>("boundary", {}, setting());
  return ask<Scene>(view, { id: of }, setting());
}

/** Join what was grown to the rest: outwards from the thing that it was grown around. */
function joined(whole: Scene, part: Scene): Scene {
  const nodes = new Map(whole.nodes.map((node) => [node.id, node]));
  const at = nodes.get(part.centre ?? "")?.layer ?? 0;
  for (const node of part.nodes)
    if (!nodes.has(node.id)) nodes.set(node.id, { ...node, layer: at ? at + Math.sign(at) : node.layer });
  const edges = new Map([...part.edges, ...whole.edges].map((edge) => [edge.id, edge]));
  const notes = [...new Set([...whole.notes, ...part.notes])];
  return {
    ...whole,
    ...{ nodes: [...nodes.values()], edges: [...edges.values()] },
    ...{ notes, missing: whole.missing + part.missing },
  };
}

/** The ends of a route have names even where no route was found. */
async function nameEnds(): Promise<void> {
  const unnamed = [state.of, state.to].filter((id) => id && !titles.has(id));
  await Promise.all(
    unnamed.map(async (id) => {
      const found = await ask<{ label: string }>("thing", { id }, setting()).catch(() => null);
      if (found) titles.set(id, found.label);
    }),
  );
}

function grow(what: string): void {
  const grown = state.grown.filter((one) => one !== what);
  go({ grown: [...grown, what].slice(-40), picked: what.split("|")[0] ?? "" });
}

// What is on the page

function showFrame(): void {
  document.title = t("title");
  const box = searchBox({
    label: t("searchLabel"),
    placeholder: t("search"),
    setting,
    kindLabel: (kind) => kinds.get(kind) ?? kind,
    chosen,
  });
  box.input.id = "search";
  fill(byId("find"), box.element);
  const days = about.days.map(({ id }) => ({ id, label: id }));
  if (!days.some(({ id }) => id === state.day)) days.push({ id: state.day, label: state.day });
  const menu = select("day", [...days, { id: "?", label: t("otherDay") }], state.day, pickDay);
  menu.setAttribute("aria-label", t("day"));
  menu.title = about.days.map(({ id, label }) => `${id}：${label}`).join("\n");
  fill(byId("day"), h("span", { "aria-hidden": "true" }, t("day")), menu);
  const other = state.lang === "ja" ? "en" : "ja";
  fill(byId("lang"), h("button", { type: "button", lang: other, onclick: () => go({ lang: other }) }, t("language")));
  fill(byId("to-query"), h("a", { href: `/query#lang=${state.lang}` }, t("query")));
  byId("filters-title").textContent = t("filters");
  byId("legend-title").textContent = t("legend");
  byId("picture").setAttribute("aria-label", t("canvas"));
  byId("details").setAttribute("aria-label", t("details"));
}

function pickDay(day: string): void {
  if (day !== "?") {
    go({ day });
    return;
  }
  const input = h("input", { type: "date", "aria-label": t("otherDayLabel"), value: state.day });
  input.addEventListener("change", () => input.value && go({ day: input.value }));
  byId("day").append(input);
  input.focus();
}

function chosen(hit: Hit): void {
  if (hit.kind === "question") location.assign(`/query#lang=${state.lang}&question=${encodeURIComponent(hit.id)}`);
  else {
    go({ view: "near", of: hit.id, to: "", grown: [], picked: hit.id });
    byId("picture").focus();
  }
}

function say(text: string): void {
  const place = byId("said");
  place.textContent = text;
  place.hidden = !text;
}

/** Show the scene as it is filtered now; `keep` leaves what is drawn in its place. */
function show(keep: boolean): void {
  const shown = filtered(scene, state);
  showNotes(byId("notes"), about, scene.notes);
  showBar(shown.nodes.filter((node) => !isWay(node.id)).length, listed(shown.edges).edges.length);
  showFilters(byId("filters"), about, scene, state, (change) => go(change));
  const routing = state.view === "route";
  byId("routes").hidden = !routing;
  if (routing)
    showRoutes(byId("routes"), {
      ...{ about, state, title, scene: state.of && state.to ? scene : null },
      setting,
      kindLabel: (kind) => kinds.get(kind) ?? kind,
      change: (to) => go(to),
      highlight: (legs) => picture.highlight(legs),
    });
  const table = state.mode === "table" || matrix !== null;
  byId("stage").classList.toggle("as-table", table);
  byId("page").classList.toggle("of-holes", matrix !== null);
  byId("table").hidden = !table;
  picture.draw(scene, shown, keep);
  picture.pick(state.picked);
  if (matrix) showMatrix(byId("table"), matrix, openHole);
  else if (table) showTable(byId("table"), listed(shown.edges), (edge) => go({ picked: picture.drawnAs(edge) }, true));
  showLegend(byId("legend"), about, shown, picture.marks());
  void showDetails();
  byId("page").dataset["ready"] = String(request);
}

/** Lead from a hole of the matrix to its place in the picture. */
function openHole({ id, system }: { id: string; system: string }): void {
  go({ view: "boundary", of: system, mode: "picture", grown: [], picked: id });
}

async function savePicture(): Promise<void> {
  const notes = [...new Set([...about.notes, ...scene.notes])];
  download("kijun.png", await captioned(await picture.png(), byId("bar").querySelector("h1")!.innerText, notes));
}

function saveRows(): void {
  const notes = [...new Set([...about.notes, ...scene.notes])];
  const text = matrix
    ? csv(headings(), matrix.holes.map(cells), notes)
    : edgesAsCsv({ ...listed(filtered(scene, state).edges), notes });
  download("kijun.csv", new Blob([text], { type: "text/csv" }));
}

/** Edges as a table says them: a duty is the body's, not that of the route on which it comes. */
function listed(edges: GraphEdge[]): Listed {
  const body = scene.centre ?? "";
  const own = edges
    .filter((edge) => !isWay(edge.target))
    .map((edge) => (isWay(edge.source) ? { ...edge, source: body } : edge));
  return { edges: own, title, about, notes: scene.notes };
}

function isWay(id: string): boolean {
  return id.startsWith("id:way/");
}

function showBar(nodes: number, edges: number): void {
  const { view, of } = state;
  const views: [View, boolean][] = [
    ["near", !!of],
    ["lines", isKind(of, "body", "office", "class")],
    ["duties", isKind(of, "body")],
    ["boundary", isKind(of, "body", "system")],
    ["route", true],
    ["holes", about.profiles > 0],
  ];
  const tab = ([one]: [View, boolean]): HTMLElement =>
    h(
      "button",
      {
        ...{ type: "button", class: "tab", "data-view": one, "aria-pressed": String(view === one) },
        onclick: () => go({ view: one, grown: [], picked: "" }),
      },
      t(one),
    );
  const name = view === "start" ? t("start") : of ? title(of) : t(view);
  const heading = view === "route" && of && state.to ? `${name} → ${title(state.to)}` : name;
  fill(
    byId("bar"),
    h("h1", {}, heading),
    h("div", { class: "tabs", role: "group" }, views.filter(([, on]) => on).map(tab)),
    h(
      "div",
      { class: "tools" },
      view !== "start" && tool("back", () => go({ view: "start", of: "", to: "", about: "", grown: [], picked: "" })),
      !matrix && [
        tool(state.mode === "table" ? "picture" : "table", () =>
          go({ mode: state.mode === "table" ? "picture" : "table" }),
        ),
        tool("fit", () => picture.fit()),
        tool("png", savePicture),
      ],
      tool("csv", saveRows),
      tool("share", share),
    ),
  );
  const left = (scene.left ?? []).map((one) => `${one.label} ${one.count}`).join(t("comma"));
  const real = listed(scene.edges).edges.length;
  const hidden = real - edges;
  fill(
    byId("counts"),
    `${t("countNodes", { n: nodes })}${t("comma")}${t("countEdges", { n: edges })}`,
    hidden > 0 && ` — ${t("hidden", { n: hidden })}`,
    scene.missing > 0 && h("b", {}, ` — ${t("missing", { n: scene.missing })}`),
    left && !state.grown.length && ` — ${t("leftOff")}${left}`,
  );
}

function tool(name: "back" | "picture" | "table" | "fit" | "png" | "csv" | "share", act: (event: Event) => void): HTMLElement {
  return h("button", { type: "button", "data-tool": name, onclick: act }, t(name));
}

async function share(event: Event): Promise<void> {
  const button = event.currentTarget as HTMLElement;
  history.replaceState(null, "", write(state));
  await navigator.clipboard.writeText(location.href);
  button.textContent = t("copied");
  setTimeout(() => (button.textContent = t("share")), 1500);
}

let detailed = "";

async function showDetails(): Promise<void> {
  const place = byId("details");
  const picked = state.picked || scene.centre || "";
  const key = `${picked} ${state.lang} ${state.day} ${request}`;
  if (key === detailed) return;
  detailed = key;
  const bundle = picture.bundle(picked);
  const centre = scene.nodes.find((node) => node.id === scene.centre) ?? null;
  const context: Context = {
    ...{ setting: setting(), about, centre, title, grow },
    open: (id, view) => go({ view, of: id, to: "", grown: [], picked: id }),
    pick: (id) => go(scene.nodes.some((node) => node.id === id) ? { picked: id } : { picked: id, grown: [...state.grown, id] }),
    end: (id, which) =>
      go(which === "from" ? { view: "route", of: id, grown: [], picked: "" } : { view: "route", to: id, of: state.view === "route" ? state.of : (state.of !== id && state.of) || "", grown: [], picked: "" }),
  };
  const box = picture.box(picked);
  const reaching = scene.edges.filter((edge) => edge.target === picked && isWay(edge.source));
  if (bundle) showBundle(place, bundle, context);
  else if (box) showBox(place, box.members, context);
  else if (picked && !picked.includes(" ") && !isWay(picked))
    await showNode(place, picked, reaching, context);
  else fill(place, h("p", { class: "quiet" }, t("pickSomething")));
}

// On a narrow page the filters come last and closed.
byId<HTMLDetailsElement>("side").open = matchMedia("(min-width: 1001px)").matches;

// Keys

document.addEventListener("keydown", (event) => {
  const inField = (event.target as HTMLElement).closest("input, select, textarea");
  if (event.key === "/" && !inField && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    byId<HTMLInputElement>("search").focus();
  } else if (event.key === "Escape" && !inField) go({ picked: "" }, true);
});

byId("picture").addEventListener("keydown", (event) => {
  if (event.key.startsWith("Arrow")) {
    event.preventDefault();
    const next = picture.neighbour(state.picked, event.key);
    if (next) {
      go({ picked: next }, true);
      picture.show(next);
    }
  } else if (event.key === "Enter" && state.picked && !picture.bundle(state.picked)) grow(state.picked);
});

addEventListener("popstate", () => void turn({ ...read(location.hash), day: read(location.hash).day || state.day }));

// For tests and for whoever scripts the page: what is drawn, and where.
Object.assign(window, {
  kijun: { places: () => picture.places(), touching: () => picture.touching(), faded: () => picture.faded() },
});

void turn(state).catch((error: Error) => say(error.message));
