// Tells the test what has reached the device: parts and takes of the journal, each once IndexedDB has said that it is written.
{
  const put = IDBObjectStore.prototype.put;
  const base64 = (buffer) => {
    let letters = "";
    for (const byte of new Uint8Array(buffer)) letters += String.fromCharCode(byte);
    return btoa(letters);
  };
  IDBObjectStore.prototype.put = function (value, ...more) {
    const request = put.call(this, value, ...more);
    const said =
      this.name === "parts"
        ? { part: { name: value.take, start: value.start, bytes: base64(value.bytes) } }
        : { take: { key: value.key, segments: value.segments.map(({ slot, key, number }) => ({ slot, key, number })) } };
    this.transaction.addEventListener("complete", () => window.onDevice(JSON.stringify(said)));
    return request;
  };
}
