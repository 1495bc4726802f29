import { join } from 'node:path'
import { toBase64, utf8 } from '@collegium/shared/evidence/bytes.ts'
import { leafHash } from '@collegium/shared/evidence/digest.ts'
import type { Signer } from '@collegium/shared/evidence/note.ts'
import { openCheckpoint, type Policy } from '@collegium/shared/evidence/policy.ts'
import { writeProof } from '@collegium/shared/evidence/proof.ts'
import { inclusionProof, isIncluded } from '@collegium/shared/evidence/tree.ts'
import { Id, orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import Type, { type Static } from 'typebox'
import { hashesOnDisk } from './log/extension.ts'
import { type Files, filesIn } from './log/files.ts'
import { type Published, readSigned, type Signed } from './log/notes.ts'
import { reject } from './rejections.ts'
import { trail } from './trail.ts'

const Params = Type.Object({ service: Id, stream: Type.String({ maxLength: 200 }), version: Type.Integer({ minimum: 1 }) })

/** `proof` is the .tlog-proof file with the entry in it; everything else here can be read out of it and is for people to look at. */
const Proof = Type.Object({
  origin: Type.String({ description: 'Whose log.' }),
  index: Type.Integer(),
  size: Type.Integer({ description: 'Of how many entries.' }),
  root: Type.String({ description: 'The root that was signed, base64.' }),
  hashes: Type.Array(Type.String(), { description: 'From the entry’s leaf up to the root, base64.' }),
  cosignatures: Type.Array(Type.Object({ witness: Type.String(), time: Type.Integer({ description: 'Seconds since 1970.' }) })),
  isEnough: Type.Boolean({ description: 'Whether as many witnesses cosigned as the policy asks.' }),
  entry: Type.String({ description: 'What the log says of the fact, as it was hashed.' }),
  proof: Type.String(),
})

/** `null`: the fact is stored, and not in a signed log yet; that takes a second, and at most as long as its receipt says. */
const Answer = Type.Object({ proof: orNull(Proof) })

/** What the route needs of the service's work. */
export type ProofParts = { readonly pool: Pool; readonly folder: string; readonly policy: Policy; readonly signer: Pick<Signer, 'name' | 'vkey'> }

/** The proof that one fact stands in the log, for whoever may see the fact. */
export const proofRoute = (app: FastifyInstance, kernel: Kernel, parts: () => ProofParts): void => {
  app.get(
    '/trail/:service/:stream/:version/proof',
    {
      schema: {
        operationId: 'trailProof',
        tags: ['audit'],
        summary: 'The proof that a fact stands in the log, to be checked by anybody without this system',
        params: Params,
        response: { 200: Answer },
      },
      config: { permission: 'trail:read' },
    },
    async (request) => {
      const wanted = request.params as Static<typeof Params>
      const [row] = await kernel.query<{ unit: string }>(trail, 'select unit from {entry} where service = $1 and stream = $2 and version = $3', [
        wanted.service,
        wanted.stream,
        wanted.version,
      ])
      // Who may not see the fact learns nothing of whether there is one.
      if (!row) throw reject('unknown-entry', wanted)
      await kernel.allow(kernel.actorOf(request), 'trail:read', row.unit)
      return { proof: await proofOf(parts(), wanted) }
    },
  )
}

const proofOf = async ({ pool, folder, policy, signer }: ProofParts, wanted: Static<typeof Params>): Promise<Static<typeof Proof> | null> => {
  const { rows } = await pool.query<{ index: string; entry: string }>({
    name: 'log-place-of',
    text: `select l.index, f.entry from facts f join leaves l using (service, shard, position)
           where f.service = $1 and f.stream = $2 and f.version = $3 and f.fault is null and l.log = 'events'`,
    values: [wanted.service, wanted.stream, wanted.version],
  })
  if (!rows[0]) return null
  const index = Number(rows[0].index)
  const files = filesIn(join(folder, 'events'))
  const signed = await latestWith(files, index, signer)
  return signed && proofIn(files, signed, index, rows[0].entry, policy)
}

/** The checkpoint that is cosigned, where it reaches so far; else what the log alone has signed. Null where neither does. */
const latestWith = async (files: Files, index: number, { name: origin, vkey }: ProofParts['signer']): Promise<Signed | null> => {
  for (const name of ['checkpoint', 'checkpoint.pending'] satisfies Published[]) {
    const signed = await readSigned(files, name, origin, vkey)
    if (signed && signed.checkpoint.size > index) return signed
  }
  return null
}

/** Made of the files that everybody has. Throws where they do not prove the entry: the database tells another history than they do. */
const proofIn = async (files: Files, { note, checkpoint }: Signed, index: number, entry: string, policy: Policy): Promise<Static<typeof Proof>> => {
  const { origin, size, root } = checkpoint
  const bytes = utf8(entry)
  const hashes = inclusionProof(index, size, await hashesOnDisk(files, size, (read) => inclusionProof(index, size, read)))
  if (!isIncluded({ leaf: leafHash(bytes), index, size, root, proof: hashes })) throw new Error(`The files of ${origin} do not prove its entry ${index}`)
  const { cosigned, isEnough } = openCheckpoint(note, policy)
  return {
    origin,
    index,
    size,
    root: toBase64(root),
    hashes: hashes.map(toBase64),
    cosignatures: [...cosigned].map(([witness, time]) => ({ witness, time })),
    isEnough,
    entry,
    proof: writeProof({ extra: bytes, index, hashes, checkpoint: note }),
  }
}
