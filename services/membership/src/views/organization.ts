import type { Recorded } from '@collegium/shared/aggregate.ts'
import { add, patch, put, type RowOperation, view, when } from '@collegium/shared/view.ts'
import * as facts from '../events.ts'

/** Everything the directory snapshot is made of, and the tree's past: names and charters are kept from when to when they held. */

/** Counts the changes of each shard: their sum is the version of the snapshot, which grows and survives restarts. */
const changed = (event: Recorded): RowOperation => add('revision', { shard: event.shard }, { changes: 1 })

const since = (event: Recorded, founded: string | null): string => (founded === null ? event.occurred : `${founded}T00:00:00.000Z`)

export const organization = view({
  name: 'organization',
  version: 1,
  tables: {
    unit: {
      columns: {
        unit: 'text',
        kind: 'text',
        name: 'jsonb',
        parent: 'text',
        level: 'text',
        union_kind: 'text',
        timezone: 'text',
        template: 'text',
        since: 'text',
        gone: 'text',
        merged_into: 'text',
      },
      key: ['unit'],
    },
    unit_name: { columns: { unit: 'text', since: 'text', name: 'jsonb' }, key: ['unit', 'since'] },
    charter: { columns: { unit: 'text', since: 'text', duties: 'jsonb' }, key: ['unit', 'since'] },
    post_kind: { columns: { kind: 'text', name: 'jsonb', permissions: 'jsonb' }, key: ['kind'] },
    holding: {
      columns: { holding: 'text', person: 'text', kind: 'text', unit: 'text', since: 'text', until: 'text', citation: 'text' },
      key: ['holding'],
      indexes: ['(unit)', '(person)'],
    },
    policy: {
      columns: { unit: 'text', name: 'text', version: 'int', value: 'jsonb', tighter: 'text', since: 'text' },
      key: ['unit', 'name', 'version'],
    },
    term: { columns: { term: 'text', name: 'jsonb', first: 'text', last: 'text', timezone: 'text' }, key: ['term'] },
    revision: { columns: { shard: 'int', changes: 'bigint' }, key: ['shard'] },
  },
  on: [
    when(facts.unitCreated, (event) => {
      const { unit, kind, name, parent, level, unionKind, timezone, template, founded, duties } = event.data
      const start = since(event, founded)
      return [
        put('unit', { unit, kind, name, parent, level, union_kind: unionKind, timezone, template, since: start, gone: null, merged_into: null }),
        put('unit_name', { unit, since: start, name }),
        put('charter', { unit, since: start, duties }),
        changed(event),
      ]
    }),
    when(facts.unitRenamed, (event) => [
      patch('unit', { unit: event.data.unit }, { name: event.data.name }),
      put('unit_name', { unit: event.data.unit, since: event.occurred, name: event.data.name }),
      changed(event),
    ]),
    when(facts.charterChanged, (event) => [put('charter', { unit: event.data.unit, since: event.occurred, duties: event.data.duties })]),
    when(facts.unitMerged, (event) => [patch('unit', { unit: event.data.unit }, { gone: event.occurred, merged_into: event.data.into }), changed(event)]),
    when(facts.unitDissolved, (event) => [patch('unit', { unit: event.data.unit }, { gone: event.occurred }), changed(event)]),
    when(facts.postKindDefined, (event) => {
      const { kind, name, permissions } = event.data
      return [put('post_kind', { kind, name, permissions }), changed(event)]
    }),
    when(facts.policySet, (event) => {
      const { unit, name, version, value, tighter, from } = event.data
      return [put('policy', { unit, name, version, value, tighter, since: from }), changed(event)]
    }),
    when(facts.termDefined, (event) => {
      const { term, name, from, to, timezone } = event.data
      return [put('term', { term, name, first: from, last: to, timezone }), changed(event)]
    }),
    when(facts.postTaken, (event) => {
      const { holding, person, kind, unit, from, until, citation } = event.data
      return [put('holding', { holding, person, kind, unit, since: from, until, citation }), changed(event)]
    }),
    when(facts.postLeft, (event) => [patch('holding', { holding: event.data.holding }, { until: event.data.until }), changed(event)]),
  ],
})
