/** What makes a caption hard to read, in words. Nothing here stops anybody: there may be a reason. */

/** @typedef {import("./model.js").Cue} Cue */
/** @typedef {import("../../recorder/strings.js").Words} Words */
/** @typedef {{lines: number, line: number, per_second: number, shortest_ms: number, longest_ms: number, gap_ms: number}} Limits */

const MARK = /[\p{Mn}\p{Me}\p{Cf}]/u;
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/u;

/** Characters as a reader's eye counts them; the server counts in the same way (lib/reading.py). @param {string} text */
export function width(text) {
  let count = 0;
  for (const character of text) count += MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return count;
}

/**
 * @param {Cue[]} cues
 * @param {number} place
 * @param {Limits} limits
 * @param {Words} words
 * @returns {string[]}
 */
export function concernsOf(cues, place, limits, words) {
  const cue = /** @type {Cue} */ (cues[place]);
  const lines = cue.text.split("\n").map((line) => line.trim()).filter(Boolean);
  const length_ms = cue.end_ms - cue.start_ms;
  const speed = Math.round((width(lines.join(" ")) * 1000) / length_ms);
  const found = [...crowding(cues, place, limits, words)];
  if (lines.length === 0) found.push(words("empty"));
  if (lines.length > limits.lines) found.push(words("lines", { n: lines.length }));
  lines.forEach((line, number) => {
    if (width(line) > limits.line) found.push(words("line", { line: number + 1, n: width(line), most: limits.line }));
  });
  if (speed > limits.per_second) found.push(words("fast", { n: speed, most: limits.per_second }));
  if (length_ms < limits.shortest_ms) found.push(words("short", { seconds: figure(length_ms) }));
  if (length_ms > limits.longest_ms) found.push(words("long", { seconds: figure(length_ms) }));
  return found;
}

/**
 * What stands over another, or so near to it that the change flickers.
 *
 * @param {Cue[]} cues
 * @param {number} place
 * @param {Limits} limits
 * @param {Words} words
 */
function crowding(cues, place, limits, words) {
  const [before, cue] = [cues[place - 1], cues[place]];
  if (!before || !cue) return [];
  const gap = cue.start_ms - before.end_ms;
  if (gap < 0) return [words("overlap", { n: place })];
  return gap > 0 && gap < limits.gap_ms ? [words("tight", { ms: gap, n: place, most: limits.gap_ms })] : [];
}

/** @param {number} ms */
function figure(ms) {
  return (ms / 1000).toLocaleString(document.documentElement.lang || undefined, { maximumFractionDigits: 1 });
}
