import { toBase64 } from '@collegium/shared/evidence/bytes.ts'
import type { Policy } from '@collegium/shared/evidence/policy.ts'
import { type Audited, auditLog, openedBy, type Since } from '../audit-log.ts'
import { type Command, type Fact, Misused, type Report, wordAt } from '../command.ts'
import { isSelection } from '../completeness.ts'
import type { Finding } from '../findings.ts'
import { bytesAt, checkpointIn, type Log, logsIn, policyOf, timeText } from '../reading.ts'
import { readsCompared } from '../reads.ts'

/** Heartbeats come each hour: three that are missing are no chance. */
const usualMaxAge = '3'

/** `verify DIR --policy FILE`: everything that can be seen without anybody's help. */
export const verify: Command = {
  name: 'verify',
  usage: 'DIR --policy FILE [--since CHECKPOINT] [--max-age HOURS|none] [--at TIME]',
  options: { policy: { type: 'string' }, since: { type: 'string' }, 'max-age': { type: 'string', default: usualMaxAge }, at: { type: 'string' } },
  run: (given): Report => {
    const logs = logsIn(wordAt(given, 0, 'DIR'))
    const policy = policyOf(given)
    const maxAge = secondsOf(given.option('max-age') as string)
    const kept = keptCheckpoint(given.option('since'), policy)
    const facts: Fact[] = []
    const findings: Finding[] = kept && 'code' in kept ? [{ ...kept, where: given.option('since') as string }] : []
    const reads = readsCompared()
    for (const log of logs) {
      const opened = checkpointIn(log, policy)
      const origin = 'checkpoint' in opened ? opened.checkpoint.origin : ''
      // A selection grows only when there is something to select: how old it may be, the whole log tells.
      const most = isSelection(origin) ? Number.POSITIVE_INFINITY : maxAge
      const since = sinceFor(origin, logs, kept)
      const audited = auditLog(log.files, { policy, since, now: given.now, maxAge: most, step: given.step, see: reads.seeIn(origin) })
      facts.push(...factsOf(audited))
      findings.push(...audited.findings.map((finding) => (logs.length === 1 ? finding : { ...finding, where: `${log.folder}/${finding.where}` })))
    }
    return { facts, findings: [...findings, ...reads.findings(given.now - maxAge)] }
  },
}

type Kept = Since | Pick<Finding, 'code' | 'values'> | null

const keptCheckpoint = (path: string | undefined, policy: Policy): Kept => {
  if (path === undefined) return null
  const opened = openedBy(policy, bytesAt(path))
  return 'checkpoint' in opened ? { name: path, checkpoint: opened.checkpoint } : opened
}

/** Of several logs in a folder, the kept checkpoint speaks of its own. */
const sinceFor = (origin: string, logs: readonly Log[], kept: Kept): readonly Since[] =>
  kept && !('code' in kept) && (logs.length === 1 || kept.checkpoint.origin === origin) ? [kept] : []

const secondsOf = (hours: string): number => {
  if (hours === 'none') return Number.POSITIVE_INFINITY
  const number = Number(hours)
  if (!(number > 0)) throw new Misused(`--max-age ${hours}`)
  return number * 3600
}

const factsOf = ({ opened, entries, sources, streams, recorded }: Audited): Fact[] => {
  if (!opened) return []
  const { checkpoint, cosigned } = opened
  const names = [...cosigned.keys()].join(', ')
  return [
    { code: 'log', values: { origin: checkpoint.origin, size: entries, sources, streams, recorded: recorded === 0 ? '–' : timeText(recorded) } },
    { code: 'root', values: { root: toBase64(checkpoint.root) } },
    cosigned.size > 0 ? { code: 'cosigned', values: { names, time: timeText(Math.max(...cosigned.values())) } } : { code: 'nobody-cosigned', values: {} },
  ]
}
