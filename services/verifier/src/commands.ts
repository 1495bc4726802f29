import type { Command } from './command.ts'
import { check } from './commands/check.ts'
import { consistency } from './commands/consistency.ts'
import { erasures } from './commands/erasures.ts'
import { files } from './commands/files.ts'
import { prove } from './commands/prove.ts'
import { receipts } from './commands/receipts.ts'
import { refold } from './commands/refold.ts'
import { verify } from './commands/verify.ts'

/** All there are, in the order of the help. A new one is a file in `commands/`, a line here, and its words. */
export const commands: readonly Command[] = [verify, prove, check, consistency, receipts, refold, erasures, files]
