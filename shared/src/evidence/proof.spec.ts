import { describe, expect, it } from 'vitest'
import { toHex, utf8 } from './bytes.ts'
import { checkpointText } from './checkpoint.ts'
import { cosigner } from './cosignature.ts'
import { leafHash } from './digest.ts'
import { NoteFault, noteSigner, signatureLine, signNote } from './note.ts'
import { parsePolicy } from './policy.ts'
import { ProofFault, readProof, type TlogProof, verifyProof, writeProof } from './proof.ts'
import { newSeed } from './signature.ts'
import { frontier, inclusionProof, rootOf } from './tree.ts'

const log = noteSigner('log.example/events', newSeed())
const witness = cosigner('w.example', newSeed(), () => 1_700_000_000)
const leaves = Array.from({ length: 11 }, (_, at) => leafHash(utf8(`entry ${at}`)))
const hashes = new Map<string, Uint8Array>()
const edge = frontier()
for (const leaf of leaves) edge.append(leaf, (level, index, hash) => hashes.set(`${level} ${index}`, hash))
const read = (level: number, index: number): Uint8Array => hashes.get(`${level} ${index}`) as Uint8Array

const text = checkpointText({ origin: log.name, size: 11, root: rootOf(11, read) })
const checkpoint = signNote(text, [log]) + signatureLine(text, witness)
const proof: TlogProof = { index: 6, hashes: inclusionProof(6, 11, read), checkpoint }
const policy = parsePolicy(`log ${log.vkey}\nwitness W ${witness.vkey}\nquorum W\n`)
const leaf = leaves[6] as Uint8Array

const kindOf = (work: () => unknown): string => {
  try {
    work()
    return 'fine'
  } catch (cause) {
    return cause instanceof ProofFault || cause instanceof NoteFault ? cause.kind : `${cause}`
  }
}

describe('a proof file', () => {
  it('[PL-06] is written in the published form and read back', () => {
    const written = writeProof({ ...proof, extra: utf8('more') })
    expect(written.split('\n').slice(0, 3)).toEqual(['c2sp.org/tlog-proof@v1', 'extra bW9yZQ==', 'index 6'])
    expect(written.endsWith(`\n\n${checkpoint}`)).toBe(true)
    const again = readProof(written)
    expect([again.index, again.checkpoint, toHex(again.extra as Uint8Array)]).toEqual([6, checkpoint, '6d6f7265'])
    expect(again.hashes.map(toHex)).toEqual(proof.hashes.map(toHex))
    expect(readProof(writeProof(proof))).not.toHaveProperty('extra')
    expect(Buffer.byteLength(written)).toBeLessThan(4096)
  })

  it('[PL-06] convinces with the log’s and enough witnesses’ keys and nothing else', () => {
    const opened = verifyProof(readProof(writeProof(proof)), leaf, policy)
    expect(opened.checkpoint.size).toBe(11)
    expect([...opened.cosigned.keys()]).toEqual(['W'])
  })

  it('[PL-06] for a log of one entry has no hashes', () => {
    const one = checkpointText({ origin: log.name, size: 1, root: leaves[0] as Uint8Array })
    const single = { index: 0, hashes: [], checkpoint: signNote(one, [log]) }
    expect(verifyProof(readProof(writeProof(single)), leaves[0] as Uint8Array, parsePolicy(`log ${log.vkey}\nquorum none`)).checkpoint.size).toBe(1)
  })

  it('[PL-06] does not convince of another entry, place or checkpoint, or with too few witnesses', () => {
    expect(kindOf(() => verifyProof(proof, leaves[5] as Uint8Array, policy))).toBe('place')
    expect(kindOf(() => verifyProof({ ...proof, index: 7 }, leaf, policy))).toBe('place')
    expect(kindOf(() => verifyProof({ ...proof, hashes: [...proof.hashes].reverse() }, leaf, policy))).toBe('place')
    expect(kindOf(() => verifyProof({ ...proof, checkpoint: signNote(text, [log]) }, leaf, policy))).toBe('quorum')
    expect(kindOf(() => verifyProof({ ...proof, checkpoint: signNote(text, [noteSigner(log.name, newSeed())]) }, leaf, policy))).toBe('unsigned')
    expect(kindOf(() => verifyProof({ ...proof, checkpoint: checkpoint.replace('\n11\n', '\n12\n') }, leaf, policy))).toBe('false-signature')
  })

  it.each([
    ['another first line', writeProof(proof).replace('@v1', '@v2')],
    ['no index', writeProof(proof).replace('index 6\n', '')],
    ['a zero before its index', writeProof(proof).replace('index 6', 'index 06')],
    ['extra data behind its index', writeProof(proof).replace('index 6\n', 'index 6\nextra bW9yZQ==\n')],
    ['extra data that is not base64', writeProof(proof).replace('index', 'extra *\nindex')],
    ['a hash of 31 bytes', writeProof({ ...proof, hashes: [leaf.subarray(1)] })],
    ['64 hashes', writeProof({ ...proof, hashes: Array.from({ length: 64 }, () => leaf) })],
    ['no checkpoint', writeProof(proof).split('\n\n')[0] as string],
  ])('[PL-06] with %s is no proof', (_, wrong) => {
    expect(kindOf(() => readProof(wrong))).toBe('form')
  })
})
