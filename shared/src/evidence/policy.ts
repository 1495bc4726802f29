import { sameBytes } from './bytes.ts'
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'
import { cosignatureVerifier, cosignedAt } from './cosignature.ts'
import { NoteFault, noteVerifier, openNote, type Verifier } from './note.ts'

/** Whom to trust (c2sp.org/tlog-policy): logs, witnesses, and how many of these must have cosigned. */

type Party = { readonly verifier: Verifier; readonly url: string | null }
type Group = { readonly least: number; readonly members: readonly string[] }

export type Policy = {
  readonly logs: readonly Party[]
  readonly witnesses: ReadonlyMap<string, Party>
  readonly groups: ReadonlyMap<string, Group>
  /** The name of a witness or a group, or null where none has to cosign. */
  readonly quorum: string | null
}

/** All that is wrong in a policy, each with its line (from 1 on). */
export class PolicyFault extends Error {
  readonly faults: readonly { readonly line: number; readonly text: string }[]

  constructor(faults: PolicyFault['faults']) {
    super(`The policy has ${faults.length} fault(s):\n${faults.map(({ line, text }) => `  line ${line}: ${text}`).join('\n')}`)
    this.faults = faults
  }
}

const leastOf = (text: string, members: number): number | null => {
  if (text === 'any') return 1
  if (text === 'all') return members
  const least = /^[1-9]\d{0,3}$/.test(text) ? Number(text) : 0
  return least >= 1 && least <= members ? least : null
}

/** Reads a policy. Throws a PolicyFault with every fault and its line. */
export const parsePolicy = (text: string): Policy => {
  const logs: Party[] = []
  const witnesses = new Map<string, Party>()
  const groups = new Map<string, Group>()
  const grouped = new Set<string>()
  let quorum: string | null | undefined

  const isDefined = (name: string): boolean => witnesses.has(name) || groups.has(name)
  const newName = (name: string | undefined): string => {
    if (name === undefined) throw new TypeError('a name is missing')
    if (name === 'none') throw new TypeError('none cannot be defined: it is the quorum of nobody')
    if (isDefined(name)) throw new TypeError(`${name} is defined twice`)
    return name
  }
  const party = (
    vkey: string | undefined,
    url: string | undefined,
    rest: readonly string[],
    among: Iterable<Party>,
    read: (vkey: string) => Verifier,
  ): Party => {
    if (vkey === undefined) throw new TypeError('a key is missing')
    if (rest.length > 0) throw new TypeError(`too much on the line: ${rest.join(' ')}`)
    const verifier = read(vkey)
    for (const other of among) if (sameBytes(other.verifier.publicKey, verifier.publicKey)) throw new TypeError(`the key of ${verifier.name} stands here twice`)
    return { verifier, url: url ?? null }
  }

  const kinds: Readonly<Record<string, (words: readonly string[]) => void>> = {
    log: ([vkey, url, ...rest]) => {
      logs.push(party(vkey, url, rest, logs, noteVerifier))
    },
    witness: ([given, vkey, url, ...rest]) => {
      const name = newName(given)
      witnesses.set(name, party(vkey, url, rest, witnesses.values(), cosignatureVerifier))
    },
    group: ([given, threshold, ...members]) => {
      const name = newName(given)
      if (threshold === undefined || members.length === 0) throw new TypeError(`the group ${name} needs a threshold and members`)
      const least = leastOf(threshold, members.length)
      if (least === null) throw new TypeError(`${threshold} is not any, all, or a number from 1 to ${members.length}`)
      for (const [at, member] of members.entries()) {
        if (!isDefined(member)) throw new TypeError(`${member} is not defined above this line`)
        if (grouped.has(member) || members.indexOf(member) < at) throw new TypeError(`${member} is a member twice`)
      }
      for (const member of members) grouped.add(member)
      groups.set(name, { least, members })
    },
    quorum: ([name, ...rest]) => {
      if (name === undefined || rest.length > 0) throw new TypeError('quorum takes one name')
      if (quorum !== undefined) throw new TypeError('there is a quorum already')
      if (name !== 'none' && !isDefined(name)) throw new TypeError(`${name} is not defined above this line`)
      quorum = name === 'none' ? null : name
    },
  }

  const faults: { line: number; text: string }[] = []
  const lines = text.split('\n')
  for (const [at, line] of lines.entries()) {
    try {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: which of them may stand in a policy is the question.
      if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(line)) throw new TypeError('a control character')
      const words = line.split(/[ \t]+/).filter((word) => word !== '')
      const [kind, ...rest] = words
      if (kind === undefined || kind.startsWith('#')) continue
      const read = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
      if (!read) throw new TypeError(`${kind} is not log, witness, group or quorum`)
      read(rest)
    } catch (cause) {
      faults.push({ line: at + 1, text: (cause as Error).message })
    }
  }
  if (quorum === undefined && faults.length === 0) faults.push({ line: lines.length, text: 'no quorum is given' })
  if (quorum === undefined || faults.length > 0) throw new PolicyFault(faults)
  return { logs, witnesses, groups, quorum }
}

/** Whether these witnesses (by their names in the policy) are as many as the quorum asks. */
export const isCosignedEnough = ({ groups, quorum }: Policy, cosigned: ReadonlySet<string>): boolean => {
  const holds = (name: string): boolean => {
    const group = groups.get(name)
    return group ? group.members.filter(holds).length >= group.least : cosigned.has(name)
  }
  return quorum === null || holds(quorum)
}

/** A checkpoint of a known log: which witnesses of the policy cosigned it, when (seconds since 1970; the latest of each), and whether that is enough. */
export type OpenedCheckpoint = {
  readonly checkpoint: Checkpoint
  readonly cosigned: ReadonlyMap<string, number>
  readonly isEnough: boolean
}

/** Opens a signed checkpoint by a policy. Throws a NoteFault where it is malformed, a known key's signature is false, or its own log did not sign it. */
export const openCheckpoint = (note: string, policy: Policy): OpenedCheckpoint => {
  const verifiers = [...policy.logs, ...policy.witnesses.values()].map(({ verifier }) => verifier)
  const { text, signatures } = openNote(note, verifiers)
  const checkpoint = parseCheckpoint(text)
  if (!checkpoint) throw new NoteFault('malformed', 'The text is not a checkpoint of three lines')
  const logs = policy.logs.map(({ verifier }) => verifier)
  if (!signatures.some(({ by }) => by.name === checkpoint.origin && logs.includes(by))) {
    throw new NoteFault('unsigned', `The policy knows no log ${checkpoint.origin}, or that log did not sign`)
  }
  const cosigned = new Map<string, number>()
  for (const [name, { verifier }] of policy.witnesses) {
    const times = signatures.flatMap(({ by, signature }) => (by === verifier ? [cosignedAt(signature) ?? 0] : []))
    if (times.length > 0) cosigned.set(name, Math.max(...times))
  }
  return { checkpoint, cosigned, isEnough: isCosignedEnough(policy, new Set(cosigned.keys())) }
}
