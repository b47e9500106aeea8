// The tools above the text: one stop of Tab, arrows inside, Escape back to the text.
import { icon, make } from "./elements.js";

const COMMANDS = [
  { name: "Grassetto", show: "G", look: "bold", active: "bold", keys: "Control+B", run: (chain) => chain.toggleBold() },
  { name: "Corsivo", show: "C", look: "italic", active: "italic", keys: "Control+I", run: (chain) => chain.toggleItalic() },
  { name: "Elenco puntato", show: "Elenco", sprite: "list", active: "bulletList", run: (chain) => chain.toggleBulletList() },
  { name: "Elenco numerato", show: "Numerato", sprite: "list-numbers", active: "orderedList", run: (chain) => chain.toggleOrderedList() },
  { name: "Collegamento", show: "Collegamento", sprite: "link", active: "link", keys: "Control+K", row: true },
  { name: "Citazione", show: "Citazione", sprite: "quote", active: "blockquote", run: (chain) => chain.toggleBlockquote() },
  { name: "Annulla", sprite: "undo", keys: "Control+Z", can: (editor) => editor.can().undo(), run: (chain) => chain.undo() },
  { name: "Ripeti", sprite: "redo", keys: "Control+Y", can: (editor) => editor.can().redo(), run: (chain) => chain.redo() },
];

const buttonOf = (command, stem) =>
  make(
    "button",
    {
      type: "button",
      tabindex: "-1",
      class: `editor__tool${command.look ? ` editor__tool--${command.look}` : ""}`,
      "aria-label": command.name,
      title: command.show === command.name ? null : command.name,
      "aria-keyshortcuts": command.keys,
      "aria-pressed": command.active ? "false" : null,
      "aria-controls": command.row ? `${stem}-collegamento` : null,
    },
    ...(command.sprite ? [icon(command.sprite)] : []),
    ...(command.show ? [make("span", {}, command.show)] : []),
  );

export function toolbar(editor, { link, region, stem, form }) {
  const tools = COMMANDS.map((command) => ({ ...command, button: buttonOf(command, stem) }));
  const element = make(
    "div",
    {
      role: "toolbar",
      class: "editor__tools",
      "aria-label": "Strumenti del testo",
      "aria-controls": `${stem}-scritto`,
    },
    ...tools.map(({ button }) => button),
  );
  const input = form?.querySelector("input[type=file][data-files]");
  if (input) {
    const button = buttonOf({ name: "Allega", show: "Allega", sprite: "clip" }, stem);
    tools.push({ name: "Allega", button, act: () => input.click() });
    element.append(button);
  }

  const buttons = () => [...element.children];
  const stop = (button) => {
    for (const other of buttons()) other.tabIndex = other === button ? 0 : -1;
  };
  stop(element.firstElementChild);

  const use = ({ button, act, row, can, run }) => {
    stop(button);
    if (act) act();
    else if (row) link.open(button);
    else if (!can || can(editor)) run(editor.chain().focus()).run();
  };
  for (const tool of tools) {
    tool.button.addEventListener("mousedown", (event) => event.preventDefault());
    tool.button.addEventListener("click", () => use(tool));
  }

  element.addEventListener("keydown", (event) => {
    const all = buttons();
    const at = all.indexOf(document.activeElement);
    const next = {
      ArrowRight: (at + 1) % all.length,
      ArrowLeft: (at - 1 + all.length) % all.length,
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    if (event.key === "Escape") {
      event.stopPropagation();
      editor.commands.focus();
    } else if (next !== undefined) {
      stop(all[next]);
      all[next].focus();
    } else return;
    event.preventDefault();
  });
  element.addEventListener("focusin", (event) => stop(event.target));
  region.addEventListener("keydown", (event) => {
    if (event.key === "F10" && event.altKey) element.querySelector("[tabindex='0']").focus();
    else if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) link.open();
    else return;
    event.preventDefault();
  });

  // Written only where it changed, so that nobody is told the same thing at every letter.
  const say = (button, name, value) => {
    if (button.getAttribute(name) !== String(value)) button.setAttribute(name, value);
  };
  let asked = 0;
  const show = () => {
    asked = 0;
    for (const { button, active, can } of tools) {
      if (active) say(button, "aria-pressed", editor.isActive(active));
      if (can) say(button, "aria-disabled", !can(editor));
    }
  };
  const ask = () => {
    asked ||= requestAnimationFrame(show);
  };
  show();
  editor.on("transaction", ask);
  return { element, close: () => cancelAnimationFrame(asked) };
}
