import { commands } from './generated/commands.ts'
import type { Commands } from './generated/schema.ts'
import { ask, filled } from './http.ts'
import { awaitPosition } from './positions.ts'

export type CommandName = keyof Commands & keyof typeof commands
type Blank = Record<never, never>

/** What a command is given: the blanks of its address, its body, and (where it changes what was seen) the version that was seen. */
export type Given<C extends CommandName> = (Blank extends Commands[C]['path'] ? { readonly path?: Blank } : { readonly path: Commands[C]['path'] }) & {
  readonly body: Commands[C]['body'] extends undefined ? undefined : Commands[C]['body']
  readonly version?: number | undefined
  /** Why; kept in the audit trail. */
  readonly reason?: string | undefined
}

/** Sends a command. Repeating it with the same `key` makes it happen once. Reads that follow wait until they show its effect. */
export const send = async <C extends CommandName>(name: C, given: Omit<Given<C>, 'path'> & { path?: object }, key: string): Promise<Commands[C]['answer']> => {
  const { method, path } = commands[name]
  const { body, version, reason } = given
  const answer = await ask<Commands[C]['answer']>(filled(path, given.path as Record<string, unknown>), {
    method,
    ...(body === undefined ? {} : { body }),
    headers: {
      'idempotency-key': key,
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      ...(reason === undefined || reason === '' ? {} : { 'collegium-reason': encodeURIComponent(reason) }),
    },
  })
  if (typeof answer === 'object' && answer !== null && 'position' in answer) awaitPosition(String(answer.position))
  return answer
}

/** A fresh key for one action of a person. */
export const newKey = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
