// The values of a document: what to look at first, then field by field.

function valuesView(view) {
  return view.opened.records.map((record, index) => el("section", { class: "record" },
    view.opened.records.length > 1 && el("h3", null, `${label("documents")} ${index + 1}`),
    firstView(view, record), fieldsView(view, record), agenciesView(record)));
}

// Notes, wrong and missing values, changes, doubts.
function firstView(view, record) {
  const told = [
    ...record.notes.map((note) => noteRow(view, note)),
    ...record.missing.map((gap) => gapRow(gap, shown(gap.text), chip("missing", "missing"))),
    ...record.gone.map((gap) => gapRow(gap, shown(gap.text, "del"), chip("change", "kind." + gap.kind))),
  ];
  const ranked = record.values.filter((value) => value.gold?.right === false || value.change || value.doubt);
  const weight = (value) => (value.gold?.right === false ? 2 : 0) + (value.change ? 1 : 0) + (value.risk ?? 0);
  ranked.sort((a, b) => weight(b) - weight(a));
  told.push(...ranked.map((value) => el("button", { type: "button", class: "pointer", onclick: () => view.select(value, "first") },
    el("b", null, fieldName(value.field)), shown(value.text), chips(value))));
  const stage = record.stage && el("p", { class: "told" }, `${label("stage")}: ${label("stage." + record.stage)}`);
  return el("section", { class: "first" }, el("h3", null, label("look-first"), el("span", { class: "count" }, String(told.length))),
    stage, told.length ? told : el("p", { class: "told" }, label("nothing-first")));
}

const gapRow = (gap, text, mark) => el("div", { class: "gap" }, el("b", null, fieldName(gap.field)), el("bdi", null, text), mark);

function noteRow(view, note) {
  return el("button", { type: "button", class: "pointer note", onclick: () => view.point(note.at) },
    el("b", null, fieldName(note.field)), shown(note.text), chip("note", "note"));
}

function chips(value) {
  return el("span", { class: "chips" },
    value.doubt && riskChip(value.risk),
    value.change && chip("change", "kind." + value.change.kind),
    value.change?.verdict && chip(value.change.verdict, "verdict." + value.change.verdict),
    value.gold && (value.gold.right ? el("span", { class: "tickmark", role: "img", "aria-label": label("right"), title: label("right") }, "✓") : chip("wrong", "wrong")));
}

// The single values under one head, then each list.
function fieldsView(view, record) {
  const groups = new Map();
  for (const value of record.values) {
    const [root, part] = value.field.split(".");
    const group = part || value.path.endsWith("]") ? root : "head";
    const item = value.path.split(".")[0];
    if (!groups.has(group)) groups.set(group, new Map());
    const items = groups.get(group);
    if (!items.has(item)) items.set(item, []);
    items.get(item).push(value);
  }
  return [...groups].map(([group, items]) => {
    const single = group === "head" || group === "signer";
    return el("section", { class: `field ${groupOf(group)}` },
      el("h3", null, label(group === "head" ? "head" : "f." + group), !single && el("span", { class: "count" }, String(items.size))),
      [...items.values()].map((parts) => (single ? parts.map((value) => valueRow(view, value, true)) : itemView(view, group, parts))));
  });
}

// The part that names an item first, large; the others below it, small.
function itemView(view, root, parts) {
  const main = parts.find((value) => value.field === `${root}.${MAIN[root]}`) ?? parts[0];
  if (parts.length === 1) return valueRow(view, main, false);
  return el("div", { class: "item" }, valueRow(view, main, false), parts.filter((value) => value !== main).map((value) => valueRow(view, value, true)));
}

function valueRow(view, value, small) {
  const part = value.field.split(".")[1];
  const row = el("button", { type: "button", class: "value" + (small ? " small" : "") + (value.doubt ? " doubtful" : ""), "data-path": value.path, "aria-pressed": "false", onclick: () => view.select(value, "value") },
    small && el("span", { class: "part" }, label(part ? "p." + part : "f." + value.field)),
    el("span", { class: "body" }, value.change?.after ? marked(value.change.after, "ins") : shown(value.text), besides(value)),
    chips(value));
  view.rowOf.set(value, row);
  return row;
}

// What the value was before, or what the gold says.
function besides(value) {
  return [
    value.change?.before && el("span", { class: "beside" }, label("before") + " ", marked(value.change.before, "del")),
    value.gold && !value.gold.right && value.gold.wanted && el("span", { class: "beside" }, label("wanted") + " ", shown(value.gold.wanted)),
  ];
}

const marked = (pieces, tag) => el("bdi", null, pieces.map(([text, differs]) => shown(text, differs ? tag : "span")));

function agenciesView(record) {
  if (!record.agencies.length) return null;
  return el("details", { class: "field" }, el("summary", null, label("agencies-head"), el("span", { class: "count" }, String(record.agencies.length))),
    el("ul", { class: "agencies" }, record.agencies.map(([printed, canonical, code]) =>
      el("li", null, shown(canonical), code && el("code", null, code), printed !== canonical && el("span", { class: "beside" }, shown(printed))))));
}

// Under the chosen value: where it stands and why it was read.
function proofView(view, value) {
  const pieces = value.at.map((place) => view.opened.places[place]);
  if (!pieces.length) return el("div", { class: "proof" }, label("unplaced"));
  const [page] = pieces[0];
  const rules = [...new Set(pieces.map((piece) => piece[4]))].join(", ");
  return el("div", { class: "proof" },
    el("div", null, pieces.map((piece) => view.opened.raw(piece)).map((raw, at) => [at ? " ⏎ " : null, shown(raw, "q")])),
    el("div", { class: "quiet-note" }, [`${label("page")} ${page}`, `${label("rule")} ${rules}`,
      value.posterior !== undefined && `${label("posterior")} ${percent(value.posterior)}`,
      value.risk !== undefined && `${label("risk")} ${percent(value.risk)}`,
      value.shared && label("inferred")].filter(Boolean).join(" · ")));
}
