// Which view is shown, in which language.

const VIEWS = ["summary", "list", "check", "document"];

async function show() {
  const [path, query] = location.hash.slice(2).split("?");
  const [name, number, value] = path.split("/");
  const chosen = { "": "summary", list: "list", check: "check", d: "document" }[name] ?? "summary";
  for (const each of VIEWS) $("#" + each).hidden = each !== chosen;
  document.body.dataset.view = chosen;
  for (const link of $$("nav[data-name=sections] a"))
    if (link.getAttribute("href") === "#/" + (chosen === "document" ? "list" : name)) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  if (chosen === "list") presetList(query ?? "");
  if (chosen === "document") await drawDocument(+number, value && decodeURIComponent(value));
  else scrollTo(0, 0);
}

function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  for (const element of $$("[data-t]")) element.textContent = label(element.dataset.t);
  for (const element of $$("[data-name]")) element.setAttribute("aria-label", label(element.dataset.name));
  for (const element of $$("[data-placeholder]")) element.placeholder = label(element.dataset.placeholder);
  for (const button of $$("[data-language]")) button.setAttribute("aria-pressed", String(button.dataset.language === chosen));
  drawList();
  drawChecks();
  if (view) {
    const chosen = view.chosen;
    layOut(view.root, view.row, view.opened);
    if (chosen) view.select(chosen, "link");
  }
}

for (const button of $$("[data-language]")) button.addEventListener("click", () => speak(button.dataset.language));
addEventListener("hashchange", show);
addEventListener("beforeprint", () => inDocument() && $$(".page[data-picture]").forEach((figure) => drawPicture(figure, view.opened.number)));
startList();
startKeys();
speak(data.language);
show();
