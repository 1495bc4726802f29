import { type FilingRequest, type RegistryServer, RegistryService } from '@collegium/proto/collegium/documents/v1/registry.ts'
import type { Actor } from '@collegium/shared/aggregate.ts'
import { answer } from '@collegium/shared/grpc/answer.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import { type Kind, kinds, labelOf } from './kinds.ts'
import { register, registerId } from './register.ts'
import { documents } from './views/documents.ts'

type Filed = { document: string; issuer: string; number: number; label: string; version: string }

const filing = async (kernel: Kernel, { subject, kind }: FilingRequest, actor: Actor | null) => {
  const about = subject?.$case === 'about' ? subject.value : null
  const document = subject?.$case === 'document' ? subject.value : null
  const [row] = await kernel.query<Filed>(
    documents,
    `select id as document, issuer, number, label, version from {document}
      where status = 'filed' and ($1::text is null or id = $1)
        and ($2::text is null or (about_id = $2 and about_service = $3 and about_kind = $4)) and ($5 = '' or kind = $5)
      order by filed_at desc, id desc limit 1`,
    [document, about?.id ?? null, about?.service ?? null, about?.kind ?? null, kind],
  )
  if (row === undefined || subject === undefined) return { filed: false, document: '', number: 0, label: '', version: 0 }
  if (actor !== null) await kernel.allow(actor, 'documents:read', row.issuer)
  return { filed: true, document: row.document, number: row.number, label: row.label, version: Number(row.version) }
}

const nextNumber = async (kernel: Kernel, issuer: string, kind: Kind, year: number) => {
  const { state } = await kernel.load(register, registerId(issuer, kind, year))
  const number = state.status === 'open' ? state.last + 1 : 1
  const name = kernel.directory().unit(issuer)?.name ?? { en: issuer, zh: issuer }
  return { number, label: labelOf(name, kind, year, number) }
}

/** What other services may ask about documents. A service asks for itself; a person's question is checked like their reading. */
export const answers = (kernel: Kernel) => {
  const registry: RegistryServer = {
    nextNumber: answer(async ({ issuer, kind, year }, { actor }) => {
      if (actor !== null) await kernel.allow(actor, 'documents:read', issuer)
      const known = kinds.find((each) => each === kind)
      return known === undefined ? { number: 0, label: '' } : nextNumber(kernel, issuer, known, year)
    }),
    filing: answer((request, { actor }) => filing(kernel, request, actor)),
  }
  // Nobody asks as yet; whoever begins to is named here.
  return [{ definition: RegistryService, implementation: registry, callers: { nextNumber: [], filing: [] } }]
}
