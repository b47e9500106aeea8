// What the reader of documents adds to its links: keys that turn pages, a link to the words selected.
const turn = (direction) => document.querySelector(`.reader-bar [rel="${direction}"]`)?.click();
const busy = (target) =>
  target.closest("input, textarea, select, summary, [contenteditable], .table-frame, video, audio");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (busy(event.target)) return;
  // A sheet larger than its frame scrolls with the arrows, as any frame does.
  const sheet = event.target.closest("[data-sheet]");
  const wide = sheet && sheet.scrollWidth > sheet.clientWidth + 1;
  const root = document.documentElement;
  const atEnd = Math.ceil(window.scrollY + window.innerHeight) >= root.scrollHeight - 1;
  const turns = {
    ArrowLeft: !wide && "prev",
    ArrowRight: !wide && "next",
    PageUp: window.scrollY <= 0 && !wide && "prev",
    PageDown: atEnd && !wide && "next",
  };
  const direction = turns[event.key];
  if (!direction) return;
  event.preventDefault();
  turn(direction);
});

// The words selected in the text become the passage of the link.
const field = document.querySelector("[data-passage]");
document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const words = selection.toString().trim().replace(/\s+/g, " ");
  if (!field || words.length < 3 || words.length > field.maxLength) return;
  if (selection.anchorNode?.parentElement?.closest("[data-text]")) field.value = words;
});

// The first place marked on an enlarged sheet is brought into the frame.
const frame = document.querySelector("[data-sheet]");
const mark = frame?.querySelector("rect");
if (mark && frame.scrollWidth > frame.clientWidth) {
  const place = mark.getBoundingClientRect();
  const edges = frame.getBoundingClientRect();
  frame.scrollTo(place.left - edges.left - edges.width / 3, place.top - edges.top - edges.height / 3);
}
const current = document.querySelector(".reader__pages [aria-current]");
const strip = current?.closest("ol");
if (strip) strip.scrollTop = current.offsetTop - strip.offsetTop - strip.clientHeight / 2;
