/** How loud our microphone is, on the bars before the room. */

import "../elements/level-meter.js";
import { Level } from "../recorder/level.js";

/** @typedef {import("../elements/level-meter.js").LevelMeter} LevelMeter */
/** @typedef {import("../recorder/types.js").Heard} Heard */

export class Meter {
  /** @param {ParentNode} scope @param {(heard: Heard) => void} onHeard */
  constructor(scope, onHeard) {
    this.#bars = [...scope.querySelectorAll("bw-level-meter")];
    this.#onHeard = onHeard;
  }

  #bars;
  #onHeard;
  /** @type {Level | null} */
  #level = null;
  /** @type {Heard} */
  #heard = null;

  /** @param {MediaStream | null} stream  null: nothing is measured any more */
  measure(stream) {
    this.#level?.close();
    this.#level = stream && stream.getAudioTracks().length ? new Level(stream, (level, heard) => this.#show(level, heard)) : null;
  }

  /** @param {number} level @param {Heard} heard */
  #show(level, heard) {
    for (const node of this.#bars) /** @type {LevelMeter} */ (node).level = level;
    if (heard === this.#heard) return;
    this.#heard = heard;
    this.#onHeard(heard);
  }
}
