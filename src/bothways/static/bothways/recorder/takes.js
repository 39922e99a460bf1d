/** The takes to choose from, and the replay of the selected one as the server holds it. */

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").TakeState} TakeState */
/** @typedef {import("../elements/clip.js").Clip} Clip */

import { clockText } from "./timer.js";

/**
 * @param {HTMLElement} scope
 * @param {State} state
 * @param {import("./strings.js").Words} words
 */
export function drawTakes(scope, state, words) {
  const clip = /** @type {Clip | null} */ (scope.querySelector("bw-clip[data-replay]"));
  const selected = state.takes.find((take) => take.take === state.selected);
  if (clip && selected?.playback) clip.show(selected.playback.url, selected.playback.poster, selected.playback.gain_db);
  const list = scope.querySelector("[data-takes]");
  const template = scope.querySelector("template[data-take]");
  if (!list || !(template instanceof HTMLTemplateElement)) return;
  for (const take of state.takes) {
    const card = list.querySelector(`label[data-take="${CSS.escape(take.take)}"]`) ?? list.appendChild(makeCard(template, take));
    const input = card.querySelector("input");
    if (input) input.checked = take.take === state.selected;
    const name = card.querySelector("b");
    if (name) name.textContent = words(take.chosen ? "take_chosen" : "take", { n: take.number });
  }
}

/**
 * @param {HTMLTemplateElement} template
 * @param {TakeState} take
 */
function makeCard(template, take) {
  const card = /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
  card.dataset.take = take.take;
  /** @type {HTMLInputElement} */ (card.querySelector("input")).value = take.take;
  const length = card.querySelector("small");
  if (length) length.textContent = clockText(take.duration_ms ?? 0);
  card.querySelector(".clip")?.replaceChildren(...stillOf(take, card.querySelector(".clip .icon")));
  return card;
}

/**
 * A poster may take the server a moment; until then the film's own beginning stands in. A voice has none.
 *
 * @param {TakeState} take
 * @param {Element | null} voice
 */
function stillOf({ playback }, voice) {
  if (playback?.poster) return [Object.assign(new Image(), { src: playback.poster, alt: "" })];
  if (playback?.mime.startsWith("audio/")) return voice ? [voice] : [];
  const film = document.createElement("video");
  Object.assign(film, { src: `${playback?.url ?? ""}#t=0.5`, muted: true, preload: "metadata", tabIndex: -1 });
  film.setAttribute("aria-hidden", "true");
  return [film];
}
