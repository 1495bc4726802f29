import { describe, expect, it } from 'vitest'
import { fromBase64, toBase64 } from './bytes.ts'
import { type Checkpoint, checkpointText, parseCheckpoint } from './checkpoint.ts'
import { cosignatureVerifier, cosignedAt, cosigner, cosignerOf } from './cosignature.ts'
import { cosignatureV1, noteSigner, noteVerifier, openNote, signatureLine, signNote, skeyOf, splitNote } from './note.ts'
import { newSeed, signatureCheck } from './signature.ts'
import { emptyRoot } from './tree.ts'

/** The example of c2sp.org/tlog-checkpoint and c2sp.org/tlog-cosignature. */
const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'
const cosigned = `${text}
— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`

describe('a checkpoint', () => {
  it('[PL-06] of the published format is read and written to the byte', () => {
    const checkpoint = parseCheckpoint(text) as Checkpoint
    expect(checkpoint).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 })
    expect(checkpointText(checkpoint)).toBe(text)
    expect(checkpointText({ origin: 'o', size: 0, root: emptyRoot() })).toBe('o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n')
  })

  it.each([
    ['a zero before its size', text.replace('\n2', '\n02')],
    ['a sign before its size', text.replace('\n2', '\n+2')],
    ['no size', text.replace('20852163', '')],
    ['a size beyond what is counted exactly', text.replace('20852163', '9007199254740993')],
    ['no origin', text.slice(text.indexOf('\n'))],
    ['no newline at its end', text.slice(0, -1)],
    ['a short root', text.replace('CsUY', '')],
    ['a blank line', `${text}\n`],
    ['a line more', `${text}more\n`],
  ])('[PL-06] with %s is none', (_, wrong) => {
    expect(parseCheckpoint(wrong)).toBeNull()
  })

  it('[PL-06] may have further lines where that is allowed, but none that is empty', () => {
    expect(parseCheckpoint(`${text}more\n`, 'allowed')?.size).toBe(20_852_163)
    expect(parseCheckpoint(`${text}more\n\n`, 'allowed')).toBeNull()
  })
})

describe('a cosignature', () => {
  it('[PL-06] of the published format tells its time', () => {
    const line = splitNote(cosigned).signatures[1]
    expect([line?.name, cosignedAt(line?.signature as Uint8Array)]).toEqual(['witness.example.com/w1', 1_679_315_147])
    const other = fromBase64('ZGhGuQAAAABm/qTPeyKXD+R2rzyQsxPiP8mXum7qq/iF0u4vanlqJyocWODBt97w9uL+8qT7S5gxEHWWOworDcFiEBYJXORmnFBOBA==')
    expect(cosignedAt((other as Uint8Array).subarray(4))).toBe(1_727_964_367)
  })

  it('[PL-06] signs the header, the time and the whole text of the note, under an id of its own', () => {
    const seed = newSeed()
    const witness = cosigner('witness.example/w1', seed, () => 1_679_315_147.9)
    const log = noteSigner('witness.example/w1', seed)
    expect(witness.id).not.toBe(log.id)
    const note = `${signNote(text, [log])}${signatureLine(text, witness)}`
    const verifier = cosignatureVerifier(witness.vkey)
    const signature = openNote(note, [verifier]).signatures[0]?.signature as Uint8Array
    expect(cosignedAt(signature)).toBe(1_679_315_147)
    const message = Buffer.from(`cosignature/v1\ntime 1679315147\n${text}`)
    expect(signatureCheck(verifier.publicKey)(message, signature.subarray(8))).toBe(true)
  })

  it('[PL-06] with another time, text or key holds no more, and none passes for a log’s signature', () => {
    const witness = cosignerOf(skeyOf('w', cosignatureV1, newSeed()), () => 1_700_000_000)
    const verifier = cosignatureVerifier(witness.vkey)
    const signature = witness.sign(text)
    expect(verifier.verify(text, signature)).toBe(true)
    expect(verifier.verify(text.replace('163', '164'), signature)).toBe(false)
    expect(
      verifier.verify(
        text,
        signature.map((byte, at) => (at === 7 ? byte + 1 : byte)),
      ),
    ).toBe(false)
    expect(verifier.verify(text, signature.subarray(8))).toBe(false)
    expect(cosignatureVerifier(cosigner('w', newSeed(), () => 0).vkey).verify(text, signature)).toBe(false)
    expect(cosignedAt(new Uint8Array(72).fill(255))).toBeNull()
    expect(() => noteVerifier(witness.vkey)).toThrow('type 4')
    expect(() => cosignatureVerifier(noteSigner('w', newSeed()).vkey)).toThrow('type 1')
    expect(toBase64(signature)).toHaveLength(96)
  })
})
