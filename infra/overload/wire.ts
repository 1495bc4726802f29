import { connect, type Socket } from 'node:net'

export type Reply = { readonly status: number; readonly retryAfter: number | null }

type Done = (reply: Reply) => void

const silence: Reply = { status: 0, retryAfter: null }

/**
 * So many kept connections, one request at a time on each, and hardly more work than writing and reading bytes: who sends three times what a
 * system can do, from the same machine, must not be the bottleneck. Reads answers with a content-length, as all of ours with JSON are.
 */
export const wire = (address: string, most: number) => {
  const { hostname, port, host } = new URL(address)
  const free: Line[] = []
  let open = 0
  type Line = { socket: Socket; done: Done | null; seen: Buffer | null }

  const lose = (line: Line): void => {
    open -= 1
    const at = free.indexOf(line)
    if (at >= 0) free.splice(at, 1)
    line.done?.(silence)
    line.done = null
  }
  const read = (line: Line, chunk: Buffer): void => {
    const bytes = line.seen === null ? chunk : Buffer.concat([line.seen, chunk])
    const end = bytes.indexOf('\r\n\r\n')
    const head = end < 0 ? '' : bytes.toString('latin1', 0, end)
    if (end < 0 || bytes.length < end + 4 + Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)) {
      // What is shown here is written over by the next that comes.
      line.seen = Buffer.from(bytes)
      return
    }
    line.seen = null
    const { done } = line
    line.done = null
    const after = /^retry-after: *(\d+)/im.exec(head)?.[1]
    done?.({ status: Number(head.slice(9, 12)), retryAfter: after === undefined ? null : Number(after) })
    if (/^connection: *close/im.test(head)) line.socket.destroy()
    else free.push(line)
  }
  const begin = (): Line => {
    open += 1
    // One buffer for all that a connection brings: a stream would make a new one for each answer.
    const buffer = Buffer.allocUnsafe(16_384)
    const callback = (length: number): boolean => {
      read(line, buffer.subarray(0, length))
      return true
    }
    const socket = connect({ port: Number(port), host: hostname, noDelay: true, onread: { buffer, callback } })
    const line: Line = { socket, done: null, seen: null }
    socket.on('error', () => {})
    socket.once('close', () => lose(line))
    return line
  }

  return {
    /** Sends at once and gives the answer, status 0 where none came; null when no connection is free: then nothing was sent. */
    send: (method: string, path: string, headers: string, body: string): Promise<Reply> | null => {
      const line = free.pop() ?? (open < most ? begin() : null)
      if (line === null) return null
      const text = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${headers}${body === '' ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`}\r\n${body}`
      return new Promise((done) => {
        line.done = done
        line.socket.write(text)
      })
    },
    close: (): void => {
      for (const line of free) line.socket.destroy()
    },
  }
}
