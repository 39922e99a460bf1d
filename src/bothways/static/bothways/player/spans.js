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

/**
 * What of the first stretches is not in the second.
 * @param {Span[]} spans @param {Span[]} others  both sorted and apart
 * @returns {Span[]}
 */
export function without(spans, others) {
  return others.reduce((left, [from, until]) => left.flatMap((span) => cut(span, from, until)), spans);
}

/**
 * @param {Span} span @param {number} from @param {number} until
 * @returns {Span[]}
 */
function cut([start, end], from, until) {
  /** @type {Span[]} */
  const pieces = [[start, Math.min(end, from)], [Math.max(start, until), end]];
  return pieces.filter(([first, last]) => last > first);
}
