/** Keeps the screen awake while somebody records. Where a browser cannot, the recording is only held when the screen locks. */

export class Awake {
  #wanted = false;
  /** @type {WakeLockSentinel | null} */
  #lock = null;

  constructor() {
    // The browser takes the lock back whenever the page is hidden.
    document.addEventListener("visibilitychange", () => this.#wanted && void this.#ask());
  }

  /** @param {boolean} wanted */
  keep(wanted) {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (wanted) return void this.#ask();
    void this.#lock?.release().catch(() => {});
    this.#lock = null;
  }

  async #ask() {
    if (document.hidden) return;
    try {
      const lock = await navigator.wakeLock.request("screen");
      if (this.#wanted) this.#lock = lock;
      else await lock.release();
    } catch {
      // Not there, or the battery is low.
    }
  }
}
