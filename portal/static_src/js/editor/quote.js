// «Cita»: the words of another post, or those selected in it, go into the text with their author.
import { DOMParser as Reader, Fragment } from "@tiptap/pm/model";
import { TextSelection } from "@tiptap/pm/state";
import { currentEditor } from "./editor.js";

// Pressing a button may lose the selection: what was selected is taken when the press begins.
let taken = null;
const selectedIn = (target) => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  return target.contains(range.commonAncestorContainer) ? range.cloneContents() : null;
};
const targetOf = (link) => document.querySelector(link.dataset.quoteTarget);

document.addEventListener(
  "pointerdown",
  (event) => {
    const link = event.target.closest?.("[data-quote]");
    const target = link && targetOf(link);
    taken = target ? { link, words: selectedIn(target) } : null;
  },
  true,
);

// What the post itself quotes is left out, unless it was selected.
const wordsOf = (target) => {
  const whole = document.createElement("div");
  whole.append(...target.cloneNode(true).childNodes);
  for (const quoted of whole.querySelectorAll("blockquote")) quoted.remove();
  return whole;
};

function insert({ editor, used }, author, words) {
  const { schema, doc, selection } = editor.state;
  const { paragraph, blockquote } = schema.nodes;
  const quoted = Reader.fromSchema(schema).parse(words).content;
  const head = author
    ? [paragraph.create(null, [schema.text(author, [schema.marks.bold.create()]), schema.text(" ha scritto:")])]
    : [];
  const quotation = blockquote.create(null, Fragment.from(head).append(quoted));
  const added = Fragment.from([quotation, paragraph.create()]);
  const empty = editor.isEmpty;
  const at = used && selection.$to.depth ? selection.$to.after(1) : doc.content.size;
  const start = empty ? 0 : at;
  const change = editor.state.tr.replaceWith(start, empty ? doc.content.size : at, added);
  change.setSelection(TextSelection.near(change.doc.resolve(start + added.size - 1)));
  editor.view.dispatch(change.scrollIntoView());
  editor.commands.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-quote]");
  const target = link && targetOf(link);
  const place = target && currentEditor();
  if (!place || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  let words = taken?.link === link ? taken.words : selectedIn(target);
  taken = null;
  if (words) {
    const whole = document.createElement("div");
    whole.append(words);
    words = whole;
  } else words = wordsOf(target);
  insert(place, link.dataset.quoteAuthor, words);
});
