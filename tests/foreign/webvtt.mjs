// Reads WebVTT files (a JSON list on standard input) with the W3C's parser; answers what it found, and the same written again.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { WebVTTParser, WebVTTSerializer } = require("webvtt-parser");
const ENTITIES = require("webvtt-parser/html-entities.json");

const textOf = (node) => (node.type === "text" ? node.value : (node.children ?? []).map(textOf).join(""));
const ms = (seconds) => Math.round(seconds * 1000);

const answers = JSON.parse(readFileSync(0, "utf8")).map((file) => {
  const { cues, errors } = new WebVTTParser(ENTITIES).parse(file, "captions");
  return {
    cues: cues.map((cue) => [ms(cue.startTime), ms(cue.endTime), textOf(cue.tree)]),
    errors,
    written: new WebVTTSerializer().serialize(cues),
  };
});
process.stdout.write(JSON.stringify(answers));
