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

/**
 * The order in which a partition brought positions. To go back and send again from there is legal, and a topic may begin anywhere; what was passed
 * over is a gap, or an inversion where it comes later.
 */
export const checkOrder = (partition: string, positions: readonly number[]): Finding[] => {
  const seen = new Set<number>()
  const passedOver = new Set<number>()
  const found: Finding[] = []
  let before: number | null = null
  for (const position of positions) {
    if (passedOver.delete(position)) found.push(finding('inversion', `${partition} brings position ${position} after what comes behind it`))
    for (let skipped = (before ?? position) + 1; skipped < position; skipped++) if (!seen.has(skipped)) passedOver.add(skipped)
    seen.add(position)
    before = position
  }
  return [...found, ...[...passedOver].map((position) => finding('gap', `${partition} never brought position ${position}`))]
}

/** What topics brought: nothing that history does not have, and the rest in order. */
export const checkTopics = async (kafka: Kafka, services: readonly string[], history: readonly Stored[]): Promise<Finding[]> => {
  const bytes = new Map(history.map((fact) => [placeOf(fact), fact.bytes]))
  const partitions = new Map<string, number[]>()
  const found: Finding[] = []
  for (const { topic, partition, offset, message } of await readTopics(kafka, services.map(topicOf))) {
    if (message.headers?.[injected] !== undefined) continue
    const text = String(message.value)
    const record = JSON.parse(text) as Stored['record'] & { service: string }
    const key = `${topic}/${partition}`
    const place = placeOf({ ...record, shard: partition })
    if (bytes.get(place) !== text)
      found.push(
        finding('ghost', `${key} offset ${offset} published ${record.id} as ${place}, which history ${bytes.has(place) ? 'has otherwise' : 'does not have'}`),
      )
    const positions = partitions.get(key) ?? []
    partitions.set(key, positions)
    positions.push(record.position)
  }
  return [...found, ...[...partitions].flatMap(([key, positions]) => checkOrder(key, positions))]
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
