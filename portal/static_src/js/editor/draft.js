// Keeps what is being written: two seconds after the last change it goes to the address of data-draft.
import { flush } from "./editor.js";

const QUIET = 2000;
const AGAIN = [5000, 10_000, 30_000, 60_000];
const BEACON = 60_000;
const watched = new WeakSet();

const clock = (now) => `${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`;

function watch(textarea) {
  const { form } = textarea;
  if (watched.has(textarea) || !form) return;
  watched.add(textarea);
  let timer = 0;
  let failures = 0;
  let changed = false;
  let leaving = false;
  let request = null;

  const state = () => form.querySelector("[data-draft-state]");
  const say = (text) => {
    const place = state();
    if (place && place.textContent !== text) place.textContent = text;
  };
  const body = () => {
    flush(textarea);
    const sent = new URLSearchParams({
      body: textarea.value,
      body_format: form.elements.body_format?.value ?? "text",
      csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken?.value ?? "",
    });
    for (const name of ["title", "kind"])
      if (form.elements[name]) sent.set(name, form.elements[name].value);
    return sent;
  };
  const send = (options) =>
    fetch(textarea.dataset.draft, { method: "POST", body: body(), redirect: "manual", ...options });
  const plan = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  };

  async function save() {
    if (!textarea.isConnected || leaving || request) return;
    changed = false;
    const mine = new AbortController();
    request = mine;
    try {
      const answer = await send({ signal: mine.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      failures = 0;
      say(`Bozza salvata alle ${clock(new Date())}`);
    } catch {
      if (mine.signal.aborted) return;
      changed = true;
      failures += 1;
      say("Bozza non salvata: riprovo");
    } finally {
      if (request === mine) request = null;
    }
    if (changed && !leaving) plan(failures ? AGAIN[Math.min(failures, AGAIN.length) - 1] : QUIET);
  }

  const place = state();
  if (place && !place.hasAttribute("role")) {
    place.setAttribute("role", "status");
    place.setAttribute("aria-live", "polite");
  }
  textarea.addEventListener("input", () => {
    changed = true;
    leaving = false;
    plan(QUIET);
  });
  // The text goes with the form: a draft that arrives later would bring back what was published.
  const leave = (event) => {
    if (event.target !== form || (event.defaultPrevented && event.type === "submit")) return;
    leaving = true;
    clearTimeout(timer);
    request?.abort();
    request = null;
  };
  // Refused or interrupted, the text is still here: keep it.
  const stay = () => {
    if (!leaving) return;
    leaving = false;
    changed = true;
    plan(0);
  };
  form.addEventListener("submit", leave);
  form.addEventListener("htmx:beforeRequest", leave);
  form.addEventListener("htmx:responseError", stay);
  form.addEventListener("htmx:sendError", stay);
  addEventListener("pageshow", (event) => event.persisted && textarea.isConnected && stay());
  addEventListener("online", () => changed && !leaving && plan(0));
  // Who closes the page has not waited two seconds.
  addEventListener("pagehide", () => {
    if (!changed || leaving || !textarea.isConnected) return;
    changed = false;
    clearTimeout(timer);
    send({ keepalive: textarea.value.length < BEACON }).catch(() => {});
  });
}

export const watchDrafts = (root) => {
  for (const textarea of root.querySelectorAll("textarea[data-draft]")) watch(textarea);
  if (root.matches?.("textarea[data-draft]")) watch(root);
};
