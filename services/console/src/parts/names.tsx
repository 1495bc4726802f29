import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { personName } from '../api/names.ts'
import { type Label, postKinds, type Unit, units, unitsGone } from '../api/organization.ts'
import { reading } from '../api/read.ts'
import type { Fact } from '../api/trail.ts'
import { useFormats } from './format.ts'

/** Ids in words, for those who may know them; for the others what it is, and the end of its id to tell one from another. */

export const useUnit = (id: string): Unit | undefined => {
  const now = useQuery(units()).data
  const found = now?.find((unit) => unit.id === id)
  // What was merged or dissolved keeps its name.
  const gone = useQuery({ ...unitsGone, enabled: id !== '' && now !== undefined && found === undefined }).data
  return found ?? gone?.find((unit) => unit.id === id)
}

/** `0197…-9f3a` → `9f3a`; a short id is itself. */
export const shortOf = (id: string): string => (id.length > 16 ? id.slice(-4) : id)

type Kind = 'unit' | 'person' | 'post' | 'activity' | 'document' | 'meeting'

/** What stands where no name may be known. */
export const useUnnamed = (): ((kind: Kind, id: string) => string) => {
  const { t } = useTranslation()
  return (kind, id) => t(`unnamed.${kind}`, { code: shortOf(id) })
}

export const UnitName = ({ id }: { id: string }) => {
  const { label } = useFormats()
  const unnamed = useUnnamed()
  const { isPending } = useQuery(units())
  const unit = useUnit(id)
  return unit ? label(unit.name) : isPending ? '…' : unnamed('unit', id)
}

/** The account that sets an installation up: nobody of the federation. */
const operator = 'operator'

/** Somebody's name as a text; what stands instead where the reader may not know it. */
export const usePersonName = (id: string): string => {
  const { t } = useTranslation()
  const unnamed = useUnnamed()
  const isOperator = id === operator
  const { data, isPending } = useQuery({ ...personName(id), enabled: id !== '' && !isOperator })
  if (isOperator) return t('actors.operator')
  return data ?? (isPending && id !== '' ? '…' : unnamed('person', id))
}

export const PersonName = ({ id }: { id: string }) => usePersonName(id)

export const PostName = ({ kind }: { kind: string }) => {
  const { label } = useFormats()
  const unnamed = useUnnamed()
  const { data, isPending } = useQuery(postKinds)
  const found = data?.find((each) => each.id === kind)
  return found ? label(found.name) : isPending ? '…' : unnamed('post', kind)
}

/** What is read of a thing for its name: it changes seldom, and a refusal is an answer. */
const once = { retry: false, staleTime: 5 * 60_000 } as const

export const ActivityName = ({ id }: { id: string }) => {
  const { label } = useFormats()
  const unnamed = useUnnamed()
  const { data, isPending } = useQuery({ ...reading('/activities/{id}', { path: { id } }), ...once })
  const title = (data?.state.proposal as { readonly title?: Label } | undefined)?.title
  return title ? label(title) : isPending ? '…' : unnamed('activity', id)
}

export const MeetingName = ({ id }: { id: string }) => {
  const { label } = useFormats()
  const unnamed = useUnnamed()
  const { data, isPending } = useQuery({ ...reading('/meetings/{id}/overview', { path: { id } }), ...once })
  return data ? label(data.title) : isPending ? '…' : unnamed('meeting', id)
}

export const DocumentName = ({ id }: { id: string }) => {
  const unnamed = useUnnamed()
  const { data, isPending } = useQuery({ ...reading('/documents/{id}/overview', { path: { id } }), ...once })
  return data?.revisions.at(-1)?.title ?? (isPending ? '…' : unnamed('document', id))
}

/** Who acted: a person under a post, the operator, or a part of the system itself. */
export const ActorName = ({ actor }: { actor: Fact['actor'] }) => {
  const { t } = useTranslation()
  if (actor.person !== null) return <PersonName id={actor.person} />
  if (actor.system !== null) return t('actors.system', { name: t(`systems.${actor.system}`, { defaultValue: actor.system }) })
  return t('actors.operator')
}

export const PostAt = ({ post }: { post: NonNullable<Fact['actor']['post']> }) => (
  <>
    <PostName kind={post.kind} />
    {' · '}
    <UnitName id={post.unit} />
  </>
)
