/** Our side of the recording: begun and ended as the server says, and kept until it is all on the server. */

import { createClock } from "./clock.js";
import { createLegs } from "./leg.js";

/** @typedef {import("./leg.js").LegsState} LegsState */

export class OwnSide {
  /**
   * @param {object} options
   * @param {import("./socket.js").Room} options.line
   * @param {string} options.room
   * @param {MediaStream} options.stream
   * @param {import("./leg.js").Urls} options.urls
   * @param {(state: LegsState) => void} options.onState
   */
  constructor({ line, room, stream, urls, onState }) {
    this.#legs = createLegs({ room, stream, clock: createClock(line), urls, onState });
    addEventListener("beforeunload", (event) => this.#legs.state.sending > 0 && event.preventDefault());
  }

  #legs;
  #period = "";

  /** @param {string} period  "" while nothing is recorded */
  follow(period) {
    if (period === this.#period) return;
    this.#period = period;
    if (period) this.#legs.start(period);
    else void this.#legs.stop();
  }

  /** @param {MediaStream} stream */
  take(stream) {
    this.#legs.replaceStream(stream);
  }
}
