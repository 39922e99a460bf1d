/**
 * The recorder's states, as a pure function: no browser, no clock, no network. Pages are drawn from what it returns.
 *
 * asking → opening → thinking → recording ⇄ paused → stopping → saving → reviewing → leaving
 *             ↓ ↖        ↖          ↓                ↗  (any of the last four may end in failed; from there: record again)
 *          blocked        `———————— held ———————————'
 *
 * Held: a take is begun and rests, because something broke into the recording, or because it was found on this device or begun
 * on another one. From there one goes on, keeps what is there, or records anew. Being offline is no phase but a flag: it stops
 * nothing.
 */

import { markAt } from "./timer.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").TakeState} TakeState */
/** @typedef {import("./types.js").Limits} Limits */
/** @typedef {import("./types.js").Phase} Phase */
/** @typedef {import("./types.js").HeldBy} HeldBy */
/** @typedef {import("./types.js").Settings} Settings */

/**
 * @typedef {{type: "prepare", afresh?: boolean}
 *   | {type: "opened"}
 *   | {type: "blocked", trouble: import("./types.js").Trouble}
 *   | {type: "back"}
 *   | {type: "thought", thought_ms: number}
 *   | {type: "start", kept_in_memory: boolean}
 *   | {type: "tick", elapsed_ms: number, limits: Limits}
 *   | {type: "pause"} | {type: "resume"}
 *   | {type: "stop", by: import("./types.js").EndedBy}
 *   | {type: "hold", by: HeldBy, elapsed_ms: number}
 *   | {type: "rest", by: HeldBy, elapsed_ms: number, safe_ms: number}
 *   | {type: "captured", elapsed_ms: number}
 *   | {type: "found", elapsed_ms: number, safe_ms: number}
 *   | {type: "safe", safe_ms: number}
 *   | {type: "spilled"}
 *   | {type: "line", up: boolean}
 *   | {type: "counted", takes_left: number | null}
 *   | {type: "settled", take: TakeState}
 *   | {type: "arrived", take: TakeState}
 *   | {type: "refused", failure: import("./types.js").Failure}
 *   | {type: "select", take: string}
 *   | {type: "renewed", take: TakeState}
 *   | {type: "measured", take: TakeState}
 *   | {type: "leave"} | {type: "kept"}
 *   | {type: "heard", heard: import("./types.js").Heard}
 *   | {type: "interrupted", interrupted: boolean}
 *   | {type: "told", words: string}
 *   | {type: "other_tab", busy: boolean}
 *   | {type: "stepped", sends: State["sends"]}
 *   | {type: "cramped", cramped: boolean}
 *   | {type: "limited", answer_limit_s: number | null}
 *   | {type: "set", changes: Partial<Settings>}
 * } Event
 */

/** In which phases an event means something; one that is not listed may come at any time. */
const ALLOWED = /** @type {Record<string, Phase[]>} */ ({
  prepare: ["asking", "blocked", "reviewing", "failed", "held"],
  opened: ["opening"],
  blocked: ["opening", "thinking"],
  back: ["thinking", "blocked", "failed"],
  thought: ["thinking"],
  start: ["thinking"],
  tick: ["recording"],
  pause: ["recording"],
  resume: ["paused"],
  stop: ["recording", "paused"],
  hold: ["recording", "paused"],
  rest: ["asking", "reviewing", "failed"],
  captured: ["stopping", "held"],
  found: ["asking", "reviewing", "failed"],
  settled: ["saving"],
  refused: ["opening", "thinking", "blocked", "recording", "paused", "held", "stopping", "saving", "leaving"],
  select: ["reviewing"],
  leave: ["reviewing"],
  kept: ["leaving"],
});

/**
 * @param {{takes: TakeState[], takes_left: number | null}} known  what the server said when the page was made
 * @param {Partial<State>} [wishes]  what the person had set before
 * @returns {State}
 */
export function initial(known, wishes = {}) {
  const takes = known.takes.filter((take) => take.state === "ready");
  return {
    phase: takes.length ? "reviewing" : "asking",
    mode: "video",
    offline: false,
    trouble: null,
    ended_by: null,
    found: false,
    held_by: null,
    interrupted: false,
    kept_in_memory: false,
    cramped: false,
    told: "",
    other_tab: false,
    sends: "picture",
    answer_limit_s: undefined,
    elapsed_ms: 0,
    safe_ms: 0,
    thought_ms: 0,
    mark: "plenty",
    heard: null,
    picture: "auto",
    timer: "bar",
    answer_time: "as_set",
    takes_left: known.takes_left,
    takes,
    selected: (takes.find((take) => take.chosen) ?? takes.at(-1))?.take ?? null,
    failure: null,
    ...wishes,
  };
}

/**
 * What follows from an event. An event that has no meaning in the present phase changes nothing: a double click or a late
 * answer is harmless.
 *
 * @param {State} state
 * @param {Event} event
 * @returns {State}
 */
export function step(state, event) {
  if (ALLOWED[event.type]?.includes(state.phase) === false) return state;
  const next = after(state, event);
  const changed = Object.entries(next).some(([name, value]) => value !== state[/** @type {keyof State} */ (name)]);
  return changed ? next : state;
}

/**
 * @param {State} state
 * @param {Event} event
 * @returns {State}
 */
function after(state, event) {
  switch (event.type) {
    case "prepare":
      return {
        ...state,
        phase: "opening",
        held_by: event.afresh ? null : state.held_by,
        trouble: null,
        failure: null,
        ended_by: null,
      };
    case "opened":
      return { ...state, phase: "thinking", thought_ms: 0, heard: null, interrupted: false };
    case "blocked":
      return { ...state, phase: "blocked", trouble: event.trouble };
    case "back":
      return { ...state, phase: homeOf(state), trouble: null, failure: null };
    case "thought":
      return { ...state, thought_ms: event.thought_ms };
    case "start":
      return {
        ...state,
        phase: "recording",
        kept_in_memory: event.kept_in_memory,
        ...(state.held_by === null && { elapsed_ms: 0, safe_ms: 0, mark: "plenty", sends: "picture", cramped: false }),
        held_by: null,
        ended_by: null,
        found: false,
        told: "",
      };
    case "tick":
      return { ...state, elapsed_ms: event.elapsed_ms, mark: markAt(event.elapsed_ms, event.limits) };
    case "pause":
      return { ...state, phase: "paused" };
    case "resume":
      return { ...state, phase: "recording" };
    case "stop":
      return { ...state, phase: "stopping", ended_by: event.by, interrupted: false };
    case "hold":
      return { ...state, phase: "held", held_by: event.by, elapsed_ms: event.elapsed_ms, interrupted: false };
    case "rest":
      return { ...state, phase: "held", held_by: event.by, elapsed_ms: event.elapsed_ms, safe_ms: event.safe_ms };
    case "captured":
      return { ...state, phase: "saving", elapsed_ms: event.elapsed_ms, held_by: null };
    case "found":
      return { ...state, phase: "saving", found: true, elapsed_ms: event.elapsed_ms, safe_ms: event.safe_ms };
    case "safe":
      return { ...state, safe_ms: Math.max(state.safe_ms, event.safe_ms) };
    case "spilled":
      return { ...state, kept_in_memory: true };
    case "line":
      return { ...state, offline: !event.up };
    case "counted":
      return { ...state, takes_left: event.takes_left };
    case "settled":
      return settled(state, event.take);
    case "arrived":
      return withTake(state, event.take);
    case "refused":
      // A choice that was refused is no lost take.
      return { ...state, phase: state.phase === "leaving" ? "reviewing" : "failed", held_by: null, failure: event.failure };
    case "select":
      return { ...state, selected: event.take };
    case "renewed":
      return { ...state, takes: state.takes.map((take) => (take.take === event.take.take ? event.take : take)) };
    case "measured":
      return { ...state, takes: state.takes.map((take) => (take.take === event.take.take ? measured(take, event.take) : take)) };
    case "leave":
      return { ...state, phase: "leaving", failure: null };
    case "kept":
      return { ...state, phase: "reviewing", takes: state.takes.map((take) => ({ ...take, chosen: take.take === state.selected })) };
    case "heard":
      return { ...state, heard: event.heard };
    case "interrupted":
      return { ...state, interrupted: event.interrupted };
    case "told":
      return { ...state, told: event.words };
    case "other_tab":
      return { ...state, other_tab: event.busy };
    case "stepped":
      return { ...state, sends: event.sends };
    case "cramped":
      return { ...state, cramped: event.cramped };
    case "limited":
      return { ...state, answer_limit_s: event.answer_limit_s };
    case "set": {
      const { mode = state.mode, ...others } = event.changes;
      return { ...state, ...others, mode: MAY_CHANGE_MODE.has(state.phase) ? mode : state.mode };
    }
  }
}

/** While the camera is open it is too late to do without. */
const MAY_CHANGE_MODE = new Set(["asking", "blocked", "held", "reviewing", "failed"]);

/**
 * Where one is when nothing is going on.
 *
 * @param {State} state
 * @returns {Phase}
 */
function homeOf({ held_by, takes }) {
  if (held_by) return "held";
  return takes.length ? "reviewing" : "asking";
}

/**
 * @param {State} state
 * @param {TakeState} take
 * @returns {State}
 */
function settled(state, take) {
  if (take.state !== "ready") return { ...state, phase: "failed", failure: take.failure ?? { code: "unusable", words: "" } };
  return { ...withTake(state, take), phase: "reviewing", selected: take.take, safe_ms: state.elapsed_ms };
}

/**
 * What was measured of a take that may be playing just now: it plays on from where it is.
 *
 * @param {TakeState} take
 * @param {TakeState} fresh
 * @returns {TakeState}
 */
function measured(take, { findings = [], measuring = false, playback }) {
  return { ...take, findings, measuring, playback: take.playback && { ...take.playback, gain_db: playback?.gain_db ?? null } };
}

/**
 * @param {State} state
 * @param {TakeState} take
 * @returns {State}
 */
function withTake(state, take) {
  if (take.state !== "ready") return state;
  const others = state.takes.filter((known) => known.take !== take.take);
  const takes = [...others, take].sort((a, b) => a.number - b.number);
  return { ...state, takes, selected: state.selected ?? take.take };
}
