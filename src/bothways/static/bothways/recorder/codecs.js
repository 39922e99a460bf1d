/**
 * Which file format to record.
 *
 * H.264 first: half the work for the device, and it plays everywhere without being encoded again. Each type names both of its
 * codecs, because a bare `video/mp4` may hold anything.
 */

import { readPrefs, writePrefs } from "./prefs.js";

const WANTED = {
  video: ["video/mp4;codecs=avc1.42E01F,mp4a.40.2", "video/mp4;codecs=avc1.42E01F,opus", "video/webm;codecs=vp8,opus"],
  audio: ["audio/mp4;codecs=mp4a.40.2", "audio/webm;codecs=opus", "audio/mp4;codecs=opus"],
};

/**
 * The types to try in order; the empty one leaves the choice to the browser.
 *
 * @param {import("./types.js").Kind} kind
 * @param {(type: string) => boolean} [isSupported]
 * @returns {string[]}
 */
export function typesFor(kind, isSupported = (type) => MediaRecorder.isTypeSupported?.(type) ?? false) {
  const usable = WANTED[kind].filter(isSupported);
  const good = usable.filter((type) => !isBlamed(type));
  // Where each one has failed, the best is as good as any.
  return [...(good.length ? good : usable), ""];
}

/** From here on a type is avoided. One dead tab may have many causes, two with the same type hardly. */
const TOO_MUCH = 2;
const BLAMED_MS = 7 * 24 * 3600 * 1000;

/**
 * Some browsers crash over a type that they claim to know, or record nothing with it.
 *
 * @param {string} type  as asked for: the browser may call it by another name
 * @param {number} weight  2: it certainly was the type; 1: the tab died while recording
 */
export function blame(type, weight) {
  if (!type) return;
  const { blamed } = readPrefs();
  const { n, until } = blamed[type] ?? { n: 0, until: 0 };
  const now = Date.now();
  writePrefs({ blamed: { ...blamed, [type]: { n: (until > now ? n : 0) + weight, until: now + BLAMED_MS } } });
}

/** @param {string} type  with which a recording came to its end */
export function clear(type) {
  const { [type]: cleared, ...blamed } = readPrefs().blamed;
  if (cleared) writePrefs({ blamed });
}

/** @param {string} type */
function isBlamed(type) {
  const { n, until } = readPrefs().blamed[type] ?? { n: 0, until: 0 };
  return n >= TOO_MUCH && until > Date.now();
}
