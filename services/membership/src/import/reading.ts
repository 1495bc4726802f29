import { faultsOf, type SchemaError } from '@collegium/shared/input-fault.ts'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { isMap, isScalar, isSeq, LineCounter, type Node, type ParsedNode, parseDocument } from 'yaml'
import { type Fault, type Finding, finding, rowOf } from './faults.ts'
import { File } from './file.ts'

/** A file as data that may still be wrong, with the way back from a pointer to its line. */
export type Reading = { readonly content: unknown; readonly findings: readonly Finding[]; readonly lineOf: (pointer: string) => number | null }

const ajv = new Ajv({ allErrors: true, verbose: true, strict: false })
formats.default(ajv)
const fits = ajv.compile(File)

/** Reads YAML (JSON is YAML too); what no parser can read is one finding, and the content then undefined. */
export const readYaml = (text: string): Reading => {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const lineAt = (offset: number | undefined) => (offset === undefined ? null : lines.linePos(offset).line)
  if (document.errors.length > 0) {
    const told = document.errors.map((error) => ({ at: lineAt(error.pos[0]), finding: finding('', 'unreadable', { came: error.message.split('\n')[0] }) }))
    const byFinding = new Map(told.map((each) => [each.finding, each.at]))
    return { content: undefined, findings: told.map((each) => each.finding), lineOf: () => [...byFinding.values()][0] ?? null }
  }
  try {
    const content: unknown = document.toJS({ maxAliasCount: 100 })
    return { content, findings: shapeFindings(content), lineOf: (pointer) => lineAt(startOf(document.contents, pointer)) }
  } catch (error) {
    return { content: undefined, findings: [finding('', 'unreadable', { came: (error as Error).message })], lineOf: () => null }
  }
}

export const readJson = (content: unknown): Reading => ({ content, findings: shapeFindings(content), lineOf: () => null })

export const located = ({ lineOf }: Reading, findings: readonly Finding[]): Fault[] =>
  findings.map((each) => ({ row: rowOf(each.pointer), line: lineOf(each.pointer), ...each })).sort((a, b) => (a.line ?? 0) - (b.line ?? 0))

/** Unknown keys, wrong types, missing names: whatever the schema of the file says. */
const shapeFindings = (content: unknown): Finding[] => {
  if (fits(content)) return []
  return ((fits.errors ?? []) as SchemaError[]).flatMap((error) => {
    const [en] = faultsOf([error], 'en')
    const [zh] = faultsOf([error], 'zh')
    if (!en || !zh) return []
    return [
      {
        pointer: en.pointer,
        code: shapeCodes[en.rule] ?? en.rule,
        message: { en: en.detail, zh: zh.detail },
        allowed: en.allowed ?? null,
        // Of an unknown key its name says enough; ajv would give the whole entry around it.
        came: en.rule === 'additionalProperties' ? en.pointer.slice(en.pointer.lastIndexOf('/') + 1) : (en.got ?? null),
      },
    ]
  })
}
const shapeCodes: Record<string, string> = {
  additionalProperties: 'unknown-key',
  required: 'missing',
  type: 'wrong-type',
  enum: 'unknown-word',
  format: 'wrong-form',
  pattern: 'wrong-form',
}

/** Where the text of a pointer begins; of its nearest parent where it is missing. */
const startOf = (root: ParsedNode | null, pointer: string): number | undefined => {
  let node: Node | null = root
  let start = root?.range?.[0]
  for (const part of pointer
    .split('/')
    .slice(1)
    .map((each) => each.replaceAll('~1', '/').replaceAll('~0', '~'))) {
    if (isMap(node)) {
      const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === part)
      if (!pair) return start
      start = (pair.key as Node).range?.[0] ?? start
      node = pair.value as Node | null
    } else if (isSeq(node)) {
      node = (node.items[Number(part)] as Node | undefined) ?? null
      start = node?.range?.[0] ?? start
    } else return start
  }
  return start
}
