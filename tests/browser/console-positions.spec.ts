import { describe, expect, it } from 'vitest'
import { awaitPosition, positionsFor } from '../../services/console/src/api/positions.ts'

describe('[PL-17] What a read waits for', () => {
  it('is what this page commanded, once for each service that answers, and never longer than somebody would wait', () => {
    awaitPosition('activities/1/10', { now: 0 })
    awaitPosition('activities/1/8', { now: 0 })
    const first = positionsFor('/activities/x', 1_000)
    expect(first?.header).toBe('activities/1/10')
    first?.seen()
    expect(positionsFor('/activities/y', 1_000)).toBe(null)
    expect(positionsFor('/dashboards/fed', 59_000)?.header).toBe('activities/1/10')
    expect(positionsFor('/dashboards/fed', 61_000)).toBe(null)
  })

  it('is what others changed only while it is new: a page that is opened later does not wait for it', () => {
    awaitPosition('documents/2/5', { isOwn: false, now: 100_000 })
    expect(positionsFor('/documents', 101_000)?.header).toBe('documents/2/5')
    expect(positionsFor('/operations', 104_000)).toBe(null)
    awaitPosition('documents/2/6', { now: 105_000 })
    awaitPosition('documents/2/9', { isOwn: false, now: 105_000 })
    expect(positionsFor('/documents', 109_000)?.header).toBe('documents/2/6')
  })
})
