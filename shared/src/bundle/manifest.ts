import { NoteFault, openNote, type Signer, signNote, type Verifier } from '../evidence/note.ts'

/** What is in a bundle: everything, or the streams of a campus, or those that were alive in a term. */
export type Scope = { readonly kind: 'all' } | { readonly kind: 'campus' | 'term'; readonly id: string }

/** One source's facts in a bundle. `head` is the last position of the source when it was made; in a part, fewer facts than that are there. */
export type BundledSource = { readonly service: string; readonly shard: number; readonly facts: number; readonly head: number }

export type BundledFile = { readonly path: string; readonly bytes: number; readonly sha256: string }

/** A bundle's table of contents. Every file but itself and its signature is in `files`. */
export type Manifest = {
  readonly format: 'collegium-bundle/v1'
  readonly scope: Scope
  readonly made: string
  /** The logs' name, as collegium.local. */
  readonly origin: string
  readonly shards: number
  readonly sources: readonly BundledSource[]
  /** Opens only with the bundle's key: tells a wrong key from a damaged file. */
  readonly keyCheck: string
  readonly files: readonly BundledFile[]
}

/** Something is wrong with a bundle; `code` says what, the message says where and why. */
export class BundleFault extends Error {
  readonly code: 'not-a-bundle' | 'damaged' | 'forged' | 'wrong-key' | 'history-differs'

  constructor(code: BundleFault['code'], message: string) {
    super(message)
    this.name = 'BundleFault'
    this.code = code
  }
}

export const manifestFile = 'manifest.json'
export const signatureFile = 'manifest.note'

/** The canonical records of a source, a line each, in order: what evidence hashes. */
export const recordsPath = ({ service, shard }: { readonly service: string; readonly shard: number }): string => `records/${service}/${shard}.ndjson`
/** Beside the records, for those that need it: ciphertexts, and where a command ended. */
export const besidePath = ({ service, shard }: { readonly service: string; readonly shard: number }): string => `beside/${service}/${shard}.ndjson`
/** The persons' keys of a service, wrapped by the bundle's key. */
export const keysPath = (service: string): string => `keys/${service}.ndjson`
/** Who was erased, as far as a service has obeyed. */
export const erasedPath = (service: string): string => `erased/${service}.ndjson`
/** What a service has still to do: how far its reactions are, deadlines, what is parked. */
export const pendingPath = (service: string): string => `pending/${service}.ndjson`

/** A line of `beside`. `ends` = the last fact of a command, of a client's or of the system's. */
export type Beside = { readonly position: number; readonly ends?: 'client' | 'system'; readonly sealed?: Readonly<Record<string, unknown>> }
/** A line of `keys`; `wrapped` is base64, null = destroyed. */
export type BundledKey = { readonly id: string; readonly person: string; readonly wrapped: string | null; readonly destroyed: string | null }

const firstLine = 'collegium-bundle/v1'

/** The signed note over a manifest: its digest (base64) in the name of an installation's logs. */
export const signManifest = (origin: string, digest: string, signer: Signer): string => signNote(`${firstLine}\n${origin}\n${digest}\n`, [signer])

/** The digest (base64) that one of the verifiers signed for. Throws a BundleFault (forged). */
export const openManifest = (note: string, origin: string, verifier: Verifier): string => {
  try {
    const [first, named, digest, ...rest] = openNote(note, [verifier]).text.split('\n')
    if (first !== firstLine || named !== origin || digest === undefined || rest.join('') !== '')
      throw new BundleFault('forged', `${signatureFile} is about something else`)
    return digest
  } catch (cause) {
    if (!(cause instanceof NoteFault)) throw cause
    throw new BundleFault('forged', `${signatureFile} was not signed by ${verifier.name}: ${cause.message}`)
  }
}
