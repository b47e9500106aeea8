// Makes of the HTML of Word, of Google's documents and of the web what the schema can read.
import { Fragment, Slice } from "@tiptap/pm/model";

const LISTED = "p[data-look*='mso-list'], p[class^='MsoList']";

const TAG = /<([a-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'"<>])*)>/gi;
const ATTRIBUTE = /([^\s"'<>/=]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)/g;
const KEPT = { href: "href", start: "start", class: "class", style: "data-look" };
const LOST = /^(base|link|meta|img)$/i;

// Leaves out what stands between an opening and its end; without an end, all that follows, as browsers do.
const without = (html, opening, end) => {
  const lower = html.toLowerCase();
  const open = new RegExp(opening, "gi");
  let left = "";
  let from = 0;
  for (let found = open.exec(html); found; found = open.exec(html)) {
    left += html.slice(from, found.index);
    const at = lower.indexOf(end(found[1]), open.lastIndex);
    from = at < 0 ? 0 : html.indexOf(">", at) + 1;
    if (!from) return left;
    open.lastIndex = from;
  }
  return left + html.slice(from);
};

// The policy of the pages also forbids styles and handlers in documents that nobody sees: of each tag
// only what is of use is left, and the style as data.
const plain = (html) =>
  without(
    without(html, "<!(?=--)", () => "-->"),
    "<(style|script|title)\\b",
    (name) => `</${name.toLowerCase()}`,
  )
    .replace(/<!\[[^<>]*>/g, "")
    .replace(TAG, (tag, name, attributes) => {
      if (LOST.test(name)) return "";
      let kept = "";
      for (const [, attribute, value] of attributes.matchAll(ATTRIBUTE)) {
        const as = KEPT[attribute.toLowerCase()];
        if (as) kept += ` ${as}=${/^["']/.test(value) ? value : `"${value}"`}`;
      }
      return `<${name}${kept}>`;
    });

const look = (element) => element.dataset.look ?? "";

const rename = (element, name) => {
  const other = element.ownerDocument.createElement(name);
  other.append(...element.childNodes);
  element.replaceWith(other);
};

const weights = (page) => {
  for (const element of page.querySelectorAll("b[data-look], strong[data-look], i[data-look], em[data-look]"))
    if (/(^|;)\s*font-(weight|style)\s*:\s*(normal|400)/i.test(look(element))) element.replaceWith(...element.childNodes);
  for (const element of page.querySelectorAll("span[data-look]")) {
    if (/font-weight\s*:\s*(bold|[6-9]00)/i.test(look(element))) {
      const strong = page.createElement("strong");
      strong.append(...element.childNodes);
      element.append(strong);
    }
    if (/font-style\s*:\s*italic/i.test(look(element))) rename(element, "em");
  }
};

// Word writes lists as paragraphs that carry their own bullets.
const wordLists = (page) => {
  for (const paragraph of page.querySelectorAll(LISTED)) {
    if (!/mso-list\s*:\s*l\d/i.test(look(paragraph))) continue;
    const mark = [...paragraph.querySelectorAll("span")].find((span) => /mso-list\s*:\s*Ignore/i.test(look(span)));
    const name = /^\s*(\d+|[a-z]|[ivx]+)[.)]/i.test(mark?.textContent ?? "") ? "OL" : "UL";
    mark?.remove();
    const before = paragraph.previousElementSibling;
    const list = before?.dataset.fromWord && before.tagName === name ? before : page.createElement(name);
    if (list !== before) {
      list.dataset.fromWord = "true";
      paragraph.before(list);
    }
    const item = page.createElement("li");
    item.append(paragraph);
    list.append(item);
  }
};

export const readable = (html) => {
  const page = new DOMParser().parseFromString(plain(html), "text/html");
  weights(page);
  wordLists(page);
  for (const heading of page.querySelectorAll("h1, h2, h3, h4, h5, h6")) rename(heading, "p");
  return page.body.innerHTML;
};

// Each line of a plain text is a paragraph; made at once, so that a long text does not stop the page.
export const readLines = (text, context) => {
  const { schema } = context.doc.type;
  const lines = text.split(/(?:\r\n?|\n)+/).filter(Boolean);
  const { paragraph } = schema.nodes;
  return new Slice(
    Fragment.from(lines.map((line) => paragraph.create(null, schema.text(line, context.marks())))),
    1,
    1,
  );
};
