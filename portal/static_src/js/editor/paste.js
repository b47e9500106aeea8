// Makes of the HTML of Word, of Google's documents and of the web what the schema can read.
const LISTED = "p[data-look*='mso-list'], p[class^='MsoList']";

// The policy of the pages forbids inline styles even in documents that nobody sees: they are read as data.
const withoutStyles = (html) =>
  html
    .replace(/<!--[\s\S]*?-->|<!\[[^>]*>/g, "")
    .replace(/<(style|script|title|xml)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-look="));

const look = (element) => element.dataset.look ?? "";

const rename = (element, name) => {
  const other = element.ownerDocument.createElement(name);
  other.append(...element.childNodes);
  element.replaceWith(other);
};

const weights = (page) => {
  for (const element of page.querySelectorAll("b[data-look], strong[data-look], i[data-look], em[data-look]"))
    if (/font-(weight|style)\s*:\s*(normal|400)/i.test(look(element))) element.replaceWith(...element.childNodes);
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
  const page = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  weights(page);
  wordLists(page);
  for (const heading of page.querySelectorAll("h1, h2, h3, h4, h5, h6")) rename(heading, "p");
  return page.body.innerHTML;
};
