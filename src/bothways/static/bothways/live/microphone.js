/**
 * Runs beside the page, where sound passes: brings a microphone to 16,000 samples a second and hands on what is loud
 * enough to be speech, a quarter of a second at a time. An empty message says that a pause has begun.
 */

// Where sound passes there are other names than in a page, which the checker does not know.
const { AudioWorkletProcessor, registerProcessor, sampleRate } = /** @type {any} */ (globalThis);

const RATE = 16_000;
const FRAME = RATE / 4;
/** -54 dBFS: the quietest voices are above it. */
const QUIET = 0.002;
/** So many quiet frames belong to what was said before: endings of words are soft. */
const TAIL = 2;

class Microphone extends AudioWorkletProcessor {
  #frame = new Int16Array(FRAME);
  #filled = 0;
  #power = 0;
  #sum = 0;
  #count = 0;
  /** How far the next sample of the frame is, in samples of the device. */
  #left = sampleRate / RATE;
  #quiet = TAIL + 1;
  /** @type {ArrayBuffer | null} */
  #before = null;

  /** @param {Float32Array[][]} inputs */
  process([input]) {
    for (const sample of input?.[0] ?? []) {
      this.#sum += sample;
      this.#count += 1;
      this.#left -= 1;
      if (this.#left > 0) continue;
      this.#left += sampleRate / RATE;
      this.#take(this.#sum / this.#count);
      this.#sum = this.#count = 0;
    }
    return true;
  }

  /** @param {number} sample */
  #take(sample) {
    this.#power += sample * sample;
    this.#frame[this.#filled++] = Math.max(-1, Math.min(1, sample)) * 32_767;
    if (this.#filled < FRAME) return;
    const isQuiet = Math.sqrt(this.#power / FRAME) < QUIET;
    this.#filled = this.#power = 0;
    this.#hand(this.#frame.slice().buffer, isQuiet);
  }

  /** @param {ArrayBuffer} frame @param {boolean} isQuiet */
  #hand(frame, isQuiet) {
    this.#quiet = isQuiet ? this.#quiet + 1 : 0;
    if (this.#quiet <= TAIL) {
      // Words begin softly, too.
      if (this.#before) this.port.postMessage(this.#before);
      this.port.postMessage(frame);
    } else if (this.#quiet === TAIL + 1) {
      this.port.postMessage(new ArrayBuffer(0));
    }
    this.#before = this.#quiet > TAIL ? frame : null;
  }
}

registerProcessor("bw-microphone", Microphone);
