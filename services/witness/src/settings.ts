import { readConfig } from '@collegium/shared/config.ts'
import { isKeyName, noteVerifier, type Verifier } from '@collegium/shared/evidence/note.ts'
import Type, { type Static } from 'typebox'

const Environment = Type.Object({
  COLLEGIUM_WITNESS_NAME: Type.String({ minLength: 1, description: 'Who witnesses, as union.example.edu/witness; part of the key.' }),
  COLLEGIUM_WITNESS_LOGS: Type.String({ minLength: 1, description: 'The public keys of the logs, with spaces or newlines between them.' }),
  COLLEGIUM_WITNESS_FOLDER: Type.String({ default: 'var/witness', description: 'What it has cosigned; never to be restored from a backup.' }),
  COLLEGIUM_WITNESS_KEY_PATH: Type.Optional(Type.String({ description: 'The file of its private key; witness.key in the folder unless set.' })),
  COLLEGIUM_WITNESS_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 8200 }),
  COLLEGIUM_HOST: Type.String({ default: '127.0.0.1' }),
  COLLEGIUM_LOG_LEVEL: Type.String({ default: 'info' }),
})

export type Settings = Static<typeof Environment> & { readonly logs: readonly Verifier[] }

/** What the process reads from the environment. Throws an error that lists every fault, a log's key that cannot be read among them. */
export const readSettings = (environment: Readonly<Record<string, string | undefined>> = process.env): Settings => {
  const config = readConfig(Environment, environment)
  if (!isKeyName(config.COLLEGIUM_WITNESS_NAME)) throw new Error('COLLEGIUM_WITNESS_NAME: the name of a key holds no space and no plus')
  const vkeys = config.COLLEGIUM_WITNESS_LOGS.split(/\s+/).filter((vkey) => vkey !== '')
  const logs = vkeys.map((vkey) => {
    try {
      return noteVerifier(vkey)
    } catch (cause) {
      throw new Error(`COLLEGIUM_WITNESS_LOGS: ${(cause as Error).message}`)
    }
  })
  return { ...config, logs }
}
