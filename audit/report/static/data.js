// The data of the file: what all views need at once, a document when it is opened, a picture when it is seen.

const data = JSON.parse($("#data").textContent);
const rows = data.rows;
rows.forEach((row, number) => {
  row.number = number;
  row.folded = fold([row.file, row.code, row.title, row.issuer, row.doc_type, row.province].filter(Boolean).join(" "));
});

const parsed = new Promise((done) =>
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", done, { once: true }) : done());

async function block(name) {
  const there = document.getElementById(name);
  if (there) return there.textContent;
  await parsed;
  return document.getElementById(name)?.textContent ?? null;
}

async function openDocument(number) {
  const packed = Uint8Array.from(atob(await block("d" + number)), (sign) => sign.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const opened = JSON.parse(await new Response(stream).text());
  opened.number = number;
  for (const page of opened.pages) page.signs = [...page.text]; // offsets are code points
  opened.raw = ([page, start, end]) => pageOf(opened, page)?.signs.slice(start, end).join("") ?? "";
  return opened;
}

const pageOf = (opened, number) => opened.pages.find((page) => page.number === number);

async function pictureOf(number, page) {
  const packed = await block(`d${number}p${page}`);
  return packed && "data:image/webp;base64," + packed;
}
