import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { auditLog } from '../../services/verifier/src/audit-log.ts'
import { proofAt } from '../../services/verifier/src/commands/prove.ts'
import { filesIn } from '../../services/verifier/src/files.ts'
import { sampleBegin, samplePolicy, writeLongLog } from '../../services/verifier/src/testing/sample-log.ts'
import { leafHash } from '../../shared/src/evidence/digest.ts'
import { type Policy, parsePolicy } from '../../shared/src/evidence/policy.ts'
import { readProof, verifyProof } from '../../shared/src/evidence/proof.ts'
import { type Figure, figure, median, percentile } from './figure.ts'

/** The aims: a million entries verified within a minute, a proof made within ten milliseconds and of at most four kilobytes. */
const aims = { seconds: 60, million: 1_000_000, milliseconds: 10, bytes: 4_096 }
const warmUp = 20

/** Verifies a log of `count` entries on disk whole, and makes and checks `proofs` of single entries from its files. */
export const benchVerification = async (count: number, proofs: number): Promise<Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'collegium-log-'))
  try {
    writeLongLog(count, (path, bytes) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), bytes)
    })
    const policy = parsePolicy(samplePolicy)
    const limit = (aims.seconds * count) / aims.million
    const began = performance.now()
    const audited = auditLog(filesIn(folder), { policy, now: sampleBegin + count, maxAge: Number.POSITIVE_INFINITY, step: () => {} })
    const seconds = (performance.now() - began) / 1000
    if (audited.findings.length > 0 || audited.entries !== count)
      throw new Error(`The log of the benchmark is not sound: ${JSON.stringify(audited.findings[0])}`)
    const { times, sizes } = measureProofs(folder, policy, count, proofs)
    return [
      figure('verify-log', seconds, 's', `limit of ${limit} s for ${count} entries`, limit),
      figure('prove-entry', median(times), 'ms', 'limit of 10 ms', aims.milliseconds),
      figure('prove-entry-p99', percentile(times, 0.99), 'ms', 'limit of 10 ms', aims.milliseconds),
      figure('proof-size', median(sizes), 'bytes', 'limit of 4 KB', aims.bytes),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The first are not counted: the code is still being compiled. Each is made of the files alone, nothing kept from the one before, and checked as whoever gets it would. */
const measureProofs = (folder: string, policy: Policy, count: number, proofs: number): { times: number[]; sizes: number[] } => {
  const times: number[] = []
  const sizes: number[] = []
  for (let at = -warmUp; at < proofs; at++) {
    const index = Math.floor(((Math.abs(at) % proofs) * (count - 1)) / Math.max(1, proofs - 1))
    const began = performance.now()
    const text = proofAt(filesIn(folder), index)
    if (at >= 0) times.push(performance.now() - began)
    sizes.push(Buffer.byteLength(text))
    const proof = readProof(text)
    verifyProof(proof, leafHash(proof.extra as Uint8Array), policy)
  }
  return { times, sizes }
}
