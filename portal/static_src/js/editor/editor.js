// Makes an editor of each textarea[data-editor]; the textarea stays what the form sends.
import { Editor } from "@tiptap/core";
import { idOf, make } from "./elements.js";
import { linkRow } from "./link.js";
import { readable, readLines } from "./paste.js";
import { INPUT_RULES, schema } from "./schema.js";
import { toolbar } from "./toolbar.js";

const LONG = 60_000;
const SETTLE = 400;
const live = new Map();
let lastUsed = null;

// A text as people type it without JavaScript: a blank line parts two paragraphs.
const paragraphs = (text) =>
  text
    .replace(/\r\n?/g, "\n")
    .split(/\n[^\S\n]*\n\s*/)
    .filter((part) => part.trim())
    .map((part) => ({
      type: "paragraph",
      content: part
        .split("\n")
        .flatMap((line, number) => [
          ...(number ? [{ type: "hardBreak" }] : []),
          ...(line ? [{ type: "text", text: line }] : []),
        ]),
    }));

// A browser that comes back to the page puts again into the textarea what the editor had written there.
const isHtml = (textarea) =>
  textarea.dataset.editorFormat === "html" ||
  (textarea.value !== textarea.defaultValue && /^<(p|ul|ol|blockquote)\b/.test(textarea.value));

// The page may hold the same text twice: plain in the field, for who has no JavaScript, and as HTML beside it.
const contentOf = (textarea) => {
  if (textarea.dataset.editorHtml && textarea.value === textarea.defaultValue)
    return readable(textarea.dataset.editorHtml);
  if (isHtml(textarea)) return readable(textarea.value);
  return textarea.value.trim() ? { type: "doc", content: paragraphs(textarea.value) } : "";
};

const hint = (id) => make("span", { id, hidden: true }, "Alt più F10 porta agli strumenti.");

function open(textarea) {
  if (live.has(textarea)) return;
  // What a saved page of the history holds of an editor is only its picture.
  if (textarea.previousElementSibling?.matches(".editor")) textarea.previousElementSibling.remove();
  const { form } = textarea;
  const format = form?.elements.body_format;
  const formatBefore = format?.value;
  const label = textarea.labels[0];
  const stem = idOf(textarea, "testo");
  const invalid = textarea.getAttribute("aria-invalid") === "true";
  const required = textarea.required;
  const region = make("div", { class: "editor__text" });
  const box = make("div", { class: `editor${invalid ? " editor--invalid" : ""}` });
  const describedBy = [textarea.getAttribute("aria-describedby"), `${stem}-tasti`];
  const editor = new Editor({
    element: { mount: region },
    extensions: schema(textarea.placeholder),
    content: contentOf(textarea),
    injectCSS: false,
    enableInputRules: INPUT_RULES,
    enablePasteRules: false,
    editorProps: {
      transformPastedHTML: readable,
      clipboardTextParser: readLines,
      attributes: {
        id: `${stem}-scritto`,
        class: "editor__text",
        role: "textbox",
        "aria-multiline": "true",
        ...(label
          ? { "aria-labelledby": idOf(label, "etichetta") }
          : { "aria-label": textarea.getAttribute("aria-label") ?? "Testo" }),
        "aria-describedby": describedBy.filter(Boolean).join(" "),
        ...(textarea.placeholder ? { "aria-placeholder": textarea.placeholder } : {}),
        ...(invalid ? { "aria-invalid": "true" } : {}),
        ...(required ? { "aria-required": "true" } : {}),
      },
    },
  });

  const html = () => (editor.isEmpty ? "" : editor.getHTML());
  let waiting = 0;
  const sync = () => {
    clearTimeout(waiting);
    waiting = 0;
    textarea.value = html();
  };
  editor.on("update", () => {
    if (editor.state.doc.content.size < LONG) sync();
    else if (!waiting) waiting = setTimeout(sync, SETTLE);
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  });
  editor.on("focus", () => {
    lastUsed = textarea;
  });

  const link = linkRow(editor, stem);
  const tools = toolbar(editor, { link, region, stem, form });
  box.append(tools.element, link.element, region, hint(`${stem}-tasti`));
  textarea.before(box);
  textarea.hidden = true;
  textarea.required = false;
  if (format) format.value = "html";
  textarea.value = html();

  const listeners = new AbortController();
  const { signal } = listeners;
  const listen = (target, name, act) => target?.addEventListener(name, act, { signal });
  listen(label, "click", () => editor.commands.focus());
  listen(form, "formdata", (event) => {
    if (waiting) sync();
    if (textarea.name && !textarea.disabled) event.formData.set(textarea.name, textarea.value);
  });
  listen(form, "submit", () => waiting && sync());
  listen(form, "reset", () =>
    setTimeout(() => {
      editor.commands.setContent(contentOf(textarea), { emitUpdate: false });
      if (format) format.value = "html";
      textarea.value = html();
    }),
  );

  live.set(textarea, {
    editor,
    flush: () => waiting && sync(),
    close() {
      listeners.abort();
      if (waiting) sync();
      tools.close();
      editor.destroy();
      box.remove();
      textarea.hidden = false;
      textarea.required = required;
      if (textarea.value) textarea.dataset.editorFormat = "html";
      else if (format) format.value = formatBefore;
      if (lastUsed === textarea) lastUsed = null;
      live.delete(textarea);
    },
  });
  if (textarea.autofocus) editor.commands.focus("end");
}

export const openEditors = (root) => {
  const inside = [...root.querySelectorAll("textarea[data-editor]")];
  if (root.matches?.("textarea[data-editor]")) inside.push(root);
  inside.forEach(open);
};

export const closeEditors = (root) => {
  for (const [textarea, one] of [...live]) if (root.contains(textarea)) one.close();
};

// Bring the textarea up to date with a long text that has just changed.
export const flush = (textarea) => live.get(textarea)?.flush();

// The editor in which a quotation belongs: that last written in, or the first of the page.
export const currentEditor = () => {
  const shown = [...live].filter(([textarea]) => textarea.isConnected);
  const chosen = shown.find(([textarea]) => textarea === lastUsed) ?? shown[0];
  return chosen ? { textarea: chosen[0], editor: chosen[1].editor, used: chosen[0] === lastUsed } : null;
};

// The summary of the errors leads to the field by its name: that is the hidden one.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#']");
  const textarea = link && document.getElementById(link.hash.slice(1));
  const one = textarea && live.get(textarea);
  if (!one) return;
  event.preventDefault();
  one.editor.commands.focus();
});
