const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The UTF-8 bytes of a text. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text)

/** The text of UTF-8 bytes. Throws a TypeError where they are none. */
export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes)

/** Base64 by RFC 4648 section 4, with padding. */
export const toBase64 = (bytes: Uint8Array): string => {
  let characters = ''
  for (let at = 0; at < bytes.length; at += 0x2000) characters += String.fromCharCode(...bytes.subarray(at, at + 0x2000))
  return btoa(characters)
}

/** The bytes of a base64 text, or null where it is not exactly what `toBase64` would write: one value has one text. */
export const fromBase64 = (text: string): Uint8Array | null => {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null
  const characters = atob(text)
  const bytes = new Uint8Array(characters.length)
  for (let at = 0; at < characters.length; at++) bytes[at] = characters.charCodeAt(at)
  // Only the last group can hold bits that are thrown away.
  return text.endsWith('=') && btoa(characters.slice(Math.floor((characters.length - 1) / 3) * 3)) !== text.slice(-4) ? null : bytes
}

/** The 32 bytes of a digest in base64, or null. */
export const digestOf = (text: string): Uint8Array | null => {
  const bytes = fromBase64(text)
  return bytes?.length === 32 ? bytes : null
}

/** Lowercase hexadecimal. */
export const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Whether two byte strings are the same. Everything compared here is public, so it need not take constant time. */
export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean => {
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false
  return true
}

/** All parts, one behind the other. */
export const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** A whole number in ASCII decimals without leading zeros, up to 2^53 − 1, or null. */
export const decimalOf = (text: string): number | null => {
  if (!/^(0|[1-9]\d{0,15})$/.test(text)) return null
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : null
}
