// @tus/server with its file store: node tus-server.mjs FOLDER PORT SYNC
// SYNC 1 makes each part durable before it is acknowledged, which the file store does not offer by itself: the same
// write, but with a stream that flushes.
import fs from 'node:fs'
import path from 'node:path'
import { Transform, promises as streams } from 'node:stream'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'

const [folder, port, sync] = process.argv.slice(2)

class SyncedFileStore extends FileStore {
  async write(readable, id, offset) {
    const target = fs.createWriteStream(path.join(folder, id), { flags: 'r+', start: offset, flush: true })
    let received = 0
    const count = new Transform({
      transform(chunk, _, done) {
        received += chunk.length
        done(null, chunk)
      },
    })
    await streams.pipeline(readable, count, target)
    return offset + received
  }
}

const Store = sync === '1' ? SyncedFileStore : FileStore
const server = new Server({ path: '/files', datastore: new Store({ directory: folder }) })
server.listen({ host: '127.0.0.1', port: Number(port) })
