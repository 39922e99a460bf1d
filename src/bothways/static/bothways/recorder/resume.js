/** Takes up what an earlier visit or another device left: a killed tab, an empty battery, a reload, a laptop that was closed. */

import { blame } from "./codecs.js";
import { kindOf } from "./recorder.js";
import { serverNow } from "./server-time.js";
import { afterOtherTabs, alone, settle } from "./take.js";

/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {import("./types.js").TakeState} TakeState */
/** @typedef {(entry: Entry, is_shown: boolean) => import("./take.js").Take} MakeTake */

const KEPT_MS = 14 * 24 * 3600 * 1000;

/**
 * @param {object} parts
 * @param {import("./recorder.js").Recorder} parts.recorder
 * @param {import("./parts.js").Journal} parts.journal
 * @param {import("./server.js").Server} parts.server
 * @param {MakeTake} parts.makeTake
 */
export async function resume({ recorder, journal, server, makeTake }) {
  const { takes_url, takes } = recorder.config;
  await journal.forgetBefore(serverNow(recorder.config) - KEPT_MS);
  const entries = await journal.entries(placeOf(recorder.config));
  // All of them go up at once; they are shown one after another.
  let turn = Promise.resolve();
  const takeUp = (/** @type {Entry} */ entry) => {
    if (!entry.segments.some(({ bytes }) => bytes > 0)) return journal.forget(entry.key);
    const take = makeTake(entry, false);
    turn = turn.then(() => show(entry, take, recorder));
    return turn;
  };
  /** Another tab has it: this one says so, and takes up what is left when that one lets go. */
  const follow = async (/** @type {Entry} */ { key, place }) => {
    recorder.send({ type: "other_tab", busy: true });
    journal.unlearn(key);
    await afterOtherTabs(key, async () => {
      const left = (await journal.entries(place)).find((entry) => entry.key === key);
      recorder.send({ type: "other_tab", busy: false });
      if (left) await takeUp(left);
      // It is done: what the server has now is another page than this one.
      else if (recorder.state.phase === "asking") location.reload();
    });
  };
  const takeUpAlone = async (/** @type {Entry} */ entry) => {
    if ((await alone(entry.key, () => takeUp(entry))) === null) void follow(entry);
  };
  await Promise.all(entries.map(takeUpAlone));
  for (const { take, state, duration_ms } of takes) {
    if (state !== "received") continue;
    const all_ms = duration_ms ?? 0;
    recorder.send({ type: "found", elapsed_ms: all_ms, safe_ms: all_ms });
    const told = (/** @type {boolean} */ up) => recorder.send({ type: "line", up });
    await recorder.settle(settle(server, `${takes_url}/${take}`, told));
  }
  // With anything of this place in the journal, what the server receives may come from here, perhaps from another tab.
  const elsewhere = entries.length ? undefined : takes.filter(isBegun).at(-1);
  if (elsewhere && recorder.config.segments) offer(elsewhere, recorder, makeTake);
}

/**
 * @param {Entry} entry
 * @param {import("./take.js").Take} take
 * @param {import("./recorder.js").Recorder} recorder
 */
async function show(entry, take, recorder) {
  const { ended, duration_ms: elapsed_ms, safe_ms } = entry;
  if (ended || !recorder.config.segments) {
    recorder.send({ type: "found", elapsed_ms, safe_ms });
    take.show();
    return recorder.settle(take.end(elapsed_ms));
  }
  blame(entry.segments.at(-1)?.asked ?? "", 1);
  take.fault("tab_lost");
  recorder.rest(take, { by: "found", elapsed_ms, safe_ms });
  if (recorder.state.held_by === "found") take.show();
  await take.over;
}

/**
 * Begun on another device: this one knows only what has reached the server.
 *
 * @param {TakeState} state
 * @param {import("./recorder.js").Recorder} recorder
 * @param {MakeTake} makeTake
 */
function offer({ take, segments = [], safe_ms }, recorder, makeTake) {
  const known_ms = safe_ms ?? segments.reduce((sum, { duration_ms }) => sum + (duration_ms ?? 0), 0);
  const entry = {
    ...newEntry(recorder.config, kindOf(recorder.state)),
    take,
    after: Math.max(...segments.map(({ number }) => number)),
    duration_ms: known_ms,
    safe_ms: known_ms,
  };
  recorder.rest(makeTake(entry, true), { by: "elsewhere", elapsed_ms: known_ms, safe_ms: known_ms });
}

/** @param {TakeState} take */
function isBegun({ state, segments = [] }) {
  return state === "receiving" && segments.some(({ offset }) => offset > 0);
}

/**
 * @param {import("./types.js").Config} config
 * @param {import("./types.js").Kind} kind
 * @returns {Entry}
 */
export function newEntry(config, kind) {
  return {
    key: crypto.randomUUID(),
    place: placeOf(config),
    kind,
    started_at: serverNow(config),
    take: null,
    after: 0,
    ended: false,
    duration_ms: 0,
    safe_ms: 0,
    segments: [],
  };
}

/**
 * What is answered, as the journal knows it.
 *
 * @param {import("./types.js").Config} config
 */
export function placeOf({ place, open_url }) {
  return place ?? open_url;
}
