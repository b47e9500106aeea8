// Suggestions under a search box: the combobox pattern of ARIA 1.2. Without it the box just searches.
const WAIT = 150;
const SHORTEST = 2;
let count = 0;

class Suggest {
  constructor(input) {
    this.input = input;
    this.options = [];
    this.active = -1;
    count += 1;
    this.list = document.createElement("ul");
    this.list.id = `suggerimenti-${count}`;
    this.list.className = "suggest";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggerimenti");
    this.status = document.createElement("span");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    input.parentElement.append(this.list, this.status);
    for (const [name, value] of Object.entries({
      role: "combobox",
      autocomplete: "off",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    }))
      input.setAttribute(name, value);
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // The box keeps the focus while an option is pressed.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.url);
    });
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    this.request?.abort();
    const typed = this.input.value.trim();
    if (typed.length < SHORTEST) return this.close();
    this.request = new AbortController();
    try {
      const answer = await fetch(`${this.input.dataset.suggest}?q=${encodeURIComponent(typed)}`, {
        signal: this.request.signal,
        headers: { Accept: "application/json" },
      });
      if (!answer.ok) return this.close();
      const { suggestions } = await answer.json();
      if (document.activeElement === this.input) this.show(suggestions);
    } catch {
      this.close();
    }
  }

  show(suggestions) {
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.options = suggestions.map(({ what, label, url }, position) => {
      const option = document.createElement("li");
      option.id = `${this.list.id}-${position}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.url = url;
      const words = document.createElement("span");
      words.textContent = label;
      const kind = document.createElement("span");
      kind.className = "suggest__what";
      kind.textContent = what;
      option.append(words, " ", kind);
      return option;
    });
    this.list.replaceChildren(...this.options);
    const open = this.options.length > 0;
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    const found = this.options.length;
    this.status.textContent =
      found === 0 ? "Nessun suggerimento" : found === 1 ? "Un suggerimento" : `${found} suggerimenti`;
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.list.hidden = true;
    this.options = [];
    this.active = -1;
    this.status.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  move(step) {
    const last = this.options.length - 1;
    if (last < 0) return;
    if (this.active >= 0) this.options[this.active].setAttribute("aria-selected", "false");
    this.active += step;
    if (this.active > last) this.active = 0;
    if (this.active < 0) this.active = last;
    const option = this.options[this.active];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  key(event) {
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) this.move(event.key === "ArrowDown" ? 1 : -1);
      else this.ask();
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      location.assign(this.options[this.active].dataset.url);
    }
  }
}

const equip = (root) => {
  for (const input of root.querySelectorAll("input[data-suggest]:not([role=combobox])"))
    new Suggest(input);
};
equip(document);
document.addEventListener("htmx:afterSettle", (event) => equip(event.detail.target?.parentElement ?? document));
