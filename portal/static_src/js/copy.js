// A link that is copied instead of followed, where the browser allows it.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-copy]");
  if (!link || !navigator.clipboard) return;
  event.preventDefault();
  await navigator.clipboard.writeText(link.dataset.copy);
  const words = link.querySelector("span");
  const before = words.textContent;
  words.setAttribute("role", "status");
  words.textContent = "Copiato";
  setTimeout(() => {
    words.textContent = before;
  }, 2500);
});
