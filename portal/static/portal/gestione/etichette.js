// Fields that Wagtail draws without a label get the one that is written beside them.
const name = (field, text) => {
  if (field && text && !field.hasAttribute("aria-label")) field.setAttribute("aria-label", text.trim());
};
const nameFields = () => {
  for (const list of document.querySelectorAll("ul.tagit")) {
    const label = document.querySelector(`label[for="${list.previousElementSibling?.id}"]`);
    name(list.querySelector(".tagit-new input"), label?.firstChild?.textContent);
  }
  for (const file of document.querySelectorAll(".replace-file-input input[type=file]")) {
    name(file, file.parentElement.querySelector("button")?.textContent);
  }
};
document.addEventListener("DOMContentLoaded", () => {
  nameFields();
  // Wagtail makes its fields later, and others in its windows.
  new MutationObserver(nameFields).observe(document.body, { childList: true, subtree: true });
});
