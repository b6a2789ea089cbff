// The list of documents: searched, filtered, in pages; and the values to check.

const PAGE = 100;
const TICKS = ["doubts", "notes", "changes", "wrong", "failed"];
const KEYS = { type: (row) => row.doc_type, issuer: (row) => row.issuer, province: (row) => row.province, month: (row) => row.date?.slice(0, 7) };
const ORDERS = { file: null, risk: (a, b) => (b.risk ?? 0) - (a.risk ?? 0), date: (a, b) => (b.date ?? "").localeCompare(a.date ?? "") };
let found = rows;
let turned = 0;

function startList() {
  const form = $("#filters");
  for (const [name, key] of Object.entries(KEYS)) {
    const texts = [...new Set(rows.map(key).filter(Boolean))].sort((a, b) => a.localeCompare(b, "vi"));
    if (name === "month") texts.reverse();
    for (const text of texts) form.elements[name].append(el("option", { value: text }, shown(text, "span").textContent));
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => { turned = 0; search(); });
  $("#turn").addEventListener("click", (event) => {
    turned += +(event.target.dataset.turn ?? 0);
    drawList();
    scrollTo({ top: 0, behavior: motion() });
  });
  search();
}

function search() {
  const form = $("#filters").elements;
  const words = fold(form.find.value).split(/\s+/).filter(Boolean);
  found = rows.filter((row) =>
    words.every((each) => row.folded.includes(each)) &&
    Object.entries(KEYS).every(([name, key]) => !form[name].value || key(row) === form[name].value) &&
    TICKS.every((name) => !form[name]?.checked || (name === "failed" ? row.failure : row[name])));
  const order = ORDERS[form.order.value];
  if (order) found = [...found].sort(order);
  drawList();
}

function drawList() {
  const turns = Math.max(1, Math.ceil(found.length / PAGE));
  turned = Math.min(Math.max(0, turned), turns - 1);
  $("#counted").textContent = `${found.length} ${label("of")} ${rows.length} ${label("documents")}`;
  $("#rows").replaceChildren(...(found.length ? found.slice(turned * PAGE, (turned + 1) * PAGE).map(rowView) : [el("li", { class: "told" }, label("nothing"))]));
  $("#turn").hidden = turns === 1;
  $("#turned").textContent = `${turned + 1} / ${turns}`;
  for (const button of $$("#turn button")) button.disabled = turned + +button.dataset.turn < 0 || turned + +button.dataset.turn >= turns;
}

function rowView(row) {
  if (row.failure)
    return el("li", { class: "failure" }, el("div", { class: "row" },
      el("span", { class: "main" }, shown(row.file), el("small", null, shown(row.message), " ", shown(row.remedy))),
      el("span", { class: "chips" }, el("span", { class: "chip failed" }, row.failure))));
  return el("li", null, el("a", { class: "row", href: "#/d/" + row.number },
    el("span", { class: "main" },
      el("span", { class: "head" }, row.doc_type ? shown(row.doc_type, "b") : word("not-stated"), row.code && shown(row.code)),
      row.title && shown(row.title, "span", { class: "title" }),
      el("small", null, shown(row.file), row.issuer && [" · ", shown(row.issuer)])),
    el("span", { class: "chips" },
      row.wrong && el("span", { class: "chip wrong" }, `${row.wrong} ${label("has-wrong")}`),
      row.changes && el("span", { class: "chip change" }, `${row.changes} ${label("has-changes")}`),
      row.doubts ? el("span", { class: "chip doubt" }, `${row.doubts} ${label("doubts")}`) : null,
      row.notes ? el("span", { class: "chip note" }, `${row.notes} ${label("notes")}`) : null),
    el("time", null, row.date ?? "")));
}

// "#/list?type=báo cáo" sets one filter and takes the others away.
function presetList(query) {
  const asked = new URLSearchParams(query);
  if (![...asked].length) return;
  const form = $("#filters");
  form.reset();
  for (const [name, value] of asked) if (form.elements[name]) form.elements[name].value = value;
  turned = 0;
  search();
}

function drawChecks() {
  $(".checks").replaceChildren(...data.worst.map(([number, path, field, text, risk]) => el("li", null,
    el("a", { class: "row", href: `#/d/${number}/${encodeURIComponent(path)}` },
      el("span", { class: "main" }, el("span", { class: "head" }, el("b", null, fieldName(field))), shown(text, "span", { class: "title" }), el("small", null, shown(rows[number].file))),
      el("span", { class: "chips" }, riskChip(risk))))));
}
