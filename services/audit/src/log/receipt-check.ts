import { toBase64 } from '@collegium/shared/evidence/bytes.ts'
import { NoteFault, noteVerifier } from '@collegium/shared/evidence/note.ts'
import { openReceipt, type Receipt } from '@collegium/shared/evidence/receipt.ts'
import { OneOf, orNull } from '@collegium/shared/schema.ts'
import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import Type, { type Static } from 'typebox'
import { reject } from '../rejections.ts'

const Input = Type.Object(
  { receipt: Type.String({ minLength: 1, maxLength: 4_000, description: 'The note, as the command answered it.' }) },
  { additionalProperties: false },
)

/** `merged`: at this index of the log; `waiting`: its time is not over; `overdue`: it should be there and is not, which proves an omission. */
const Answer = Type.Object({
  state: OneOf('merged', 'waiting', 'overdue'),
  origin: Type.String(),
  leaf: Type.String({ description: 'The leaf hash, base64.' }),
  accepted: Type.Integer({ description: 'Seconds since 1970.' }),
  mergeBy: Type.Integer({ description: 'Seconds since 1970.' }),
  index: orNull(Type.Integer({ description: 'The entry’s place in the log.' })),
  size: Type.Integer({ description: 'How many entries the log has signed.' }),
})

/** What the check needs of the service's work. */
export type ReceiptParts = {
  readonly pool: Pool
  readonly vkey: string
  /** How many entries a log (by its origin) has signed; null for a log that is not here. */
  readonly sizeOf: (origin: string) => number | null
  readonly clock: () => string
}

/** Tells whoever holds a receipt whether the log kept its promise. Needs no sign-in: it says less than the log's own public files. */
export const receiptRoute = (app: FastifyInstance, parts: () => ReceiptParts): void => {
  app.post(
    '/receipts/check',
    {
      schema: {
        operationId: 'checkReceipt',
        tags: ['audit'],
        summary: 'Whether the log has kept the promise of a receipt',
        body: Input,
        response: { 200: Answer },
      },
      config: { permission: 'public' },
    },
    async (request) => checkReceipt(parts(), (request.body as Static<typeof Input>).receipt),
  )
}

/** Opens a receipt and looks for what it promises. Throws `bad-receipt` for what this installation has not signed. */
export const checkReceipt = async ({ pool, vkey, sizeOf, clock }: ReceiptParts, note: string): Promise<Static<typeof Answer>> => {
  const { origin, leaf: hash, accepted, mergeBy } = opened(note, vkey)
  const size = sizeOf(origin)
  if (size === null) throw reject('bad-receipt', { why: origin })
  const leaf = toBase64(hash)
  const { rows } = await pool.query<{ index: string }>({
    name: 'log-index',
    text: `select l.index from facts f join leaves l using (service, shard, position) where f.leaf = $1 and l.log = $2 order by l.index limit 1`,
    values: [leaf, origin.slice(origin.lastIndexOf('/') + 1)],
  })
  const index = rows[0] && Number(rows[0].index) < size ? Number(rows[0].index) : null
  const state = index !== null ? 'merged' : Date.parse(clock()) / 1_000 <= mergeBy ? 'waiting' : 'overdue'
  return { state, origin, leaf, accepted, mergeBy, index, size }
}

const opened = (note: string, vkey: string): Receipt => {
  try {
    // Copied texts lose their last line break.
    return openReceipt(note.endsWith('\n') ? note : `${note}\n`, [noteVerifier(vkey)])
  } catch (error) {
    if (error instanceof NoteFault) throw reject('bad-receipt', { why: error.message })
    throw error
  }
}
