import type { Kafka } from 'kafkajs'
import { topicOf } from '../../shared/src/log/cloud-event.ts'
import { injected } from './deliveries.ts'
import { type Finding, finding } from './finding.ts'
import { placeOf, type Stored } from './history.ts'
import { readTopics } from './kafka.ts'

/** History itself: positions of a shard and versions of a stream are dense and in one order, and every record says where it stands. */
export const checkHistory = (history: readonly Stored[]): Finding[] => {
  const positions = new Map<string, number>()
  const versions = new Map<string, number>()
  const found: Finding[] = []
  for (const fact of history) {
    const [source, stream] = [`${fact.service}/${fact.shard}`, `${fact.service} ${fact.stream}`]
    const [position, version] = [(positions.get(source) ?? 0) + 1, (versions.get(stream) ?? 0) + 1]
    if (fact.position !== position) found.push(finding('gap', `${source} goes from ${position - 1} to ${fact.position}`))
    if (fact.version > version) found.push(finding('gap', `${stream} goes from version ${version - 1} to ${fact.version} at ${placeOf(fact)}`))
    if (fact.version < version) found.push(finding('inversion', `${stream} has version ${fact.version} after ${version - 1} at ${placeOf(fact)}`))
    const { record } = fact
    if (record.position !== fact.position || record.version !== fact.version || record.stream !== fact.stream || record.shard !== fact.shard)
      found.push(finding('gap', `${placeOf(fact)} says of itself that it is ${record.stream} version ${record.version} at ${record.position}`))
    positions.set(source, fact.position)
    versions.set(stream, Math.max(version, fact.version))
  }
  return found
}

/** What a topic brought, in the order in which it came: nothing that history does not have, nothing left out, and nothing for the first time after a later one. */
export const checkTopics = async (kafka: Kafka, services: readonly string[], history: readonly Stored[]): Promise<Finding[]> => {
  const bytes = new Map(history.map((fact) => [placeOf(fact), fact.bytes]))
  const partitions = new Map<string, { readonly seen: Set<number>; first: number; last: number }>()
  const found: Finding[] = []
  for (const { topic, partition, offset, message } of await readTopics(kafka, services.map(topicOf))) {
    if (message.headers?.[injected] !== undefined) continue
    const text = String(message.value)
    const record = JSON.parse(text) as Stored['record'] & { service: string }
    const at = `${topic}/${partition} offset ${offset}`
    const place = placeOf({ ...record, shard: partition })
    if (bytes.get(place) !== text)
      found.push(finding('ghost', `${at} published ${record.id} as ${place}, which history ${bytes.has(place) ? 'has otherwise' : 'does not have'}`))
    const key = `${topic}/${partition}`
    const known = partitions.get(key) ?? { seen: new Set(), first: record.position, last: record.position }
    partitions.set(key, known)
    // What comes again is legal, and so is a topic that begins late; what was passed over and comes then is not.
    if (record.position < known.last && record.position > known.first && !known.seen.has(record.position))
      found.push(finding('inversion', `${at} brings ${place} only after position ${known.last}`))
    known.seen.add(record.position)
    known.first = Math.min(known.first, record.position)
    known.last = Math.max(known.last, record.position)
  }
  for (const [key, { seen, first, last }] of partitions)
    for (let position = first; position <= last; position++) if (!seen.has(position)) found.push(finding('gap', `${key} never brought position ${position}`))
  return found
}

/** What one reader of everything has (the trail), against history: each fact, once, in its bytes. */
export const checkTrail = (entries: readonly { readonly place: string; readonly record: string }[], history: readonly Stored[]): Finding[] => {
  const had = new Map(entries.map(({ place, record }) => [place, record]))
  const owned = new Map(history.map((fact) => [placeOf(fact), fact]))
  return [
    ...[...owned].flatMap(([place, fact]) => {
      const record = had.get(place)
      if (record === undefined) return [finding('delivery', `${place} (${fact.type}) did not reach the trail`)]
      return record === fact.bytes ? [] : [finding('ghost', `the trail holds something else at ${place} than history: ${record.slice(0, 200)}`)]
    }),
    ...[...had].flatMap(([place, record]) =>
      owned.has(place) ? [] : [finding('ghost', `the trail holds ${place}, which is no fact: ${record.slice(0, 200)}`)],
    ),
  ]
}
