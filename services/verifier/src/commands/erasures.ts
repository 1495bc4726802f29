import type { Entry } from '@collegium/shared/evidence/entry.ts'
import { auditLog } from '../audit-log.ts'
import { keptOfErased, recordsAt } from '../bundled.ts'
import { type Command, type Fact, type Report, wordAt } from '../command.ts'
import { isSelection } from '../completeness.ts'
import { erasuresSeen } from '../erasures.ts'
import type { Finding } from '../findings.ts'
import { checkpointIn, logsIn, policyOf } from '../reading.ts'
import { recordsAgainst } from '../records.ts'

/** `erasures DIR --policy FILE`: who was erased, by whose decision, and whether that is done; with records, or a bundle of them, also that
 * they are the logged ones, and that a bundle holds no key or ciphertext of who is gone. */
export const erasures: Command = {
  name: 'erasures',
  usage: 'DIR --policy FILE [--records FILE|BUNDLE] [--at TIME]',
  options: { policy: { type: 'string' }, records: { type: 'string' }, at: { type: 'string' } },
  run: async (given): Promise<Report> => {
    const policy = policyOf(given)
    const facts: Fact[] = []
    const findings: Finding[] = []
    for (const log of logsIn(wordAt(given, 0, 'DIR'))) {
      const opened = checkpointIn(log, policy)
      if ('checkpoint' in opened && isSelection(opened.checkpoint.origin)) continue
      const seen = erasuresSeen()
      const path = given.option('records')
      const kept = path === undefined ? null : recordsAt(path)
      const records = kept && (await recordsAgainst(kept.lines, { mayBeNewer: kept.manifest !== null }))
      const see = (entry: Entry): void => {
        seen.see(entry)
        records?.see(entry)
      }
      const audited = auditLog(log.files, { policy, now: given.now, maxAge: Number.POSITIVE_INFINITY, step: given.step, see })
      const told = seen.told(given.now)
      facts.push(...told.facts, ...(records?.facts() ?? []))
      if (kept?.manifest && path !== undefined) findings.push(...(await keptOfErased(path, kept.manifest, seen.erasedAt())))
      findings.push(...audited.findings, ...told.findings, ...(records?.findings(seen.erasedAt()) ?? []))
    }
    return { facts, findings }
  },
}
