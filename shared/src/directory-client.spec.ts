import { DirectoryClient, type DirectoryServer, DirectoryService } from '@collegium/proto/collegium/membership/v1/directory.ts'
import { afterEach, expect, it } from 'vitest'
import { emptySnapshot, type Snapshot } from './directory.ts'
import { type DirectoryReplica, watchDirectory } from './directory-client.ts'
import { answer, answerStream } from './grpc/answer.ts'
import { latest } from './grpc/latest.ts'
import { fromProto, toProto } from './grpc/snapshot.ts'
import { type Loopback, loopback } from './testing/loopback.ts'

const name = { en: 'East', zh: '东校区' }
const semester: Snapshot = {
  version: 1,
  units: [
    { id: 'pps', kind: 'federation', name, parent: null, level: null, timezone: 'Asia/Shanghai', dissolved: null },
    { id: 'east', kind: 'campus', name, parent: 'pps', level: null, timezone: 'Asia/Shanghai', dissolved: null },
    { id: 'old', kind: 'union', name, parent: 'east', level: 'college', timezone: 'Asia/Shanghai', dissolved: '2026-01-01T00:00:00.000Z' },
  ],
  holdings: [
    { id: 'h-1', person: 'p-1', kind: 'president', unit: 'east', from: '2026-09-01T00:00:00.000Z', until: null },
    { id: 'h-2', person: 'p-2', kind: 'officer', unit: 'old', from: '2025-09-01T00:00:00.000Z', until: '2026-01-01T00:00:00.000Z' },
  ],
  postKinds: [{ id: 'president', name, permissions: ['activities:*'] }],
  policies: [
    { name: 'notice-days', unit: 'pps', value: 0, version: 1, from: '2026-09-01T00:00:00.000Z' },
    { name: 'check-in', unit: 'pps', value: 'rotating-code', version: 2, from: '2026-09-01T00:00:00.000Z' },
    { name: 'waitlist', unit: 'east', value: false, version: 1, from: '2026-09-01T00:00:00.000Z' },
  ],
  terms: [{ id: 'autumn', name, from: '2026-09-01', to: '2027-01-15', timezone: 'Asia/Shanghai' }],
}

let kept = semester
let pushes = true
const listeners = new Set<() => void>()
const set = (next: Snapshot) => {
  kept = next
  if (pushes) for (const listener of listeners) listener()
}
const implementation: DirectoryServer = {
  current: answer(async () => ({ snapshot: toProto(kept) })),
  watch: answerStream((_, { signal }) => {
    const read = () => ({ snapshot: toProto(kept) })
    const onChange = (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
    return latest({ read, onChange, signal })
  }),
}
const answers = [{ definition: DirectoryService, implementation }]

let running: Loopback
let replica: DirectoryReplica
const start = async () => {
  kept = semester
  pushes = true
  running = await loopback(answers)
  replica = watchDirectory({ client: running.client(DirectoryClient, 'membership'), log: running.log })
  await replica.ready
}
afterEach(async () => {
  await replica.close()
  await running.stop()
  await expect.poll(() => listeners.size).toBe(0)
})
const changed = () =>
  new Promise<void>((resolve) => {
    const off = replica.onChange(() => {
      off()
      resolve()
    })
  })

it('the snapshot survives the wire: nulls, zero, false and both kinds of ends', async () => {
  await start()
  expect(replica.current().snapshot).toEqual(semester)
  expect(fromProto(toProto(emptySnapshot))).toEqual(emptySnapshot)
})

it('a change reaches the replica without asking', async () => {
  await start()
  const arrived = changed()
  set({ ...semester, version: 2, holdings: [] })
  await arrived
  expect(replica.current().snapshot).toMatchObject({ version: 2, holdings: [] })
})

it('[MB-02] fresh() sees a change that was not pushed yet', async () => {
  await start()
  pushes = false
  set({ ...semester, version: 2 })
  expect(replica.current().snapshot.version).toBe(1)
  expect((await replica.fresh()).snapshot.version).toBe(2)
  expect(replica.current().snapshot.version).toBe(2)
})

it('an older answer never replaces a newer one', async () => {
  await start()
  set({ ...semester, version: 5 })
  await replica.fresh()
  set({ ...semester, version: 4 })
  expect((await replica.fresh()).snapshot.version).toBe(5)
})

it('after membership restarts the watch is made anew and brings what changed meanwhile', async () => {
  await start()
  const { address } = running.server
  await running.server.close()
  kept = { ...semester, version: 9 }
  const arrived = changed()
  const again = await loopback(answers, { address })
  await arrived
  expect(replica.current().snapshot.version).toBe(9)
  expect(running.logged.map((line) => line.msg)).toEqual(['Lost the watch of the directory; working with what is known', 'Watching the directory again'])
  await replica.close()
  await again.stop()
})

it('with membership away fresh() answers within a second from what is known, and says so', async () => {
  await start()
  await running.server.close()
  const began = Date.now()
  expect((await replica.fresh()).snapshot).toEqual(semester)
  expect(Date.now() - began).toBeLessThan(5_000)
  expect(running.logged.map((line) => line.msg)).toContain('Membership did not answer; deciding by the directory as last known')
})
