/**
 * The journal: recorded parts stay on this device until the server says that it has them.
 *
 * IndexedDB holds one row for each take, with its segments, and one for each part, so a reload, a crash or an empty battery
 * loses at most the second that was being recorded, and a long answer needs no more memory than a short one. Where the browser
 * refuses (private windows, a full disk), parts are held in memory and the page is told.
 */

/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {import("./types.js").Segment} Segment */
/** @typedef {{take: string, start: number, end: number, at_ms: number, bytes: ArrayBuffer}} Part  take: slotOf() */

const TAKES = "takes";
const PARTS = "parts";
const VERSION = 2;

/** Some Safaris never answer the first time a page asks for its database. */
const PATIENCE_MS = 3000;

/** The browser has dropped the connection: iPhones do it to pages in the background. */
const DROPPED = new Set(["InvalidStateError", "UnknownError"]);

export function openJournal() {
  return new Journal(openDatabase());
}

/**
 * Under which name the parts of a segment are kept. The first one's is the take's own, as in version 1 of the journal.
 *
 * @param {string} take
 * @param {number} slot
 */
const slotOf = (take, slot) => (slot === 1 ? take : `${take}/${slot}`);

/**
 * All slots of one take.
 *
 * @param {string} take
 */
const slotsOf = (take) => IDBKeyRange.bound([take, 0], [`${take}/\uffff`, Infinity]);

/** A part that was recorded is nowhere on this device. */
export class LostPart extends Error {}

export class Journal {
  /** @param {Promise<IDBDatabase>} opening  nobody waits for it but those who read or write */
  constructor(opening) {
    this.#opened = opening.then(
      (database) => void (this.#database = database),
      () => void (this.#database = null),
    );
  }

  #opened;
  /** undefined: not open yet; null: the browser has none for us. @type {IDBDatabase | null | undefined} */
  #database;
  /** @type {Map<string, Entry>} what is recorded in this page; the database holds the same for after a reload */
  #entries = new Map();
  /** @type {Part[]} parts that the database refused */
  #spilled = [];

  /** Whether a reload would lose something. */
  get in_memory() {
    return this.#database === null || this.#spilled.length > 0;
  }

  /**
   * Keeps what is known about a take: at its beginning, and whenever more than its parts has changed.
   *
   * @param {Entry} entry
   */
  async note(entry) {
    this.#entries.set(entry.key, entry);
    await this.#write((stores) => stores.takes.put(entry));
  }

  /**
   * The takes of one place that are not wholly on the server yet, oldest first.
   *
   * @param {string} place
   * @returns {Promise<Entry[]>}
   */
  async entries(place) {
    /** @type {Entry[]} */
    const all = (await this.#read((stores) => stores.takes.getAll())) ?? [];
    const found = all.filter((entry) => entry.place === place).sort((a, b) => a.started_at - b.started_at);
    for (const entry of found) if (!this.#entries.has(entry.key)) this.#entries.set(entry.key, entry);
    return found;
  }

  /** Another tab writes into this take: what is known of it here is out of date. @param {string} take */
  unlearn(take) {
    this.#entries.delete(take);
  }

  /**
   * @param {string} take
   * @param {number} slot  of the segment
   * @param {string} mime  what the browser really writes; known for certain with the first part
   * @param {ArrayBuffer} bytes
   * @param {number} at_ms  recorded time of the take at the end of this part
   */
  async append(take, slot, mime, bytes, at_ms) {
    await this.#opened;
    await this.#restore();
    const entry = this.#entry(take);
    const segment = segmentOf(entry, slot);
    const part = { take: slotOf(take, slot), start: segment.bytes, end: segment.bytes + bytes.byteLength, at_ms, bytes };
    segment.bytes = part.end;
    segment.duration_ms = Math.max(0, at_ms - segment.from_ms);
    segment.mime = mime || segment.mime;
    entry.duration_ms = Math.max(entry.duration_ms, at_ms);
    // Without a database at once: a reader must never see the segment grown and the part nowhere.
    if (!this.#database) return void this.#spilled.push(part);
    const stored = await this.#write((stores) => {
      stores.parts.put(part);
      stores.takes.put(entry);
    });
    if (!stored) this.#spilled.push(part);
  }

  /**
   * What follows an offset: at least one part, then as many as fit.
   *
   * @param {string} take
   * @param {number} slot  of the segment
   * @param {number} offset
   * @param {number} most  bytes
   * @returns {Promise<Blob | null>} null when nothing is recorded beyond the offset
   * @throws {LostPart} when bytes at the offset are gone from this device
   */
  async read(take, slot, offset, most) {
    await this.#opened;
    const name = slotOf(take, slot);
    /** @type {BlobPart[]} */
    const pieces = [];
    let at = offset;
    // Asked before looking: parts that are appended meanwhile are not missed, only not seen yet.
    const recorded = segmentOf(this.#entry(take), slot).bytes;
    const gather = (/** @type {Part} */ part) => {
      if (part.end <= at) return true;
      if (part.start > at || (pieces.length && part.end - offset > most)) return false;
      pieces.push(part.bytes.slice(at - part.start));
      at = part.end;
      return true;
    };
    await this.#walk(name, gather);
    for (const part of this.#spilled) if (part.take === name && !gather(part)) break;
    if (pieces.length) return new Blob(pieces);
    if (offset < recorded) throw new LostPart("the device has lost a part");
    return null;
  }

  /**
   * Lets go of what the server has.
   *
   * @param {string} take
   * @param {number} slot  of the segment
   * @param {number} offset
   * @returns {Promise<number>} the recorded time that is on the server, in milliseconds of the take
   */
  async acknowledge(take, slot, offset) {
    const entry = this.#entry(take);
    const name = slotOf(take, slot);
    /** @type {number[]} */
    const gone = [];
    const isGone = (/** @type {Part} */ part) => {
      if (part.end > offset) return false;
      gone.push(part.start);
      entry.safe_ms = Math.max(entry.safe_ms, part.at_ms);
      return true;
    };
    await this.#walk(name, isGone);
    this.#spilled = this.#spilled.filter((part) => part.take !== name || !isGone(part));
    segmentOf(entry, slot).safe_bytes = offset;
    await this.#write((stores) => {
      for (const start of gone) stores.parts.delete([name, start]);
      stores.takes.put(entry);
    });
    return entry.safe_ms;
  }

  /** @param {string} take */
  async forget(take) {
    this.#entries.delete(take);
    this.#spilled = this.#spilled.filter((part) => part.take !== take && !part.take.startsWith(`${take}/`));
    await this.#write((stores) => {
      stores.takes.delete(take);
      stores.parts.delete(slotsOf(take));
    });
  }

  /**
   * Recordings nobody came back for do not stay on the device for ever.
   *
   * @param {number} before  milliseconds since 1970
   */
  async forgetBefore(before) {
    /** @type {Entry[]} */
    const all = (await this.#read((stores) => stores.takes.getAll())) ?? [];
    for (const entry of all) if (entry.started_at < before) await this.forget(entry.key);
  }

  /** What did not fit goes to the device as soon as it does, in its order: a reload should find no gap. */
  async #restore() {
    for (const part of this.#database ? this.#spilled : []) {
      if (!(await this.#write((stores) => stores.parts.put(part)))) return;
      this.#spilled = this.#spilled.filter((other) => other !== part);
    }
  }

  /** @param {string} take */
  #entry(take) {
    const entry = this.#entries.get(take);
    if (!entry) throw new Error(`the journal knows no take ${take}`);
    return entry;
  }

  /**
   * Visits the stored parts of a segment in order, one in memory at a time, until the visitor says no.
   *
   * @param {string} name  slotOf()
   * @param {(part: Part) => boolean} visit
   */
  async #walk(name, visit) {
    await this.#within("readonly", ({ parts }) => {
      const asked = parts.openCursor(IDBKeyRange.bound([name, 0], [name, Infinity]));
      asked.onsuccess = () => asked.result && visit(asked.result.value) && asked.result.continue();
    });
  }

  /**
   * @template T
   * @param {(stores: Stores) => IDBRequest<T>} ask
   * @returns {Promise<T | undefined>}
   */
  async #read(ask) {
    return (await this.#within("readonly", ask))?.result;
  }

  /**
   * @param {(stores: Stores) => void} change
   * @returns {Promise<boolean>} false when the browser refused
   */
  async #write(change) {
    try {
      await this.#within("readwrite", change);
      return this.#database !== null;
    } catch {
      return false;
    }
  }

  /**
   * Does something in a transaction; after a dropped connection once more, through a new one.
   *
   * @template T
   * @param {IDBTransactionMode} mode
   * @param {(stores: Stores) => T} work
   * @returns {Promise<T | undefined>}
   */
  async #within(mode, work) {
    await this.#opened;
    if (!this.#database) return undefined;
    try {
      return await within(this.#database, mode, work);
    } catch (error) {
      if (!(error instanceof DOMException && DROPPED.has(error.name))) throw error;
      this.#database = await openDatabase();
      return within(this.#database, mode, work);
    }
  }
}

/**
 * @param {Entry} entry
 * @param {number} slot
 * @returns {Segment}
 */
function segmentOf(entry, slot) {
  const segment = entry.segments.find((known) => known.slot === slot);
  if (!segment) throw new Error(`the journal knows no segment ${slot} of ${entry.key}`);
  return segment;
}

/** @typedef {{takes: IDBObjectStore, parts: IDBObjectStore}} Stores */

/**
 * @template T
 * @param {IDBDatabase} database
 * @param {IDBTransactionMode} mode
 * @param {(stores: Stores) => T} work
 * @returns {Promise<T>}
 */
function within(database, mode, work) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction([TAKES, PARTS], mode);
    const done = work({ takes: transaction.objectStore(TAKES), parts: transaction.objectStore(PARTS) });
    transaction.oncomplete = () => resolve(done);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

/** @returns {Promise<IDBDatabase>} */
function openDatabase() {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("the database does not answer")), PATIENCE_MS);
    const asked = indexedDB.open("bothways", VERSION);
    asked.onupgradeneeded = ({ oldVersion }) => upgrade(asked, oldVersion);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = asked.onblocked = () => reject(asked.error);
  });
}

/**
 * @param {IDBOpenDBRequest} asked
 * @param {number} from  version; 0 when there was none
 */
function upgrade({ result: database, transaction }, from) {
  if (from === 0) {
    database.createObjectStore(TAKES, { keyPath: "key" });
    database.createObjectStore(PARTS, { keyPath: ["take", "start"] });
    return;
  }
  // The parts stay where they are: copying a long answer could fill a device that is nearly full.
  const asked = /** @type {IDBTransaction} */ (transaction).objectStore(TAKES).openCursor();
  asked.onsuccess = () => {
    asked.result?.update(withSegments(asked.result.value));
    asked.result?.continue();
  };
}

/**
 * A take of version 1 was one segment.
 *
 * @param {Omit<Entry, "segments"> & {mime: string, bytes: number}} entry
 * @returns {Entry}
 */
function withSegments({ mime, bytes, ...entry }) {
  const { key, duration_ms } = entry;
  const first = { slot: 1, number: 1, key, mime, asked: "", from_ms: 0, bytes, duration_ms, safe_bytes: 0 };
  return { ...entry, take: null, after: 0, ended: false, segments: [first] };
}
