// What this page's own camera and microphone gave, each with the moment on the clock of performance.now(), whatever the
// device's clock shows; and every connection and recorder of the page.
{
  const HERTZ_PARTS = 3;
  window.seen = { pictures: [], sounds: [], samples: [] };
  window.recorders = [];
  window.connections = [];

  window.MediaRecorder = class extends MediaRecorder {
    constructor(...given) {
      super(...given);
      window.recorders.push(this);
    }
    // The page may have much to do just then.
    start(...given) {
      super.start(...given);
      for (const end = performance.now() + BUSY_MS; performance.now() < end; );
    }
  };
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...given) {
      super(...given);
      window.connections.push(this);
    }
  };
  // What has come from the other one so far.
  window.arrived = async () => {
    const sum = { frames: 0, energy: 0 };
    for (const one of connections) {
      for (const entry of (await one.getStats()).values()) {
        if (entry.type !== "inbound-rtp") continue;
        sum.frames += entry.framesDecoded ?? 0;
        sum.energy += entry.totalAudioEnergy ?? 0;
      }
    }
    return sum;
  };

  const open = window.MediaDevices?.prototype.getUserMedia;
  if (open) {
    MediaDevices.prototype.getUserMedia = async function (wanted) {
      const stream = await open.call(this, wanted);
      for (const track of stream.getTracks()) void watch(track, track.kind === "video" ? look : listen);
      return stream;
    };
  }

  async function watch(track, note) {
    const from = new MediaStreamTrackProcessor({ track, maxBufferSize: 200 }).readable.getReader();
    for (let read = await from.read(); !read.done; read = await from.read()) {
      const came = performance.now();
      await note(read.value, came);
      read.value.close();
    }
  }

  // The number of the picture stands at its foot (tests/journeys/talk_sides.py).
  async function look(frame, came) {
    const { width, height } = frame.visibleRect;
    const plane = new Uint8Array(frame.allocationSize());
    const [light] = await frame.copyTo(plane);
    const from = light.offset + (height - 8) * light.stride;
    const bar = width / BITS;
    let number = 0;
    for (let bit = 0; bit < BITS; bit += 1) number = number * 2 + (plane[from + Math.floor((bit + 0.5) * bar)] > 125 ? 1 : 0);
    seen.pictures.push([number, frame.timestamp, came]);
  }

  function listen(sound, came) {
    const plane = new Float32Array(sound.numberOfFrames);
    sound.copyTo(plane, { planeIndex: 0, format: "f32-planar" });
    const third = new Int16Array(plane.length / HERTZ_PARTS);
    for (let at = 0; at < third.length; at += 1) {
      third[at] = (32767 * (plane[3 * at] + plane[3 * at + 1] + plane[3 * at + 2])) / 3;
    }
    seen.sounds.push([third.length, sound.timestamp, came]);
    seen.samples.push(third);
  }

  window.samplesInLetters = async () => {
    const url = await new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result);
      reader.readAsDataURL(new Blob(seen.samples));
    });
    return url.slice(url.indexOf(",") + 1);
  };
}
