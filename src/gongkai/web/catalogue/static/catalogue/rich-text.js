/* The text areas marked data-rich-text become an editor (ProseMirror, as django-prose-editor packs it). Without script, or
   where a text holds what the editor would lose, the plain text area stays. The toolbar is our own: words, real buttons,
   states that are spoken; nothing inline, as the content policy wants. */
import {
  Blockquote, Bold, BulletList, Document, Editor, Gapcursor, HardBreak, Heading, History, HorizontalRule, Italic, Link,
  ListItem, OrderedList, Paragraph, Subscript, Superscript, Table, TableCell, TableHeader, TableRow, Text, Underline,
} from "../django_prose_editor/editor.js";

const KEPT = new Set(["P", "BR", "HR", "H2", "H3", "H4", "STRONG", "B", "EM", "I", "U", "SUB", "SUP", "BLOCKQUOTE", "UL", "OL",
  "LI", "A", "TABLE", "THEAD", "TBODY", "TR", "TH", "TD"]);
const KEPT_ATTRIBUTES = new Set(["class", "href", "rel", "title", "colspan", "rowspan", "scope", "start"]);

/* Paragraphs of official documents: addressee, signature, centred. */
const OfficialParagraph = Paragraph.extend({
  addAttributes() {
    return { class: { default: null } };
  },
});
const OfficialHeader = TableHeader.extend({
  addAttributes() {
    return { ...this.parent?.(), scope: { default: null } };
  },
});
const EXTENSIONS = [
  Document, Text, OfficialParagraph, HardBreak, Gapcursor, History, Bold, Italic, Underline, Subscript, Superscript,
  Heading.configure({ levels: [2, 3, 4] }), BulletList, OrderedList, ListItem, Blockquote, HorizontalRule,
  Link.configure({ openOnClick: false }), Table, TableRow, OfficialHeader, TableCell,
];

const paragraph = (name) => (editor) => editor.chain().focus().setParagraph().updateAttributes("paragraph", { class: name }).run();
const BUTTONS = [
  ["正文", paragraph(null), (editor) => editor.isActive("paragraph", { class: null })],
  ["标题", (editor) => editor.chain().focus().toggleHeading({ level: 2 }).run(), (editor) => editor.isActive("heading", { level: 2 })],
  ["小标题", (editor) => editor.chain().focus().toggleHeading({ level: 3 }).run(), (editor) => editor.isActive("heading", { level: 3 })],
  ["主送", paragraph("to"), (editor) => editor.isActive("paragraph", { class: "to" })],
  ["落款", paragraph("sign"), (editor) => editor.isActive("paragraph", { class: "sign" })],
  ["加粗", (editor) => editor.chain().focus().toggleBold().run(), (editor) => editor.isActive("bold")],
  ["列表", (editor) => editor.chain().focus().toggleBulletList().run(), (editor) => editor.isActive("bulletList")],
  ["编号", (editor) => editor.chain().focus().toggleOrderedList().run(), (editor) => editor.isActive("orderedList")],
  ["插入表格", (editor) => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()],
  ["加一行", (editor) => editor.chain().focus().addRowAfter().run()],
  ["加一列", (editor) => editor.chain().focus().addColumnAfter().run()],
  ["撤销", (editor) => editor.chain().focus().undo().run()],
  ["重做", (editor) => editor.chain().focus().redo().run()],
];

function losesNothing(html) {
  const found = new DOMParser().parseFromString(html, "text/html").body.querySelectorAll("*");
  return [...found].every((one) => KEPT.has(one.tagName) && [...one.attributes].every((fact) => KEPT_ATTRIBUTES.has(fact.name)));
}

function element(tag, facts, text) {
  const made = document.createElement(tag);
  Object.entries(facts).forEach(([name, value]) => made.setAttribute(name, value));
  if (text) { made.textContent = text; }
  return made;
}

function enrich(area) {
  if (!losesNothing(area.value)) { return; }
  const label = document.querySelector(`label[for="${area.id}"]`);
  label.id = label.id || `${area.id}-label`;
  const box = element("div", { class: "rich" });
  const bar = element("div", { class: "rich-bar", role: "toolbar", "aria-label": "正文格式", "aria-controls": `${area.id}-rich` });
  const space = element("div", { class: "rich-space" });
  box.append(bar, space);
  area.before(box);
  const described = area.getAttribute("aria-describedby");
  const facts = {
    id: `${area.id}-rich`, class: "prose", role: "textbox", "aria-multiline": "true", "aria-labelledby": label.id,
    ...(described ? { "aria-describedby": described } : {}),
    ...(area.getAttribute("aria-invalid") ? { "aria-invalid": "true" } : {}),
  };
  const editor = new Editor({
    element: space, extensions: EXTENSIONS, content: area.value, injectCSS: false, editorProps: { attributes: facts },
    onUpdate: () => { area.value = editor.isEmpty ? "" : editor.getHTML(); },
  });
  const states = BUTTONS.map(([word, act, active]) => {
    const button = element("button", { type: "button", class: "btn second slim" }, word);
    button.addEventListener("click", () => act(editor));
    bar.append(button);
    return () => { if (active) { button.setAttribute("aria-pressed", String(active(editor))); } };
  });
  const show = () => states.forEach((state) => state());
  editor.on("transaction", show);
  show();
  area.hidden = true;
  label.addEventListener("click", () => editor.commands.focus());
  const source = element("button", { type: "button", class: "btn second slim", "aria-pressed": "false" }, "源码");
  source.addEventListener("click", () => {
    const plain = area.hidden;
    if (!plain && !losesNothing(area.value)) { return; }
    if (!plain) { editor.commands.setContent(area.value); }
    area.hidden = !plain;
    space.hidden = plain;
    source.setAttribute("aria-pressed", String(plain));
    bar.querySelectorAll("button").forEach((one) => { if (one !== source) { one.disabled = plain; } });
  });
  bar.append(source);
}

document.querySelectorAll("textarea[data-rich-text]").forEach(enrich);
