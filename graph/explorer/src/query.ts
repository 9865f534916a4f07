/** The SPARQL editor, with the catalogue of questions one click away. */

import Yasqe from "@zazuko/yasqe";
import { ACCEPT, asRows, nameThings, query, showAnswer } from "./answer";
import { ask, type About, type Question, type Setting } from "./api";
import { csv } from "./csv";
import { byId, download, fill, h } from "./dom";
import { showNotes } from "./legend";
import { read } from "./state";
import { speak, t } from "./words";

interface Catalogue {
  prefixes: Record<string, string>;
  questions: Question[];
}

const given = new URLSearchParams(location.hash.slice(1));
const lang = read(location.hash).lang;
const setting: Setting = { day: "", lang };
let catalogue: Catalogue = { prefixes: {}, questions: [] };
let notes: string[] = [];
let running: AbortController | null = null;

// The editor asks nobody anything: queries go out in run() alone, and nothing stays in the browser,
// as a query and its answer may speak of weaknesses.
Yasqe.defaults.autocompleters = ["variables"];
const editor = new Yasqe(byId("editor"), {
  persistenceId: null,
  showQueryButton: false,
  resizeable: false,
  prefixCcApi: null,
  consumeShareLink: null,
  createShareableLink: null as never,
  queryingDisabled: "kijun",
});
editor.addKeyMap({
  "Ctrl-Enter": () => void run(),
  "Cmd-Enter": () => void run(),
  // Tab leaves the editor, so that keys alone lead through the page.
  Tab: false,
  "Shift-Tab": false,
} as never);

function choose(question: Question): void {
  editor.setValue(question.query.replace(/^#\+.*\n/gm, ""));
  fill(
    byId("asked"),
    h("h1", {}, question.summary),
    h("p", {}, question.description),
    question.parameters.length > 0 &&
      h("p", { class: "quiet" }, t("parameters"), question.parameters.join(t("comma"))),
  );
  history.replaceState(null, "", `#lang=${lang}&question=${encodeURIComponent(question.id)}`);
  for (const button of byId("questions").querySelectorAll("button"))
    button.setAttribute("aria-current", String(button.dataset["question"] === question.id));
}

function list(narrow: string): void {
  const key = (text: string): string => text.normalize("NFKC").toLowerCase();
  const shown = catalogue.questions.filter((one) =>
    key(`${one.id} ${one.summary} ${one.section}`).includes(key(narrow.trim())),
  );
  fill(
    byId("questions"),
    shown.map((one) =>
      h(
        "li",
        {},
        h(
          "button",
          { type: "button", "data-question": one.id, title: one.description, onclick: () => choose(one) },
          h("span", { class: "place" }, one.section),
          h("span", {}, one.summary),
        ),
      ),
    ),
    !shown.length && h("li", { class: "quiet" }, t("nothing")),
  );
}

/** Answer the query, or stop the one that is running. */
async function run(): Promise<void> {
  if (running) {
    running.abort();
    return;
  }
  running = new AbortController();
  byId("run").textContent = t("stop");
  byId("busy").textContent = t("running");
  const begun = performance.now();
  try {
    const answer = await query(editor.getValue(), ACCEPT, running.signal);
    const reader = { prefixes: catalogue.prefixes, address };
    await showAnswer(byId("results"), answer, (performance.now() - begun) / 1000, reader);
    await nameThings(byId("results"), lang, catalogue.prefixes);
  } catch (error) {
    if (!running.signal.aborted)
      fill(byId("results"), h("pre", { class: "error", role: "alert" }, (error as Error).message));
  } finally {
    running = null;
    byId("run").textContent = t("run");
    byId("busy").textContent = "";
  }
}

async function save(): Promise<void> {
  try {
    const answer = await query(editor.getValue(), ACCEPT);
    if ((answer.headers.get("content-type") ?? "").includes("turtle")) {
      const said = notes.map((note) => `# ${note}\n`).join("");
      download("kijun.ttl", new Blob([said + (await answer.text())]));
    } else {
      const { headings, rows } = await asRows(answer);
      download("kijun.csv", new Blob([csv(headings, rows, notes)], { type: "text/csv" }));
    }
  } catch (error) {
    fill(byId("results"), h("pre", { class: "error", role: "alert" }, (error as Error).message));
  }
}

/** A thing of the graph leads to its picture. */
function address(iri: string): string | null {
  for (const name of ["kijun", "id"]) {
    const space = catalogue.prefixes[name];
    if (space && iri.startsWith(space))
      return `/#lang=${lang}&view=near&of=${encodeURIComponent(`${name}:${iri.slice(space.length)}`)}`;
  }
  return null;
}

function showFrame(about: About): void {
  document.title = t("editor");
  const other = lang === "ja" ? "en" : "ja";
  const there = h("button", { type: "button", lang: other }, t("language"));
  there.addEventListener("click", () => {
    const next = new URLSearchParams(location.hash.slice(1));
    next.set("lang", other);
    history.replaceState(null, "", `#${next}`);
    location.reload();
  });
  fill(byId("lang"), there);
  fill(byId("to-explorer"), h("a", { href: `/#lang=${lang}` }, t("explorer")));
  byId("catalogue-title").textContent = t("questions");
  const narrow = byId<HTMLInputElement>("narrow");
  narrow.placeholder = t("filterQuestions");
  narrow.setAttribute("aria-label", t("filterQuestions"));
  narrow.addEventListener("input", () => list(narrow.value));
  byId("run").textContent = t("run");
  byId("run").addEventListener("click", run);
  byId("save").textContent = t("save");
  byId("save").addEventListener("click", save);
  byId("editor").querySelector("textarea")?.setAttribute("aria-label", t("editor"));
  showNotes(byId("notes"), about, []);
}

async function begin(): Promise<void> {
  speak(lang);
  const [about, questions] = await Promise.all([
    ask<About>("about", {}, setting),
    ask<Catalogue>("questions", {}, setting),
  ]);
  catalogue = questions;
  notes = about.notes;
  showFrame(about);
  const { kijun, id, skos } = catalogue.prefixes;
  editor.setValue(
    `PREFIX kijun: <${kijun}>\nPREFIX id: <${id}>\nPREFIX skos: <${skos}>\n\n` +
      "SELECT ?name ?statement WHERE {\n  ?norm kijun:notation ?name ;\n    kijun:bearer kijun:Ministry ;\n" +
      `    kijun:statement ?statement .\n  FILTER(LANG(?statement) = "${lang}")\n}\nORDER BY ?name\n`,
  );
  list("");
  const wanted = catalogue.questions.find((one) => one.id === given.get("question"));
  if (wanted) choose(wanted);
  byId("page").dataset["ready"] = "1";
}

void begin().catch((error: Error) => {
  fill(byId("asked"), h("p", { class: "error", role: "alert" }, error.message));
});
