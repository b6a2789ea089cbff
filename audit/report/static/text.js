// Elements, words of the report, and text of documents, which is only ever put in as text.

const SVG = "http://www.w3.org/2000/svg";
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;

const $ = (query, root = document) => root.querySelector(query);
const $$ = (query, root = document) => [...root.querySelectorAll(query)];

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {}))
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const el = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

let language = "vi";
const label = (key) => data.labels[language][key] ?? key;
const word = (key) => el("span", { "data-t": key }, label(key));

// The part that names an item of a list: a reference by its code, a target by its statement.
const MAIN = { references: "code", targets: "statement", assignments: "task" };

function fieldName(field) {
  const [root, part] = field.split(".");
  return label("f." + root) + (part && part !== MAIN[root] ? " · " + label("p." + part) : "");
}

// Text of a document, apart from its surroundings; a sign that shows nothing or steers the direction is named.
function shown(text, tag = "bdi", attributes = null) {
  const element = el(tag, attributes);
  if (tag !== "bdi") element.classList.add("apart");
  let plain = "";
  for (const sign of String(text)) {
    if (!HIDDEN.test(sign)) {
      plain += sign;
      continue;
    }
    element.append(plain, el("code", { class: "hidden-sign", title: label("hidden-sign") },
      "U+" + sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")));
    plain = "";
  }
  element.append(plain);
  return element;
}

// Without marks and capitals, so that "ke hoach" finds "Kế hoạch".
const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

const percent = (share) => Math.round(share * 100) + " %";

// "rủi ro 38 %": how likely a value is wrong.
const riskChip = (risk) => el("span", { class: "chip doubt", title: label("risk-told") }, label("risk") + " " + percent(risk));
const chip = (kind, key) => el("span", { class: "chip " + kind }, label(key));
