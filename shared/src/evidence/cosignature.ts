import { joined, utf8 } from './bytes.ts'
import { cosignatureV1, keyId, parseSkey, parseVkey, type Signer, type Verifier, vkeyOf } from './note.ts'
import { keyPairOf, signatureCheck } from './signature.ts'

/** Cosignatures of checkpoints (c2sp.org/tlog-cosignature, Ed25519): eight bytes of time in seconds, 64 of signature. */

const messageOf = (time: bigint | number, text: string): Uint8Array => utf8(`cosignature/v1\ntime ${time}\n${text}`)

/** The time of a cosignature in seconds since 1970, or null where it is none or lies beyond what can be. */
export const cosignedAt = (signature: Uint8Array): number | null => {
  if (signature.length !== 72) return null
  const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0)
  return time > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(time)
}

/** Cosigns by a private key of 32 bytes; `now` gives seconds since 1970. */
export const cosigner = (name: string, seed: Uint8Array, now: () => number): Signer => {
  const pair = keyPairOf(seed)
  return {
    name,
    id: keyId(name, cosignatureV1, pair.publicKey),
    vkey: vkeyOf(name, cosignatureV1, pair.publicKey),
    sign: (text) => {
      const time = Math.floor(now())
      const bytes = new Uint8Array(8)
      new DataView(bytes.buffer).setBigUint64(0, BigInt(time))
      return joined(bytes, pair.sign(messageOf(time, text)))
    },
  }
}

/** Cosigns by the text of a private key of the type 0x04. */
export const cosignerOf = (skey: string, now: () => number): Signer => {
  const { name, seed } = parseSkey(skey, cosignatureV1)
  return cosigner(name, seed, now)
}

/** Checks cosignatures by the text of a witness' public key. */
export const cosignatureVerifier = (vkey: string): Verifier => {
  const key = parseVkey(vkey, cosignatureV1)
  const check = signatureCheck(key.publicKey)
  return {
    ...key,
    verify: (text, signature) => {
      const time = cosignedAt(signature)
      return time !== null && check(messageOf(time, text), signature.subarray(8))
    },
  }
}
