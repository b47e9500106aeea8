// Filters change the results in place: what was open stays open, a screen reader hears how many
// results there are now, and a request without an answer is not silent.
const say = (text) => {
  const region = document.querySelector("[data-announce]");
  if (region) region.textContent = text;
};
let open = [];
document.addEventListener("htmx:beforeRequest", ({ target }) => {
  if (target.querySelector?.("[data-count]")) say("Aggiornamento dei risultati…");
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  open = [...detail.target.querySelectorAll("details[id][open]")].map((item) => item.id);
});
document.addEventListener("htmx:afterSwap", ({ target }) => {
  for (const id of open.splice(0)) document.getElementById(id)?.setAttribute("open", "");
  const count = target.querySelector?.("[data-count]");
  if (count) say(count.textContent.trim());
});
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"])
  document.addEventListener(name, ({ target }) => {
    const failed = target.querySelector?.("[data-failed]");
    if (!failed) return;
    failed.hidden = false;
    failed.scrollIntoView({ block: "nearest" });
    say("");
  });
