import { keysOf, Listing, PageOf, pageOf } from '@collegium/shared/http/paging.ts'
import { Id, Label, OneOf, orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { type Case, casesOf, type Deed, policiesTold, type Span, spanOf, termOf } from './compliance.ts'
import { conduct } from './conduct.ts'
import { reject } from './rejections.ts'
import { type Rule, ruleOf } from './rules.ts'

const tags = ['dashboards']
const verdicts = ['kept', 'broken', 'open'] as const
const Count = Type.Integer({ minimum: 0 })
const Told = Type.Object({
  policy: Type.String(),
  how: Type.Enum(['measured', 'enforced'], { description: '`enforced`: the system itself sees to it, so that it cannot be broken.' }),
  campuses: Type.Array(Type.Object({ unit: Type.String(), kept: Count, broken: Count, open: Count })),
})
const Term = Type.Object({ id: Type.String(), name: Label, from: Type.String(), to: Type.String() })
const CaseRow = Type.Object({
  unit: Type.String(),
  about: orNull(Type.String({ description: 'The activity, the meeting, the union or the officer.' })),
  since: Type.String(),
  due: Type.String(),
  done: orNull(Type.String()),
  verdict: Type.Enum([...verdicts]),
})

/** How each campus keeps the policies this term, and the cases behind each number. */
export const complianceRoutes = (app: FastifyInstance, kernel: Kernel): void => {
  const config = { permission: 'dashboards:read' }
  app.get(
    '/compliance',
    {
      schema: {
        operationId: 'compliance',
        tags,
        summary: 'How the policies are kept this term, by campus: of a policy that is not named nothing is recorded',
        response: { 200: Type.Object({ term: orNull(Term), items: Type.Array(Told) }) },
      },
      config,
    },
    async (request) => {
      const actor = kernel.actorOf(request)
      const directory = kernel.directory()
      const units = kernel.unitsWhere(actor, 'dashboards:read')
      const campuses = units.filter((id) => directory.unit(id)?.kind === 'campus' && directory.unit(id)?.dissolved === null)
      if (units.length === 0) await kernel.allow(actor, 'dashboards:read', directory.root() ?? 'federation')
      const term = termOf(directory, kernel.now())
      const span = term && spanOf(term, kernel.now())
      const deeds = span === null ? new Map<string, Deed[]>() : Map.groupBy(await deedsIn(kernel, units, span, null), ({ policy }) => policy)
      const told = (policy: string, rule: Rule) => ({
        policy,
        how: rule.how === 'enforced' ? ('enforced' as const) : ('measured' as const),
        campuses:
          span === null || rule.how === 'enforced'
            ? []
            : campuses.map((unit) => ({ unit, ...counted(casesOf(directory, policy, rule, deeds.get(policy) ?? [], unit, span)) })),
      })
      return { term, items: policiesTold(directory).map(({ policy, rule }) => told(policy, rule)) }
    },
  )

  const Asked = Listing({ unit: { ...Id, description: 'A campus.' }, verdict: Type.Optional(OneOf(...verdicts)) })
  app.get(
    '/compliance/:policy/cases',
    {
      schema: {
        operationId: 'complianceCases',
        tags,
        summary: 'What a policy asked of whom at a campus this term, the earliest due first',
        params: Type.Object({ policy: Id }),
        querystring: Asked,
        response: { 200: PageOf(CaseRow) },
      },
      config,
    },
    async (request) => {
      const { policy } = request.params as { policy: string }
      const { unit, verdict, limit, cursor } = request.query as Static<typeof Asked>
      const directory = kernel.directory()
      await kernel.allow(kernel.actorOf(request), 'dashboards:read', unit)
      const rule = ruleOf(policy)
      if (rule === null) throw reject('policy-not-recorded', { policy })
      const term = termOf(directory, kernel.now())
      if (term === null) return { items: [], nextCursor: null }
      const span = spanOf(term, kernel.now())
      const all = casesOf(directory, policy, rule, await deedsIn(kernel, directory.subtree(unit), span, policy), unit, span)
        .filter((each) => verdict === undefined || each.verdict === verdict)
        .toSorted((a, b) => a.due.localeCompare(b.due) || (a.about ?? '').localeCompare(b.about ?? ''))
      const from = Number(keysOf(cursor, 1)?.[0] ?? 0)
      const { items, nextCursor } = pageOf(all.slice(from, from + limit + 1), limit, () => [String(from + limit)])
      return { items, nextCursor }
    },
  )
}

const deedsIn = (kernel: Kernel, units: readonly string[], { from, to }: Span, policy: string | null): Promise<Deed[]> =>
  kernel.query<Deed>(
    conduct,
    'select policy, unit, about, since, due, done, late from {deed} where unit = any($1) and since > $2 and since <= $3 and ($4::text is null or policy = $4)',
    [units, from, to, policy],
  )

const counted = (cases: readonly Case[]): Record<(typeof verdicts)[number], number> => {
  const count = { kept: 0, broken: 0, open: 0 }
  for (const { verdict } of cases) count[verdict] += 1
  return count
}
