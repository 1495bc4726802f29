import { useQuery } from '@tanstack/react-query'
import { appointmentHistory } from '../../api/history.ts'
import { reading } from '../../api/read.ts'
import { useUnit } from '../../parts/names.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import type { Case } from './case-state.ts'
import { Objections } from './objections.tsx'
import './appointments.css'

/** The objections to one appointment, to be settled where they are read. */
export const SettleObjections = ({ id }: { id: string }) => {
  const found = useQuery(reading('/appointments/{id}', { path: { id } }))
  const { data: facts = [] } = useQuery(appointmentHistory(id))
  const state = found.data?.state as unknown as Case | undefined
  const zone = useUnit(state?.unit ?? '')?.timezone ?? 'UTC'
  if (found.isError) return <Failure error={found.error} onRetry={() => found.refetch()} />
  return state === undefined ? <Loading /> : <Objections id={id} state={state} facts={facts} timeZone={zone} />
}
