import { useQuery } from '@tanstack/react-query'
import { units } from '../../api/organization.ts'

/** The federation's own time zone: where nobody has chosen a campus. */
export const useHomeZone = (): string => useQuery(units()).data?.find((unit) => unit.parent === null)?.timezone ?? 'UTC'
