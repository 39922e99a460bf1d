/** The way to the room: one WebSocket that comes back by itself. What is said meanwhile waits, and goes up in its order. */

const FIRST_MS = 250;
const GROWS = 1.5;
const LONGEST_MS = 2000;
const BEAT_MS = 5000;
/** A line that is cut without a word is found out after so long. */
const SILENT_MS = 12_000;
const MOST_WAITING = 300;
/** Two seconds of sound: what connects people must not wait behind it. */
const MOST_SOUND = 64_000;

/** @type {Record<number, State>} */
const FINAL = { 4001: "replaced", 4003: "refused", 4004: "ended" };

/**
 * waiting: a host has not let us in yet; in: the room talks to us; down: the line is cut and tried again. The last four
 * are final.
 *
 * @typedef {"connecting" | "waiting" | "in" | "down" | "replaced" | "refused" | "ended" | "closed"} State
 * @typedef {Record<string, any>} Body
 *
 * @typedef {object} Room
 * @property {(type: string, body?: Body) => void} send
 * @property {(type: string, fn: (body: any) => void) => void} on  a message of the server; `state` for changes of the line
 * @property {(sound: ArrayBuffer) => void} sound  of our microphone; what the line cannot take at once is left out
 * @property {State} state
 * @property {() => void} close  says goodbye
 */

/**
 * @param {string} url  its path; the scheme follows from the page's
 * @param {{epoch: string}} options
 * @returns {Room}
 */
export function openRoom(url, { epoch }) {
  const address = new URL(url, location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  /** @type {Map<string, Set<(body: any) => void>>} */
  const listeners = new Map();
  /** @type {string[]} */
  let outbox = [];
  /** @type {State} */
  let state = "connecting";
  /** @type {WebSocket | null} */
  let socket = null;
  let failures = 0;
  let heard_ms = 0;
  let timer = 0;

  /** @param {string} type @param {any} body */
  const tell = (type, body) => listeners.get(type)?.forEach((listener) => listener(body));

  /** @param {State} next */
  function become(next) {
    if (state === next || isFinal(state)) return;
    state = next;
    tell("state", next);
  }

  function connect() {
    clearTimeout(timer);
    const mine = new WebSocket(address);
    socket = mine;
    heard_ms = performance.now();
    mine.addEventListener("open", () => mine.send(frame("hello", { epoch })));
    mine.addEventListener("message", ({ data }) => mine === socket && hear(JSON.parse(data)));
    mine.addEventListener("close", ({ code }) => mine === socket && lose(code));
  }

  /** @param {{type: string}} message */
  function hear(message) {
    heard_ms = performance.now();
    const { type } = message;
    if (type === "waiting") become("waiting");
    if (type !== "welcome") return tell(type, message);
    failures = 0;
    become("in");
    tell(type, message);
    const waiting = outbox;
    outbox = [];
    for (const said of waiting) socket?.send(said);
  }

  /** @param {number} code */
  function lose(code) {
    socket = null;
    if (isFinal(state)) return;
    const final = FINAL[code];
    if (final) return become(final);
    become("down");
    const wait = Math.min(LONGEST_MS, FIRST_MS * GROWS ** failures++);
    // Everybody was cut off in the same moment, and should not come back in the same moment.
    timer = setTimeout(connect, wait * (0.8 + 0.4 * Math.random()));
  }

  /** @param {string} type @param {Body} [body] */
  function send(type, body = {}) {
    if (isFinal(state)) return;
    const said = frame(type, body);
    if (state === "in" && socket?.readyState === WebSocket.OPEN) return socket.send(said);
    // The time is measured by round trips: one that waited would tell nothing.
    if (type !== "time") outbox = [...outbox, said].slice(-MOST_WAITING);
  }

  /** @param {ArrayBuffer} samples */
  function sound(samples) {
    const isFree = socket?.readyState === WebSocket.OPEN && socket.bufferedAmount < MOST_SOUND;
    if (state === "in" && isFree) socket?.send(samples);
  }

  const beat = setInterval(() => {
    if (isFinal(state)) return clearInterval(beat);
    if (!socket || socket.readyState > WebSocket.OPEN) return;
    if (performance.now() - heard_ms > SILENT_MS) {
      const gone = socket;
      lose(1006);
      gone.close();
    } else if (socket.readyState === WebSocket.OPEN) {
      socket.send(frame("time", { c: performance.now() }));
    }
  }, BEAT_MS);

  addEventListener("online", () => state === "down" && !socket && connect());
  connect();

  return {
    send,
    sound,
    on(type, fn) {
      if (!listeners.has(type)) listeners.set(type, new Set());
      listeners.get(type)?.add(fn);
    },
    get state() {
      return state;
    },
    close() {
      const open = socket;
      become("closed");
      clearTimeout(timer);
      clearInterval(beat);
      if (open?.readyState === WebSocket.OPEN) open.send(frame("bye", {}));
      open?.close(1000);
    },
  };
}

/** @param {State} state */
export const isFinal = (state) => ["replaced", "refused", "ended", "closed"].includes(state);

/** @param {string} type @param {Body} body */
const frame = (type, body) => JSON.stringify({ ...body, type });
