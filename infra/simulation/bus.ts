import type { Kept, Log, Sink, Slice, Source, Subscriber } from '../../shared/src/log.ts'
import { decodeRecord } from '../../shared/src/store/record.ts'
import type { Random } from '../sample/random.ts'
import type { Weather } from './faults.ts'
import type { Owner, Scheduler } from './scheduler.ts'

type Partition = { readonly source: Source; first: number; readonly records: string[]; readonly kept: Set<number>; readonly wakers: Set<() => void> }
type Member = { readonly owner: Owner; readonly subscriber: Subscriber; readonly starts: Map<string, number>; isOpen: boolean }
type Group = { readonly members: Set<Member>; readonly committed: Map<string, number>; generation: number }

const keyOf = ({ service, shard }: Source): string => `${service}/${shard}`
const unreachable = (): Error => Object.assign(new Error('The brokers do not answer'), { code: 'ETIMEDOUT' })

/**
 * What stands for Kafka: a partition a shard, groups whose partitions are divided anew when a member comes, goes, or for no reason. Keeps what
 * a broker promises (what is kept is kept in the order of its sends) and no more: sends fail after they were kept, partitions run apart,
 * deliveries come late and again from before, and what is old is forgotten.
 */
export const simulatedBus = (services: readonly string[], shards: number, scheduler: Scheduler, random: Random, weather: Weather) => {
  const partitions = new Map<string, Partition>()
  for (const service of services)
    for (let shard = 0; shard < shards; shard++)
      partitions.set(`${service}/${shard}`, { source: { service, shard }, first: 0, records: [], kept: new Set(), wakers: new Set() })
  const groups = new Map<string, Group>()
  const groupOf = (name: string): Group => {
    if (!groups.has(name)) groups.set(name, { members: new Set(), committed: new Map(), generation: 0 })
    return groups.get(name) as Group
  }
  const wake = (partition: Partition): void => {
    for (const waker of [...partition.wakers]) waker()
  }
  const lagMs = (): number => (random.share() < weather.slow * 5 ? 200 + random.below(3_000) : 1 + random.share() * 25)

  const rebalance = (group: Group): void => {
    group.generation += 1
    const members = random.shuffled([...group.members].filter((member) => member.isOpen && member.owner.isAlive))
    let next = 0
    for (const partition of partitions.values()) {
      wake(partition)
      const able = members.filter((member) => member.subscriber.services.includes(partition.source.service))
      const member = able[next++ % able.length]
      if (!member) continue
      const { generation } = group
      scheduler.as(member.owner, () => void scheduler.pause(lagMs() * 3).then(() => follow(group, member, partition, generation)))
    }
  }

  const follow = async (group: Group, member: Member, partition: Partition, generation: number): Promise<void> => {
    const { source } = partition
    const key = keyOf(source)
    const { subscriber, starts } = member
    const isMine = (): boolean => member.isOpen && group.generation === generation
    if (!starts.has(key)) starts.set(key, subscriber.from(source))
    let offset = group.committed.get(key) ?? 0
    const handed: { readonly offset: number; readonly position: number }[] = []
    while (isMine()) {
      const kept = (subscriber.kept ?? subscriber.from)(source)
      while (handed[0] && handed[0].position <= kept) group.committed.set(key, (handed.shift() as { offset: number }).offset)
      offset = Math.max(offset, partition.first)
      if (random.share() < weather.again) offset = Math.max(partition.first, offset - 1 - random.below(8))
      const taken = partition.records.slice(offset - partition.first, offset - partition.first + 1 + random.below(30))
      if (taken.length === 0) {
        await new Promise<void>((resolve) => {
          const waker = (): void => {
            partition.wakers.delete(waker)
            // Heard by whoever waited, in its own process.
            scheduler.after(lagMs(), member.owner, resolve)
          }
          partition.wakers.add(waker)
        })
        continue
      }
      await scheduler.pause(lagMs())
      const events = taken.map(decodeRecord).filter((event) => event.position > (starts.get(key) as number))
      if (events.length > 0 && !(await hand(subscriber, { ...source, events }, isMine))) return
      offset += taken.length
      handed.push({ offset, position: events.at(-1)?.position ?? 0 })
    }
  }
  const hand = async (subscriber: Subscriber, slice: Slice, isMine: () => boolean): Promise<boolean> => {
    while (isMine()) {
      try {
        await subscriber.handle(slice)
        return true
      } catch {
        await scheduler.pause(200)
      }
    }
    return false
  }

  const keep = (source: Source, records: readonly Kept[]): void => {
    const partition = partitions.get(keyOf(source)) as Partition
    partition.records.push(...records.map(({ bytes }) => bytes))
    for (const { position } of records) partition.kept.add(position)
    wake(partition)
  }

  return {
    /** What a relay writes to. */
    sinkOf: (owner: Owner): Sink => ({
      publish: async (source, records) => {
        const failure = random.share() < weather.unsent ? random.pick(['before', 'after', 'later'] as const) : null
        await scheduler.pause(lagMs())
        if (failure === 'before') throw unreachable()
        // A send that its sender gave up may still arrive, behind what was sent after it.
        if (failure === 'later') {
          scheduler.after(lagMs() * 20, null, () => keep(source, records))
          throw unreachable()
        }
        // A process that ended meanwhile has not sent it.
        if (!owner.isAlive) return
        keep(source, records)
        if (failure === 'after') throw unreachable()
        await scheduler.pause(1 + random.share() * 5)
      },
      close: async () => {},
    }),
    /** What a process of a group reads. */
    logOf: (owner: Owner, owners: Pick<Log, 'replay' | 'heads'>): Log => ({
      subscribe: async (subscriber) => {
        const group = groupOf(subscriber.group)
        const member: Member = { owner, subscriber, starts: new Map(), isOpen: true }
        group.members.add(member)
        rebalance(group)
        return {
          close: async () => {
            member.isOpen = false
            group.members.delete(member)
            rebalance(group)
          },
        }
      },
      ...owners,
      close: async () => {},
    }),
    /** Was this fact ever handed on? */
    hasKept: (source: Source, position: number): boolean => partitions.get(keyOf(source))?.kept.has(position) ?? false,
    /** The groups have noticed that a process is gone. */
    forgetMember: (owner: Owner): void => {
      for (const group of groups.values())
        for (const member of group.members)
          if (member.owner === owner) {
            group.members.delete(member)
            rebalance(group)
          }
    },
    /** Divides the partitions of some group anew. */
    rebalanceAny: (): void => {
      if (groups.size > 0) rebalance(random.pick([...groups.values()]))
    },
    /** Forgets the older records of some partition, all of them perhaps, whether everybody has read them or not. */
    forgetOld: (): void => {
      const partition = random.pick([...partitions.values()])
      const gone = random.below(partition.records.length + 1)
      partition.records.splice(0, gone)
      partition.first += gone
    },
  }
}

export type SimulatedBus = ReturnType<typeof simulatedBus>
