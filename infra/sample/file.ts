import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { File } from '../../services/membership/src/import/file.ts'
import { makePeople, sampleSeed, sampleSize } from './people.ts'

/** The federation, its work and its shortcomings, as the sample's file states them. */
export const readSemester = (): File => parse(readFileSync(new URL('./semester.yaml', import.meta.url), 'utf8')) as File

const backdating = 'records:backdate'

/**
 * What is imported: the semester's file with people and offices. While the platform is being introduced, every kind of post may enter what
 * happened before it came; the sample's last step ends that by defining the kinds as the file has them.
 */
export const sampleFile = (semester: File, today: string, size = sampleSize): File => {
  const begin = [today, ...(semester.terms ?? []).map((term) => term.from)].sort()[0] as string
  return {
    ...semester,
    'post-kinds': (semester['post-kinds'] ?? []).map((kind) => ({ ...kind, permissions: [...new Set([...kind.permissions, backdating])] })),
    ...structuredClone(makePeople(semester, begin, sampleSeed, size)),
  } as File
}
