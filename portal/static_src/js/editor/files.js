// The files that go with a post: listed, taken away one by one, added by dropping them on the form.
import { idOf, make } from "./elements.js";

const watched = new WeakSet();

const number = new Intl.NumberFormat("it-IT", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
export const weight = (bytes) => {
  if (bytes < 1000) return `${bytes} byte`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${number.format(bytes / 1_000_000)} MB`;
};
const count = (many) => ["Nessun file allegato", "1 file allegato"][many] ?? `${many} file allegati`;
const same = (one, other) =>
  one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

function watch(input) {
  if (watched.has(input)) return;
  watched.add(input);
  const { form } = input;
  const list = make("ul", { class: "files", "aria-label": "File allegati", hidden: true });
  const status = make("p", { class: "files__status", role: "status" });
  idOf(input, "allegati");
  input.after(list, status);
  let chosen = [];

  const show = () => {
    list.replaceChildren(
      ...chosen.map((file) => {
        const button = make(
          "button",
          { type: "button", class: "btn btn-outline-primary btn-small", "aria-label": `Togli ${file.name}` },
          "Togli",
        );
        button.addEventListener("click", () => takeAway(file));
        return make(
          "li",
          {},
          make("span", { class: "files__name" }, file.name),
          make("span", { class: "files__size" }, weight(file.size)),
          button,
        );
      }),
    );
    list.hidden = !chosen.length;
  };
  const keep = (files, sentence) => {
    chosen = files;
    const carrier = new DataTransfer();
    for (const file of chosen) carrier.items.add(file);
    input.files = carrier.files;
    show();
    status.textContent = sentence;
  };
  const add = (files) => {
    const fresh = [...files].filter((file) => !chosen.some((other) => same(file, other)));
    const all = input.multiple ? [...chosen, ...fresh] : fresh.slice(-1);
    keep(all.length ? all : chosen, count(all.length || chosen.length));
  };
  const takeAway = (file) => {
    const at = chosen.indexOf(file);
    const left = chosen.filter((other) => other !== file);
    keep(left, `${file.name} tolto. ${count(left.length)}`);
    (list.querySelectorAll("button")[Math.min(at, left.length - 1)] ?? input).focus();
  };

  input.addEventListener("change", () => add(input.files));
  form?.addEventListener("reset", () => setTimeout(() => keep([], "")));
  if (input.files.length) add(input.files);
  if (!form) return;
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  const mark = (on) => form.classList.toggle("is-dropping", on);
  const hold = (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    event.stopPropagation();
    mark(true);
  };
  form.addEventListener("dragenter", hold, true);
  form.addEventListener("dragover", hold, true);
  form.addEventListener("dragleave", (event) => form.contains(event.relatedTarget) || mark(false));
  form.addEventListener(
    "drop",
    (event) => {
      mark(false);
      if (!carries(event) || !event.dataTransfer.files.length) return;
      event.preventDefault();
      event.stopPropagation();
      add(event.dataTransfer.files);
    },
    true,
  );
}

export const watchFiles = (root) => {
  for (const input of root.querySelectorAll("input[type=file][data-files]")) watch(input);
  if (root.matches?.("input[type=file][data-files]")) watch(root);
};
