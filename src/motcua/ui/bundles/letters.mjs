// Cuts the few letters of K'Ho, M'nông, Ê-đê and Gia Rai names out of the large latin-ext font.
import { readFile, writeFile } from "node:fs/promises";
import subset from "subset-font";

const [source, target, letters] = process.argv.slice(2);
await writeFile(target, await subset(await readFile(source), letters, { targetFormat: "woff2" }));
