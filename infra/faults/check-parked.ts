import type pg from 'pg'
import type { Client } from '../../tests/kit/client.ts'
import { services } from '../services.ts'
import { type Finding, finding } from './finding.ts'

/** Whatever is parked in any service is on the operators' list; one that nobody can see waits for ever. */
export const checkParked = async (
  pool: (service: string) => pg.Pool,
  operator: Client,
): Promise<{ readonly findings: Finding[]; readonly streams: number }> => {
  const findings: Finding[] = []
  const streams = new Set<string>()
  for (const { name } of services) {
    const { rows } = await pool(name).query<{ consumer: string; service: string; stream: string; position: string }>(
      'select consumer, service, stream, position from parked where skipped_at is null',
    )
    const answer = await operator.get(`/${name}-consumers/parked`)
    const shown = new Set((answer.body.items ?? []).map((each: any) => `${each.consumer} ${each.service} ${each.stream} ${each.position}`))
    for (const { consumer, service, stream, position } of rows) {
      streams.add(`${name}: ${consumer} ${stream}`)
      if (!shown.has(`${consumer} ${service} ${stream} ${position}`))
        findings.push(
          finding('hidden', `${name} has parked ${stream} at ${position} for ${consumer}, and its operators' route (${answer.status}) does not say so`),
        )
    }
  }
  return { findings, streams: streams.size }
}
