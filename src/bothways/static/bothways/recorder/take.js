/**
 * The way of one take from the recorder to the server: open → segments, each with its parts → finish → wait until it can be
 * played.
 *
 * Nothing here makes the recording wait. Parts go to the journal first, and a take that was cut off by a reload goes the same
 * way again from whatever the journal holds. Segments go up one after another, so that what is safe is always a beginning.
 */

import { LostPart } from "./parts.js";
import { Refusal, persist } from "./server.js";
import { serverNow } from "./server-time.js";
import { Upload } from "./upload.js";

/** @typedef {import("./types.js").TakeState} TakeState */
/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {import("./types.js").Segment} Segment */
/** @typedef {import("./types.js").Sink} Sink */

/**
 * @typedef {object} Told  What a take reports.
 * @property {(safe_ms: number) => void} onSafe
 * @property {(up: boolean) => void} onLine
 * @property {(bytes: number, ms: number) => void} onSent
 * @property {() => void} onSpilled  the device refused to store a part
 * @property {(takes_left: number | null) => void} onCounted
 * @property {(words: string) => void} onWords  what the server has to say about a fault: more time, for example
 * @property {(refusal: Refusal) => void} onRefused  the server will not have this take; recording it on is pointless
 */

const POLL_MS = 500;
/** The server takes no more for true. */
const MOST_AGO_MS = 30 * 24 * 3600 * 1000;

/** @implements {Sink} */
export class Take {
  /**
   * @param {object} parts
   * @param {import("./types.js").Config} parts.config
   * @param {Entry} parts.entry
   * @param {import("./parts.js").Journal} parts.journal
   * @param {import("./server.js").Server} parts.server
   * @param {Told} parts.told
   * @param {boolean} [parts.is_shown]  whether this is the take that the page is about; others go up unseen
   */
  constructor({ config, entry, journal, server, told, is_shown = true }) {
    this.#is_shown = is_shown;
    this.#config = config;
    this.#entry = entry;
    this.#journal = journal;
    this.#server = server;
    this.#told = told;
    this.#is_found = entry.segments.length > 0;
    this.#closed = new Set(entry.segments.map(({ slot }) => slot));
    this.#uploaded = this.#sendAll().then(
      () => null,
      (error) => {
        const refusal = error instanceof Refusal ? error : new Refusal("lost_on_device", "");
        if (this.#control.signal.aborted) return refusal;
        this.#refusal = refusal;
        if (this.#is_shown) told.onRefused(refusal);
        this.#letGo(refusal);
        return refusal;
      },
    );
  }

  #config;
  #entry;
  #journal;
  #server;
  #told;
  /** From an earlier visit; the device may have lost what did not fit when it died. */
  #is_found;
  #uploaded;
  #is_shown;
  /** @type {Refusal | null} */
  #refusal = null;
  #is_full = false;
  #control = new AbortController();
  /** Parts reach the journal one after another, in the order in which they were recorded. */
  #written = Promise.resolve();
  /** Slots of the segments to which nothing is added any more. @type {Set<number>} */
  #closed;
  /** No further segment follows. */
  #ended = false;
  /** @type {{slot: number, upload: Upload} | null} */
  #sending = null;
  #wake = () => {};
  /** @type {string | null} */
  #take_url = null;
  /** @type {Promise<import("./types.js").Opened> | null} */
  #opening = null;
  #settle = () => {};
  /** Settles when nothing more will be done for this take in this page. @type {Promise<void>} */
  over = new Promise((resolve) => (this.#settle = resolve));

  get kept_in_memory() {
    return this.#journal.in_memory;
  }

  /**
   * @param {string} mime
   * @param {number} from_ms
   * @param {string} asked  the type asked of the browser
   * @returns {import("./types.js").Channel}
   */
  segment(mime, from_ms, asked) {
    const { segments, after, key } = this.#entry;
    const slot = segments.length + 1;
    const number = (segments.at(-1)?.number ?? after) + 1;
    const own_key = number === 1 ? key : crypto.randomUUID();
    segments.push({ slot, number, key: own_key, mime: mime || asked || `${this.#entry.kind}/webm`, asked, from_ms, bytes: 0, duration_ms: 0, safe_bytes: 0 });
    this.#then(() => this.#journal.note(this.#entry));
    this.#wake();
    return {
      add: (part, at_ms) =>
        this.#then(async () => {
          await this.#journal.append(key, slot, part.type, await part.arrayBuffer(), at_ms);
          if (this.#journal.in_memory && this.#is_shown) this.#told.onSpilled();
          this.#sending?.upload.wake();
        }),
      close: () => this.#then(() => this.#close(slot)),
    };
  }

  /**
   * A technical fault: logged for the administrator, never shown to raters, and it makes the take a free one.
   *
   * @param {string} code
   * @param {string} [detail]
   */
  fault(code, detail = "") {
    const segment = this.#entry.segments.at(-1)?.number ?? null;
    const tell = async () => {
      const { takes_left, words } = await this.#server.ask(`${await this.#address()}/fault`, { code, detail, segment });
      this.#told.onCounted(takes_left);
      if (words && this.#is_shown) this.#told.onWords(words);
    };
    persist(tell, { signal: this.#control.signal }).catch(() => {});
  }

  /**
   * @param {number} duration_ms
   * @returns {Promise<TakeState>}
   * @throws {Refusal}
   */
  async end(duration_ms) {
    try {
      return await this.#deliver(duration_ms);
    } catch (error) {
      if (error instanceof Refusal) this.#letGo(error);
      throw error;
    } finally {
      this.#settle();
    }
  }

  /** From now on the page is about this take. */
  show() {
    this.#is_shown = true;
    if (this.#refusal) this.#told.onRefused(this.#refusal);
  }

  /**
   * Another take is begun instead. What was recorded here stays to be chosen; what another device recorded is left to it.
   *
   * @returns {Promise<TakeState | null>}
   */
  async abandon() {
    this.#is_shown = false;
    const { segments, duration_ms } = this.#entry;
    if (segments.length) return this.end(duration_ms);
    await this.close();
    return null;
  }

  /** Stops sending. What is in the journal stays there. */
  async close() {
    this.#control.abort();
    this.#wake();
    await this.#uploaded;
    this.#settle();
  }

  /**
   * Another device has ended this take: what is left here will not be asked for again.
   *
   * @param {Refusal} refusal
   */
  #letGo({ code }) {
    if (code !== "taken_over") return;
    this.#control.abort();
    void this.#journal.forget(this.#entry.key);
  }

  /** @param {() => void | Promise<void>} work */
  #then(work) {
    this.#written = this.#written.then(work).catch((error) => {
      if (this.#control.signal.aborted || this.#is_full) return;
      this.#is_full = true;
      this.fault("storage_full", String(error));
    });
  }

  /** @param {number} slot */
  #close(slot) {
    this.#closed.add(slot);
    const bytes = this.#entry.segments[slot - 1]?.bytes ?? 0;
    if (this.#sending?.slot === slot) this.#sending.upload.close(bytes);
  }

  async #sendAll() {
    for (let at = 0; ; at += 1) {
      while (!this.#entry.segments[at]) {
        if (this.#ended) return;
        await new Promise((resolve) => (this.#wake = () => resolve(null)));
        this.#control.signal.throwIfAborted();
      }
      await this.#send(/** @type {Segment} */ (this.#entry.segments[at]));
    }
  }

  /** @param {Segment} segment */
  async #send(segment) {
    const { slot } = segment;
    const { key } = this.#entry;
    const is_closed = this.#closed.has(slot);
    if (is_closed && segment.safe_bytes === segment.bytes) return;
    const upload = new Upload({
      open: () => this.#openUpload(segment),
      source: {
        read: (offset, most) =>
          this.#journal.read(key, slot, offset, most).catch((error) => {
            if (!(is_closed && error instanceof LostPart)) throw error;
            this.fault("part_lost", `from ${offset} of ${segment.bytes}`);
            upload.close(offset);
            return null;
          }),
        acknowledge: async (offset) => {
          const safe_ms = await this.#journal.acknowledge(key, slot, offset);
          if (this.#is_shown) this.#told.onSafe(safe_ms);
        },
      },
      onLine: this.#told.onLine,
      onSent: this.#told.onSent,
      signal: this.#control.signal,
    });
    this.#sending = { slot, upload };
    if (is_closed) upload.close(segment.bytes);
    await upload.run();
    segment.bytes = segment.safe_bytes;
  }

  /**
   * @param {Segment} segment
   * @returns {Promise<{url: string, token: string}>}
   */
  async #openUpload(segment) {
    const { number, mime, key } = segment;
    if (number === 1 && !(this.#config.segments && this.#entry.take)) return (await this.#open()).upload;
    const address = await this.#address();
    try {
      return (await this.#server.ask(`${address}/segments`, { number, mime, key })).upload;
    } catch (error) {
      if (!(error instanceof Refusal && error.code === "segment_taken")) throw error;
      await this.#giveWay(segment, address);
      return this.#openUpload(segment);
    }
  }

  /**
   * Another device has recorded a segment of this number meanwhile: ours and those after it come behind.
   *
   * @param {Segment} segment
   * @param {string} address
   */
  async #giveWay(segment, address) {
    /** @type {TakeState} */
    const { segments = [] } = await this.#server.ask(address);
    const shift = Math.max(...segments.map(({ number }) => number)) + 1 - segment.number;
    for (const later of this.#entry.segments.slice(segment.slot - 1)) later.number += shift;
    this.#then(() => this.#journal.note(this.#entry));
  }

  /** Where the server knows this take. */
  async #address() {
    const { take } = this.#entry;
    if (this.#take_url) return this.#take_url;
    return take && this.#config.segments ? `${this.#config.takes_url}/${take}` : (await this.#open()).take_url;
  }

  /** Asked for by several at once, it is opened once: each answer would make the token before it worthless. */
  #open() {
    this.#opening ??= this.#openNow().finally(() => (this.#opening = null));
    return this.#opening;
  }

  /** @returns {Promise<import("./types.js").Opened>} */
  async #openNow() {
    const { key, kind, segments, started_at } = this.#entry;
    const ago_ms = Math.min(Math.max(0, serverNow(this.#config) - started_at), MOST_AGO_MS);
    const begun_s_ago = Math.round(ago_ms / 1000);
    const asked = { client_key: key, mime: segments[0]?.mime ?? `${kind}/webm`, kind, begun_s_ago };
    /** @type {import("./types.js").Opened} */
    const opened = await this.#server.ask(this.#config.open_url, asked);
    this.#take_url = opened.take_url;
    this.#entry.take = opened.take;
    this.#then(() => this.#journal.note(this.#entry));
    this.#told.onCounted(opened.takes_left);
    return opened;
  }

  /** @param {number} duration_ms */
  async #deliver(duration_ms) {
    const entry = this.#entry;
    entry.ended = true;
    this.#then(() => this.#journal.note(entry));
    await this.#written;
    await this.#refuseNothing();
    this.#ended = true;
    this.#wake();
    // Told early, the server can settle one segment with its last byte. Of several it must know each one first.
    const early = entry.segments.length === 1 && !entry.after && !this.#is_found ? this.#finish(duration_ms) : null;
    early?.catch(() => this.close());
    const refusal = await this.#uploaded;
    if (refusal) throw (this.#control.signal.aborted && (await early?.catch((error) => error))) || refusal;
    await this.#refuseNothing();
    const address = await (early ?? this.#finish(duration_ms));
    const settled = await settle(this.#server, address, this.#told.onLine);
    await this.#journal.forget(entry.key);
    return settled;
  }

  /** Where nothing was recorded, or all of it was lost with the device, there is no take. */
  async #refuseNothing() {
    const { key, after } = this.#entry;
    if (after || this.#recorded.length) return;
    await this.close();
    await this.#journal.forget(key);
    throw new Refusal("empty", "");
  }

  get #recorded() {
    return this.#entry.segments.filter(({ bytes }) => bytes > 0);
  }

  /** @param {number} duration_ms */
  async #finish(duration_ms) {
    const recorded = this.#recorded;
    const told = { onLine: this.#told.onLine, signal: this.#control.signal };
    const address = await persist(() => this.#address(), told);
    // Of other devices' segments only they know the length: whatever has arrived of them counts.
    const others = Array.from({ length: this.#entry.after }, (_, at) => ({ number: at + 1, bytes: null, duration_ms: null }));
    const own = recorded.map(({ number, bytes, duration_ms }) => ({ number, bytes, duration_ms }));
    const [first, second] = recorded;
    const facts = {
      duration_ms,
      ...(this.#config.segments && { segments: [...others, ...own] }),
      ...(!second && first?.number === 1 && { bytes: first.bytes, mime: first.mime }),
    };
    await persist(() => this.#server.ask(`${address}/finish`, facts), told);
    return address;
  }
}

/**
 * Waits until the server can play a take, or has found that it cannot.
 *
 * @param {import("./server.js").Server} server
 * @param {string} take_url
 * @param {(up: boolean) => void} onLine
 * @returns {Promise<TakeState>}
 */
export async function settle(server, take_url, onLine) {
  for (;;) {
    /** @type {TakeState} */
    const take = await persist(() => server.ask(take_url), { onLine });
    if (take.state === "ready" || take.state === "failed") return take;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/**
 * Runs the work of one take in one tab only, so that two tabs never send the same take.
 *
 * @template T
 * @param {string} key
 * @param {() => Promise<T>} work
 * @returns {Promise<T | null>} null when another tab is at it
 */
export async function alone(key, work) {
  if (!navigator.locks) return work();
  return navigator.locks.request(lockOf(key), { ifAvailable: true }, (lock) => (lock ? work() : null));
}

/**
 * Runs the work of one take when no other tab is at it any more.
 *
 * @param {string} key
 * @param {() => Promise<void>} work
 */
export function afterOtherTabs(key, work) {
  return navigator.locks.request(lockOf(key), work);
}

/** @param {string} key */
const lockOf = (key) => `bothways.take.${key}`;
