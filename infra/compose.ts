import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** A container of docker-compose.yml as it stands there: `${NAME}` is not filled in. */
export type Container = {
  readonly image: string
  readonly build?: { readonly context: string; readonly dockerfile: string }
  readonly entrypoint?: readonly string[]
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string | number>>
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
  readonly healthcheck?: {
    readonly test?: readonly string[]
    readonly disable?: boolean
    readonly interval?: string
    readonly timeout?: string
    readonly retries?: number
    readonly start_period?: string
  }
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly init?: boolean
  readonly read_only?: boolean
  readonly tmpfs?: readonly string[]
  readonly shm_size?: string
  readonly stop_grace_period?: string
}

export type Compose = {
  readonly 'x-addresses': Readonly<Record<string, string | number>>
  readonly services: Readonly<Record<string, Container>>
  readonly volumes: Readonly<Record<string, unknown>>
}

export const composeText = (): string => readFileSync(join(import.meta.dirname, '../docker-compose.yml'), 'utf8')

/** docker-compose.yml with its anchors filled in. */
export const readCompose = (): Compose => parse(composeText(), { merge: true }) as Compose

/** Variables that have no default: `${NAME:?why}` in one place at least. Somebody must choose them, and they are secrets. */
export const secretsOf = (text: string): string[] => [...new Set([...text.matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name]) => name as string))].sort()

/** A text of the file with its variables filled in: a secret by `secret`, any other by its default; `$$` is a dollar. */
export const filledIn = (text: string | number, secret: (name: string) => string): string =>
  String(text)
    .replaceAll(/(?<!\$)\$\{([A-Z_]+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest?: string) => (kind === '-' ? (rest ?? '') : secret(name)))
    .replaceAll('$$', '$')
