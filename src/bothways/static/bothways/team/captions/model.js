/**
 * What can be done to a list of captions: each function gives a new list and leaves the old one as it is, so that one can go
 * back. Without a change the same list comes back. All times are milliseconds; lists are in order of time.
 */

/** @typedef {{id: number, start_ms: number, end_ms: number, text: string}} Cue */
/** @typedef {"start" | "end" | "whole"} Part */

export const SHORTEST_MS = 200;
const NEW_MS = 2000;

let last = 0;

/** @param {Omit<Cue, "id">} cue @returns {Cue} */
export function withId({ start_ms, end_ms, text }) {
  return { id: ++last, start_ms, end_ms, text };
}

/** @param {Cue[]} cues */
export function ordered(cues) {
  const isOrdered = cues.every((cue, place) => place === 0 || (cues[place - 1]?.start_ms ?? 0) <= cue.start_ms);
  return isOrdered ? cues : [...cues].sort((one, two) => one.start_ms - two.start_ms || one.end_ms - two.end_ms);
}

/**
 * @param {Cue[]} cues
 * @param {number} id
 * @param {Partial<Cue>} change
 */
export function changed(cues, id, change) {
  const cue = cues.find((one) => one.id === id);
  const isSame = !cue || Object.entries(change).every(([key, value]) => cue[/** @type {keyof Cue} */ (key)] === value);
  return isSame ? cues : cues.map((one) => (one === cue ? { ...one, ...change } : one));
}

/**
 * A caption, or one of its edges, moved to a time, as far as its neighbours and the recording allow.
 *
 * @param {Cue[]} cues
 * @param {number} id
 * @param {Part} part
 * @param {number} to_ms  where the edge goes; for the whole, where it begins
 * @param {number} duration_ms
 */
export function moved(cues, id, part, to_ms, duration_ms) {
  const place = cues.findIndex((one) => one.id === id);
  const cue = cues[place];
  if (!cue) return cues;
  // What is over its neighbour already may stay there, and is not pushed about.
  const floor = Math.min(cues[place - 1]?.end_ms ?? 0, cue.start_ms);
  const ceiling = Math.max(cues[place + 1]?.start_ms ?? duration_ms, cue.end_ms);
  const to = Math.round(to_ms);
  if (part === "start") return changed(cues, id, { start_ms: between(floor, to, Math.max(floor, cue.end_ms - SHORTEST_MS)) });
  if (part === "end") return changed(cues, id, { end_ms: between(Math.min(ceiling, cue.start_ms + SHORTEST_MS), to, ceiling) });
  const length = cue.end_ms - cue.start_ms;
  const start_ms = between(floor, to, ceiling - length);
  return changed(cues, id, { start_ms, end_ms: start_ms + length });
}

/**
 * The moment becomes an edge of a caption. A neighbour that touched it there goes along; others are not run over.
 *
 * @param {Cue[]} cues
 * @param {number} id
 * @param {"start" | "end"} part
 * @param {number} to_ms
 * @param {number} duration_ms
 */
export function set(cues, id, part, to_ms, duration_ms) {
  const place = cues.findIndex((one) => one.id === id);
  const cue = cues[place];
  const neighbour = cues[place + (part === "start" ? -1 : 1)];
  const other = part === "start" ? "end" : "start";
  const touches = cue && neighbour && neighbour[`${other}_ms`] === cue[`${part}_ms`];
  if (!cue || !touches) return moved(cues, id, part, to_ms, duration_ms);
  const goesIn = part === "start" ? to_ms < cue.start_ms : to_ms > cue.end_ms;
  // Whoever has to give room is moved first.
  const first = goesIn ? moved(cues, neighbour.id, other, to_ms, duration_ms) : moved(cues, id, part, to_ms, duration_ms);
  return goesIn ? moved(first, id, part, to_ms, duration_ms) : moved(first, neighbour.id, other, to_ms, duration_ms);
}

/**
 * Two of one. The words are parted at the caret, else like the time. The time is parted at the moment if that lies within,
 * else like the words.
 *
 * @param {Cue[]} cues
 * @param {number} id
 * @param {{caret: number | null, at_ms: number}} where
 */
export function split(cues, id, { caret, at_ms }) {
  const cue = cues.find((one) => one.id === id);
  if (!cue) return cues;
  const length = cue.end_ms - cue.start_ms;
  const isWithin = cue.start_ms + SHORTEST_MS <= at_ms && at_ms <= cue.end_ms - SHORTEST_MS;
  const isParted = caret !== null && cue.text.slice(0, caret).trim() !== "" && cue.text.slice(caret).trim() !== "";
  const place = isParted ? caret : gapAt(cue.text, isWithin ? (at_ms - cue.start_ms) / length : 0.5);
  const middle = isWithin ? Math.round(at_ms) : cue.start_ms + Math.round((length * place) / Math.max(1, cue.text.length));
  const [before, after] = [cue.text.slice(0, place).trim(), cue.text.slice(place).trim()];
  if (!before || !after || middle <= cue.start_ms || middle >= cue.end_ms) return cues;
  const two = [{ ...cue, end_ms: middle, text: before }, withId({ start_ms: middle, end_ms: cue.end_ms, text: after })];
  return cues.flatMap((one) => (one === cue ? two : [one]));
}

/**
 * One of this and the next: in one line where that is short enough, else in lines.
 *
 * @param {Cue[]} cues
 * @param {number} id
 * @param {number} line  characters in a line
 */
export function joined(cues, id, line) {
  const place = cues.findIndex((one) => one.id === id);
  const [cue, next] = [cues[place], cues[place + 1]];
  if (!cue || !next) return cues;
  const texts = [cue.text, next.text].map((text) => text.trim()).filter(Boolean);
  const text = texts.join(texts.join(" ").length > line ? "\n" : " ");
  const one = { ...cue, end_ms: Math.max(cue.end_ms, next.end_ms), text };
  return [...cues.slice(0, place), one, ...cues.slice(place + 2)];
}

/**
 * @param {Cue[]} cues
 * @param {number} id
 */
export function removed(cues, id) {
  return cues.filter((cue) => cue.id !== id);
}

/**
 * One more without words, from a moment on, for two seconds or until the next. One that is being shown then ends there.
 *
 * @param {Cue[]} cues
 * @param {number} at_ms
 * @param {number} duration_ms
 */
export function inserted(cues, at_ms, duration_ms) {
  let start_ms = Math.round(between(0, at_ms, duration_ms - SHORTEST_MS));
  const shown = cues.find((cue) => cue.start_ms <= start_ms && start_ms < cue.end_ms);
  let end_ms = start_ms + NEW_MS;
  let rest = cues;
  if (shown && start_ms - shown.start_ms >= SHORTEST_MS) {
    end_ms = shown.end_ms;
    rest = changed(cues, shown.id, { end_ms: start_ms });
  } else if (shown) {
    start_ms = shown.end_ms;
    end_ms = start_ms + NEW_MS;
  }
  const next_ms = rest.find((cue) => cue.start_ms >= start_ms)?.start_ms ?? duration_ms;
  end_ms = Math.min(end_ms, next_ms, duration_ms);
  return end_ms - start_ms < 1 ? cues : ordered([...rest, withId({ start_ms, end_ms, text: "" })]);
}

/**
 * The place that something nearby pulls a time to, else the time.
 *
 * @param {number} time_ms
 * @param {number[]} places
 * @param {number} within_ms
 */
export function snapped(time_ms, places, within_ms) {
  const far = (/** @type {number} */ place) => Math.abs(place - time_ms);
  const near = places.filter((place) => far(place) <= within_ms).sort((one, two) => far(one) - far(two));
  return near[0] ?? time_ms;
}

/**
 * @param {string} text
 * @param {number} share  from 0 to 1
 */
function gapAt(text, share) {
  const gaps = [...text.matchAll(/\s+/g)].map((gap) => gap.index ?? 0);
  const far = (/** @type {number} */ gap) => Math.abs(gap - text.length * share);
  return gaps.sort((one, two) => far(one) - far(two))[0] ?? 0;
}

/**
 * @param {number} least
 * @param {number} value
 * @param {number} most
 */
function between(least, value, most) {
  return Math.max(least, Math.min(value, most));
}
