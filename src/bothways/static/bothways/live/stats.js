/** What the browser counts about one connection, in the few figures that the room needs. Pure. */

/**
 * @typedef {object} Sample  Counts since the connection began.
 * @property {string} id
 * @property {number} frames  of the picture, decoded
 * @property {number} sound  energy that was heard
 * @property {number} lost  packets that did not arrive
 * @property {number} came  packets that did
 * @property {number | null} rtt_ms
 * @property {"none" | "cpu" | "bandwidth" | "other"} limited  what keeps our picture from being better
 * @property {number | null} room_bps  what the line to them would carry
 * @property {string} pair  kinds of the two ends in use, such as "relay/host"
 */

/**
 * @param {string} id
 * @param {RTCStatsReport} report
 * @returns {Sample}
 */
export function sumUp(id, report) {
  /** @type {Sample} */
  const sample = { id, frames: 0, sound: 0, lost: 0, came: 0, rtt_ms: null, limited: "none", room_bps: null, pair: "" };
  report.forEach((entry) => {
    if (entry.type === "inbound-rtp") {
      sample.frames += entry.framesDecoded ?? 0;
      sample.sound += entry.totalAudioEnergy ?? 0;
      sample.lost += entry.packetsLost ?? 0;
      sample.came += entry.packetsReceived ?? 0;
    } else if (entry.type === "outbound-rtp" && entry.kind === "video" && entry.active !== false) {
      if (entry.qualityLimitationReason && entry.qualityLimitationReason !== "none") {
        sample.limited = entry.qualityLimitationReason;
      }
    } else if (entry.type === "transport" && entry.selectedCandidatePairId) {
      const pair = report.get(entry.selectedCandidatePairId);
      const kindOf = (/** @type {string} */ end) => report.get(end)?.candidateType ?? "?";
      sample.pair = `${kindOf(pair?.localCandidateId)}/${kindOf(pair?.remoteCandidateId)}`;
      sample.rtt_ms = pair?.currentRoundTripTime === undefined ? null : pair.currentRoundTripTime * 1000;
      sample.room_bps = pair?.availableOutgoingBitrate ?? null;
    }
  });
  return sample;
}
