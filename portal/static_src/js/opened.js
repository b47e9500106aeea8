// Which result was opened, told to the portal without saying who; it helps the redazione.
const tell = (event) => {
  const row = event.target.closest("a")?.closest("[data-object]");
  const list = row?.closest("[data-opened]");
  if (!list) return;
  const body = new FormData();
  body.append("ricerca", list.dataset.opened);
  body.append("oggetto", row.dataset.object);
  navigator.sendBeacon(list.dataset.openedUrl, body);
};
document.addEventListener("click", tell);
document.addEventListener("auxclick", tell);
