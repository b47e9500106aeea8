// Menu and filters are open where there is room; on phones they wait for a tap. Escape closes a menu.
const rooms = { menu: matchMedia("(min-width: 768px)"), filters: matchMedia("(min-width: 992px)") };
const arrange = (root, name) => {
  for (const item of root.querySelectorAll(`details[data-open-wide="${name}"]`))
    item.open = rooms[name].matches;
};
for (const name of Object.keys(rooms)) {
  arrange(document, name);
  rooms[name].addEventListener("change", () => arrange(document, name));
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const item of document.querySelectorAll("details.main-nav__drop[open]")) {
    item.open = false;
    item.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const item of document.querySelectorAll("details.main-nav__drop[open]"))
    if (!item.contains(event.target)) item.open = false;
});
