import { describe, expect, it } from 'vitest'
import * as browserDigest from '../../services/console/src/evidence/digest.ts'
import * as browserSignature from '../../services/console/src/evidence/signature.ts'
import * as digest from '../../shared/src/evidence/digest.ts'
import * as signature from '../../shared/src/evidence/signature.ts'

const bytes = (length: number, from = 0): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 7 + from) % 256)

describe('[PL-06] Hashing and signatures of the console', () => {
  it('are the same as those of the services', () => {
    for (const length of [0, 1, 55, 56, 64, 1_000]) {
      expect(Buffer.from(browserDigest.sha256(bytes(length)))).toEqual(Buffer.from(digest.sha256(bytes(length))))
      expect(Buffer.from(browserDigest.leafHash(bytes(length)))).toEqual(Buffer.from(digest.leafHash(bytes(length))))
    }
    expect(Buffer.from(browserDigest.nodeHash(bytes(32), bytes(32, 5)))).toEqual(Buffer.from(digest.nodeHash(bytes(32), bytes(32, 5))))
  })

  it('accept each other’s signatures, and nothing that is altered', () => {
    for (const [make, check] of [
      [signature, browserSignature],
      [browserSignature, signature],
    ] as const) {
      const pair = make.keyPairOf(make.newSeed())
      const message = bytes(200)
      const signed = make.keyPairOf(bytes(32)).sign(message)
      expect(Buffer.from(signed)).toEqual(Buffer.from(check.keyPairOf(bytes(32)).sign(message)))
      const verify = check.signatureCheck(pair.publicKey)
      const good = pair.sign(message)
      expect(verify(message, good)).toBe(true)
      for (let at = 0; at < 64; at++)
        expect(
          verify(
            message,
            good.map((byte, index) => (index === at ? byte ^ 1 : byte)),
          ),
        ).toBe(false)
      expect(verify(bytes(200, 1), good)).toBe(false)
      expect(verify(message, good.subarray(1))).toBe(false)
      expect(() => check.signatureCheck(bytes(31))).toThrow(RangeError)
    }
  })
})
