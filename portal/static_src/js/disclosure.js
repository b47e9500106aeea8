// On wide screens the menu and the filters are always open; Escape closes an open menu.
const wide = matchMedia("(min-width: 992px)");
const menu = matchMedia("(min-width: 768px)");
const sync = () => {
  for (const item of document.querySelectorAll("details[data-open-wide]"))
    item.open = item.dataset.openWide === "menu" ? menu.matches : wide.matches || item.open;
};
sync();
menu.addEventListener("change", sync);
wide.addEventListener("change", sync);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const item of document.querySelectorAll("details.main-nav__drop[open]")) {
    item.open = false;
    item.querySelector("summary").focus();
  }
});
