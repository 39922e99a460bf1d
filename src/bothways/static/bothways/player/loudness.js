/**
 * Plays all recordings equally loud: the server has measured each and says by how many decibels to raise or lower it. What that
 * lifts too high is held down below -1 dBTP. Nothing is written into the files, so that one that was only copied and one that
 * was encoded anew sound the same, and changing from one to the other changes nothing.
 *
 * A browser that lets no page shape sound (no Web Audio, or no sound device) plays the recording as it is.
 */

/** No peak comes out above it: -1.5 dBFS, and half a decibel for what a loudspeaker makes of the samples. */
const CEILING = 0.84;
/** Below it nothing is bent: -3.1 dBFS. */
const STRAIGHT_BELOW = 0.7;

const LIMIT = { threshold: -3, knee: 0, ratio: 20, attack: 0.003, release: 0.1 };
/** A change of loudness is heard as a step unless it takes a moment. In seconds. */
const SOFTLY = 0.02;

/** @type {AudioContext | null} */
let shared = null;

/** The loudness of one media element, whatever it plays. */
export class Loudness {
  /**
   * @param {HTMLMediaElement} media
   * @param {number | null} gain_db  null: as it is
   */
  constructor(media, gain_db) {
    this.#media = media;
    this.#gain_db = gain_db;
    media.addEventListener("play", () => void this.#route());
    for (const name of ["pause", "ended"]) media.addEventListener(name, () => speakAloud(false));
  }

  #media;
  #gain_db;
  /** @type {GainNode | null} */
  #gain = null;

  get gain_db() {
    return this.#gain_db;
  }

  set gain_db(gain_db) {
    this.#gain_db = gain_db;
    this.#draw();
  }

  /** An element that is led through a graph once stays in it, so this waits until there is one that runs. */
  async #route() {
    if (this.#gain_db === null && !this.#gain) return;
    const context = await running();
    if (context && !this.#gain) {
      this.#gain = equalizer(context);
      context.createMediaElementSource(this.#media).connect(this.#gain);
    }
    if (this.#gain && !this.#media.paused) speakAloud(true);
    this.#draw();
  }

  #draw() {
    this.#gain?.gain.setTargetAtTime(factorOf(this.#gain_db), this.#gain.context.currentTime, SOFTLY);
  }
}

/**
 * Gain, then a limiter, then a curve for what is too quick for it, connected to where the context plays. At first the gain is 1.
 *
 * @param {BaseAudioContext} context
 * @returns {GainNode}  takes the sound
 */
export function equalizer(context) {
  const gain = new GainNode(context);
  const limiter = new DynamicsCompressorNode(context, LIMIT);
  const level = new GainNode(context, { gain: factorOf(-makeUpOf(LIMIT)) });
  const clamp = new WaveShaperNode(context, { curve: bend(), oversample: "4x" });
  gain.connect(limiter).connect(level).connect(clamp).connect(context.destination);
  return gain;
}

/** @param {number | null} gain_db */
export function factorOf(gain_db) {
  return 10 ** ((gain_db ?? 0) / 20);
}

/**
 * The decibels that a compressor adds by itself (Web Audio API, "makeup gain"): what it takes from full scale, to the 0.6th
 * power.
 *
 * @param {{threshold: number, ratio: number}} limit
 */
function makeUpOf({ threshold, ratio }) {
  return 0.6 * -threshold * (1 - 1 / ratio);
}

/** Straight, then ever flatter up to the ceiling. */
function bend() {
  const room = 1 - STRAIGHT_BELOW;
  const flatter = 1 - (CEILING - STRAIGHT_BELOW) / room;
  return Float32Array.from({ length: 4097 }, (_, at) => {
    const x = at / 2048 - 1;
    const over = (Math.abs(x) - STRAIGHT_BELOW) / room;
    return over <= 0 ? x : Math.sign(x) * (STRAIGHT_BELOW + room * (over - flatter * over * over));
  });
}

/** The page's context once it runs. Asked for in the moment of a press, as browsers want it; without a device it never does. */
async function running() {
  if (typeof AudioContext === "undefined") return null;
  try {
    shared ??= new AudioContext();
    if (shared.state !== "running") await shared.resume();
  } catch {
    return null;
  }
  return shared.state === "running" ? shared : null;
}

/**
 * An iPhone that is set to silent still plays films, but not what a page shapes, unless the page says that it plays something. In
 * between it says nothing, because recording needs another kind of session.
 *
 * @param {boolean} plays
 */
function speakAloud(plays) {
  const { audioSession } = /** @type {{audioSession?: {type: string}}} */ (navigator);
  if (audioSession) audioSession.type = plays ? "playback" : "auto";
}
