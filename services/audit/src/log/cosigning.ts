import type { Signer } from '@collegium/shared/evidence/note.ts'
import { isCosignedEnough, openCheckpoint, type Policy } from '@collegium/shared/evidence/policy.ts'
import { tilePath, tileWidth } from '@collegium/shared/evidence/tiles.ts'
import { consistencyProof } from '@collegium/shared/evidence/tree.ts'
import { hashesOnDisk } from './extension.ts'
import type { Files } from './files.ts'
import { publish, readSigned, type Signed } from './notes.ts'
import { collectCosignatures, type Refusal, type Witness } from './witnesses.ts'

const timeoutMs = 10_000

export type Cosigned = { readonly isPublished: boolean; readonly refusals: readonly Refusal[] }

/** Does this refusal mean that the witness saw another history, or a longer one? */
export const isAlarm = ({ status }: Refusal): boolean => status === 422 || status === 409

/**
 * Asks the witnesses for their cosignatures of what the log has signed, and publishes it as `checkpoint` when the policy is satisfied and no
 * witness holds another history.
 */
export const cosign = async (
  { files, signer, policy, witnesses }: { readonly files: Files; readonly signer: Signer; readonly policy: Policy; readonly witnesses: readonly Witness[] },
  signed: Signed,
): Promise<Cosigned> => {
  const { note, checkpoint } = signed
  const { lines, refusals } = await collectCosignatures({
    note,
    checkpoint,
    witnesses,
    timeoutMs,
    consistencyProof: async (from) =>
      consistencyProof(from, checkpoint.size, await hashesOnDisk(files, checkpoint.size, (read) => consistencyProof(from, checkpoint.size, read))),
  })
  const cosigned = { note: note + lines.join(''), checkpoint }
  const isEnough = witnesses.length === 0 ? isCosignedEnough(policy, new Set()) : openCheckpoint(cosigned.note, policy).isEnough
  if (!isEnough || refusals.some(isAlarm)) return { isPublished: false, refusals }
  const before = await readSigned(files, 'checkpoint', signer.name, signer.vkey)
  await publish(files, 'checkpoint', cosigned)
  await removePartials(files, before?.checkpoint.size ?? 0, checkpoint.size)
  return { isPublished: true, refusals }
}

/** Partial files that have become full since: whoever still wants their beginning finds it in the full one. */
const removePartials = async (files: Files, from: number, to: number): Promise<void> => {
  const full = (level: number, size: number): number => Math.floor(size / tileWidth ** (level + 1))
  const rows: (readonly ['entries' | number, number])[] = [['entries', 0]]
  for (let level = 0; full(level, to) > 0; level++) rows.push([level, level])
  for (const [level, height] of rows)
    for (let index = full(height, from); index < full(height, to); index++) {
      const partials = `${tilePath({ level, index, width: tileWidth })}.p`
      if ((await files.list(partials)).length > 0) await files.remove(partials)
    }
}
