import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

// Debian and its kin have a folder a machine's kind; others put it right below.
const folders = (): string[] => {
  const below = '/usr/lib'
  const kinds = existsSync(below) ? readdirSync(below).filter((name) => name.endsWith('-linux-gnu')) : []
  return [...kinds.map((kind) => join(below, kind, 'faketime')), '/usr/lib64/faketime', '/usr/lib/faketime', '/usr/local/lib/faketime']
}

/** The library that, loaded before a program, tells it another time than there is: its build for programs with threads; null where it is not installed. */
export const findFaketime = (): string | null =>
  process.platform === 'linux'
    ? (folders()
        .map((folder) => join(folder, 'libfaketimeMT.so.1'))
        .find((file) => existsSync(file)) ?? null)
    : null
