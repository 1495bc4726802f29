import { useMutation, useQueryClient } from '@tanstack/react-query'
import { readKey } from '../../api/read.ts'

/** An operator's act; what the page shows is read anew when it is done. */
export const useAct = <Answer>(work: () => Promise<Answer>) => {
  const client = useQueryClient()
  return useMutation({ mutationFn: work, onSettled: () => client.invalidateQueries({ queryKey: [readKey] }) })
}
