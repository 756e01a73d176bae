// Reads lines of JSON, {"id": …, "document": …}, and says of each what @iiif/parser (strict upgrade) and maniiifest have against it.
// node reading.mjs PARSER MANIIIFEST   (the folders of the two packages)
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [parser, maniiifest] = process.argv.slice(2);
const { presentation3StrictUpgrade } = await import(pathToFileURL(`${parser}/dist/strict.js`));
const { Maniiifest } = await import(pathToFileURL(`${maniiifest}/dist/index.js`));

for await (const line of createInterface({ input: process.stdin })) {
  const { id, document } = JSON.parse(line);
  const complaints = [];
  const warnings = [];
  try {
    presentation3StrictUpgrade(structuredClone(document), { warnings });
    complaints.push(...warnings.map((warning) => `@iiif/parser: ${typeof warning === "string" ? warning : JSON.stringify(warning)}`));
  } catch (error) {
    complaints.push(`@iiif/parser: ${error.message}`);
  }
  try {
    const read = new Maniiifest(document);
    if (read.getManifestId && document.type === "Manifest" && read.getManifestId() !== document.id) complaints.push("maniiifest: another id");
  } catch (error) {
    complaints.push(`maniiifest: ${String(error.message).slice(0, 500)}`);
  }
  console.log(JSON.stringify({ id, complaints }));
}
