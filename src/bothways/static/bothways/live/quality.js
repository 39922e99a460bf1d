/** How good the line is, in one word, and what to send when it is weak: the voice first. Pure. */

/** @typedef {import("./stats.js").Sample} Sample */
/** @typedef {import("./types.js").Caps} Caps */
/** @typedef {import("./types.js").Media["quality"]} Step */
/** @typedef {"good" | "fair" | "poor"} Line */

export const EVERY_MS = 2000;
/** Samples in a row, so 10 seconds, before anything is changed. */
const ENOUGH = 5;
/** Samples in a row that have to be good before the picture grows again. */
const WELL = 15;
const FOR_VOICE_BPS = 120_000;
/**
 * Of what the room allows, a line has to carry this much. Above it the browser makes the picture smaller by itself, and says
 * that it is limited also while a connection begins.
 */
const LEAST_PART = 1 / 3;
/** Who has chosen for themselves is left alone for a minute. */
const LEFT_ALONE = 30;

/** @type {Caps} */
const LOW = { bitrate: 150_000, width: 320, height: 180, fps: 12 };

/**
 * @param {Step} step
 * @param {Caps} caps  what the room allows
 * @returns {Caps}
 */
export const capsFor = (step, caps) => (step === "full" ? caps : LOW);

export class Quality {
  /** @type {Step} */
  step = "full";
  /** @type {Line} */
  line = "good";
  #limited = 0;
  #starved = 0;
  #well = 0;
  #alone = 0;
  /** @type {Map<string, Sample>} */
  #before = new Map();

  /** @param {Step} step  what the person chose */
  choose(step) {
    this.step = step;
    this.#alone = LEFT_ALONE;
    this.#limited = this.#starved = this.#well = 0;
  }

  /**
   * @param {Sample[]} samples  one for each of the others
   * @param {Caps} caps  what the room allows
   * @returns {boolean} whether another step follows
   */
  hear(samples, caps) {
    const lines = samples.map((sample) => lineOf(sample, this.#before.get(sample.id)));
    this.line = lines.includes("poor") ? "poor" : lines.includes("fair") ? "fair" : "good";
    this.#before = new Map(samples.map((sample) => [sample.id, sample]));
    const limited = samples.some((sample) => isLimited(sample, caps));
    const starved = samples.some((sample) => sample.room_bps !== null && sample.room_bps < FOR_VOICE_BPS);
    this.#limited = limited ? this.#limited + 1 : 0;
    this.#starved = starved ? this.#starved + 1 : 0;
    this.#well = samples.length && !limited && !starved && this.line === "good" ? this.#well + 1 : 0;
    if (this.#alone > 0) {
      this.#alone -= 1;
      return false;
    }
    return this.#step();
  }

  #step() {
    const { step } = this;
    if (step === "full" && this.#limited >= ENOUGH) this.step = "low";
    else if (step === "low" && this.#starved >= ENOUGH) this.step = "voice";
    else if (step === "low" && this.#well >= WELL) this.step = "full";
    if (step === this.step) return false;
    this.#limited = this.#starved = this.#well = 0;
    return true;
  }
}

/** @param {Sample} sample @param {Caps} caps */
const isLimited = ({ limited, room_bps }, { bitrate }) =>
  limited === "cpu" || (limited === "bandwidth" && (room_bps ?? 0) < bitrate * LEAST_PART);

/**
 * @param {Sample} now
 * @param {Sample | undefined} before
 * @returns {Line}
 */
function lineOf(now, before) {
  const came = now.came - (before?.came ?? 0);
  const lost = now.lost - (before?.lost ?? 0);
  const part = came + lost > 0 ? Math.max(0, lost) / (came + lost) : 0;
  const rtt = now.rtt_ms ?? 0;
  if (part > 0.15 || rtt > 1000) return "poor";
  return part > 0.04 || rtt > 400 ? "fair" : "good";
}
