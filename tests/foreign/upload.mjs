// Uploads one file with tus-js-client and says what happens, one JSON object a line.
// node upload.mjs '{"endpoint", "token", "file", "mode": "plain"|"deferred"|"with-data"|"one-part", "chunk"}'
import fs from 'node:fs'
import { PassThrough } from 'node:stream'
import { Upload } from 'tus-js-client'

const { endpoint, token, file, mode, chunk } = JSON.parse(process.argv[2])
const say = (event, more = {}) => console.log(JSON.stringify({ event, ...more }))
const deferred = mode === 'deferred'
const source = fs.createReadStream(file)

// Through a pipe nothing knows how long it is, as with a recording that still runs.
const upload = new Upload(deferred ? source.pipe(new PassThrough()) : source, {
  endpoint,
  headers: { Authorization: `Bearer ${token}` },
  chunkSize: mode === 'one-part' ? Infinity : chunk,
  uploadSize: deferred ? undefined : fs.statSync(file).size,
  uploadLengthDeferred: deferred,
  uploadDataDuringCreation: mode === 'with-data',
  metadata: { filename: '../../../etc/passwd', filetype: 'video/webm' },
  retryDelays: Array(500).fill(40),
  onShouldRetry: () => true,
  onChunkComplete: (size, offset) => say('kept', { offset }),
  onSuccess: () => say('done', { url: upload.url }),
  onError: (error) => {
    say('failed', { words: String(error) })
    process.exitCode = 1
  },
})
upload.start()
