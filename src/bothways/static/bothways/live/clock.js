/**
 * The server's clock, as well as it can be known from here: round trips over the room's socket, the quickest of which tells most.
 *
 * Ten at the beginning, then one each few seconds with the socket's own beat. A device's clock may run faster or slower than the
 * server's; how much shows after some minutes.
 */

const FIRST_TRIPS = 10;
const APART_MS = 60;
/** The quickest trip of each window is kept; of the windows, the last hours. */
const WINDOW_MS = 60_000;
const MOST_WINDOWS = 240;
/** Before this much has passed, what looks like a clock running off is only the line. */
const SLOPE_AFTER_MS = 5 * 60_000;

/**
 * @typedef {{at: number, offset: number, trip: number}} Sample  `at` on this page's clock; `offset` to the server's, all in ms
 *
 * @typedef {object} Clock
 * @property {Promise<void>} ready  settles once the time is known
 * @property {(at?: number) => number} now  ms since 1970 by the server, at a moment of `performance.now()`
 * @property {number} error_ms  how far that may be off: half the quickest trip
 * @property {number} rate_ppm  how many millionths this device's clock runs faster than the server's
 */

/**
 * @param {{send: (type: string, body: object) => void, on: (type: string, fn: (body: any) => void) => void}} room
 * @returns {Clock}
 */
export function createClock(room) {
  /** @type {Sample[]} the quickest of each window, oldest first */
  const windows = [];
  let trips = 0;
  let known = () => {};
  /** @type {Promise<void>} */
  const ready = new Promise((resolve) => (known = () => resolve()));

  room.on("time", (/** @type {{c: number, s: number}} */ { c, s }) => {
    const back = performance.now();
    const trip = back - c;
    // Asked by another load of this page, or no answer to a question of ours.
    if (!(trip >= 0 && trip < WINDOW_MS) || !Number.isFinite(s)) return;
    const at = c + trip / 2;
    keep(windows, { at, offset: s - at, trip });
    trips += 1;
    if (trips < FIRST_TRIPS) return void setTimeout(ask, APART_MS);
    known();
  });
  const ask = () => room.send("time", { c: performance.now() });
  // Each time we are let in, the line may be another one.
  room.on("welcome", () => {
    trips = 0;
    ask();
  });

  return {
    ready,
    now: (at = performance.now()) => at + offsetAt(windows, at),
    get error_ms() {
      return (best(windows)?.trip ?? 0) / 2;
    },
    get rate_ppm() {
      return ratePpm(windows);
    },
  };
}

/** @param {Sample[]} windows @param {Sample} sample */
function keep(windows, sample) {
  const last = windows.at(-1);
  if (!last || Math.floor(sample.at / WINDOW_MS) !== Math.floor(last.at / WINDOW_MS)) {
    windows.push(sample);
    if (windows.length > MOST_WINDOWS) windows.shift();
  } else if (sample.trip < last.trip) {
    windows[windows.length - 1] = sample;
  }
}

/**
 * Of the last windows the quickest trip, carried on by how much this clock runs off.
 *
 * @param {Sample[]} windows @param {number} at
 */
function offsetAt(windows, at) {
  const sample = best(windows.slice(-3));
  if (!sample) return performance.timeOrigin;
  return sample.offset - ((at - sample.at) * ratePpm(windows)) / 1e6;
}

/** @param {Sample[]} windows @returns {Sample | undefined} */
function best(windows) {
  return windows.reduce((/** @type {Sample | undefined} */ one, other) => (one && one.trip <= other.trip ? one : other), undefined);
}

/**
 * The slope of the offsets, by least squares; 0 while it cannot be told.
 *
 * @param {Sample[]} windows
 */
export function ratePpm(windows) {
  const first = windows[0];
  const last = windows.at(-1);
  if (!first || !last || windows.length < 4 || last.at - first.at < SLOPE_AFTER_MS) return 0;
  const quickest = best(windows)?.trip ?? 0;
  // A trip three times as long tells little.
  const good = windows.filter(({ trip }) => trip <= 3 * quickest + 5);
  const at = mean(good.map((sample) => sample.at));
  const offset = mean(good.map((sample) => sample.offset));
  const spread = good.reduce((sum, sample) => sum + (sample.at - at) ** 2, 0);
  if (!spread) return 0;
  const slope = good.reduce((sum, sample) => sum + (sample.at - at) * (sample.offset - offset), 0) / spread;
  return -slope * 1e6;
}

/** @param {number[]} numbers */
const mean = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
