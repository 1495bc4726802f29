import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Engine, EngineMissing, type Environment } from './engine.ts'

const programs = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

const executable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Finds a Chromium: the path in COLLEGIUM_CHROMIUM, or a program of this machine. The address is its path; whoever tests with it starts and
 * ends it. A container is not looked for: a browser must reach the pages of this machine.
 */
export const findChromium = (environment: Environment = process.env): Engine => {
  const named = environment.COLLEGIUM_CHROMIUM
  if (named && !executable(named)) throw new EngineMissing('chromium', `COLLEGIUM_CHROMIUM names ${named}, which cannot be executed`)
  const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean)
  const path = named || programs.flatMap((program) => folders.map((folder) => join(folder, program))).find(executable)
  if (path === undefined || path === '') throw new EngineMissing('chromium', `none of ${programs.join(', ')} is on the PATH`)
  return { name: 'chromium', address: path, took: named ? 'environment' : 'local', stop: async () => {} }
}
