/** What the reporter asks of a meter, with the clock in the place of a recording. */
export class ScreenMeter {
  /** Never plays, so nothing ever pauses: it is here to be listened to. */
  media = new EventTarget();
  #shown = false;
  #since = 0;
  /** Milliseconds that went by on the screen since the page came up. */
  #gathered = 0;

  /**
   * @param {number} from
   * @param {number} to  milliseconds of what is counted
   * @param {number} [speed]  how many of them go by in a millisecond on the screen
   */
  constructor(from, to, speed = 1) {
    this.from = from;
    this.to = to;
    this.speed = speed;
  }

  /** @param {boolean} shown */
  show(shown) {
    this.#gather();
    this.#shown = shown;
    this.#since = performance.now();
  }

  /** Reading goes from the beginning on, so this is one stretch. */
  played() {
    this.#gather();
    const end = Math.floor(Math.min(this.to, this.from + this.#gathered));
    return end > 0 ? [/** @type {[number, number]} */ ([0, end])] : [];
  }

  #gather() {
    const now = performance.now();
    if (this.#shown) this.#gathered += (now - this.#since) * this.speed;
    this.#since = now;
  }
}
