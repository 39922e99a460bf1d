/** When another try follows, as long as something does not come about: each may take longer than the one before it. */

const FIRST_MS = 8000;
const GROWS = 1.5;
const LONGEST_MS = 20_000;

export class Tries {
  /** @param {() => void} onDue  time for the next one */
  constructor(onDue) {
    this.#onDue = onDue;
  }

  #onDue;
  #timer = 0;
  #due_ms = Infinity;
  /** Made since all was well. */
  count = 0;

  /** The next one is due after so long, or earlier if it was due before that. @param {number} [ms] */
  wait(ms = Math.min(LONGEST_MS, FIRST_MS * GROWS ** this.count)) {
    const due_ms = performance.now() + ms;
    if (due_ms >= this.#due_ms) return;
    this.stop();
    this.#due_ms = due_ms;
    this.#timer = setTimeout(() => {
      this.#due_ms = Infinity;
      this.#onDue();
    }, ms);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#due_ms = Infinity;
  }

  succeed() {
    this.stop();
    this.count = 0;
  }
}
