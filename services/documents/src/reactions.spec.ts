import { minutesApproved } from '@collegium/activities/events'
import { fold } from '@collegium/shared/aggregate.ts'
import { describe, expect, it } from 'vitest'
import { document } from './document.ts'
import { documentApproved, numberAssigned } from './events.ts'
import { filing, minutesArrive } from './reactions.ts'

const envelope = { unit: 'su', occurred: '2026-12-31T18:00:00.000Z', stream: 'document-d-1', actor: { person: 'p-chair', post: null, system: null } }
const drafted = {
  type: 'documents.document-drafted.v1' as const,
  data: { document: 'd-1', kind: 'plan' as const, title: '计划', text: '正文', about: null, issuer: 'su', language: 'zh-CN' as const, author: 'p-1' },
}
const ask = { document: async () => fold(document, [drafted]), yearAt: () => 2027 }
const reflexOf = (reaction: typeof filing, definition: { type: string }) => reaction.on.find((reflex) => reflex.definition.type === definition.type)

describe('filing', () => {
  it('[DC-02] an approved document asks the register of its issuer, kind and year there', async () => {
    const commands = await reflexOf(filing, documentApproved)?.handle({ ...envelope, data: { document: 'd-1' } } as never, ask)
    expect(commands).toMatchObject([{ id: 'su.plan.2027', input: { unit: 'su', kind: 'plan', year: 2027, document: 'd-1' } }])
  })

  it('[DC-02] a number is filed with its document', async () => {
    const data = { register: 'su.plan.2027', issuer: 'su', kind: 'plan', year: 2027, number: 3, document: 'd-1', label: '学生会计〔2027〕3号' }
    const commands = await reflexOf(filing, numberAssigned)?.handle({ ...envelope, data } as never, ask)
    expect(commands).toMatchObject([{ aggregate: document, id: 'd-1', input: { year: 2027, number: 3, label: '学生会计〔2027〕3号' } }])
  })

  it('[DC-05] approved minutes become one document, whatever is delivered twice', async () => {
    const data = { meeting: 'm-1', title: { en: 'Presidium', zh: '主席团会议' }, text: '决定', drafter: 'p-secretary' }
    const commands = await reflexOf(minutesArrive, minutesApproved)?.handle({ ...envelope, data } as never, ask)
    expect(commands).toMatchObject([{ id: 'minutes.m-1', input: { unit: 'su', title: '主席团会议', chair: 'p-chair', author: 'p-secretary' } }])
  })
})
