import { describe, expect, it } from 'vitest'
import { sha256 } from './digest.ts'
import { noteSigner, noteVerifier, signNote } from './note.ts'
import { openProjection, type Projection, parsePositions, positionsText, projectionText } from './projection.ts'
import { signReceipt } from './receipt.ts'
import { newSeed } from './signature.ts'

const signer = noteSigner('collegium.local/receipts', newSeed())
const verifier = noteVerifier(signer.vkey)
const positions = [
  { service: 'activities', shard: 0, position: 12 },
  { service: 'membership', shard: 3, position: 1042 },
]
const projection: Projection = { origin: 'collegium.local/events', facts: 1054, view: 'metrics@1', hash: Uint8Array.from(sha256(Uint8Array.of(1))), positions }

describe('the statement of what a view held', () => {
  it('[PL-06] is a signed note of six lines, and read back as it was', () => {
    const text = projectionText(projection)
    expect(text.split('\n')).toHaveLength(7)
    expect(text).toMatch(/^collegium-projection\/v1\ncollegium.local\/events\n1054\nmetrics@1\n.{44}\nactivities\/0\/12,membership\/3\/1042\n$/)
    const opened = openProjection(signNote(text, [signer]), [verifier])
    expect({ ...opened, hash: Uint8Array.from(opened.hash) }).toEqual(projection)
  })

  it('[PL-06] is refused when altered, of another kind, or with anything added', () => {
    const note = signNote(projectionText(projection), [signer])
    expect(() => openProjection(note.replace('1054', '1055'), [verifier])).toThrow('does not belong to this text')
    const receipt = signReceipt({ origin: projection.origin, leaf: projection.hash, accepted: 1, mergeBy: 2 }, signer)
    expect(() => openProjection(receipt, [verifier])).toThrow('six lines')
    expect(() => openProjection(signNote(`${projectionText(projection)}more\n`, [signer]), [verifier])).toThrow('six lines')
  })

  it('[PL-06] writes positions in one way only; a source of which nothing was read is left out', () => {
    expect(positionsText([...positions, { service: 'audit', shard: 0, position: 0 }])).toBe('activities/0/12,membership/3/1042')
    expect(parsePositions('')).toEqual([])
    for (const wrong of ['activities/0/0', 'activities/0/012', 'activities/0', 'a/0/1,', 'A/0/1', 'a/0/-1']) expect(parsePositions(wrong), wrong).toBeNull()
  })
})
