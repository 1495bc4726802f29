import { parseCheckpoint } from '@collegium/shared/evidence/checkpoint.ts'
import { NoteFault, splitNote } from '@collegium/shared/evidence/note.ts'
import { tilePath, tilesBetween } from '@collegium/shared/evidence/tiles.ts'
import { type Command, type Report, Unreadable, wordAt } from '../command.ts'
import { textAt } from '../reading.ts'

/** `files CHECKPOINT`: the names of what a mirror needs, for a web client to fetch. Nothing is fetched or believed here. */
export const files: Command = {
  name: 'files',
  usage: 'CHECKPOINT [--from CHECKPOINT]',
  options: { from: { type: 'string' } },
  run: (given): Report => {
    const from = given.option('from')
    const paths = tilesBetween(from === undefined ? 0 : sizeIn(from), sizeIn(wordAt(given, 0, 'CHECKPOINT'))).map(tilePath)
    return { facts: [], findings: [], output: paths.map((path) => `${path}\n`).join('') }
  },
}

const sizeIn = (path: string): number => {
  try {
    const checkpoint = parseCheckpoint(splitNote(textAt(path)).text)
    if (checkpoint) return checkpoint.size
  } catch (cause) {
    if (!(cause instanceof NoteFault)) throw cause
  }
  throw new Unreadable(path)
}
