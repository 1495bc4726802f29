import { fill } from './rejection.ts'

/** One fault of an input: where (a JSON pointer), which rule, what was allowed, what came. */
export type InputFault = { readonly pointer: string; readonly rule: string; readonly detail: string; readonly allowed?: unknown; readonly got?: unknown }

/** What ajv tells of one failed rule; `verbose` adds the value and the schema around the rule. */
export type SchemaError = {
  readonly instancePath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, any>>
  readonly message?: string
  readonly data?: unknown
  readonly parentSchema?: Readonly<Record<string, any>>
}

/** Translates ajv's errors into what a person or a program can act on. Values of fields marked `secret` never come back. */
export const faultsOf = (errors: readonly SchemaError[], language: 'en' | 'zh'): InputFault[] =>
  errors.slice(0, 50).map((error) => {
    const allowed = allowedBy(error)
    const got = isTellable(error) ? shortened(error.data) : undefined
    const words = wordings[error.keyword] ?? fallback
    return {
      pointer: pointerOf(error),
      rule: error.keyword,
      detail: fill(words[language], { allowed: shown(allowed), message: error.message ?? error.keyword, name: nameOf(error) }),
      ...(allowed === undefined ? {} : { allowed }),
      ...(got === undefined ? {} : { got }),
    }
  })

/** A single value may be told back; an object may hold a secret in another field. */
const isTellable = ({ data, parentSchema }: SchemaError): boolean =>
  data !== undefined && (data === null || typeof data !== 'object') && parentSchema?.secret !== true

const nameOf = ({ params }: SchemaError): string => String(params.missingProperty ?? params.additionalProperty ?? params.propertyName ?? '')

/** Points at the field itself, also where ajv points at the object that lacks it or has it too much. */
const pointerOf = (error: SchemaError): string => {
  const name = nameOf(error)
  return name === '' ? error.instancePath : `${error.instancePath}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

const allowedBy = ({ keyword, params, parentSchema }: SchemaError): unknown => {
  if (keyword === 'enum') return params.allowedValues
  if (keyword === 'const') return params.allowedValue
  if (keyword === 'additionalProperties') return Object.keys(parentSchema?.properties ?? {})
  return params.limit ?? params.type ?? params.pattern ?? params.format
}

const shown = (value: unknown): string => (Array.isArray(value) ? value.map(String).join(', ') : String(value ?? ''))

const shortened = (value: unknown): unknown => {
  const text = JSON.stringify(value) ?? ''
  return text.length <= 200 ? value : `${text.slice(0, 200)}…`
}

const fallback = { en: 'Not valid: {message}.', zh: '无效：{message}。' }
const wordings: Record<string, { en: string; zh: string }> = {
  required: { en: '{name} is missing.', zh: '缺少 {name}。' },
  additionalProperties: { en: '{name} is not a known field; known are: {allowed}.', zh: '未知字段 {name}；可用字段：{allowed}。' },
  type: { en: 'Must be of type {allowed}.', zh: '类型必须为 {allowed}。' },
  enum: { en: 'Must be one of: {allowed}.', zh: '必须是以下之一：{allowed}。' },
  const: { en: 'Must be {allowed}.', zh: '必须为 {allowed}。' },
  pattern: { en: 'Must match the pattern {allowed}.', zh: '必须符合格式 {allowed}。' },
  format: { en: 'Must be written as a {allowed}.', zh: '必须为 {allowed} 格式。' },
  minLength: { en: 'Must have at least {allowed} characters.', zh: '至少需要 {allowed} 个字符。' },
  maxLength: { en: 'Must have at most {allowed} characters.', zh: '最多 {allowed} 个字符。' },
  minimum: { en: 'Must be at least {allowed}.', zh: '不得小于 {allowed}。' },
  maximum: { en: 'Must be at most {allowed}.', zh: '不得大于 {allowed}。' },
  minItems: { en: 'Must have at least {allowed} entries.', zh: '至少需要 {allowed} 项。' },
  maxItems: { en: 'Must have at most {allowed} entries.', zh: '最多 {allowed} 项。' },
  uniqueItems: { en: 'Must not name the same entry twice.', zh: '条目不得重复。' },
}
