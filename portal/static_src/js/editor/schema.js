// What a post may hold, and the keys that make it. Tab is left to the browser: it leaves the text.
import { Document } from "@tiptap/extension-document";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Text } from "@tiptap/extension-text";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Bold } from "@tiptap/extension-bold";
import { Italic } from "@tiptap/extension-italic";
import { Blockquote } from "@tiptap/extension-blockquote";
import { Link } from "@tiptap/extension-link";
import { BulletList, ListItem, OrderedList } from "@tiptap/extension-list";
import { Placeholder, UndoRedo } from "@tiptap/extensions";

const SAFE = /^(https?:\/\/|mailto:)[^\s]+$/i;

export const isSafeAddress = (address) => SAFE.test(address);

// What a person types as an address, completed: «www.upi.it» and «nome@ente.it» are understood.
export const addressFrom = (typed) => {
  const text = typed.trim();
  if (isSafeAddress(text)) return text;
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)) return `mailto:${text}`;
  if (/^[\w-]+(\.[\w-]+)+([/?#:][^\s]*)?$/.test(text)) return `https://${text}`;
  return "";
};

const Untold = "iframe, object, embed, applet, svg, math, select, textarea, button, audio, video, canvas, template";

const PlainParagraph = Paragraph.extend({
  parseHTML: () => [{ tag: "p" }, { tag: Untold, ignore: true }],
});

const PlainList = OrderedList.extend({
  addAttributes: () => ({
    start: {
      default: 1,
      parseHTML: (element) => Number.parseInt(element.getAttribute("start"), 10) || 1,
      renderHTML: ({ start }) => (start === 1 ? {} : { start }),
    },
  }),
});

const PlainItem = ListItem.extend({
  addKeyboardShortcuts() {
    return { Enter: () => this.editor.commands.splitListItem(this.name) };
  },
});

const SafeLink = Link.extend({
  addAttributes: () => ({ href: { default: null } }),
});

export const schema = (placeholder) => [
  Document,
  PlainParagraph,
  Text,
  HardBreak,
  Bold,
  Italic,
  Blockquote,
  BulletList,
  PlainList,
  PlainItem,
  SafeLink.configure({
    openOnClick: false,
    defaultProtocol: "https",
    HTMLAttributes: { target: null, rel: null, class: null },
    isAllowedUri: (address) => isSafeAddress(address ?? ""),
    shouldAutoLink: isSafeAddress,
  }),
  UndoRedo,
  Placeholder.configure({ placeholder }),
];

// Lists begin as in Word, by «- » and «1. »; asterisks and underscores of acts stay what they are.
export const INPUT_RULES = ["bulletList", "orderedList"];
