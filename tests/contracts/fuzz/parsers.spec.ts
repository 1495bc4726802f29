import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { codeAt, judgeCode } from '../../../services/activities/src/check-in-code.ts'
import { parseMarks } from '../../../services/audit/src/events-stream.ts'
import { queryTerms } from '../../../services/documents/src/search-terms.ts'
import { check } from '../../../services/membership/src/import/check.ts'
import { located, readJson, readYaml } from '../../../services/membership/src/import/reading.ts'
import { readActorToken, signActorToken } from '../../../shared/src/actor-token.ts'
import { parseCheckpoint } from '../../../shared/src/evidence/checkpoint.ts'
import { parseEntry } from '../../../shared/src/evidence/entry.ts'
import { NoteFault, splitNote } from '../../../shared/src/evidence/note.ts'
import { PolicyFault, parsePolicy } from '../../../shared/src/evidence/policy.ts'
import { ProofFault, readProof, writeProof } from '../../../shared/src/evidence/proof.ts'
import { decodeBundle, encodeBundle, parseTilePath } from '../../../shared/src/evidence/tiles.ts'
import { keysOf } from '../../../shared/src/http/paging.ts'
import { languageOf } from '../../../shared/src/problem.ts'
import { Rejection } from '../../../shared/src/rejection.ts'
import { traceOf } from '../../../shared/src/traceparent.ts'
import { oddTexts } from './arbitrary.ts'

/** Whatever reads a text that somebody sent: a value or the refusal that it declares, never anything else, and never slowly: in time of this thread, since the machine may be busy with others. */
const given = { seed: Number(process.env.FUZZ_SEED ?? 20261121), numRuns: Number(process.env.FUZZ_RUNS ?? 2_000) }

const bits = (words: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) }), {
      maxLength: 24,
    })
    .map((parts) => parts.join(''))
const texts = (...words: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    bits(['\n', ' ', '+', '/', ',', '—', '=', '0', '1', '99999999999999999999', '\0', '\uD800', ...words]),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...oddTexts),
  )

/** Reads any text, and throws nothing but what it says it throws. */
const reads = (read: (text: string) => unknown, from: fc.Arbitrary<string>, refusal?: new (...given: any[]) => Error): void => {
  fc.assert(
    fc.property(from, (text) => {
      const began = process.threadCpuUsage()
      try {
        read(text)
      } catch (error) {
        if (refusal === undefined) throw error
        expect(error).toBeInstanceOf(refusal)
      }
      const { user, system } = process.threadCpuUsage(began)
      expect((user + system) / 1_000).toBeLessThan(1_000)
    }),
    given,
  )
}

it('cursors', () => {
  reads((text) => keysOf(text, 2), texts('W10', 'WyJhIiwiYiJd', '_', '-'), Rejection)
  const keys = fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })).filter((each) => !each.join('').includes('\0'))
  fc.assert(
    fc.property(keys, (each) => {
      expect(keysOf(Buffer.from(JSON.stringify(each)).toString('base64url'), 2)).toEqual(each)
    }),
    given,
  )
})

it('marks of the feed', () => reads(parseMarks, texts('activities', 'activities/0/1', '0'), Rejection))

it('languages, traces and words to search for', () => {
  reads(languageOf, texts('zh', 'en', ';q=', '0.5', '*', 'zh-CN'))
  reads(traceOf, texts('00-', '-01', 'a'.repeat(32), 'b'.repeat(16)))
  reads(queryTerms, texts('学生', 'ﷺ', 'a', '"', '%', '_'))
})

it('[AC-02] check-in codes: only the shown one is right', () => {
  const [master, at] = [Buffer.alloc(32, 7), '2026-11-21T09:00:00.000Z']
  const right = codeAt(master, 'a', at)
  fc.assert(
    fc.property(texts('a', 'a/', right, right.toLowerCase(), '../'), (text) => {
      const isRight = [right, `a/${right}`].some((each) =>
        text.includes('/') ? text.split('/', 2).join('/').trim().toUpperCase() === each.toUpperCase() : text.trim().toUpperCase() === each.toUpperCase(),
      )
      const verdict = judgeCode(master, 'a', text, at, ['b'])
      if (!isRight) expect(verdict).not.toBe('valid')
    }),
    { ...given, numRuns: 100 },
  )
  expect(judgeCode(master, 'a', right, at, [])).toBe('valid')
})

it('files of a federation: every text is read or has findings, each with words and a place', () => {
  const yaml = texts(
    'federation:',
    ' id: fed',
    '\n',
    '- ',
    '  ',
    '{',
    '}',
    '[',
    ']',
    '&a ',
    '*a',
    '!!',
    '|',
    '>',
    '#',
    '"',
    "'",
    'people:',
    '? ',
    '<<:',
    '...',
    '---',
    '%YAML 1.2',
  )
  const nothing = { root: null, units: new Map(), postKinds: new Set<string>(), people: new Map(), terms: [] }
  const read = (text: string): void => {
    const reading = readYaml(text)
    const findings = [...reading.findings, ...(reading.content === undefined ? [] : check(reading.content, nothing))]
    for (const fault of located(reading, findings)) expect(fault).toMatchObject({ pointer: expect.any(String) })
  }
  reads(read, yaml)
  const json = fc.jsonValue({ maxDepth: 5 })
  const sections = fc.dictionary(fc.constantFrom('federation', 'terms', 'policies', 'post-kinds', 'campuses', 'people', 'offices', 'activities', 'plan'), json)
  fc.assert(
    fc.property(fc.oneof(json, sections), (content) => {
      const { findings } = readJson(content)
      expect([...findings, ...check(content, nothing)]).toBeInstanceOf(Array)
    }),
    given,
  )
})

it('[PL-06] notes, checkpoints, policies, entries, proofs and tiles of the log', () => {
  reads(splitNote, texts('— name AAAAAAAAAA==', '\n\n', '\n— '), NoteFault)
  reads(parseCheckpoint, texts('origin\n', '12\n', `${Buffer.alloc(32).toString('base64')}\n`))
  reads(parsePolicy, texts('log ', 'witness ', 'group ', 'quorum ', 'any ', 'none', 'a', 'a+b+c', '\n'), PolicyFault)
  reads(parseEntry, texts('{', '}', '"v":"1"', ',', ':'))
  reads(readProof, texts('c2sp.org/tlog-proof@v1\n', 'index ', '1\n', '\n\n', 'extra ', `${Buffer.alloc(32).toString('base64')}\n`), ProofFault)
  reads(parseTilePath, texts('tile/', '0/', 'x001/', '067', '.p/', '255', 'entries/'))
})

it('[PL-06] a proof and a bundle that were written are read as they were; one with a byte changed is never read as the same', () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 })
  const proof = fc.record({ index: fc.nat(), hashes: fc.array(hash, { maxLength: 20 }), checkpoint: fc.string() })
  fc.assert(
    fc.property(proof, (each) => {
      const { index, hashes, checkpoint } = readProof(writeProof(each))
      expect({ index, hashes: hashes.map((one) => [...one]), checkpoint }).toEqual({ ...each, hashes: each.hashes.map((one) => [...one]) })
    }),
    given,
  )
  const entries = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(entries, fc.nat(), fc.integer({ min: 1, max: 255 }), (each, at, change) => {
      const bytes = encodeBundle(each)
      expect(decodeBundle(bytes, each.length).map((one) => [...one])).toEqual(each.map((one) => [...one]))
      const other = bytes.slice()
      other[at % bytes.length] = (other[at % bytes.length] as number) ^ change
      let read: number[][] | null = null
      try {
        read = decodeBundle(other, each.length).map((one) => [...one])
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
      }
      expect(read).not.toEqual(each.map((one) => [...one]))
    }),
    given,
  )
})

it('[PL-13] actor tokens: no forgery, and none by another way of signing, is believed', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const claims = { person: 'li', home: null, operator: false, scope: null, session: 's' }
  const token = signActorToken(claims, privateKey)
  const [head, body, signature] = token.split('.') as [string, string, string]
  const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const operator = encoded({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), operator: true })
  const part = texts(head, body, signature, '.', '..', encoded({ alg: 'none' }), encoded({ alg: 'HS256', typ: 'JWT' }), operator)
  fc.assert(
    fc.property(
      fc.oneof(
        part,
        fc.tuple(part, part, part).map((parts) => parts.join('.')),
      ),
      (forged) => {
        if (forged !== token) expect(() => readActorToken(forged, publicKey)).toThrow(Rejection)
      },
    ),
    given,
  )
  expect(readActorToken(token, publicKey).actor.person).toBe('li')
})
