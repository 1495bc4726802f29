import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { EventDefinition } from '../aggregate.ts'
import { closed, isPersonal } from '../schema.ts'
import { schemaVersionOf } from './record.ts'

/** A fact that does not fit its own schema: a defect of the deciding code, never of a client. */
export class MisshapenEvent extends Error {}

export type Shape = {
  /** The fields to seal. */
  readonly personal: readonly string[]
  /** Throws MisshapenEvent; names the faults, never the values. */
  readonly check: (data: unknown) => void
}

/** Prepares the check of an event's data. Throws for a definition whose personal texts could not be sealed. */
export const shapeOf = ({ type, schema }: EventDefinition): Shape => {
  schemaVersionOf(type)
  const properties = schema.properties as Record<string, TSchema>
  const fields = Object.keys(properties)
  const personal = fields.filter((name) => isPersonal(properties[name] as TSchema))
  if (personal.length > 0 && !('person' in properties)) throw new Error(`${type} has personal texts, but no field "person" tells whose`)
  for (const name of fields) {
    if (!personal.includes(name) && hidesPersonal(properties[name]))
      throw new Error(`${type}: only a field of the data itself can be personal, not one inside ${name}`)
    if ('sealed' in ((properties[name] as { properties?: object }).properties ?? {})) throw new Error(`${type}: ${name}.sealed would read like a sealed text`)
  }
  const checker = Compile(closed(schema))
  return {
    personal,
    check: (data) => {
      if (!checker.Check(data))
        throw new MisshapenEvent(`${type}: ${[...checker.Errors(data)].map((error) => `${error.instancePath} ${error.message}`).join('; ')}`)
    },
  }
}

const hidesPersonal = (schema: unknown): boolean =>
  typeof schema === 'object' && schema !== null && (isPersonal(schema as TSchema) || Object.values(schema).some(hidesPersonal))
