// One document: its pages on the left, its values or its text on the right.

let view = null;
let side = "values";

async function drawDocument(number, path) {
  const row = rows[number];
  if (!row || row.failure) return void (location.hash = "#/list");
  const root = $("#document");
  if (view?.opened.number !== number) {
    root.replaceChildren(el("p", { class: "told" }, label("loading") + " …"));
    const opened = await openDocument(number);
    if (!location.hash.startsWith("#/d/" + number)) return;
    layOut(root, row, opened);
  }
  const value = path && view.order.find((each) => each.path === path);
  if (value) view.select(value, "link");
}

function layOut(root, row, opened) {
  view?.leave?.();
  const order = opened.records.flatMap((record) => record.values);
  view = { opened, row, root, order, rowOf: new Map(), byPlace: new Map(), chosen: null, select, point: (places) => showPlaces(view, places, true) };
  for (const value of [...order.filter((value) => !value.shared), ...order])
    for (const place of value.at) if (!view.byPlace.has(place)) view.byPlace.set(place, value);
  const notes = opened.records.flatMap((record) => record.notes);
  for (const note of notes)
    for (const place of note.at) if (!view.byPlace.has(place)) view.byPlace.set(place, order.find((value) => value.field.split(".")[0] === note.field) ?? order[0]);
  root.replaceChildren(headView(row, opened), el("div", { class: "panes", "data-side": side },
    el("div", { class: "side", tabindex: "0", role: "region", "aria-label": label("values-head") },
      el("div", { class: "values-side" }, valuesView(view)), el("div", { class: "text-side" })),
    el("div", { class: "pages", tabindex: "0", role: "region", "aria-label": label("pictures-head") }, pagesView(view))));
  showSide(side);
}

function headView(row, opened) {
  const told = opened.origin === "gone" || opened.origin === "differs" ? opened.origin
    : opened.pages.every((page) => !page.width) ? "plain-text"
    : opened.pages.some((page) => page.width && !page.picture) ? "unpictured" : null;
  const [before, after] = [neighbour(-1), neighbour(1)];
  const step = (to, key, sign) => el("a", { class: "plain step", href: to === null ? null : "#/d/" + to, "aria-disabled": to === null ? "true" : null, "aria-label": label(key), title: label(key) }, sign);
  return el("header", { class: "top" },
    el("div", { class: "crumbs" }, el("a", { class: "back", href: "#/list" }, label("back")), step(before, "previous-document", "‹"), step(after, "next-document", "›"), shown(row.file)),
    el("h1", null, row.doc_type ? shown(row.doc_type, "span", { class: "kind" }) : label("not-stated"), row.code && [" ", shown(row.code)]),
    row.title && shown(row.title, "p", { class: "title" }),
    el("div", { class: "tools" },
      el("div", { class: "switch sides", role: "group", "aria-label": label("sections") }, ["pictures", "values", "text"].map((name) =>
        el("button", { type: "button", "data-side": name, onclick: () => showSide(name) }, label(name + "-head")))),
      el("label", { class: "tick" }, el("input", { type: "checkbox", checked: true, onchange: (event) => $(".pages", view.root).classList.toggle("bare", !event.target.checked) }), label("show-all")),
      el("label", { class: "tick" }, el("input", { type: "checkbox", onchange: (event) => $(".pages", view.root).classList.toggle("mending", event.target.checked) }), label("show-edits"))),
    told && el("p", { class: "told banner" + (told === opened.origin ? " warning" : "") }, label(told)));
}

const neighbour = (by) => {
  const number = view?.row.number ?? 0;
  const at = found.findIndex((row) => row.number === number);
  for (let next = at + by; at >= 0 && next >= 0 && next < found.length; next += by) if (!found[next].failure) return found[next].number;
  return null;
};

// "values", "text" or, where there is no room for two panes, "pictures".
function showSide(name) {
  side = name;
  $(".panes", view.root).dataset.side = name;
  for (const button of $$(".sides button", view.root)) button.setAttribute("aria-pressed", String(button.dataset.side === name));
  const text = $(".text-side", view.root);
  if (name === "text" && !text.firstChild) text.append(...textView(view));
  if (view.chosen) showPlaces(view, view.chosen.at, true);
}

// Choose a value; ``from`` is what was clicked: a box leads to the value, a value to its box.
function select(value, from) {
  if (view.chosen) view.rowOf.get(view.chosen)?.setAttribute("aria-pressed", "false");
  $(".proof", view.root)?.remove();
  view.chosen = value;
  const row = view.rowOf.get(value);
  row.setAttribute("aria-pressed", "true");
  row.after(proofView(view, value));
  const narrow = matchMedia("(max-width: 800px)").matches;
  if (narrow && from === "value") showSide("pictures");
  else if (from !== "text" && (from === "box" || side === "pictures")) showSide("values");
  const pane = $(".side", view.root);
  if (side === "values" && from !== "value") {
    bring(pane, row);
    if (from !== "link") row.focus({ preventScroll: true });
  }
  showPlaces(view, value.at, from !== "box");
  history.replaceState(null, "", `#/d/${view.opened.number}/${encodeURIComponent(value.path)}`);
}
