/** The list of captions as it is, and the way back to what it was. Lists are never changed, so that keeping them is enough. */

/** @typedef {import("./model.js").Cue} Cue */

export class History {
  /** @type {Cue[][]} */
  #past = [];
  /** @type {Cue[][]} */
  #future = [];
  #step = "";

  /** @param {Cue[]} cues */
  constructor(cues) {
    this.cues = cues;
  }

  /**
   * @param {Cue[]} cues
   * @param {string} [step]  changes of one name after another are undone together: typing, a nudge repeated
   */
  keep(cues, step = "") {
    if (cues === this.cues) return;
    if (!step || step !== this.#step) this.#past.push(this.cues);
    this.#future = [];
    this.#step = step;
    this.cues = cues;
  }

  /** The next change is undone for itself, whatever its name. */
  close() {
    this.#step = "";
  }

  /** @returns {boolean}  whether there was something */
  undo() {
    return this.#go(this.#past, this.#future);
  }

  redo() {
    return this.#go(this.#future, this.#past);
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  /**
   * @param {Cue[][]} from
   * @param {Cue[][]} to
   */
  #go(from, to) {
    const cues = from.pop();
    if (!cues) return false;
    to.push(this.cues);
    this.cues = cues;
    this.#step = "";
    return true;
  }
}
