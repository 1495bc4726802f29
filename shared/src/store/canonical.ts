/**
 * Canonical JSON (RFC 8785): keys in UTF-16 order, numbers and strings as ECMAScript writes them, no white space. The same value gives the
 * same bytes on every machine, so hashes hold. Throws for what JSON cannot say (NaN, functions); properties that are undefined are left out.
 */
export const canonical = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`JSON has no ${value}`)
      return JSON.stringify(value)
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? list(value) : record(value as Record<string, unknown>)
    default:
      throw new TypeError(`JSON has no ${typeof value}`)
  }
}

const list = (values: readonly unknown[]): string => {
  let text = '['
  for (let index = 0; index < values.length; index++) text += (index === 0 ? '' : ',') + canonical(values[index])
  return `${text}]`
}

const record = (values: Readonly<Record<string, unknown>>): string => {
  let text = '{'
  for (const key of Object.keys(values).sort()) {
    const value = values[key]
    if (value !== undefined) text += `${text.length === 1 ? '' : ','}${JSON.stringify(key)}:${canonical(value)}`
  }
  return `${text}}`
}
