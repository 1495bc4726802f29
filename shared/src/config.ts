import { readFileSync } from 'node:fs'
import { type Static, type TObject, type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'

/**
 * Reads the environment once by one schema: `COLLEGIUM_HTTP_PORT` fills the property of that name. A value may also stand in a file that
 * `<NAME>_FILE` points to. Throws one error that lists every fault at once: the name, what is allowed, what came (secrets are not shown).
 */
export const readConfig = <S extends TObject>(schema: S, environment: Readonly<Record<string, string | undefined>> = process.env): Static<S> => {
  const faults: string[] = []
  const found: Record<string, unknown> = {}
  for (const name of Object.keys(schema.properties)) {
    const file = environment[`${name}_FILE`]
    try {
      const text = file === undefined ? environment[name] : readFileSync(file, 'utf8').trim()
      if (text !== undefined && text !== '') found[name] = Value.Convert(schema.properties[name] as TSchema, text)
    } catch (cause) {
      faults.push(`${name}_FILE: cannot read ${file}: ${(cause as Error).message}`)
    }
  }
  const config = Value.Default(schema, found)
  const checker = Compile(schema)
  if (!checker.Check(config)) {
    for (const error of checker.Errors(config)) {
      const name = error.keyword === 'required' ? (error.params as { requiredProperties: string[] }).requiredProperties.join(', ') : error.instancePath.slice(1)
      const secret = (schema.properties[name] as { secret?: boolean } | undefined)?.secret === true
      faults.push(`${name}: ${error.message}${name in found && !secret ? `, got ${JSON.stringify(found[name])}` : ''}`)
    }
  }
  if (faults.length > 0) throw new ConfigFault(faults)
  return config as Static<S>
}

export class ConfigFault extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`The environment has ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.faults = faults
  }
}

/** A value that never shows in a message. */
export const Secret = () => Type.String({ minLength: 1, secret: true })
