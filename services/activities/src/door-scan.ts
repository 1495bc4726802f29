import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'

/** What a device saw: a student's own code, at a moment of its clock. `scan` is the number that the device gave it. */
export type DoorScan = { readonly activity: string; readonly person: string; readonly at: string; readonly scan: string }

/** The text that the device signs: a line each, so that no two scans have the same. */
export const signedText = ({ activity, person, at, scan }: DoorScan): string => ['collegium-door-scan/1', activity, person, at, scan].join('\n')

/** The id under which a device's key is registered for an activity's door. */
export const doorKeyId = (activity: string, key: string): string => createHash('sha256').update(`${activity}\n${key}`).digest('hex').slice(0, 40)

const pointBytes = 65

/** The public key of a device: a point on P-256, uncompressed, as base64url. Null where the text is none. */
export const publicKeyOf = (key: string): KeyObject | null => {
  const point = Buffer.from(key, 'base64url')
  if (point.length !== pointBytes || point[0] !== 4 || point.toString('base64url') !== key) return null
  try {
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'))
    return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: x as string, y: y as string } })
  } catch {
    return null
  }
}

/** Did this key sign this scan? `signature` is what WebCrypto's ECDSA with SHA-256 gives, as base64url. */
export const isSignedBy = (key: string, scan: DoorScan, signature: string): boolean => {
  const known = publicKeyOf(key)
  return known !== null && verify('sha256', Buffer.from(signedText(scan)), { key: known, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
}
