/** What the console knows of the API, written from the OpenAPI document: types, the commands' addresses, and the schemas that forms are made of. */

type Schema = {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
}
type Content = { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }
type Operation = {
  readonly operationId?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: Schema }[]
  readonly requestBody?: Content
  readonly responses?: Readonly<Record<string, Content>>
  readonly 'x-permission'?: string
}
type Document = { readonly paths?: Readonly<Record<string, Readonly<Record<string, unknown>>>> }
type Named = { readonly path: string; readonly method: string; readonly operation: Operation; readonly name: string; readonly service: string }

const json = (content: Content | undefined): Schema | undefined => content?.content?.['application/json']?.schema

/** The files below services/console/src/api/generated, by name. */
export const consoleFiles = (document: Document): Record<string, string> => {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item).map(([method, each]): Named => {
      const operation = each as Operation
      return { path, method, operation, name: operation.operationId ?? `${method} ${path}`, service: operation.tags?.[0] ?? '' }
    }),
  )
  const reads = operations.filter(({ method, operation }) => method === 'get' && json(operation.responses?.[200]))
  const commands = operations.filter(({ method }) => method !== 'get').toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const forms = Map.groupBy(
    commands.filter(({ operation }) => json(operation.requestBody)),
    ({ service }) => service,
  )
  return {
    'schema.ts': schemaText(reads, commands),
    'commands.ts': commandsText(commands),
    ...Object.fromEntries(
      [...forms].map(([service, all]) => [
        `forms/${service}.json`,
        `${JSON.stringify(Object.fromEntries(all.map(({ name, operation }) => [name, json(operation.requestBody)])), null, 2)}\n`,
      ]),
    ),
  }
}

const generated = '// Generated from the API by `npm run docs`; do not edit.\n'

const schemaText = (reads: readonly Named[], commands: readonly Named[]): string =>
  `${generated}
/** What may be read, by its path below /api/v1. */
export type Reads = {
${reads.map(({ path, operation }) => `  ${JSON.stringify(path)}: { ${parts(operation)}answer: ${typeOf(json(operation.responses?.[200]), '  ')} }`).join('\n')}
}

/** What may be commanded, by name. */
export type Commands = {
${commands.map(({ name, operation }) => `  ${keyOf(name)}: { ${parts(operation)}body: ${typeOf(json(operation.requestBody), '  ', 'undefined')}; answer: ${typeOf(json(operation.responses?.[200]) ?? json(operation.responses?.[201]), '  ', 'null')} }`).join('\n')}
}
`

const commandsText = (commands: readonly Named[]): string =>
  `${generated}
/** Where each command goes, whose it is, and which permission it needs. */
export const commands = {
${commands
  .map(
    ({ name, method, path, service, operation }) =>
      `  ${keyOf(name)}: { method: '${method.toUpperCase()}', path: '${path}', service: '${service}', permission: '${operation['x-permission'] ?? ''}' },`,
  )
  .join('\n')}
} as const
`

const parts = (operation: Operation): string =>
  (['path', 'query'] as const)
    .map((place) => {
      const all = (operation.parameters ?? []).filter((each) => each.in === place)
      const fields = all.map(({ name, required, schema }) => `${keyOf(name)}${required && !('default' in schema) ? '' : '?'}: ${typeOf(schema, '  ')}`)
      return `${place}: { ${fields.join('; ')} }; `
    })
    .join('')
    .replaceAll('{  }', 'Record<never, never>')

const keyOf = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name))

const typeOf = (schema: Schema | undefined, indent: string, absent = 'unknown'): string => {
  if (schema === undefined) return absent
  if ('const' in schema) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(' | ')
  if (schema.anyOf) return [...new Set(schema.anyOf.map((each) => typeOf(each, indent)))].join(' | ')
  if (Array.isArray(schema.type)) return schema.type.map((type: string) => typeOf({ ...schema, type }, indent)).join(' | ')
  switch (schema.type) {
    case 'object':
      return objectOf(schema, indent)
    case 'array':
      return `readonly (${typeOf(schema.items, indent)})[]`
    case 'integer':
      return 'number'
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return schema.type
    default:
      return 'unknown'
  }
}

const objectOf = ({ properties = {}, required = [], additionalProperties, patternProperties }: Schema, indent: string): string => {
  const inner = `${indent}  `
  const values = Object.values(patternProperties ?? {})[0] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
  if (values !== undefined) return `{ readonly [key: string]: ${typeOf(values, inner)} }`
  const fields = Object.entries(properties).map(
    ([name, schema]) => `${inner}readonly ${keyOf(name)}${required.includes(name) && !('default' in schema) ? '' : '?'}: ${typeOf(schema, inner)}\n`,
  )
  if (fields.length === 0) return additionalProperties === true ? '{ readonly [key: string]: unknown }' : 'Record<never, never>'
  return `{\n${fields.join('')}${indent}}`
}
