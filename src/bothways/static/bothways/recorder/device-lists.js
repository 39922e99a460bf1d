/** The choice of camera and microphone. */

/**
 * @param {ParentNode} scope
 * @param {{cameras: MediaDeviceInfo[], microphones: MediaDeviceInfo[]}} devices
 * @param {MediaStream} stream  what is open now
 */
export function fillDevices(scope, { cameras, microphones }, stream) {
  fill(scope.querySelector('select[name="camera"]'), cameras, stream.getVideoTracks()[0]);
  fill(scope.querySelector('select[name="microphone"]'), microphones, stream.getAudioTracks()[0]);
}

/**
 * @param {Element | null} select
 * @param {MediaDeviceInfo[]} devices
 * @param {MediaStreamTrack | undefined} track
 */
function fill(select, devices, track) {
  if (!(select instanceof HTMLSelectElement)) return;
  const used = track?.getSettings().deviceId;
  select.replaceChildren(...devices.map(({ deviceId, label }) => new Option(label, deviceId, false, deviceId === used)));
}
