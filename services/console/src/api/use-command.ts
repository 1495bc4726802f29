import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { type CommandName, type Given, newKey, send } from './command.ts'
import type { Commands } from './generated/schema.ts'
import { Problem } from './problem.ts'
import { readKey } from './read.ts'

/** Did the command perhaps happen, though no answer said so? Then its repetition must be the same command. */
const isOpen = (error: unknown): boolean =>
  error instanceof Problem && (error.status === 0 || error.status === 409 || error.status === 429 || error.status >= 500)

/**
 * A command that a person gives: pressing twice, or again after a failure, is the same command; what was read is read anew before it counts as
 * done, so that the page shows its effect. `run` resolves to the answer, or null where it was refused (`error` says why).
 */
export const useCommand = <C extends CommandName>(name: C, { onDone }: { readonly onDone?: (answer: Commands[C]['answer']) => unknown } = {}) => {
  const client = useQueryClient()
  const underWay = useRef<{ readonly key: string; readonly given: string } | null>(null)
  const mutation = useMutation({
    mutationFn: (given: Given<C>) => {
      const text = JSON.stringify(given)
      if (underWay.current?.given !== text) underWay.current = { key: newKey(), given: text }
      return send(name, given, underWay.current.key)
    },
    onSuccess: async (answer) => {
      underWay.current = null
      await client.invalidateQueries({ queryKey: [readKey] })
      await onDone?.(answer)
    },
    onError: (error) => {
      if (!isOpen(error)) underWay.current = null
    },
  })
  const run = async (given: Given<C>): Promise<Commands[C]['answer'] | null> => {
    if (mutation.isPending) return null
    try {
      return await mutation.mutateAsync(given)
    } catch {
      return null
    }
  }
  return { run, isBusy: mutation.isPending, isDone: mutation.isSuccess, error: mutation.error, reset: mutation.reset }
}
