import { idFrom } from '@collegium/shared/ids.ts'
import { type OwnCommand, run } from '@collegium/shared/reaction.ts'
import { appointment } from '../appointment.ts'
import { endOfDay, startOfDay } from '../day.ts'
import { enterOffice } from '../holding.ts'
import { person, registerPerson } from '../person.ts'
import { policy, setPolicy } from '../policy.ts'
import { definePostKind, postKind } from '../post-kind.ts'
import { defineTerm, term } from '../term.ts'
import { createUnit, unit } from '../unit.ts'
import { policyOf } from './check-organization.ts'
import type { File } from './file.ts'
import { type Outlined, outline, zoneOf } from './outline.ts'

/** A sound file as own commands, in steps: what stands in one step needs only what stood before it, so a step's commands may run together. */
export type Step = { readonly section: string; readonly commands: readonly { readonly key: string; readonly command: OwnCommand }[] }

export const stepsOf = (file: File, occurred: string): Step[] => {
  const units = outline(file)
  const root = file.federation.id
  const zone = zoneOf(file)
  const more = { occurred }
  return [
    ...levels(units).map((level) => ({ section: 'units', commands: level.map((each) => ({ key: each.unit, command: unitCommand(each, more) })) })),
    {
      section: 'post-kinds',
      commands: (file['post-kinds'] ?? []).map(({ id, name, permissions }) => ({
        key: id,
        command: run(postKind, definePostKind, null, { kind: id, unit: root, name, permissions }, more),
      })),
    },
    {
      section: 'terms',
      commands: (file.terms ?? []).map(({ id, name, from, to, timezone }) => ({
        key: id,
        command: run(term, defineTerm, null, { term: id, unit: root, name, from, to, timezone: timezone ?? zone }, more),
      })),
    },
    { section: 'policies', commands: policyCommands(root, root, file.policies ?? {}, more) },
    { section: 'policies', commands: (file.campuses ?? []).flatMap((campus) => policyCommands(campus.id, root, campus.policies ?? {}, more)) },
    {
      section: 'people',
      commands: (file.people ?? []).map(({ id, name, number, campus, college }) => ({
        key: id,
        command: run(person, registerPerson, null, { person: id, name, number, campus, ...(college === undefined ? {} : { college }) }, more),
      })),
    },
    { section: 'offices', commands: (file.offices ?? []).map((office) => officeCommand(office, zone, more)) },
  ]
}

/** What a file brings, by section. */
export const countsOf = (steps: readonly Step[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { section, commands } of steps) counts[section] = (counts[section] ?? 0) + commands.length
  return counts
}

/** The tree by depth. */
const levels = (units: readonly Outlined[]): Outlined[][] => {
  const depths = new Map<string | null, number>([[null, -1]])
  for (const each of units) depths.set(each.unit, (depths.get(each.parent) ?? 0) + 1)
  return [...Map.groupBy(units, (each) => depths.get(each.unit) ?? 0).entries()].sort(([a], [b]) => a - b).map(([, level]) => level)
}

type More = { occurred: string }

const unitCommand = ({ unit: id, kind, name, parent, level, unionKind, timezone, duties, template, founded }: Outlined, more: More): OwnCommand => {
  const given = { parent, level, unionKind, template, founded }
  const stated = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null))
  return run(unit, createUnit, null, { unit: id, kind, name, timezone, duties: [...duties], ...stated }, more)
}

/** A direction is the federation's to say; a campus has it from there. */
const policyCommands = (unitId: string, root: string, policies: NonNullable<File['policies']>, more: More) =>
  Object.entries(policies).flatMap(([name, entry]) => {
    const stated = policyOf(name, entry)
    if (stated === null) return []
    const direction = unitId === root ? { tighter: stated.tighter } : {}
    return [{ key: `${unitId}:${name}`, command: run(policy, setPolicy, null, { name, unit: unitId, value: stated.value, ...direction }, more) }]
  })

const officeCommand = ({ person: who, post, unit: where, from, until, citation }: NonNullable<File['offices']>[number], zone: string, more: More) => {
  // The same office in next semester's file is the same holding.
  const id = idFrom('office', who, post, where, from)
  const held = {
    from: startOfDay(from, zone),
    ...(until === undefined ? {} : { until: after(endOfDay(until, zone)) }),
    ...(citation === undefined ? {} : { citation }),
  }
  return { key: id, command: run(appointment, enterOffice, id, { person: who, kind: post, unit: where, ...held }, more) }
}

const after = (moment: string): string => new Date(Date.parse(moment) + 1).toISOString()
