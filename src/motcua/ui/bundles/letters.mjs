// Cuts letters out of a large font: what is typed, and stretches written as U+0020-024F.
// A target that ends in .ttf is for print (typst reads no woff2), any other for the browser.
import { readFile, writeFile } from "node:fs/promises";
import subset from "subset-font";

const [source, target, wanted] = process.argv.slice(2);
const letters = wanted.replace(/U\+([0-9A-F]+)-([0-9A-F]+)/g, (_, first, last) => {
  const [from, to] = [first, last].map((text) => Number.parseInt(text, 16));
  return String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_each, n) => from + n));
});
const targetFormat = target.endsWith(".ttf") ? "truetype" : "woff2";
await writeFile(target, await subset(await readFile(source), letters, { targetFormat }));
