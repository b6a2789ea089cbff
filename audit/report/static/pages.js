// The pages of a document with the places of its values; a text file shows its own text.

const GROUPS = { references: "references", targets: "targets", assignments: "assignments", recipients: "people", signer: "people", addressee: "people" };
const groupOf = (field) => GROUPS[field.split(".")[0]] ?? "head";
const quarter = (page) => page.turn === 90 || page.turn === 270;

function pagesView(view) {
  const { opened } = view;
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries)
      if (entry.isIntersecting) {
        watcher.unobserve(entry.target);
        drawPicture(entry.target, opened.number);
      }
  }, { rootMargin: "800px" });
  view.leave = () => watcher.disconnect();
  const made = opened.pages.map((page) => (page.width ? drawnPage(view, page) : writtenPage(view, page)));
  for (const figure of made) if (figure.dataset.picture) watcher.observe(figure);
  return made;
}

async function drawPicture(figure, number) {
  const image = $("image", figure);
  if (!image.hasAttribute("href")) {
    const source = await pictureOf(number, figure.dataset.page);
    if (source) image.setAttribute("href", source);
  }
}

function drawnPage(view, page) {
  const [width, height] = quarter(page) ? [page.height, page.width] : [page.width, page.height];
  const turned = { 90: `translate(${page.height} 0) rotate(90)`, 180: `translate(${page.width} ${page.height}) rotate(180)`, 270: `translate(0 ${page.width}) rotate(270)` };
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${label("page")} ${page.number}` },
    svg("g", { transform: turned[page.turn] || null },
      svg("rect", { class: "paper", width: page.width, height: page.height }),
      svg("image", { width: page.width, height: page.height, preserveAspectRatio: "none" }),
      svg("g", { class: "repairs" }, page.edits.filter((edit) => edit[6]).map((edit) => box(edit[6], 1, { class: "repair" }))),
      svg("g", { class: "boxes" }, boxesOn(view, page))));
  return el("figure", { class: "page", "data-page": page.number, "data-picture": page.picture ? "yes" : null }, picture, caption(page));
}

function box([left, top, right, bottom], around, attributes) {
  return svg("rect", { x: left - around, y: top - around, width: Math.max(1, right - left + 2 * around), height: Math.max(1, bottom - top + 2 * around), rx: 2, ...attributes });
}

// Great boxes first, so that a small one lies on top and can be clicked.
function boxesOn(view, page) {
  const here = [...view.byPlace].filter(([place]) => view.opened.places[place][0] === page.number && view.opened.places[place][3]);
  const size = ([place]) => { const [a, b, c, d] = view.opened.places[place][3]; return (c - a) * (d - b); };
  return here.sort((a, b) => size(b) - size(a)).map(([place, value]) =>
    box(view.opened.places[place][3], 2, {
      class: `box ${groupOf(value.field)}${value.doubt ? " doubtful" : ""}`, "data-place": place, onclick: () => view.select(value, "box"),
    }));
}

function writtenPage(view, page) {
  const places = placesOn(view.opened, page.number).filter((place) => view.byPlace.has(place[2]));
  const lines = linesOf(page).map((line) => el("div", null, stretches({ ...page, edits: [], doubts: [] }, line, places, false), "\u200b"));
  return el("figure", { class: "page written", "data-page": page.number },
    el("div", { class: "sheet", onclick: (event) => clickText(view, page.number, event) }, lines), caption(page));
}

function caption(page) {
  const parts = [`${label("page")} ${page.number}`, label("from." + page.from)];
  if (page.confidence) parts.push(`${label("confidence")} ${percent(page.confidence)}`);
  return el("figcaption", null, parts.join(" · "), page.note && [" · ", shown(page.note)]);
}

// Show the places of a value: strong boxes, the first of them scrolled to.
function showPlaces(view, numbers, scroll) {
  const chosen = new Set(numbers);
  for (const rect of $$(".box", view.root)) rect.classList.toggle("chosen", chosen.has(+rect.dataset.place));
  for (const group of $$(".boxes", view.root)) group.append(...$$(".chosen", group)); // on top of all others
  $(".pages", view.root).classList.toggle("some", chosen.size > 0);
  for (const piece of $$("[data-from]", view.root)) {
    const number = +piece.closest("[data-page]").dataset.page;
    const from = +piece.dataset.from;
    piece.classList.toggle("chosen", numbers.some((place) => {
      const [page, start, end] = view.opened.places[place];
      return page === number && start <= from && from < end;
    }));
  }
  if (!scroll) return;
  for (const [pane, mark] of [[$(".pages", view.root), ".box.chosen, .sheet .chosen"], [$(".side", view.root), ".text-page .chosen"]]) {
    const first = $(mark, pane);
    if (first && pane.offsetParent) bring(pane, first);
  }
}

// Scroll only the pane: a place in the upper third, and only if it is not in sight.
function bring(pane, element) {
  const [frame, place] = [pane.getBoundingClientRect(), element.getBoundingClientRect()];
  if (pane.scrollHeight <= pane.clientHeight + 1) {
    if (place.top < 60 || place.bottom > innerHeight) element.scrollIntoView({ block: "center", behavior: motion() });
    return;
  }
  if (place.top < frame.top + 24 || place.bottom > frame.bottom - 24)
    pane.scrollTo({ top: pane.scrollTop + place.top - frame.top - frame.height / 3, behavior: motion() });
}

const motion = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
