// What the portal adds to pages that work without it.
import htmx from "htmx.org";
import "./focus.js";
import "./video.js";
import "./disclosure.js";
import "./copy.js";
import "./suggest.js";
import "./opened.js";
import "./results.js";

window.htmx = htmx;
