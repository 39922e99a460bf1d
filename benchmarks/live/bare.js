/**
 * The least that people who see and hear one another must do: a mesh of RTCPeerConnections, a video element for each of
 * the others, and a BroadcastChannel that carries what they must tell one another. Sends what the room sends: the same
 * camera, the same limits.
 */
async ({ me, others, camera, encoding }) => {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: camera });
  const line = new BroadcastChannel("bare");
  const ends = new Map();

  const show = (track) => {
    const element = document.body.appendChild(document.createElement(track.kind));
    element.className = "other";
    element.style.width = "480px";
    element.muted = track.kind === "video";
    element.srcObject = new MediaStream([track]);
    if (track.kind === "video") {
      element.requestVideoFrameCallback((shown) => (window.first_ms ??= shown - window.began));
    }
    void element.play();
  };

  const begin = (other) => {
    const end = new RTCPeerConnection();
    ends.set(other, end);
    const say = (said) => line.postMessage({ from: me, to: other, ...said });
    end.onicecandidate = ({ candidate }) => candidate && say({ candidate: candidate.toJSON() });
    end.ontrack = ({ track }) => show(track);
    for (const track of stream.getTracks()) end.addTrack(track, stream);
    return { end, say };
  };

  const limit = (end) => {
    const sender = end.getSenders().find(({ track }) => track.kind === "video");
    const parameters = sender.getParameters();
    Object.assign(parameters.encodings[0], encoding);
    return sender.setParameters(parameters);
  };

  line.onmessage = async ({ data: { from, to, description, candidate } }) => {
    if (to !== me) return;
    if (candidate) return ends.get(from).addIceCandidate(candidate);
    if (description.type === "answer") {
      const end = ends.get(from);
      await end.setRemoteDescription(description);
      return limit(end);
    }
    ends.get(from)?.close();
    const { end, say } = begin(from);
    await end.setRemoteDescription(description);
    await end.setLocalDescription();
    say({ description: end.localDescription.toJSON() });
    await limit(end);
  };

  window.began = performance.now();
  for (const other of others) {
    const { end, say } = begin(other);
    await end.setLocalDescription();
    say({ description: end.localDescription.toJSON() });
  }
}
