/**
 * Sends one segment by tus 1.0 while it is being recorded. Recording never waits for it.
 *
 * Each piece carries its SHA-256; the server answers with the offset that is durably stored, and only then may the device let
 * go. After any failure the server is asked where it stands: its offset is the truth.
 */

import { Disturbance, Refusal, persist, request } from "./server.js";

/** Pieces grow while the line is quick, so that catching up takes few round trips, and shrink when it is slow or fails. */
const SMALLEST = 16 * 1024;
const FIRST = 128 * 1024;
const LARGEST = 1024 * 1024;
const QUICK_MS = 2000;
const SLOW_MS = 8000;

/** A request slower than this has hung; a new one takes over on the server. */
const PATIENCE_MS = 15_000;
const SLOWEST_BYTES_PER_MS = 8;

/** How often in a row the server may say that it does not know the upload, before we believe it. */
const MOST_RENEWALS = 3;

/**
 * @typedef {object} Source
 * @property {(offset: number, most: number) => Promise<Blob | null>} read  what follows the offset; null: nothing yet
 * @property {(offset: number) => Promise<void>} acknowledge
 */

export class Upload {
  /**
   * @param {object} parts
   * @param {() => Promise<{url: string, token: string}>} parts.open  asks the server for the upload; called again when the
   *   token has run out
   * @param {Source} parts.source
   * @param {(up: boolean) => void} parts.onLine
   * @param {(bytes: number, ms: number) => void} [parts.onSent]  how long a piece took
   * @param {AbortSignal} parts.signal
   */
  constructor({ open, source, onLine, onSent, signal }) {
    this.#open = open;
    this.#onSent = onSent;
    this.#source = source;
    this.#onLine = onLine;
    this.#signal = signal;
    signal.addEventListener("abort", () => this.wake());
  }

  #open;
  #source;
  #onLine;
  #onSent;
  #signal;
  /** @type {{url: string, token: string} | null} */
  #target = null;
  /** @type {number | null} null: the server must be asked */
  #offset = null;
  #piece = FIRST;
  #renewals = 0;
  /** @type {number | null} */
  #total = null;
  #wake = () => {};

  /** Something new is recorded. */
  wake() {
    this.#wake();
  }

  /**
   * Nothing follows any more.
   *
   * @param {number} total  bytes
   */
  close(total) {
    this.#total = total;
    this.wake();
  }

  /**
   * Settles when the whole segment is on the server.
   *
   * @throws {Refusal} when the server will not have it
   */
  async run() {
    const told = { onLine: this.#onLine, signal: this.#signal };
    for (;;) {
      const woken = new Promise((resolve) => (this.#wake = () => resolve(undefined)));
      const outcome = await persist(() => this.#advance(), told);
      if (outcome === "done") return;
      if (outcome === "idle") await woken;
      this.#signal.throwIfAborted();
    }
  }

  /** @returns {Promise<"done" | "sent" | "idle">} */
  async #advance() {
    const offset = await this.#whereItStands();
    // Read before the parts are: the segment may be closed while we look.
    const total = this.#total;
    // More than we know of: the journal fell behind, because the device was full.
    if (total !== null && offset >= total) return "done";
    const piece = await this.#source.read(offset, this.#piece);
    if (piece) {
      // A second of a sharp picture may be more than a weak line takes in one go.
      await this.#send(offset, piece.slice(0, this.#piece));
      return "sent";
    }
    // What the device has lost is given up: the rest is closed where it begins.
    if (this.#total === offset) return "done";
    if (total === null) return "idle";
    throw new Refusal("conflict", "");
  }

  /** @returns {Promise<number>} */
  async #whereItStands() {
    while (this.#offset === null) {
      this.#target ??= await this.#open();
      const response = await this.#ask("HEAD", {});
      if (response) await this.#stands(response);
    }
    return this.#offset;
  }

  /**
   * @param {number} offset
   * @param {Blob} piece
   */
  async #send(offset, piece) {
    const bytes = await piece.arrayBuffer();
    const digest = await crypto.subtle.digest("SHA-256", bytes);
    const asked_at = performance.now();
    const size = this.#piece;
    // Until the answer is here, nobody knows what the server has; and after a failure a smaller piece comes first.
    this.#offset = null;
    this.#piece = Math.max(SMALLEST, size / 4);
    const response = await this.#ask("PATCH", {
      headers: {
        "Upload-Offset": String(offset),
        "Content-Type": "application/offset+octet-stream",
        "Upload-Checksum": `sha256 ${base64(digest)}`,
      },
      body: bytes,
    });
    if (!response) return;
    // 409: another offset than we thought. 460: damaged on the way. Both are asked about before the next piece.
    if (!response.ok) throw new Disturbance();
    await this.#stands(response);
    const took_ms = performance.now() - asked_at;
    this.#onSent?.(bytes.byteLength, took_ms);
    if (took_ms < QUICK_MS) this.#piece = Math.min(LARGEST, size * 2);
    else if (took_ms < SLOW_MS) this.#piece = size;
  }

  /** @param {Response} response */
  async #stands(response) {
    const offset = Number(response.headers.get("Upload-Offset") ?? NaN);
    if (!Number.isSafeInteger(offset)) throw new Disturbance();
    await this.#source.acknowledge(offset);
    this.#offset = offset;
  }

  /**
   * @param {string} method
   * @param {{headers?: Record<string, string>, body?: ArrayBuffer}} what
   * @returns {Promise<Response | null>} null when the upload must be opened anew
   */
  async #ask(method, { headers = {}, body }) {
    const { url, token } = /** @type {{url: string, token: string}} */ (this.#target);
    const patience = PATIENCE_MS + (body?.byteLength ?? 0) / SLOWEST_BYTES_PER_MS;
    const response = await request(
      url,
      {
        method,
        headers: { Authorization: `Bearer ${token}`, "Tus-Resumable": "1.0.0", ...headers },
        body,
        signal: this.#signal,
      },
      patience,
    );
    if (response.ok || response.status === 409 || response.status === 460) {
      this.#renewals = 0;
      return response;
    }
    this.#target = null;
    this.#renewals += 1;
    if (response.status === 413 || this.#renewals > MOST_RENEWALS) {
      throw new Refusal(response.status === 413 ? "too_large" : "upload_gone", "");
    }
    return null;
  }
}

/** @param {ArrayBuffer} bytes */
function base64(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}
