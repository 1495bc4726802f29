import type { Actor, PolicyValue } from './aggregate.ts'
import type { Label } from './schema.ts'

/**
 * What every service must know of the organization to let people in: the tree, who holds which post, what a post may do, policies and
 * terms. Membership owns it; each process keeps this snapshot, pushed by membership within milliseconds, and asks afresh before it refuses.
 */
export type Unit = {
  readonly id: string
  readonly kind: 'federation' | 'campus' | 'union' | 'department' | 'association'
  readonly name: Label
  readonly parent: string | null
  /** unions only: `campus` or `college` */
  readonly level: string | null
  readonly timezone: string
  readonly dissolved: string | null
}
export type Holding = {
  readonly id: string
  readonly person: string
  readonly kind: string
  readonly unit: string
  readonly from: string
  readonly until: string | null
}
export type PostKind = {
  readonly id: string
  readonly name: Label /** `activities:approve`, or `activities:*`, or `*` */
  readonly permissions: readonly string[]
}
export type PolicyVersion = { readonly name: string; readonly unit: string; readonly value: PolicyValue; readonly version: number; readonly from: string }
export type Term = { readonly id: string; readonly name: Label; readonly from: string; readonly to: string; readonly timezone: string }
export type Snapshot = {
  /** Grows with every change; a process may wait for one. */
  readonly version: number
  readonly units: readonly Unit[]
  readonly holdings: readonly Holding[]
  readonly postKinds: readonly PostKind[]
  readonly policies: readonly PolicyVersion[]
  readonly terms: readonly Term[]
}
export const emptySnapshot: Snapshot = { version: 0, units: [], holdings: [], postKinds: [], policies: [], terms: [] }

/** The implicit post of everyone at their home campus, so that students need no appointment to take part. */
export const studentPost = 'student'

/** Pure answers over one snapshot. Units are indexed once; the rest is small. */
export class Directory {
  readonly snapshot: Snapshot
  readonly #units: Map<string, Unit>
  readonly #children = new Map<string, string[]>()
  readonly #kinds: Map<string, PostKind>
  readonly #byPerson: Map<string, Holding[]>
  readonly #policies: Map<string, PolicyVersion[]>

  constructor(snapshot: Snapshot) {
    this.snapshot = snapshot
    this.#units = new Map(snapshot.units.map((unit) => [unit.id, unit]))
    for (const unit of snapshot.units) if (unit.parent !== null) this.#children.set(unit.parent, [...(this.#children.get(unit.parent) ?? []), unit.id])
    this.#kinds = new Map(snapshot.postKinds.map((kind) => [kind.id, kind]))
    this.#byPerson = Map.groupBy(snapshot.holdings, (holding) => holding.person)
    this.#policies = Map.groupBy(snapshot.policies, (policy) => `${policy.unit} ${policy.name}`)
  }

  unit(id: string): Unit | undefined {
    return this.#units.get(id)
  }

  /** The root of the tree; null before a federation was imported. */
  root(): string | null {
    return this.snapshot.units.find((unit) => unit.parent === null)?.id ?? null
  }

  /** The unit and all above it, nearest first; empty for an unknown unit. */
  path(id: string): string[] {
    const path: string[] = []
    for (let unit = this.#units.get(id); unit; unit = unit.parent === null ? undefined : this.#units.get(unit.parent)) path.push(unit.id)
    return path
  }

  /** The unit and all below it. */
  subtree(id: string): string[] {
    return [id, ...(this.#children.get(id) ?? []).flatMap((child) => this.subtree(child))]
  }

  covers(above: string, unit: string): boolean {
    return this.path(unit).includes(above)
  }

  /** The campus that a unit belongs to; null for the federation itself. */
  campusOf(id: string): string | null {
    return this.path(id).find((unit) => this.#units.get(unit)?.kind === 'campus') ?? null
  }

  /** The nearest version in force at `at`, looking from the unit upwards: a campus may only tighten, so nearest is strictest. */
  policy(name: string, unit: string, at: string): PolicyVersion | undefined {
    for (const each of this.path(unit)) {
      const found = this.#policies
        .get(`${each} ${name}`)
        ?.filter((policy) => policy.from <= at)
        .at(-1)
      if (found) return found
    }
    return undefined
  }

  termAt(at: string): Term | undefined {
    return this.snapshot.terms.find((term) => term.from <= at.slice(0, 10) && at.slice(0, 10) <= term.to)
  }

  postKind(id: string): PostKind | undefined {
    return this.#kinds.get(id)
  }

  /** What a person holds at a moment. */
  holdings(person: string, at: string): Holding[] {
    return (this.#byPerson.get(person) ?? []).filter((holding) => isHeld(holding, at))
  }

  /** Who holds a kind of post at exactly this unit. */
  holders(kind: string, unit: string, at: string): Holding[] {
    return this.snapshot.holdings.filter((holding) => holding.kind === kind && holding.unit === unit && isHeld(holding, at))
  }

  /** Who, at the unit or above it, nearest first, may do this. */
  holdersOf(permission: string, unit: string, at: string): Holding[] {
    const path = this.path(unit)
    return this.snapshot.holdings
      .filter((holding) => path.includes(holding.unit) && isHeld(holding, at) && this.#allows(holding.kind, permission))
      .sort((a, b) => path.indexOf(a.unit) - path.indexOf(b.unit))
  }

  /** The kinds of post that carry a permission. */
  kindsWith(permission: string): PostKind[] {
    return this.snapshot.postKinds.filter((kind) => this.#allows(kind.id, permission))
  }

  /**
   * The post that lets the actor do this at this unit now (null = at any), or null. Posts hold for their unit's subtree; the implicit
   * student post holds for the home campus, everything in it, and what stands above it.
   */
  grant(actor: Actor, permission: string, unit: string | null, at: string): { kind: string; unit: string } | 'operator' | null {
    if (actor.scope !== null && !actor.scope.some((pattern) => matches(pattern, permission))) return null
    if (actor.operator) return 'operator'
    if (actor.person === null) return null
    const path = unit === null ? null : this.path(unit)
    for (const holding of this.holdings(actor.person, at))
      if ((path === null || path.includes(holding.unit)) && this.#allows(holding.kind, permission)) return { kind: holding.kind, unit: holding.unit }
    if (
      actor.home !== null &&
      this.#allows(studentPost, permission) &&
      (path === null || path.includes(actor.home) || this.path(actor.home).includes(unit as string))
    )
      return { kind: studentPost, unit: actor.home }
    return null
  }

  /** Every unit where the actor may do this, of all or of those `within` one: what lists and exports are filtered by. */
  unitsWhere(actor: Actor, permission: string, at: string, within?: string): string[] {
    const units = within === undefined ? this.snapshot.units.map((unit) => unit.id) : this.subtree(within)
    return units.filter((unit) => this.grant(actor, permission, unit, at) !== null)
  }

  #allows(kind: string, permission: string): boolean {
    return this.#kinds.get(kind)?.permissions.some((pattern) => matches(pattern, permission)) ?? false
  }
}

const isHeld = (holding: Holding, at: string): boolean => holding.from <= at && (holding.until === null || at < holding.until)

const matches = (pattern: string, permission: string): boolean =>
  pattern === '*' || pattern === permission || (pattern.endsWith(':*') && permission.startsWith(pattern.slice(0, -1)))
