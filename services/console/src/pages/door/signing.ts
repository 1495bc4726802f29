import { get, type OwnKey, put, type Scan } from './store.ts'

const curve = { name: 'ECDSA', namedCurve: 'P-256' }

const base64url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/** This device's key in the hands of one person: made on the first use. */
export const ownKey = async (holder: string): Promise<OwnKey> => {
  const known = await get('keys', holder)
  if (known) return known
  const pair = await crypto.subtle.generateKey(curve, false, ['sign', 'verify'])
  const made = { holder, pair, publicKey: base64url(await crypto.subtle.exportKey('raw', pair.publicKey)) }
  await put('keys', made)
  return made
}

/** The text that the server checks the signature against, line by line. */
const textOf = ({ activity, person, at, id }: Pick<Scan, 'activity' | 'person' | 'at' | 'id'>): string =>
  ['collegium-door-scan/1', activity, person, at, id].join('\n')

/** A scan of now, signed. Throws where this person has no key on this device. */
export const signedScan = async (given: Pick<Scan, 'activity' | 'person' | 'at' | 'key' | 'holder'>): Promise<Scan> => {
  const { pair } = await ownKey(given.holder)
  const scan = { ...given, id: crypto.randomUUID() }
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, new TextEncoder().encode(textOf(scan)))
  return { ...scan, signature: base64url(signature), state: 'waiting' }
}
