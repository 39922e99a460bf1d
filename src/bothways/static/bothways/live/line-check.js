/** Tries the relay before it is needed: a wrong password of a relay is never told by a call, which would only be silent. */

const LONGEST_MS = 8000;

/**
 * @param {RTCIceServer[]} ice
 * @returns {Promise<"good" | "failed" | null>} null: there is no relay to try
 */
export async function tryRelay(ice) {
  const relays = ice.filter(({ urls }) => [urls].flat().some((url) => url.startsWith("turn")));
  if (!relays.length) return null;
  const pc = new RTCPeerConnection({ iceServers: relays, iceTransportPolicy: "relay" });
  try {
    pc.createDataChannel("");
    const found = new Promise((resolve) => {
      pc.addEventListener("icecandidate", ({ candidate }) => resolve(candidate !== null));
      setTimeout(() => resolve(false), LONGEST_MS);
    });
    await pc.setLocalDescription();
    return (await found) ? "good" : "failed";
  } finally {
    pc.close();
  }
}
