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
  type Line = { socket: Socket; done: Done | null; seen: Buffer[] }

  const lose = (line: Line): void => {
    open -= 1
    const at = free.indexOf(line)
    if (at >= 0) free.splice(at, 1)
    line.done?.(silence)
    line.done = null
  }
  const read = (line: Line, chunk: Buffer): void => {
    line.seen.push(chunk)
    const bytes = line.seen.length === 1 ? chunk : Buffer.concat(line.seen)
    const end = bytes.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = bytes.toString('latin1', 0, end)
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
    if (bytes.length < end + 4 + length) return
    line.seen = []
    const { done } = line
    line.done = null
    const after = /^retry-after: *(\d+)/im.exec(head)?.[1]
    done?.({ status: Number(head.slice(9, 12)), retryAfter: after === undefined ? null : Number(after) })
    if (/^connection: *close/im.test(head)) line.socket.destroy()
    else free.push(line)
  }
  const begin = (): Line => {
    open += 1
    const socket = connect(Number(port), hostname).setNoDelay(true)
    const line: Line = { socket, done: null, seen: [] }
    socket.on('data', (chunk) => read(line, chunk))
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
