import type { CommandName } from '../../api/command.ts'
import { commands } from '../../api/generated/commands.ts'
import type { Schema } from './schema.ts'

const files = import.meta.glob<Readonly<Record<string, Schema>>>('../../api/generated/forms/*.json', { import: 'default' })

/** The input of a command, loaded with those of the same service. */
export const inputOf = async (name: CommandName): Promise<Schema> =>
  (await files[`../../api/generated/forms/${commands[name].service}.json`]?.())?.[name] ?? { type: 'object', properties: {} }
