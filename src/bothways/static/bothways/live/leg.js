/**
 * Records this side of the talk on this device and sends it up while it goes on, so that a weak line spoils the talk and not the
 * recording.
 *
 * Parts go to the recorder's journal first (recorder/parts.js) and stay there until the server has them: a tab that dies loses a
 * second, and the next load of a page of this room sends the rest. A new stream, a broken recorder or twenty minutes begin a new
 * leg; each knows by the server's clock when it began.
 */

import { typesFor } from "../recorder/codecs.js";
import { LostPart, openJournal } from "../recorder/parts.js";
import { Refusal, Server, persist } from "../recorder/server.js";
import { alone } from "../recorder/take.js";
import { Upload } from "../recorder/upload.js";

/** @typedef {import("./clock.js").Clock} Clock */
/** @typedef {import("../recorder/types.js").Entry} Entry */
/** @typedef {{period: string, started_ms: number, clock_error_ms: number, clock_rate_ppm: number}} Placed */
/** @typedef {Entry & {leg: Placed}} LegEntry */
/** @typedef {{legs_url: string, csrf_token: string, ticket?: string}} Urls */
/** @typedef {{leg_url: string, upload: {url: string, token: string}}} Opened */

/**
 * @typedef {object} LegsState
 * @property {boolean} recording  a recorder runs on this device
 * @property {number} waiting_bytes  recorded here and not on the server yet
 * @property {number} sending  legs that are not wholly on the server yet
 * @property {boolean} up  whether the line to the server works
 * @property {boolean} in_memory  this device keeps nothing: closing the page loses what is not sent yet
 * @property {string} trouble  the server's words where it will not have a leg
 *
 * @typedef {object} Legs
 * @property {(period: string) => void} start  the server says that this period is recorded
 * @property {() => Promise<void>} stop  nothing more is recorded; settles when all of it is on the server
 * @property {(stream: MediaStream) => void} replaceStream  another camera or microphone
 * @property {LegsState} state
 */

const PART_MS = 1000;
const LONGEST_MS = 20 * 60_000;
const AGAIN_MS = 500;
const PICTURE_BITS = 1_200_000;
const VOICE_BITS = 64_000;
const KEPT_MS = 24 * 3600 * 1000;

/** @param {string} room */
const placeOf = (room) => `leg:${room}`;

/**
 * @param {object} parts
 * @param {string} parts.room  the room's id
 * @param {MediaStream} parts.stream
 * @param {Clock} parts.clock
 * @param {Urls} parts.urls
 * @param {(state: LegsState) => void} [parts.onState]
 * @returns {Legs}
 */
export function createLegs({ room, stream, clock, urls, onState = () => {} }) {
  const desk = new Desk(urls, onState);
  void desk.takeUp(room);
  /** @type {string | null} */
  let period = null;
  /** @type {Running | null} */
  let running = null;

  function begin() {
    const live = stream.getTracks().some((track) => track.readyState === "live");
    if (!period || !live) return;
    const before = running;
    const mine = new Running({ room, period, stream, clock, desk });
    running = mine;
    // The one before goes on until the new one runs, so that no word falls between them.
    void mine.begun.then(() => before?.stop());
    void mine.over.then(() => {
      if (mine === running) running = null;
      // Nobody asked it to end: the browser gave up, or the device went.
      if (period && !running && !mine.asked_to_stop) setTimeout(() => !running && begin(), AGAIN_MS);
      desk.told({ recording: running !== null });
    });
    setTimeout(() => mine === running && begin(), LONGEST_MS);
  }

  return {
    start(next) {
      if (period === next && running) return;
      period = next;
      void clock.ready.then(() => period === next && begin());
    },
    async stop() {
      period = null;
      await running?.stop();
      running = null;
      await desk.sent();
    },
    replaceStream(next) {
      if (stream === next) return;
      stream = next;
      if (!period) return;
      void running?.stop();
      running = null;
      begin();
    },
    get state() {
      return desk.state;
    },
  };
}

/**
 * Sends up what an earlier load of a page of this room left on this device.
 *
 * @param {object} parts
 * @param {string} parts.room
 * @param {Urls} parts.urls
 * @param {(state: LegsState) => void} [parts.onState]
 * @returns {Promise<void>}  settles when nothing is left
 */
export async function sendLeftOver({ room, urls, onState = () => {} }) {
  const desk = new Desk(urls, onState);
  await desk.takeUp(room);
  await desk.sent();
}

/** One MediaRecorder from its start to its end. */
class Running {
  /** @param {{room: string, period: string, stream: MediaStream, clock: Clock, desk: Desk}} parts */
  constructor({ room, period, stream, clock, desk }) {
    this.begun = new Promise((resolve) => (this.#begun = resolve));
    this.over = new Promise((resolve) => (this.#over = resolve));
    const kind = stream.getVideoTracks().length ? "video" : "audio";
    const recorder = recorderFor(stream, kind);
    this.#recorder = recorder;
    /** @type {LegEntry | null} */
    let entry = null;
    // The first picture follows the call. The event may come much later where the page is busy.
    const started_at = performance.now();
    recorder.addEventListener("start", () => {
      const started_ms = clock.now(started_at);
      const placed = { period, started_ms, clock_error_ms: clock.error_ms, clock_rate_ppm: clock.rate_ppm };
      entry = newEntry(room, kind, recorder.mimeType, placed);
      desk.send(entry, { is_closed: false });
      desk.told({ recording: true });
      this.#begun(undefined);
    });
    recorder.addEventListener("dataavailable", ({ data }) => {
      if (entry && data.size) desk.add(entry, data, performance.now() - started_at);
    });
    const end = () => {
      if (entry) {
        entry.leg.clock_rate_ppm = clock.rate_ppm;
        desk.close(entry);
      }
      this.#begun(undefined);
      this.#over(undefined);
    };
    recorder.addEventListener("stop", end);
    recorder.addEventListener("error", () => recorder.state === "inactive" && end());
    try {
      recorder.start(PART_MS);
    } catch {
      end();
    }
  }

  #recorder;
  /** @type {(value: any) => void} */
  #begun = () => {};
  /** @type {(value: any) => void} */
  #over = () => {};
  asked_to_stop = false;

  async stop() {
    this.asked_to_stop = true;
    if (this.#recorder.state !== "inactive") this.#recorder.stop();
    await this.over;
  }
}

/** What lies on this device and goes up. */
class Desk {
  /** @param {Urls} urls @param {(state: LegsState) => void} onState */
  constructor({ legs_url, csrf_token, ticket }, onState) {
    this.#legs_url = legs_url;
    this.#server = new Server({ csrf_token, headers: ticket ? { "X-Bothways-Ticket": ticket } : {} });
    this.#onState = onState;
  }

  #legs_url;
  #server;
  #onState;
  #journal = openJournal();
  /** @type {Map<string, {entry: LegEntry, upload: Upload | null, is_closed: boolean}>} */
  #open = new Map();
  /** @type {Set<Promise<unknown>>} */
  #sending = new Set();
  /** Parts reach the journal in the order in which they were recorded. */
  #written = Promise.resolve();
  /** @type {LegsState} */
  state = { recording: false, waiting_bytes: 0, sending: 0, up: true, in_memory: false, trouble: "" };

  /** @param {Partial<LegsState>} [changes] */
  told(changes = {}) {
    const segments = [...this.#open.values()].map(({ entry }) => first(entry));
    const waiting_bytes = segments.reduce((sum, { bytes, safe_bytes }) => sum + bytes - safe_bytes, 0);
    const in_memory = this.#journal.in_memory;
    this.state = { ...this.state, ...changes, waiting_bytes, sending: this.#open.size, in_memory };
    this.#onState(this.state);
  }

  /** @param {string} room */
  async takeUp(room) {
    await this.#journal.forgetBefore(Date.now() - 14 * KEPT_MS);
    for (const entry of await this.#journal.entries(placeOf(room))) {
      const found = /** @type {LegEntry} */ (entry);
      if (this.#open.has(found.key)) continue;
      if (!first(found).bytes) await this.#journal.forget(found.key);
      else this.send(found, { is_closed: true });
    }
  }

  /** @param {LegEntry} entry @param {{is_closed: boolean}} how */
  send(entry, { is_closed }) {
    this.#open.set(entry.key, { entry, upload: null, is_closed });
    if (!is_closed) this.#then(() => this.#journal.note(entry));
    // In one tab only: another one of this browser may be at it.
    const sent = alone(entry.key, () => this.#send(entry)).catch((error) => this.#giveUp(entry, error));
    this.#sending.add(sent);
    void sent.then(() => {
      this.#sending.delete(sent);
      this.#open.delete(entry.key);
      this.told();
    });
    this.told();
  }

  /** @param {LegEntry} entry @param {Blob} part @param {number} at_ms */
  add(entry, part, at_ms) {
    this.#then(async () => {
      if (!this.#open.has(entry.key)) return;
      await this.#journal.append(entry.key, 1, part.type, await part.arrayBuffer(), at_ms);
      this.#open.get(entry.key)?.upload?.wake();
      this.told();
    });
  }

  /** @param {LegEntry} entry */
  close(entry) {
    this.#then(async () => {
      const one = this.#open.get(entry.key);
      if (!one) return;
      entry.ended = true;
      await this.#journal.note(entry);
      one.is_closed = true;
      one.upload?.close(first(entry).bytes);
    });
  }

  /** Settles when nothing is on its way any more. */
  async sent() {
    await this.#written;
    while (this.#sending.size) await Promise.all(this.#sending);
  }

  /** @param {LegEntry} entry */
  async #send(entry) {
    const { key, kind, leg } = entry;
    const told = { onLine: (/** @type {boolean} */ up) => up !== this.state.up && this.told({ up }) };
    let leg_url = "";
    const place = () => this.#server.ask(leg_url, leg);
    const upload = new Upload({
      open: async () => {
        const asked = { client_key: key, period: leg.period, kind, mime: first(entry).mime };
        /** @type {Opened} */
        const opened = await this.#server.ask(this.#legs_url, asked);
        leg_url = opened.leg_url;
        await place();
        return opened.upload;
      },
      source: {
        read: (offset, most) =>
          this.#journal.read(key, 1, offset, most).catch((error) => {
            if (!(this.#open.get(key)?.is_closed && error instanceof LostPart)) throw error;
            // This device has lost the rest: what is on the server is what there is.
            upload.close(offset);
            first(entry).bytes = offset;
            return null;
          }),
        acknowledge: async (offset) => {
          await this.#journal.acknowledge(key, 1, offset);
          this.told();
        },
      },
      ...told,
      signal: new AbortController().signal,
    });
    const one = this.#open.get(key);
    if (one) one.upload = upload;
    if (one?.is_closed) upload.close(first(entry).bytes);
    await upload.run();
    const { bytes, duration_ms } = first(entry);
    await persist(place, told);
    await persist(() => this.#server.ask(`${leg_url}/finish`, { bytes, duration_ms: Math.round(duration_ms) }), told);
    await this.#journal.forget(key);
  }

  /** @param {LegEntry} entry @param {unknown} error */
  async #giveUp(entry, error) {
    if (error instanceof Refusal) await this.#journal.forget(entry.key);
    this.told({ trouble: error instanceof Refusal ? error.words : "" });
  }

  /** @param {() => Promise<void>} work */
  #then(work) {
    this.#written = this.#written.then(work).catch(() => this.told());
  }
}

/** @param {LegEntry} entry */
const first = (entry) => /** @type {import("../recorder/types.js").Segment} */ (entry.segments[0]);

/**
 * @param {MediaStream} stream
 * @param {"video" | "audio"} kind
 */
function recorderFor(stream, kind) {
  const mimeType = typesFor(kind)[0] ?? "";
  const bits = { audioBitsPerSecond: VOICE_BITS, ...(kind === "video" && { videoBitsPerSecond: PICTURE_BITS }) };
  return new MediaRecorder(stream, { ...(mimeType && { mimeType }), ...bits });
}

/**
 * @param {string} room @param {"video" | "audio"} kind @param {string} mime @param {Placed} leg
 * @returns {LegEntry}
 */
function newEntry(room, kind, mime, leg) {
  const key = crypto.randomUUID();
  const type = mime || `${kind}/webm`;
  const segment = { slot: 1, number: 1, key, mime: type, asked: mime, from_ms: 0, bytes: 0, duration_ms: 0, safe_bytes: 0 };
  const known = { key, place: placeOf(room), kind, started_at: leg.started_ms, take: null, after: 0, ended: false };
  return { ...known, duration_ms: 0, safe_ms: 0, segments: [segment], leg };
}
