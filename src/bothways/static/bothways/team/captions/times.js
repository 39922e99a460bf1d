/** Times of captions, as people write them: 0:07.5. The server reads and writes them in the same way. */

/** @param {number} ms */
export function written(ms) {
  const whole = Math.max(0, Math.round(ms));
  const rest = String(whole % 1000).padStart(3, "0").replace(/0{1,2}$/, "");
  return `${Math.floor(whole / 60_000)}:${String(Math.floor(whole / 1000) % 60).padStart(2, "0")}.${rest}`;
}

/**
 * @param {string} text
 * @returns {number | null}  milliseconds; null for what is no time
 */
export function read(text) {
  const found = /^\s*(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,4})(?:[.,٫](\d{1,3}))?\s*$/.exec(latin(text));
  if (!found) return null;
  const [hours, minutes, seconds] = [1, 2, 3].map((part) => Number(found[part] ?? 0));
  return (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000 + Number((found[4] ?? "").padEnd(3, "0"));
}

/** Digits of other scripts, as the server takes them, too: Arabic, Persian, Devanagari. @param {string} text */
function latin(text) {
  const zeros = [0x660, 0x6f0, 0x966];
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - (zeros.find((zero) => code >= zero && code < zero + 10) ?? code));
  });
}
