/** What a page shows of a recorder's state: words, figures and which parts are there. */

import { browserName } from "./browser.js";
import { clockText } from "./timer.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./strings.js").Words} Words */

/** What can fail on the device or without words from the server. */
const OWN_FAILURES = new Set(["empty", "unusable", "taken_over"]);

/**
 * @param {State} state
 * @param {import("./types.js").Config} config
 * @param {import("./types.js").Limits} limits
 * @param {Words} words
 * @returns {import("./view.js").Sight}
 */
export function sightOf(state, config, limits, words) {
  const selected = state.takes.find((take) => take.take === state.selected);
  const think_ms = (config.think_left_s ?? 0) * 1000;
  const may_retake = state.takes_left !== 0;
  const picture = isPictureShown(state);
  const is_saved = state.phase === "reviewing" || state.phase === "leaving";
  const all_ms = is_saved ? (selected?.duration_ms ?? 0) : state.elapsed_ms;
  const safe_ms = is_saved ? all_ms : state.safe_ms;
  return {
    phase: state.phase,
    flags: {
      offline: state.offline,
      found: state.found,
      interrupted: state.interrupted,
      in_memory: state.kept_in_memory,
      ended_by_limit: state.ended_by === "limit",
      ended_by_loss: state.ended_by === "lost",
      late: state.mark === "grace" || state.mark === "over",
      quiet: state.heard === "quiet",
      over: state.mark === "over",
      ending: state.mark !== "plenty" && state.mark !== "half",
      audio: state.mode === "audio",
      video: state.mode !== "audio",
      picture,
      bar: state.timer === "bar",
      digits: state.timer === "digits",
      no_timer: state.timer === "none",
      resting: state.held_by !== null,
      told: state.told !== "",
      other_tab: state.other_tab,
      cramped: state.cramped,
      sends_smaller: state.sends === "smaller" && !state.cramped,
      sends_voice: state.sends === "voice",
      limit_changed: state.answer_limit_s !== undefined,
      taken_over: state.failure?.code === "taken_over",
      think_limited: config.think_limit_s !== null,
      think_over: config.think_limit_s !== null && state.thought_ms >= think_ms,
      several: state.takes.length > 1,
      again: may_retake,
      counted: state.takes_left !== null,
      has_takes: state.takes.length > 0,
      kept: selected?.chosen ?? false,
      refused: state.failure !== null,
      missing: Boolean(selected?.findings?.length),
      ...Object.fromEntries((selected?.findings ?? []).map((finding) => [finding, true])),
      [`browser_${browserName()}`]: true,
      ...(state.trouble && { [`trouble_${state.trouble}`]: true }),
      ...(state.held_by && { [`held_${state.held_by}`]: true }),
    },
    texts: {
      left: words(`left_${state.mark}`),
      clock: words("of", { part: clockText(state.elapsed_ms), whole: clockText(limits.limit_ms) }),
      think: words("think_left", { time: clockText(Math.max(0, think_ms - state.thought_ms)) }),
      safe: words("of", { part: clockText(safe_ms), whole: clockText(all_ms) }),
      safe_where: words(is_saved ? "safe_all" : state.offline ? "safe_here" : "safe"),
      chip: [state.phase === "paused" ? "" : words("asked"), heardWords(state, words)].filter(Boolean).join(" "),
      picture: words(picture ? "picture_off" : "picture_on"),
      digits: words(state.timer === "digits" ? "digits_off" : "digits_on"),
      kind: words(state.mode === "audio" ? "with_camera" : "voice_only"),
      limit: words("limit", { time: clockText(limits.limit_ms) }),
      told: state.told,
      so_far: words("so_far", { time: clockText(state.elapsed_ms) }),
      takes_left: state.takes_left === null ? "" : words("takes_left", { n: state.takes_left }),
      take: selected ? words("take", { n: selected.number }) : "",
      length: selected ? clockText(selected.duration_ms ?? 0) : "",
      use: selected && state.takes.length > 1 ? words("use_take", { n: selected.number }) : words("keep"),
      failure: failureWords(state.failure, words),
    },
    widths: {
      elapsed: state.elapsed_ms / limits.limit_ms,
      safe: all_ms ? safe_ms / all_ms : 0,
      think: think_ms ? state.thought_ms / think_ms : 0,
    },
  };
}

/**
 * One's own picture helps to sit well before, and disturbs most people while they speak.
 *
 * @param {State} state
 */
export function isPictureShown({ mode, picture, phase }) {
  return mode !== "audio" && (picture === "on" || (picture === "auto" && phase === "thinking"));
}

/**
 * @param {State} state
 * @param {Words} words
 */
function heardWords(state, words) {
  if (state.interrupted) return words("interrupted");
  if (state.heard === "quiet") return words("heard_quiet");
  return state.heard === "good" ? words("heard_good") : "";
}

/**
 * What is missing in the selected take.
 *
 * @param {State} state
 * @param {Words} words
 */
function findingWords({ takes, selected, takes_left }, words) {
  const found = takes.find((take) => take.take === selected)?.findings ?? [];
  const choice = found.length && takes_left !== 0 ? [words("say_missing")] : [];
  return [...found.map((finding) => words(`say_${finding}`)), ...choice].join(" ");
}

/**
 * @param {import("./types.js").Failure | null} failure
 * @param {Words} words
 */
function failureWords(failure, words) {
  if (!failure) return "";
  return failure.words || words(OWN_FAILURES.has(failure.code) ? `failed_${failure.code}` : "failed_unknown");
}

/**
 * What is said once, politely, when something changes. Never the seconds.
 *
 * @param {State} state
 * @param {State} before
 * @param {Words} words
 * @returns {string | null}
 */
export function announcement(state, before, words) {
  if (state.phase !== before.phase) {
    if (state.phase === "saving" && state.found) return words("say_found");
    if (state.phase === "held") return words(`say_held_${state.held_by}`);
    if (state.phase === "thinking" && state.held_by) return words("say_going_on");
    if (state.phase === "stopping" && state.ended_by) return words(`say_ended_${state.ended_by}`);
    if (state.phase === "failed") return failureWords(state.failure, words);
    if (state.phase === "reviewing") return [words("say_reviewing"), findingWords(state, words)].filter(Boolean).join(" ");
    const spoken = ["opening", "thinking", "recording", "paused", "stopping"];
    return spoken.includes(state.phase) ? words(`say_${state.phase}`) : null;
  }
  if (state.told && state.told !== before.told) return state.told;
  if (state.other_tab && !before.other_tab) return words("say_other_tab");
  if (state.phase === "reviewing" && findingWords(state, words) !== findingWords(before, words)) return findingWords(state, words);
  const speaking = state.phase === "recording" || state.phase === "paused";
  if (state.offline !== before.offline && (speaking || state.phase === "saving")) {
    return words(state.offline ? "say_offline" : "say_online");
  }
  if (state.answer_limit_s !== before.answer_limit_s && state.answer_limit_s) {
    return words("limit", { time: clockText(state.answer_limit_s * 1000) });
  }
  if (!speaking) return null;
  if (state.mark !== before.mark && (state.mark === "notice" || state.mark === "grace")) return words(`say_${state.mark}`);
  if (state.interrupted && !before.interrupted) return words("interrupted");
  if (state.cramped && !before.cramped) return words("say_cramped");
  if (state.sends !== before.sends && state.sends !== "picture") return words(`say_${state.sends}`);
  return state.heard === "quiet" && before.heard !== "quiet" ? words("heard_quiet") : null;
}
