import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { textOf, utf8 } from '@collegium/shared/evidence/bytes.ts'
import { leafHash } from '@collegium/shared/evidence/digest.ts'
import { readProof } from '@collegium/shared/evidence/proof.ts'
import { signReceipt } from '@collegium/shared/evidence/receipt.ts'
import { RFC9162 } from '@transmute/rfc9162'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from './commands.ts'
import { gravity } from './findings.ts'
import { runLine } from './line.ts'
import { checkpointOf, entriesOf, logFiles, receiptSigner, sampleBegin, sampleFacts, sampleOrigin, samplePolicy } from './testing/sample-log.ts'
import { wordsIn } from './words/words.ts'

const facts = sampleFacts(600)
const entries = entriesOf(facts)
let folder = ''
const at = (...path: string[]): string => join(folder, ...path)
const write = (path: string, content: string | Uint8Array): string => {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), content)
  return at(path)
}
const writeLog = (name: string, files: ReadonlyMap<string, Uint8Array>): void => {
  for (const [path, bytes] of files) write(`${name}/${path}`, bytes)
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'verifier-'))
  writeLog('log', logFiles(entries))
  writeLog('older', logFiles(entries.slice(0, 200)))
  writeLog(
    'altered',
    new Map(logFiles(entries)).set('tile/entries/001', Buffer.concat([utf8(' '), (logFiles(entries).get('tile/entries/001') as Uint8Array).subarray(1)])),
  )
  writeLog('forked', logFiles(entriesOf([...facts.slice(0, 90), ...sampleFacts(600, 'fork').slice(90)])))
  writeLog('alone', logFiles(entries, null))
  write('policy', samplePolicy)
  write('keys.json', JSON.stringify({ logs: [], receipts: receiptSigner.vkey }))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = async (typed: string[], env: Record<string, string> = {}) => {
  let [out, errors] = ['', '']
  const code = await runLine(typed, {
    env,
    out: { write: (text) => (out += text) },
    errors: { write: (text) => (errors += text) },
    now: () => (sampleBegin + 1_000) * 1_000,
  })
  return { code, out, errors }
}
const policy = (): string[] => ['--policy', at('policy')]

describe('the line of the verifier', () => {
  it('[PL-06] ends with 0 for a sound log, 2 for an altered one, 4 where nobody vouches', async () => {
    expect(await run(['verify', at('log'), ...policy()])).toMatchObject({ code: 0, out: expect.stringContaining('600 entries from 4 sources') })
    expect(await run(['verify', at('altered'), ...policy()])).toMatchObject({ code: 2, out: expect.stringContaining('✗ tile/entries/001: ') })
    expect(await run(['verify', at('alone'), ...policy()])).toMatchObject({ code: 4, out: expect.stringContaining('? checkpoint: Too few witnesses') })
    expect((await run(['verify', at('log'), ...policy(), '--at', '2026-10-02T00:00:00Z'])).code).toBe(4)
    expect((await run(['verify', at('log'), ...policy(), '--at', '2026-10-02T00:00:00Z', '--max-age', 'none'])).code).toBe(0)
  })

  it('[PL-06] compares with the checkpoint that somebody kept', async () => {
    expect((await run(['verify', at('log'), ...policy(), '--since', at('older/checkpoint')])).code).toBe(0)
    expect(await run(['verify', at('forked'), ...policy(), '--since', at('older/checkpoint')])).toMatchObject({
      code: 2,
      out: expect.stringContaining('History was rewritten'),
    })
  })

  it('[PL-06] looks at each log of a folder, and lays the kept checkpoint to its own', async () => {
    writeLog('both/events', logFiles(entries))
    writeLog('both/older', logFiles(entries.slice(0, 200)))
    const { code, out } = await run(['verify', at('both'), ...policy(), '--since', at('older/checkpoint'), '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out).facts.filter((fact: { code: string }) => fact.code === 'log')).toHaveLength(2)
  })

  it('[PL-06] ends with 1 for what cannot be meant, and shows what can', async () => {
    for (const typed of [
      [],
      ['dance'],
      ['verify'],
      ['verify', at('log')],
      ['verify', at('log'), '--nonsense'],
      ['verify', at('log'), ...policy(), '--max-age', 'soon'],
      ['prove', 'x'],
      ['verify', '--language', 'de'],
    ]) {
      const { code, out, errors } = await run(typed)
      expect(code, typed.join(' ')).toBe(1)
      expect(out + errors).toContain('consistency CHECKPOINT|SIZE')
    }
  })

  it('[PL-06] ends with 3 where something cannot be read, and names it', async () => {
    expect(await run(['verify', at('nowhere'), ...policy()])).toMatchObject({ code: 3, errors: expect.stringContaining('nowhere') })
    expect(await run(['verify', at('log'), '--policy', at('none')])).toMatchObject({ code: 3, errors: expect.stringContaining('ENOENT') })
    expect(await run(['verify', at('log'), '--policy', write('bad-policy', 'log nothing\nquorum x\n')])).toMatchObject({
      code: 3,
      errors: expect.stringContaining('line 2'),
    })
    expect((await run(['consistency', '5', '900', at('log')])).code).toBe(3)
  })

  it('[PL-06] speaks Chinese and English, as asked or as the surroundings do', async () => {
    const inChinese = { code: 2, out: expect.stringContaining('这意味着') }
    expect(await run(['verify', at('altered'), ...policy(), '--language', 'zh'])).toMatchObject(inChinese)
    expect(await run(['verify', at('altered'), ...policy()], { LANG: 'zh_CN.UTF-8' })).toMatchObject(inChinese)
    expect(await run(['verify', at('altered'), ...policy(), '--language=en'], { LANG: 'zh_CN.UTF-8' })).toMatchObject({
      out: expect.stringContaining('That means'),
    })
    expect((await run(['help'], { LANG: 'zh_CN' })).out).toContain('用法')
  })

  it('[PL-06] has words in both languages for every finding and command, and names the same values in both', () => {
    const [en, zh] = [wordsIn('en'), wordsIn('zh')]
    const places = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort()
    for (const code of Object.keys(gravity) as (keyof typeof gravity)[]) expect(places(zh.findings[code].what), code).toEqual(places(en.findings[code].what))
    expect(Object.keys(zh.facts)).toEqual(Object.keys(en.facts))
    for (const [code, text] of Object.entries(en.facts)) expect(places(zh.facts[code] as string), code).toEqual(places(text))
    for (const { name } of commands) expect([en.commands[name], zh.commands[name]]).toEqual([expect.any(String), expect.any(String)])
  })

  it('[PL-06] proves a fact by id, by position and by version, and others’ verifiers agree', async () => {
    const fact = facts[417] as (typeof facts)[number]
    const { position, version } = JSON.parse(fact.record)
    const names = [fact.id, `${fact.service}/${fact.shard}/${position}`, `${fact.service}/${fact.stream}/${version}`]
    const proofs = await Promise.all(names.map(async (name) => (await run(['prove', name, at('log')])).out))
    expect(new Set(proofs).size).toBe(1)
    const { index, hashes } = readProof(proofs[0] as string)
    const inclusion = { log_id: '', tree_size: 600, leaf_index: index, inclusion_path: [...hashes] }
    expect(index).toBe(417)
    expect(await RFC9162.verifyInclusionProof(checkpointOf(entries).root, leafHash(entries[417] as Uint8Array), inclusion)).toBe(true)
    expect(await run(['prove', '0ddba11', at('log')])).toMatchObject({ code: 2, out: expect.stringContaining('0ddba11') })
  })

  it('[PL-06] checks a proof with nothing but the policy, and binds it to the record', async () => {
    const fact = facts[30] as (typeof facts)[number]
    const file = at('one.tlog-proof')
    expect((await run(['prove', fact.id, at('log'), '-o', file])).code).toBe(0)
    const record = write('record.json', `${fact.record}\n`)
    expect(await run(['check', file, ...policy(), '--record', record])).toMatchObject({ code: 0, out: expect.stringContaining('entry 30 of 600') })
    expect((await run(['check', file, ...policy(), '--record', write('other.json', fact.record.replace('head', 'hand'))])).code).toBe(2)
    const text = readFileSync(file, 'utf8')
    const changes: [string, number][] = [
      [text.replace('index 30', 'index 31'), 2],
      [text.replace(/\n— log[^\n]*/, ''), 2],
      [text.replace(/\n— w1[^\n]*/, ''), 4],
      [text.slice(0, 300), 2],
    ]
    for (const [changed, code] of changes) expect((await run(['check', write('changed', changed), ...policy()])).code, changed).toBe(code)
    expect((await run(['check', write('bare', text.replace(/extra .*\n/, '')), ...policy()])).code).toBe(1)
    expect((await run(['check', at('bare'), ...policy(), '--entry', write('entry', entries[30] as Uint8Array)])).code).toBe(0)
  })

  it('[PL-06] tells whether one moment continues another, by files or by sizes', async () => {
    for (const words of [
      ['200', '600'],
      [at('older/checkpoint'), at('log/checkpoint')],
      [at('log/checkpoint'), '7'],
      ['0', '1'],
      ['600', '600'],
    ])
      expect((await run(['consistency', ...words, at('log')])).code, words.join(' ')).toBe(0)
    expect((await run(['consistency', at('older/checkpoint'), at('forked/checkpoint'), at('forked'), ...policy()])).code).toBe(2)
    const forged = write('forged', textOf(logFiles(entries).get('checkpoint') as Uint8Array).replace('\n600\n', '\n599\n'))
    expect((await run(['consistency', forged, '600', at('log'), ...policy()])).code).toBe(2)
  })

  it('[PL-06] sorts receipts into merged, waiting and overdue, and believes no other signature', async () => {
    const receipt = (leaf: Uint8Array, mergeBy: number): string => signReceipt({ origin: sampleOrigin, leaf, accepted: sampleBegin, mergeBy }, receiptSigner)
    const merged = write('merged', receipt(leafHash(entries[5] as Uint8Array), sampleBegin + 60))
    const late = write('late', receipt(leafHash(utf8('never logged')), sampleBegin + 60))
    const soon = write('soon', receipt(leafHash(utf8('never logged')), sampleBegin + 5_000))
    const more = ['--dir', at('log'), ...policy(), '--keys', at('keys.json')]
    expect(await run(['receipts', merged, soon, ...more])).toMatchObject({ code: 0, out: expect.stringMatching(/merged: .* 5\n.*soon: not in the log yet/) })
    expect(await run(['receipts', merged, late, ...more])).toMatchObject({ code: 2, out: expect.stringContaining('late: Promised until') })
    expect(
      (await run(['receipts', write('forged-receipt', readFileSync(merged, 'utf8').replace(`\n${sampleBegin}\n`, `\n${sampleBegin + 1}\n`)), ...more])).code,
    ).toBe(2)
    expect((await run(['receipts', write('copied', readFileSync(merged, 'utf8').trimEnd()), ...more])).code).toBe(0)
    const answer = write('answer.json', JSON.stringify([merged, late].map((file) => ({ id: 'x', receipt: readFileSync(file, 'utf8') }))))
    expect((await run(['receipts', answer, ...more])).code).toBe(2)
  })

  it('[PL-06] names the files of a mirror: all, or those since an older one, and with them it is whole', async () => {
    const mirror = (paths: string): void => {
      for (const path of [...paths.trim().split('\n'), 'checkpoint']) write(`mirror/${path}`, readFileSync(at('log', path)))
    }
    writeLog('mirror', logFiles(entries.slice(0, 200)))
    mirror((await run(['files', at('log/checkpoint'), '--from', at('older/checkpoint')])).out)
    expect((await run(['verify', at('mirror'), ...policy()])).code).toBe(0)
    rmSync(at('mirror'), { recursive: true })
    mirror((await run(['files', at('log/checkpoint')])).out)
    expect((await run(['verify', at('mirror'), ...policy()])).code).toBe(0)
    expect((await run(['files', at('policy')])).code).toBe(3)
  })

  it('[PL-06] tells programs the same as people', async () => {
    const { out } = await run(['verify', at('altered'), ...policy(), '--json'])
    const report = JSON.parse(out)
    expect(report).toMatchObject({ command: 'verify', exit: 2 })
    expect(report.findings[0]).toMatchObject({ where: 'tile/entries/001', gravity: 'wrong', what: expect.any(String), means: expect.any(String) })
  })
})
