import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign, verify } from 'node:crypto'

// The fixed heads of DER around the 32 bytes of an Ed25519 key (RFC 8410).
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const spki = Buffer.from('302a300506032b6570032100', 'hex')

const derOf = (head: Buffer, key: Uint8Array): Buffer => {
  if (key.length !== 32) throw new RangeError(`An Ed25519 key has 32 bytes, not ${key.length}`)
  return Buffer.concat([head, key])
}

/** A key pair that signs: Ed25519 by RFC 8032. */
export type KeyPair = { readonly publicKey: Uint8Array; readonly sign: (message: Uint8Array) => Uint8Array }

/** A new private key: 32 random bytes. */
export const newSeed = (): Uint8Array => randomBytes(32)

/** The pair of a private key of 32 bytes. Throws a RangeError for another length. */
export const keyPairOf = (seed: Uint8Array): KeyPair => {
  const key = createPrivateKey({ key: derOf(pkcs8, seed), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(spki.length)
  return { publicKey, sign: (message) => sign(null, message, key) }
}

/** Signs like the pair of this private key, on another thread: for who signs so often that others would wait. */
export const signingAside = (seed: Uint8Array): ((message: Uint8Array) => Promise<Uint8Array>) => {
  const key = createPrivateKey({ key: derOf(pkcs8, seed), format: 'der', type: 'pkcs8' })
  return (message) => new Promise((resolve, reject) => sign(null, message, key, (error, signature) => (error ? reject(error) : resolve(signature))))
}

/** Checks Ed25519 signatures (64 bytes) by one public key of 32 bytes. Throws a RangeError for another length. */
export const signatureCheck = (publicKey: Uint8Array): ((message: Uint8Array, signature: Uint8Array) => boolean) => {
  const key: KeyObject = createPublicKey({ key: derOf(spki, publicKey), format: 'der', type: 'spki' })
  return (message, signature) => signature.length === 64 && verify(null, message, key, signature)
}
