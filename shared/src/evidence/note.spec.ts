import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isKeyName, NoteFault, noteSignature, noteSigner, noteSignerOf, noteVerifier, openNote, parseSkey, signNote, skeyOf, splitNote } from './note.ts'
import { newSeed } from './signature.ts'

/** The example of c2sp.org/signed-note, and those of the Go implementation that the format comes from. */
const example = {
  vkey: 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  note: 'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n',
}
const peter = {
  skey: 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
  vkey: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  line: '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
}
const enoch = {
  vkey: 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop',
  line: '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n',
}
const text = 'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n'.replace('’', "'")
const signed = `${text}\n${peter.line}${enoch.line}`

const kindOf = (work: () => unknown): string => {
  try {
    work()
    return 'fine'
  } catch (cause) {
    return cause instanceof NoteFault ? cause.kind : `${cause}`
  }
}

describe('a signed note', () => {
  it('[PL-06] of the published format opens by its key', () => {
    const { text: message, signatures } = openNote(example.note, [noteVerifier(example.vkey)])
    expect(message).toBe('This is an example message.\n')
    expect(signatures.map(({ name, id }) => [name, id])).toEqual([['example.com/foo', '530d903a']])
  })

  it('[PL-06] is signed to the byte as the published one', () => {
    const signer = noteSignerOf(peter.skey)
    expect(signer.vkey).toBe(peter.vkey)
    expect(signNote(text, [signer])).toBe(`${text}\n${peter.line}`)
    expect(skeyOf('PeterNeumann', noteSignature, parseSkey(peter.skey, noteSignature).seed)).toBe(peter.skey)
  })

  it('[PL-06] by several opens by whoever is known, and passes over the others', () => {
    const names = (...vkeys: string[]): string[] => openNote(signed, vkeys.map(noteVerifier)).signatures.map(({ name }) => name)
    expect(names(peter.vkey)).toEqual(['PeterNeumann'])
    expect(names(enoch.vkey)).toEqual(['EnochRoot'])
    expect(names(enoch.vkey, peter.vkey)).toEqual(['PeterNeumann', 'EnochRoot'])
    expect(kindOf(() => openNote(signed, []))).toBe('unsigned')
    expect(kindOf(() => openNote(signed, [noteVerifier(example.vkey)]))).toBe('unsigned')
  })

  it('[PL-06] with one false signature of a known key is refused as a whole', () => {
    const changed = signed.replace('answer', 'Answer')
    expect(kindOf(() => openNote(changed, [noteVerifier(peter.vkey)]))).toBe('false-signature')
    const swapped = signed.replace(enoch.line, enoch.line.replace('RvMc', 'RvMd'))
    expect(kindOf(() => openNote(swapped, [noteVerifier(peter.vkey), noteVerifier(enoch.vkey)]))).toBe('false-signature')
    expect(kindOf(() => openNote(swapped, [noteVerifier(peter.vkey)]))).toBe('fine')
  })

  it.each([
    ['no blank line', `${text}${peter.line}`],
    ['no signature', `${text}\n`],
    ['no newline at its end', signed.slice(0, -1)],
    ['a control character', signed.replace('answer', 'ans\u0007wer')],
    ['a carriage return', signed.replace(/\n/g, '\r\n')],
    ['half a character', signed.replace('answer', 'ans\ud800wer')],
    ['another dash', signed.replace('— Peter', '- Peter')],
    ['a name with a plus', signed.replace('— PeterNeumann', '— Peter+Neumann')],
    ['a fourth word', signed.replace('JnAM=', 'JnAM= more')],
    ['base64 without its end', signed.replace('JnAM=', 'JnAM')],
    ['base64 with bits that mean nothing', signed.replace('JnAM=', 'JnAN=')],
    ['a signature of no bytes', `${text}\n— PeterNeumann x08gow==\n`],
    ['too many signatures', `${text}\n${peter.line.repeat(101)}`],
  ])('[PL-06] with %s is malformed', (_, note) => {
    expect(kindOf(() => openNote(note, [noteVerifier(peter.vkey)]))).toBe('malformed')
  })

  it('[PL-06] may have blank lines in its text, and 16 signatures', () => {
    const signers = Array.from({ length: 16 }, (_, at) => noteSigner(`signer${at}.example`, newSeed()))
    const note = signNote('one\n\ntwo\n\n', signers)
    expect(splitNote(note).text).toBe('one\n\ntwo\n\n')
    expect(
      openNote(
        note,
        signers.map(({ vkey }) => noteVerifier(vkey)),
      ).signatures,
    ).toHaveLength(16)
  })

  it('[PL-06] with any one character changed opens no more', () => {
    const verifiers = [noteVerifier(peter.vkey)]
    const note = `${text}\n${peter.line}`
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.constantFrom(...'aZ9+/ =\n'), (at, character) => {
        fc.pre(note[at] !== character)
        expect(kindOf(() => openNote(note.slice(0, at) + character + note.slice(at + 1), verifiers))).not.toBe('fine')
      }),
      { numRuns: 300 },
    )
  })
})

describe('a key’s text', () => {
  it('[PL-06] with anything changed or missing is refused', () => {
    for (let at = 0; at < peter.vkey.length; at++) {
      const next = String.fromCharCode(peter.vkey.charCodeAt(at) + 1)
      expect(() => noteVerifier(peter.vkey.slice(0, at) + next + peter.vkey.slice(at + 1)), `character ${at}`).toThrow(TypeError)
      expect(() => noteVerifier(peter.vkey.slice(0, at)), `cut at ${at}`).toThrow(TypeError)
    }
    for (let at = 0; at < peter.skey.length; at++) {
      const next = String.fromCharCode(peter.skey.charCodeAt(at) + 1)
      expect(() => noteSignerOf(peter.skey.slice(0, at) + next + peter.skey.slice(at + 1)), `character ${at}`).toThrow(TypeError)
    }
  })

  it('[PL-06] of another length or kind is refused, though its id is right', () => {
    expect(() => noteVerifier('PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==')).toThrow(TypeError)
    expect(() => noteVerifier('PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')).toThrow(TypeError)
  })

  it('[PL-06] has no space of any kind, plus or nothing for a name', () => {
    expect(['example.com/log', 'münchen.example/日志'].every(isKeyName)).toBe(true)
    expect(['', 'a b', 'a+b', 'a\tb', 'a\u00a0b', 'a\u2003b', 'a\u3000b', 'a\nb', 'a\u0001b'].some(isKeyName)).toBe(false)
  })
})
