// What the pages add on which people write: loaded only there, after portal.js.
import { closeEditors, openEditors } from "./editor/editor.js";
import { watchDrafts } from "./editor/draft.js";
import { watchFiles } from "./editor/files.js";
import "./editor/quote.js";

const enhance = (root) => {
  openEditors(root);
  watchDrafts(root);
  watchFiles(root);
};

enhance(document);
window.htmx?.onLoad(enhance);
document.addEventListener("htmx:beforeCleanupElement", (event) => closeEditors(event.target));
