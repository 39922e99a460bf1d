/** How much the line carries upwards. */

import { readPrefs, writePrefs } from "./prefs.js";
import { request } from "./server.js";

/** A line changes with the place one sits in. */
const TRUE_FOR_MS = 3600 * 1000;

/** A small piece that was quick says more about the way there and back than about the width of the line. */
const TELLING = 64 * 1024;
const TELLING_MS = 1000;

/** What the last pieces said, smoothed, and known to the next page. */
export class Uplink {
  constructor() {
    const known = readPrefs().uplink;
    this.bits_per_s = known && Date.now() - known.at < TRUE_FOR_MS ? known.bits_per_s : null;
  }

  /**
   * @param {number} bytes
   * @param {number} ms  that they took
   */
  note(bytes, ms) {
    if (ms <= 0 || (bytes < TELLING && ms < TELLING_MS)) return;
    const seen = (bytes * 8000) / ms;
    this.bits_per_s = Math.round(this.bits_per_s === null ? seen : 0.7 * this.bits_per_s + 0.3 * seen);
    writePrefs({ uplink: { bits_per_s: this.bits_per_s, at: Date.now() } });
  }
}

const FIRST = 16 * 1024;
const MOST = 512 * 1024;
const ENOUGH_MS = 1000;
const PATIENCE_MS = 20_000;

/**
 * Measures with noise: nothing of the person is sent. Pieces grow until one takes long enough to tell.
 *
 * @param {string} url
 * @param {string} csrf_token
 * @returns {Promise<number>} bits per second
 */
export async function measureUplink(url, csrf_token) {
  for (let bytes = FIRST; ; bytes = Math.min(MOST, bytes * 4)) {
    const body = new Uint8Array(bytes);
    for (let at = 0; at < bytes; at += FIRST) crypto.getRandomValues(body.subarray(at, at + FIRST));
    const asked_at = performance.now();
    const headers = { "Content-Type": "application/octet-stream", "X-CSRFToken": csrf_token };
    const response = await request(url, { method: "POST", headers, body }, PATIENCE_MS);
    const took_ms = performance.now() - asked_at;
    if (!response.ok) throw new Error(`the line was not measured: ${response.status}`);
    if (took_ms < ENOUGH_MS && bytes < MOST) continue;
    const bits_per_s = Math.round((bytes * 8000) / took_ms);
    writePrefs({ uplink: { bits_per_s, at: Date.now() } });
    return bits_per_s;
  }
}
