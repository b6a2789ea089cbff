// The keyboard. Keys are single letters, so they can be turned off.

const COMMANDS = {
  j: () => stepValue(1),
  k: () => stepValue(-1),
  d: nextDoubt,
  "]": () => stepDocument(1),
  "[": () => stepDocument(-1),
  t: () => view && !$("#document").hidden && showSide(side === "text" ? "values" : "text"),
  s: () => void (location.hash = "#/"),
  l: () => void (location.hash = "#/list"),
  "/": () => { location.hash = "#/list"; setTimeout(() => $("#filters").elements.find.focus()); },
  "?": () => $("#keys").showModal(),
  Escape: () => !$("#document").hidden && void (location.hash = "#/list"),
};

const inDocument = () => view && !$("#document").hidden;

function stepValue(by) {
  if (!inDocument()) return void $("#rows a, .checks a")?.focus();
  const at = view.order.indexOf(view.chosen);
  const next = view.order[at < 0 ? (by > 0 ? 0 : view.order.length - 1) : at + by];
  if (next) view.select(next, "key");
}

function stepDocument(by) {
  const next = inDocument() ? neighbour(by) : found.find((row) => !row.failure)?.number ?? null;
  if (next !== null) location.hash = "#/d/" + next;
}

// The next doubtful value of this document, else the first of the next document that has one.
function nextDoubt() {
  if (inDocument()) {
    const next = view.order.slice(view.order.indexOf(view.chosen) + 1).find((value) => value.doubt);
    if (next) return view.select(next, "key");
  }
  const at = inDocument() ? found.findIndex((row) => row.number === view.row.number) : -1;
  const next = [...found.slice(at + 1), ...found.slice(0, at + 1)].find((row) => row.doubts);
  if (next) goToDoubt(next.number);
}

async function goToDoubt(number) {
  const opened = await openDocument(number);
  const value = opened.records.flatMap((record) => record.values).find((each) => each.doubt);
  location.hash = `#/d/${number}/${encodeURIComponent(value.path)}`;
}

function startKeys() {
  $("#ask").addEventListener("click", () => $("#keys").showModal());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || $("#keys").open) return;
    if (event.target.closest("input, select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (!$("#keys-on").checked && event.key !== "?") return;
    const command = COMMANDS[event.key];
    if (command) {
      event.preventDefault();
      command();
    }
  });
}
