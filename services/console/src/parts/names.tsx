import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { personCard, postKinds, type Unit, units } from '../api/organization.ts'
import type { Fact } from '../api/trail.ts'
import { useFormats } from './format.ts'

/** Ids in words, for those who may know them; the id itself for the others. */

export const useUnit = (id: string): Unit | undefined => useQuery(units()).data?.find((unit) => unit.id === id)

export const UnitName = ({ id }: { id: string }) => {
  const { label } = useFormats()
  const unit = useUnit(id)
  return unit ? label(unit.name) : <code>{id}</code>
}

export const PersonName = ({ id }: { id: string }) => {
  const { data } = useQuery(personCard(id))
  return data?.name ?? <code>{id}</code>
}

export const PostName = ({ kind }: { kind: string }) => {
  const { label } = useFormats()
  const found = useQuery(postKinds).data?.find((each) => each.id === kind)
  return found ? label(found.name) : <code>{kind}</code>
}

/** Who acted: a person under a post, the operator, or a part of the system itself. */
export const ActorName = ({ actor }: { actor: Fact['actor'] }) => {
  const { t } = useTranslation()
  if (actor.person !== null) return <PersonName id={actor.person} />
  if (actor.system !== null) return t('actors.system', { name: actor.system })
  return t('actors.operator')
}

export const PostAt = ({ post }: { post: NonNullable<Fact['actor']['post']> }) => (
  <>
    <PostName kind={post.kind} />
    {' · '}
    <UnitName id={post.unit} />
  </>
)
