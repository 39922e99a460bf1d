/**
 * What time it is, by the server: the clock of a device may be wrong, after an empty battery by years, and may be set at any
 * time. Nothing that was recorded may be taken for old because of it.
 *
 * @param {{now_ms?: number}} config  `now_ms`: when the server made the page
 * @returns {number} milliseconds since 1970
 */
export function serverNow({ now_ms }) {
  // One of the two clocks stands still while the device sleeps, the other one may be put back.
  const gone_ms = Math.max(performance.now(), Date.now() - performance.timeOrigin);
  return (now_ms ?? performance.timeOrigin) + gone_ms;
}
