import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '@collegium/shared/config.ts'
import { cosignatureV1, noteSignerOf, parseVkey, type Signer } from '@collegium/shared/evidence/note.ts'
import { type Policy, parsePolicy } from '@collegium/shared/evidence/policy.ts'
import Type from 'typebox'
import type { Witness } from './witnesses.ts'

const Environment = Type.Object({
  COLLEGIUM_LOG_NAME: Type.String({ default: 'collegium.local' }),
  COLLEGIUM_AUDIT_FOLDER: Type.String({ default: 'var/audit', minLength: 1, description: 'The files of the logs.' }),
  COLLEGIUM_AUDIT_KEYS: Type.String({ default: 'var/keys', minLength: 1, description: 'The folder of the logs’ private keys.' }),
  COLLEGIUM_AUDIT_POLICY: Type.Optional(Type.String({ minLength: 1, description: 'The file that says how many cosignatures a checkpoint needs.' })),
  COLLEGIUM_WITNESSES: Type.String({ default: '', description: 'url|vkey, several with spaces between them.' }),
})

/** The logs by their short names; one for each election may follow. */
export const logNames = ['events', 'reads'] as const

export type LogSettings = {
  readonly folder: string
  /** By the log's short name. */
  readonly signers: ReadonlyMap<string, Signer>
  readonly policyText: string
  readonly policy: Policy
  readonly witnesses: readonly Witness[]
}

/** Reads what the log needs. Throws where a key can be read by others than its owner, belongs to another log, or the policy does not fit. */
export const readLogSettings = (environment: Readonly<Record<string, string | undefined>>): LogSettings => {
  const config = readConfig(Environment, environment)
  const signers = new Map(logNames.map((log) => [log, signerIn(join(config.COLLEGIUM_AUDIT_KEYS, `audit-${log}.key`), `${config.COLLEGIUM_LOG_NAME}/${log}`)]))
  const listed = config.COLLEGIUM_WITNESSES.split(/[\s,]+/)
    .filter((each) => each !== '')
    .map(witnessOf)
  const policyText = config.COLLEGIUM_AUDIT_POLICY === undefined ? policyOf([...signers.values()], listed) : readFileSync(config.COLLEGIUM_AUDIT_POLICY, 'utf8')
  const policy = parsePolicy(policyText)
  for (const { name, vkey } of signers.values())
    if (!policy.logs.some((log) => log.verifier.vkey === vkey)) throw new Error(`The policy does not name the log ${name}: it needs the line "log ${vkey}"`)
  const named = [...policy.witnesses.values()].flatMap(({ verifier, url }) => (url === null ? [] : [{ url, name: verifier.name, vkey: verifier.vkey }]))
  const witnesses = [...new Map([...named, ...listed].map((witness) => [witness.vkey, witness])).values()]
  return { folder: config.COLLEGIUM_AUDIT_FOLDER, signers, policyText, policy, witnesses }
}

const signerIn = (path: string, name: string): Signer => {
  const { mode } = statSync(path)
  if ((mode & 0o077) !== 0) throw new Error(`${path} can be read by others (mode ${(mode & 0o777).toString(8)}): a log's key is its owner's alone, mode 600`)
  const signer = noteSignerOf(readFileSync(path, 'utf8').trim())
  if (signer.name !== name) throw new Error(`${path} is the key of ${signer.name}, not of ${name}`)
  return signer
}

const witnessOf = (text: string): Witness => {
  const [url, vkey] = text.split('|')
  if (!url || !vkey) throw new Error(`COLLEGIUM_WITNESSES: ${text} is not url|vkey`)
  return { url, vkey, name: parseVkey(vkey, cosignatureV1).name }
}

/** Without a policy of its own: more than half of the witnesses that are asked; none where none is. */
const policyOf = (signers: readonly Signer[], witnesses: readonly Witness[]): string => {
  const names = witnesses.map((_, index) => `w${index + 1}`)
  return [
    ...signers.map(({ vkey }) => `log ${vkey}`),
    ...witnesses.map(({ vkey, url }, index) => `witness ${names[index]} ${vkey} ${url}`),
    ...(names.length > 0 ? [`group most ${Math.floor(names.length / 2) + 1} ${names.join(' ')}`] : []),
    `quorum ${names.length > 0 ? 'most' : 'none'}`,
    '',
  ].join('\n')
}
