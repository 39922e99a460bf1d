/** Finding words in a text as people type them: without case and without accents. */

const MARKS = /[\u0300-\u036f\u064b-\u0652]/g;

/** @param {string} text */
const folded = (text) => text.normalize("NFKD").replace(MARKS, "").toLowerCase();

/**
 * Where `wanted` stands in `text`, as pairs of offsets; several in a row do not overlap.
 *
 * @param {string} text
 * @param {string} wanted
 * @returns {[number, number][]}
 */
export function places(text, wanted) {
  const needle = folded(wanted.trim().replace(/\s+/g, " "));
  if (!needle) return [];
  let hay = "";
  /** For each letter of `hay` the offset of what it was folded from; one more for the end. @type {number[]} */
  const from = [];
  let at = 0;
  for (const letter of text) {
    for (const plain of folded(letter)) {
      for (let unit = 0; unit < plain.length; unit++) from.push(at);
      hay += plain;
    }
    at += letter.length;
  }
  from.push(at);
  /** @type {[number, number][]} */
  const found = [];
  for (let start = hay.indexOf(needle); start >= 0; start = hay.indexOf(needle, start + needle.length)) {
    found.push([from[start] ?? 0, from[start + needle.length] ?? at]);
  }
  return found;
}

/**
 * The part of an element's text between two offsets.
 *
 * @param {Element} element
 * @param {number} start
 * @param {number} end
 */
export function rangeOf(element, start, end) {
  const range = new Range();
  range.selectNodeContents(element);
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let before = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.nodeValue?.length ?? 0;
    if (start >= before && start < before + length) range.setStart(node, start - before);
    if (end > before && end <= before + length) range.setEnd(node, end - before);
    before += length;
  }
  return range;
}
