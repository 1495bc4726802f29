import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { linesOf, valuesOf } from '@collegium/shared/bundle/lines.ts'
import { type Beside, type BundledKey, besidePath, keysPath, type Manifest, manifestFile, recordsPath } from '@collegium/shared/bundle/manifest.ts'
import type { Entry } from '@collegium/shared/evidence/entry.ts'
import { Unreadable } from './command.ts'
import type { Finding } from './findings.ts'

/** How long services have to destroy what they hold of a person, in milliseconds: what is younger may still be in a bundle. */
const dayMs = 86_400_000

/** The manifest of a bundle in this folder, unchecked. Throws Unreadable where there is none. */
export const manifestIn = (folder: string): Manifest => {
  const path = join(folder, manifestFile)
  if (!existsSync(path)) throw new Unreadable(path)
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Manifest
  } catch (cause) {
    throw new Unreadable(`${path}: ${(cause as Error).message}`)
  }
}

/** Records, one a line: of a file, or of a bundle; null for the manifest of what is none. Throws Unreadable. */
export const recordsAt = (path: string): { readonly lines: AsyncIterable<string>; readonly manifest: Manifest | null } => {
  if (!existsSync(path)) throw new Unreadable(`${path}: ENOENT`)
  if (!statSync(path).isDirectory()) return { lines: linesOf(path), manifest: null }
  const manifest = manifestIn(path)
  const all = async function* (): AsyncGenerator<string> {
    for (const source of manifest.sources) yield* linesOf(join(path, recordsPath(source)))
  }
  return { lines: all(), manifest }
}

/** Keys and ciphertexts that a bundle still holds of people who had been erased for a day when it was made. */
export const keptOfErased = async (folder: string, { sources, made }: Manifest, erased: ReadonlyMap<string, Entry>): Promise<Finding[]> => {
  const due = new Set([...erased].filter(([, { recorded }]) => Date.parse(made) - Date.parse(recorded) > dayMs).map(([person]) => person))
  const findings: Finding[] = []
  for (const service of new Set(sources.map((source) => source.service))) {
    const gone = new Map<string, string>()
    for await (const { id, person, wrapped } of valuesOf<BundledKey>(join(folder, keysPath(service)))) {
      if (!due.has(person)) continue
      gone.set(id, person)
      if (wrapped !== null) findings.push({ code: 'kept-after-erasure', where: keysPath(service), values: { person } })
    }
    for (const source of sources.filter((each) => each.service === service))
      for await (const { position, sealed } of valuesOf<Beside>(join(folder, besidePath(source))))
        for (const box of Object.values(sealed ?? {}) as { readonly key?: string }[]) {
          const person = gone.get(box.key ?? '')
          if (person !== undefined) findings.push({ code: 'kept-after-erasure', where: `${besidePath(source)}: ${position}`, values: { person } })
        }
  }
  return findings
}
