import { refuse } from '@collegium/shared/refusals.ts'
import { hash, verify } from '@node-rs/argon2'
import { newSecret } from './secret.ts'

/** How many checks may wait for the few threads that argon2 has; whoever comes later is told to come again. */
const waiting = 128
let running = 0

/** argon2id with the library's defaults (19 MiB, 2 passes), salted. */
export const hashPassword = (password: string): Promise<string> => hash(password)

/** Compares with a hash; without one it takes as long and is false, so that time does not tell which accounts exist. */
export const checkPassword = async (stored: string | null, password: string): Promise<boolean> => {
  if (running >= waiting) throw refuse('overloaded')
  running++
  try {
    return (await verify(stored ?? (await nobodys()), password)) && stored !== null
  } finally {
    running--
  }
}

let made: Promise<string> | undefined
const nobodys = (): Promise<string> => {
  made ??= hash(newSecret())
  return made
}
/** Makes the hash that unknown accounts are compared with, before the first of them comes. */
export const warmUp = async (): Promise<void> => void (await nobodys())
