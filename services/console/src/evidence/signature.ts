import { getPublicKey, hashes, sign, utils, verify } from '@noble/ed25519'
import { sha512 } from '@noble/hashes/sha2.js'

/** The same as shared/src/evidence/signature.ts, for browsers. */

hashes.sha512 = sha512

const sized = (key: Uint8Array): Uint8Array => {
  if (key.length !== 32) throw new RangeError(`An Ed25519 key has 32 bytes, not ${key.length}`)
  return key
}

/** A key pair that signs: Ed25519 by RFC 8032. */
export type KeyPair = { readonly publicKey: Uint8Array; readonly sign: (message: Uint8Array) => Uint8Array }

/** A new private key: 32 random bytes. */
export const newSeed = (): Uint8Array => utils.randomSecretKey()

/** The pair of a private key of 32 bytes. Throws a RangeError for another length. */
export const keyPairOf = (seed: Uint8Array): KeyPair => ({ publicKey: getPublicKey(sized(seed)), sign: (message) => sign(message, seed) })

/** Checks Ed25519 signatures (64 bytes) by one public key of 32 bytes, as strictly as RFC 8032 says. Throws a RangeError for another length. */
export const signatureCheck = (publicKey: Uint8Array): ((message: Uint8Array, signature: Uint8Array) => boolean) => {
  sized(publicKey)
  return (message, signature) => {
    try {
      return signature.length === 64 && verify(signature, message, publicKey, { zip215: false })
    } catch {
      // Points that are none: as good as a false signature.
      return false
    }
  }
}
