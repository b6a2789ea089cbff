// Raw and repaired text, line by line: repairs, doubts and places as stretches of one line.

const touches = (start, end, from, to) => start < to && from < end;

// The lines of a page's raw text, as [start, end] in code points. A repair never crosses a line.
function linesOf(page) {
  const lines = [];
  let start = 0;
  page.signs.forEach((sign, at) => {
    if (sign === "\n") {
      lines.push([start, at]);
      start = at + 1;
    }
  });
  lines.push([start, page.signs.length]);
  return lines;
}

// One line cut where a repair, a doubt or a place begins or ends.
function stretches(page, [start, end], places, repaired) {
  const cuts = new Set([start, end]);
  const edits = page.edits.filter((edit) => edit[0] >= start && edit[1] <= end);
  const doubts = page.doubts.filter((doubt) => doubt[0] >= start && doubt[1] <= end);
  for (const [from, to] of [...edits, ...doubts, ...places])
    for (const cut of [from, to])
      if (cut > start && cut < end && !edits.some((edit) => cut > edit[0] && cut < edit[1])) cuts.add(cut);
  const sorted = [...cuts].sort((a, b) => a - b);
  const made = [];
  for (let at = 0; at + 1 < sorted.length || (at === 0 && edits.some((edit) => edit[0] === edit[1])); at++) {
    const [from, to] = [sorted[at], sorted[at + 1] ?? sorted[at]];
    const edit = edits.find((one) => one[0] === from && one[1] === to);
    const doubt = !edit && doubts.find((one) => touches(one[0], one[1], from, to));
    const text = edit && repaired ? edit[2] : page.signs.slice(from, to).join("");
    const attributes = { "data-from": from, class: [
      edit && "edit", doubt && "unsure", places.some((place) => touches(place[0], place[1], from, to)) && "place"].filter(Boolean).join(" ") || null };
    if (edit) attributes.title = `${edit[3]} · ${label("posterior")} ${percent(edit[4])}` + (edit[5] ? ` · ${label("perhaps")} ${edit[5]}` : "");
    if (doubt) attributes.title = `${label("posterior")} ${percent(doubt[2])}` + (doubt[3] ? ` · ${label("perhaps")} ${doubt[3]}` : "");
    if (text) made.push(shown(text, edit ? (repaired ? "ins" : "del") : "span", attributes));
  }
  return made;
}

// All places of values on a page, as [start, end, number].
const placesOn = (opened, number) =>
  opened.places.map((place, index) => [place[1], place[2], index, place[0]]).filter((place) => place[3] === number);

function textView(view) {
  const { opened } = view;
  return opened.pages.map((page) => {
    const places = placesOn(opened, page.number);
    const both = page.edits.length > 0;
    const body = linesOf(page).flatMap((line) => {
      const raw = el("span", { class: "raw", role: both ? "cell" : null }, stretches(page, line, places, false));
      return el("div", { class: "line", role: both ? "row" : null },
        raw, both && el("span", { class: "mended", role: "cell" }, stretches(page, line, places, true)));
    });
    return el("section", { class: "text-page" + (both ? " both" : ""), "data-page": page.number },
      el("h3", null, `${label("page")} ${page.number}`, el("span", { class: "quiet-note" }, both ? `${page.edits.length} ${label("edits")}` : label("no-edits"))),
      both && el("div", { class: "line head", "aria-hidden": "true" }, el("span", null, label("raw")), el("span", null, label("repaired"))),
      el("div", { role: both ? "table" : null, "aria-label": both ? `${label("raw")}, ${label("repaired")}` : null, onclick: (event) => clickText(view, page.number, event) }, body));
  });
}

function clickText(view, page, event) {
  const from = event.target.closest("[data-from]")?.dataset.from;
  if (from === undefined) return;
  const here = placesOn(view.opened, page).filter(([start, end]) => start <= +from && +from < end);
  here.sort((a, b) => a[1] - a[0] - (b[1] - b[0]));
  for (const place of here) {
    const value = view.byPlace.get(place[2]);
    if (value) return view.select(value, "text");
  }
}
