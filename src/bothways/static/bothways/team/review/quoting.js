/** Words of the transcript to be quoted, with the times at which they are said. Whole words only. */

/** @typedef {{text: string, start_ms: number, end_ms: number}} Quote */

/**
 * What is marked in the list.
 * @param {HTMLElement} list  of utterances, as transcript.js describes it
 * @returns {Quote | null}
 */
export function markedWords(list) {
  const selection = getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  return quoted([...list.querySelectorAll("[data-at]")].filter((word) => overlaps(range, word)));
}

/**
 * All that is said in one utterance.
 * @param {Element} line
 * @returns {Quote | null}
 */
export function wordsOfLine(line) {
  return quoted([...line.querySelectorAll("[data-at]")]);
}

/**
 * @param {Element[]} words  in their order, nothing left out between them
 * @returns {Quote | null}
 */
function quoted(words) {
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last) return null;
  const lines = [...new Set(words.map((word) => /** @type {Element} */ (word.closest("li"))))];
  const text = lines.map((line) => between(words.filter((word) => line.contains(word)))).join(" ");
  return { text: text.split(/\s+/).filter(Boolean).join(" "), start_ms: ms(first, "at"), end_ms: endOf(last) };
}

/** The text from the first to the last of the words of one utterance. @param {Element[]} words */
function between(words) {
  const range = document.createRange();
  range.setStartBefore(/** @type {Element} */ (words[0]));
  range.setEndAfter(/** @type {Element} */ (words.at(-1)));
  return range.toString();
}

/** A word ends where the next one of its utterance begins, the last one with the utterance. @param {Element} word */
function endOf(word) {
  const line = /** @type {Element} */ (word.closest("li"));
  const words = [...line.querySelectorAll("[data-at]")];
  const next = words[words.indexOf(word) + 1];
  const end = next ? ms(next, "at") : ms(line, "end");
  return Math.max(end, ms(word, "at") + 1);
}

/**
 * Whether at least a letter of the word is in the range.
 * @param {Range} range
 * @param {Element} word
 */
function overlaps(range, word) {
  if (!range.intersectsNode(word)) return false;
  const inner = document.createRange();
  inner.selectNodeContents(word);
  if (range.compareBoundaryPoints(Range.START_TO_START, inner) > 0) inner.setStart(range.startContainer, range.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, inner) < 0) inner.setEnd(range.endContainer, range.endOffset);
  return inner.toString().trim() !== "";
}

/**
 * @param {Element} element
 * @param {"at" | "end"} name
 */
function ms(element, name) {
  return Number(element.getAttribute(`data-${name}`));
}
