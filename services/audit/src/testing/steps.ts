import { noteSignerOf } from '@collegium/shared/evidence/note.ts'
import pg from 'pg'
import { filesIn } from '../log/files.ts'
import { headOf } from '../log/head.ts'
import { placesOf } from '../log/places.ts'
import { step } from '../log/sequencer.ts'

// A process that takes a log on as far as its facts go and says how far that is; a spec lets it meet its end at any call to the system.
const { FACTS = '', HEADS = '', FOLDER = '', KEY = '' } = process.env
const [facts, heads] = [new pg.Pool({ connectionString: FACTS }), new pg.Pool({ connectionString: HEADS })]
const signer = noteSignerOf(KEY)
const parts = { signer, files: filesIn(FOLDER), head: headOf(heads, signer.name), places: placesOf(facts, 'events'), most: 10 }
for (let more = true; more; ) {
  const done = await step(parts)
  more = done.more
  if (!more) process.stdout.write(`${done.signed.checkpoint.size}\n`)
}
process.exit()
