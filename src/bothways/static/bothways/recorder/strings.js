/** The words that scripts show: made by the server in the reader's language, in one JSON block of the page. */

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Words */

/**
 * @param {Element | Document} source  an element's attribute `strings` names the block; without it, bw-strings
 * @returns {Words}
 */
export function readStrings(source) {
  const id = source instanceof Element ? source.getAttribute("strings") : null;
  /** @type {Record<string, string | string[]>} */
  const strings = readBlock(id ?? "bw-strings");
  return (key, values = {}) => {
    const found = strings[key];
    if (found === undefined) throw new Error(`no words for ${key}`);
    // A list holds one sentence for each count, so that the server's catalog decides on plurals.
    const sentence = Array.isArray(found) ? (found[Math.min(Number(values.n), found.length - 1)] ?? "") : found;
    return sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  };
}

/**
 * @template T
 * @param {Element} element  its attribute `config` names the block; without it, bw-config
 * @returns {T}
 */
export function readConfig(element) {
  return readBlock(element.getAttribute("config") ?? "bw-config");
}

/** @param {string} id */
function readBlock(id) {
  const block = document.getElementById(id);
  if (!block) throw new Error(`the page has no block ${id}`);
  return JSON.parse(block.textContent ?? "");
}
