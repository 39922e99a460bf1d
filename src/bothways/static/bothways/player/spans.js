/** Stretches of a recording in whole milliseconds, `[start, end]` with start < end. The server does the same again. */

/** @typedef {[number, number]} Span */

/**
 * The same stretches, sorted and apart.
 * @param {Iterable<Span>} spans
 * @returns {Span[]}
 */
export function merge(spans) {
  /** @type {Span[]} */
  const merged = [];
  for (const [start, end] of [...spans].sort((one, other) => one[0] - other[0])) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** @param {Iterable<Span>} spans */
export function length(spans) {
  let total = 0;
  for (const [start, end] of spans) total += end - start;
  return total;
}
