/** How loud the microphone is, ten times a second. */

const EVERY_MS = 100;

/** Below this the microphone is dead or muted; the quietest room is above it. */
const SILENT = 0.005;

/** How long it must be silent before we say so. */
export const SILENT_AFTER_MS = 2500;

/** Root mean square of speech at arm's length; fills the meter. */
const LOUD = 0.2;

export class Level {
  /**
   * @param {MediaStream} stream
   * @param {(level: number, heard: import("./types.js").Heard) => void} onLevel  level from 0 to 1, on a scale that
   *   looks even to the ear
   */
  constructor(stream, onLevel) {
    this.#context = new AudioContext();
    // Not awaited: without a sound device it never settles.
    void this.#context.resume().catch(() => {});
    const analyser = this.#context.createAnalyser();
    analyser.fftSize = 2048;
    this.#context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let silent_ms = 0;
    /** @type {import("./types.js").Heard} */
    let heard = null;
    this.#timer = setInterval(() => {
      if (this.#context.state !== "running") return onLevel(0, null);
      analyser.getFloatTimeDomainData(samples);
      const power = rms(samples);
      silent_ms = power < SILENT ? silent_ms + EVERY_MS : 0;
      if (silent_ms >= SILENT_AFTER_MS) heard = "quiet";
      else if (silent_ms === 0) heard = "good";
      onLevel(Math.min(1, Math.sqrt(power / LOUD)), heard);
    }, EVERY_MS);
  }

  #context;
  #timer;

  close() {
    clearInterval(this.#timer);
    void this.#context.close();
  }
}

/** @param {Float32Array} samples */
export function rms(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}
