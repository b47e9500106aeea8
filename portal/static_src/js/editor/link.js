// The row in which the address of a link is written, between the tools and the text.
import { make } from "./elements.js";
import { addressFrom } from "./schema.js";

const WRONG = "Scriva un indirizzo completo, per esempio https://www.upi.it oppure nome@ente.it.";

export function linkRow(editor, stem) {
  const id = `${stem}-collegamento`;
  const input = make("input", {
    type: "text",
    id: `${id}-indirizzo`,
    class: "editor__address",
    inputmode: "url",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
  });
  const apply = make("button", { type: "button", class: "btn btn-primary btn-small" }, "Applica");
  const remove = make("button", { type: "button", class: "btn btn-outline-primary btn-small" }, "Togli");
  const problem = make("p", { class: "field__error", id: `${id}-errore`, role: "status" });
  const element = make(
    "div",
    { id, class: "editor__link", role: "group", "aria-label": "Collegamento", hidden: true },
    make("label", { for: input.id }, "Indirizzo"),
    input,
    apply,
    remove,
    problem,
  );
  let opener = null;

  const complain = (text) => {
    problem.textContent = text;
    if (text) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", problem.id);
    } else {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  };
  const open = (button) => {
    opener = button ?? null;
    complain("");
    input.value = editor.getAttributes("link").href ?? "";
    remove.hidden = !editor.isActive("link");
    element.hidden = false;
    input.focus();
    input.select();
  };
  // Escape gives the focus back to where the row was opened from; the other ways end in the text.
  const close = (to) => {
    element.hidden = true;
    if (to) to.focus();
    else editor.commands.focus();
  };
  const set = () => {
    const href = addressFrom(input.value);
    if (!href) {
      complain(WRONG);
      input.focus();
      return;
    }
    const chain = editor.chain().focus();
    if (editor.isActive("link")) chain.extendMarkRange("link").setLink({ href }).run();
    else if (editor.state.selection.empty)
      chain
        .insertContent({ type: "text", text: input.value.trim(), marks: [{ type: "link", attrs: { href } }] })
        .unsetMark("link")
        .run();
    else chain.setLink({ href }).run();
    close();
  };

  apply.addEventListener("click", set);
  remove.addEventListener("click", () => {
    editor.chain().focus().extendMarkRange("link").unsetLink().run();
    close();
  });
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === input) set();
    else if (event.key === "Escape") close(opener);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { element, open };
}
