/** What JSON must escape (and some more that it need not), and surrogates that stand alone. */
const special = /["\\\p{Cc}\p{Cs}]/u

/** A JSON string by RFC 8785. Throws for a lone surrogate: it has no bytes in UTF-8. */
export const quote = (text: string): string => {
  if (!special.test(text)) return `"${text}"`
  if (!text.isWellFormed()) throw new TypeError('A text with half a surrogate pair has no canonical form')
  return JSON.stringify(text)
}

/**
 * Canonical JSON by RFC 8785: keys in UTF-16 order, numbers and strings as ECMAScript writes them, no spaces. Properties that are undefined
 * are left out. Throws a TypeError for what JSON cannot hold (NaN, infinities, bigints, functions, dates, undefined in a list).
 */
export const canonical = (value: unknown): string => {
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical form`)
    // -0 is written as 0.
    return `${value}`
  }
  if (value === null || value === true || value === false) return `${value}`
  if (Array.isArray(value)) return list(value)
  if (typeof value === 'object' && !('toJSON' in value)) return object(value as Readonly<Record<string, unknown>>)
  throw new TypeError(`A ${typeof value} has no canonical form`)
}

const list = (values: readonly unknown[]): string => {
  let text = '['
  for (let index = 0; index < values.length; index++) text += index === 0 ? canonical(values[index]) : `,${canonical(values[index])}`
  return `${text}]`
}

const object = (value: Readonly<Record<string, unknown>>): string => {
  let text = '{'
  for (const key of Object.keys(value).sort()) {
    const property = value[key]
    if (property !== undefined) text += `${text === '{' ? '' : ','}${quote(key)}:${canonical(property)}`
  }
  return `${text}}`
}
