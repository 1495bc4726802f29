import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { session, signOut, waysToSignIn } from '../api/session.ts'
import { forgetDevice } from '../parts/device.ts'

export const SignOut = () => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      const unsent = await forgetDevice()
      client.setQueryData(session.queryKey, null)
      await navigate({ to: '/sign-in', search: unsent > 0 ? { unsent } : {} })
      // What the page to sign in has begun to ask stays: taken from under it, its form would never come.
      client.removeQueries({ predicate: ({ queryKey: [kind, path] }) => kind !== session.queryKey[0] && path !== waysToSignIn.queryKey[1] })
    },
  })
  return (
    <button type="button" className="button" disabled={leaving.isPending} onClick={() => leaving.mutate()}>
      {t(leaving.isError ? 'frame.signOutAgain' : 'frame.signOut')}
    </button>
  )
}
