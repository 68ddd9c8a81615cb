// The editor of the SPARQL page: CodeMirror 6 in the place of a text area, with completion from the ontology.
//
// A text area with `data-terms="ADDRESS"` becomes an editor; the address gives the prefixes and terms as JSON, and nothing else is
// fetched. The text area stays in its form and holds what is written, so that without this script, or if it fails, the form works as before.
// The editor stands in a shadow root, where its styles need no exception from the page's policy.

import { autocompletion, closeBrackets, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { Decoration, drawSelection, EditorView, keymap, lineNumbers, ViewPlugin } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";

const KEYWORDS = (
  "SELECT DISTINCT WHERE FILTER OPTIONAL UNION MINUS BIND VALUES GRAPH CONSTRUCT ASK DESCRIBE PREFIX LIMIT OFFSET COUNT SUM AVG MIN MAX " +
  "GROUP_CONCAT SAMPLE STR LANG DATATYPE BOUND COALESCE IF REGEX CONTAINS STRSTARTS STRLEN CONCAT EXISTS UNDEF"
).split(" ").concat(["ORDER BY", "GROUP BY", "HAVING", "DESC", "ASC", "NOT EXISTS", "AS"]);

const LOOK = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--link)", fontWeight: "600" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--interpreted)" },
  { tag: [tags.string, tags.literal, tags.number, tags.bool], color: "var(--stated)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);

const THEME = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--page)", border: "1px solid var(--soft)", borderRadius: ".3rem", fontSize: ".9rem" },
  "&.cm-focused": { outline: "3px solid var(--link)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "ui-monospace, monospace", lineHeight: "1.5", minHeight: "16rem", maxHeight: "70vh" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--panel)", color: "var(--soft)", border: "none" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--mark)" },
  ".cm-wrong": { textDecoration: "underline wavy var(--rejected)", textUnderlineOffset: ".2em" },
  ".cm-tooltip": { color: "var(--ink)", backgroundColor: "var(--panel)", border: "1px solid var(--line)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { color: "var(--page)", backgroundColor: "var(--accent)" },
  ".cm-completionDetail": { fontStyle: "normal", marginLeft: "1em", opacity: "1" },
});

/** Return what puts a term at its place, and its prefix at the beginning where the query does not declare it. */
function apply(name, prefixes) {
  return (view, completion, from, to) => {
    const prefix = name.split(":")[0];
    const text = view.state.doc.toString();
    const changes = [{ from, to, insert: name }];
    const declared = new RegExp(`^\\s*PREFIX\\s+${prefix}:`, "im").test(text);
    if (!declared && prefixes[prefix]) changes.unshift({ from: 0, insert: `PREFIX ${prefix}: <${prefixes[prefix]}>\n` });
    const change = view.state.changes(changes);
    view.dispatch({ changes: change, selection: { anchor: change.mapPos(to, 1) }, userEvent: "input.complete" });
  };
}

/** Return what completes: terms by their name or by their label in the reader's language, prefixes, keywords and the query's variables. */
export function completion(told) {
  const terms = told.terms.map(({ name, label, kind }) => ({
    label: name, detail: label, type: kind === "class" ? "class" : "property", apply: apply(name, told.prefixes), said: label.toLowerCase(),
  }));
  const words = KEYWORDS.map((label) => ({ label, type: "keyword" }));
  return (context) => {
    const variable = context.matchBefore(/[?$]\w*/);
    if (variable) {
      const found = new Set(context.state.doc.toString().match(/[?$]\w+/g));
      found.delete(variable.text);
      return { from: variable.from, options: [...found].map((label) => ({ label, type: "variable" })), validFor: /^[?$]\w*$/ };
    }
    const word = context.matchBefore(/[\p{L}\p{N}_-]*:?[\p{L}\p{N}_-]*/u);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    // A word in the reader's language finds the terms that are called so, whatever their names are.
    const wanted = word.text.toLowerCase().replace(/^\w*:/, "");
    if (/[^\x00-\x7f]/.test(wanted)) {
      return { from: word.from, options: terms.filter((term) => term.said.includes(wanted)), filter: false };
    }
    return { from: word.from, options: word.text.includes(":") ? terms : [...words, ...terms], validFor: /^[\w-]*:?[\w-]*$/ };
  };
}

/** Underlines what the grammar does not have, up to the end of its line where nothing stands at the place itself. */
const faults = ViewPlugin.define(
  (view) => {
    const marked = (state) => {
      const found = [];
      syntaxTree(state).iterate({
        enter: ({ type, from, to }) => {
          if (!type.isError) return;
          const line = state.doc.lineAt(from);
          const start = Math.min(from, Math.max(line.from, line.to - 1));
          const end = Math.max(to > from ? Math.min(to, line.to) : line.to, start);
          if (end > start) found.push(Decoration.mark({ class: "cm-wrong" }).range(start, end));
        },
      });
      return Decoration.set(found, true);
    };
    return {
      decorations: marked(view.state),
      update(update) {
        if (update.docChanged || syntaxTree(update.startState) !== syntaxTree(update.state)) this.decorations = marked(update.state);
      },
    };
  },
  { decorations: (plugin) => plugin.decorations },
);

/** Put an editor in the place of a text area. `told` are prefixes and terms; `wrong`: what the grammar does not have is marked. */
export function edit(area, told, wrong = false) {
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const label = area.labels[0]?.textContent ?? "SPARQL";
  const run = () => (area.form.requestSubmit(), true);
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), sparql(), syntaxHighlighting(LOOK), THEME, wrong ? faults : [],
        autocompletion({ override: [completion(told)], icons: false }),
        keymap.of([{ key: "Mod-Enter", run }, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
        EditorView.updateListener.of((update) => { if (update.docChanged) area.value = update.state.doc.toString(); }),
      ],
    }),
  });
  area.after(host);
  area.hidden = true;
  area.required = false; // what is hidden cannot be asked for
  area.labels[0]?.addEventListener("click", () => view.focus());
  return view;
}

for (const area of document.querySelectorAll("textarea[data-terms]")) {
  fetch(area.dataset.terms)
    .then((answer) => (answer.ok ? answer.json() : { prefixes: {}, terms: [] }))
    .catch(() => ({ prefixes: {}, terms: [] }))
    .then((told) => edit(area, told, "wrong" in area.dataset));
}
