import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { whenSignedOut } from '../api/http.ts'
import { type Session, session } from '../api/session.ts'
import { Dialog } from '../parts/dialog.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** Where a session has lapsed: signing in again over the page, which stays as it is; what was asked for meanwhile is asked for again. */
export const SessionLapse = () => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  const waiting = useRef(new Set<(again: boolean) => void>())
  useEffect(() => {
    whenSignedOut(() => {
      setOpen(true)
      return new Promise((resolve) => waiting.current.add(resolve))
    })
    return () => whenSignedOut(async () => false)
  }, [])
  if (!isOpen) return null

  const before = client.getQueryData<Session | null>(session.queryKey)
  const settle = (again: boolean): void => {
    setOpen(false)
    for (const resolve of waiting.current) resolve(again)
    waiting.current.clear()
  }
  const entered = (told: Session): void => {
    client.setQueryData(session.queryKey, told)
    settle(true)
    void client.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' })
  }
  const leave = (): void => {
    const to = router.state.location.href
    client.setQueryData(session.queryKey, null)
    settle(false)
    void router.navigate({ to: '/sign-in', search: { to } })
  }
  return (
    <Dialog title={t('lapse.title')}>
      <p>{t('lapse.why')}</p>
      <SignInForm to={router.state.location.href} account={before?.account} onEntered={entered} />
      <button type="button" className="button wide" onClick={leave}>
        {t('lapse.leave')}
      </button>
    </Dialog>
  )
}
