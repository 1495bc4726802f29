import { drained } from '@collegium/shared/http/drained.ts'
import { structuredEvent } from '@collegium/shared/log/cloud-event.ts'
import { Rejection } from '@collegium/shared/rejection.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyReply } from 'fastify'
import { reject } from './rejections.ts'
import { trail } from './trail.ts'

/** How far a reader is, by source: `activities/0` → the last position it has. */
export type Marks = Map<string, number>

/** `activities/0/1042,activities/1/77`; empty = from the beginning. */
export const parseMarks = (text: string): Marks => {
  const marks: Marks = new Map()
  for (const part of text.split(',').filter((each) => each !== '' && each !== '0')) {
    const match = /^([a-z]+)\/(\d{1,4})\/(\d{1,15})$/.exec(part)
    if (!match) throw reject('bad-marks', { came: part })
    marks.set(`${match[1]}/${match[2]}`, Number(match[3]))
  }
  return marks
}

export type Filter = { readonly services: readonly string[]; readonly types: readonly string[] }

const pageSize = 500
/** A live reader is woken by changes; this floor covers a wake-up that was lost. */
const idleMs = 1_000

/**
 * Every fact as a structured CloudEvent, one JSON document a line: first what is there, source by source in position order, then live
 * until the client goes. Positions are dense, so a reader that keeps the last `sequence` of each `source` can resume exactly there.
 */
export const streamEvents = async (
  kernel: Kernel,
  reply: FastifyReply,
  marks: Marks,
  filter: Filter,
  live: boolean,
  allow: () => Promise<void>,
): Promise<void> => {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, { ...reply.getHeaders(), 'content-type': 'application/x-ndjson', 'cache-control': 'no-store', 'x-accel-buffering': 'no' } as Record<
    string,
    string
  >)
  let open = true
  let wake = (): void => {}
  raw.on('close', () => {
    open = false
    wake()
  })
  const stop = kernel.onChange(trail, () => wake())
  try {
    while (open) {
      // The permission is looked at again for each page: a post that ended ends the stream.
      if (!(await isAllowed(allow))) break
      const sent = await sendPage(kernel, raw, marks, filter, () => open)
      if (sent > 0) continue
      if (!live) break
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, idleMs).unref()
      })
    }
  } finally {
    stop()
    raw.end()
  }
}

const isAllowed = (allow: () => Promise<void>): Promise<boolean> =>
  allow().then(
    () => true,
    (error: unknown) => {
      if (error instanceof Rejection) return false
      throw error
    },
  )

const sendPage = async (kernel: Kernel, raw: NodeJS.WritableStream, marks: Marks, filter: Filter, isOpen: () => boolean): Promise<number> => {
  const sources = await kernel.query<{ service: string; shard: number; head: string }>(
    trail,
    `select service, shard, max(position) as head from {entry} where service = any($1) or cardinality($1::text[]) = 0 group by 1, 2 order by 1, 2`,
    [filter.services],
  )
  let seen = 0
  for (const { service, shard, head } of sources) {
    const source = `${service}/${shard}`
    const after = marks.get(source) ?? 0
    if (Number(head) <= after) continue
    const rows = await kernel.query<{ position: string; type: string; record: string }>(
      trail,
      `select position, type, record from {entry} where service = $1 and shard = $2 and position > $3 order by position limit ${pageSize}`,
      [service, shard, after],
    )
    for (const row of rows) {
      marks.set(source, Number(row.position))
      seen += 1
      if (filter.types.length > 0 && !filter.types.includes(row.type)) continue
      if (!isOpen()) return seen
      if (!raw.write(`${structuredEvent(row.record)}\n`)) await drained(raw)
    }
  }
  return seen
}
