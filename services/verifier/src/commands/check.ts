import { fromBase64, textOf } from '@collegium/shared/evidence/bytes.ts'
import { leafHash } from '@collegium/shared/evidence/digest.ts'
import { parseEntry } from '@collegium/shared/evidence/entry.ts'
import { NoteFault } from '@collegium/shared/evidence/note.ts'
import type { Policy } from '@collegium/shared/evidence/policy.ts'
import { openCheckpoint } from '@collegium/shared/evidence/policy.ts'
import { ProofFault, readProof, type TlogProof, verifyProof } from '@collegium/shared/evidence/proof.ts'
import { type Command, type Fact, type Given, Misused, type Report, wordAt } from '../command.ts'
import type { Finding } from '../findings.ts'
import { bytesAt, policyOf, textAt, timeText } from '../reading.ts'
import { digestOfRecord } from '../records.ts'

/** `check FILE.tlog-proof --policy FILE`: needs neither the log nor a network. */
export const check: Command = {
  name: 'check',
  usage: 'FILE.tlog-proof --policy FILE [--record FILE] [--entry FILE|--leaf BASE64]',
  options: { policy: { type: 'string' }, record: { type: 'string' }, entry: { type: 'string' }, leaf: { type: 'string' } },
  run: (given): Report => {
    const path = wordAt(given, 0, 'FILE')
    const policy = policyOf(given)
    const text = textAt(path)
    try {
      const proof = readProof(text)
      return checked(given, path, proof, policy)
    } catch (cause) {
      return { facts: [], findings: [{ ...findingOf(cause), where: path }] }
    }
  },
}

const checked = (given: Given, path: string, proof: TlogProof, policy: Policy): Report => {
  const entryPath = given.option('entry')
  const bytes = entryPath === undefined ? proof.extra : bytesAt(entryPath)
  const leaf = leafOf(given, bytes)
  const findings: Finding[] = []
  try {
    verifyProof(proof, leaf, policy)
  } catch (cause) {
    findings.push({ ...findingOf(cause), where: path })
  }
  if (findings.some(({ code }) => code !== 'too-few-cosignatures')) return { facts: [], findings }
  const { checkpoint, cosigned } = openCheckpoint(proof.checkpoint, policy)
  const entry = bytes && parseEntry(textOf(bytes))
  const facts: Fact[] = [{ code: 'proof', values: { origin: checkpoint.origin, index: proof.index, size: checkpoint.size } }]
  if (entry) {
    const { type, source, stream, version, recorded, unit, actor, post } = entry
    facts.push({ code: 'entry', values: { type, source, stream, version, recorded, unit, actor: actor || '–', post: post || '–' } })
  }
  facts.push(
    cosigned.size > 0
      ? { code: 'cosigned', values: { names: [...cosigned.keys()].join(', '), time: timeText(Math.max(...cosigned.values())) } }
      : { code: 'nobody-cosigned', values: {} },
  )
  const recordPath = given.option('record')
  if (recordPath !== undefined) {
    if (entry && entry.record === digestOfRecord(textAt(recordPath))) facts.push({ code: 'record', values: {} })
    else findings.push({ code: 'proof-of-another-entry', where: recordPath, values: {} })
  }
  return { facts, findings }
}

const leafOf = (given: Given, bytes: Uint8Array | undefined): Uint8Array => {
  const text = given.option('leaf')
  if (text !== undefined) {
    const leaf = fromBase64(text)
    if (leaf?.length !== 32) throw new Misused(`--leaf ${text}`)
    return leaf
  }
  if (bytes === undefined) throw new Misused('--entry? --leaf?')
  return leafHash(bytes)
}

/** What a fault of a proof or a note is among the findings. Throws what is neither. */
const findingOf = (cause: unknown): Pick<Finding, 'code' | 'values'> => {
  if (cause instanceof ProofFault) {
    if (cause.kind === 'quorum') return { code: 'too-few-cosignatures', values: { cosigned: cause.message, quorum: '' } }
    return { code: cause.kind === 'form' ? 'proof-malformed' : 'proof-false', values: { why: cause.message } }
  }
  if (cause instanceof NoteFault) {
    return {
      code: ({ malformed: 'proof-malformed', 'false-signature': 'checkpoint-forged', unsigned: 'checkpoint-unsigned' } as const)[cause.kind],
      values: { why: cause.message },
    }
  }
  throw cause
}
