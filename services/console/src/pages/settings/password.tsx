import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Commands } from '../../api/generated/schema.ts'
import { ask } from '../../api/http.ts'
import { readKey } from '../../api/read.ts'
import { Failure } from '../../parts/states.tsx'

type Body = Commands['changePassword']['body']

/** A form of its own: what is typed here is kept nowhere, not even on this device. */
export const PasswordForm = ({ account }: { account: string }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const [differs, setDiffers] = useState(false)
  const changing = useMutation({
    mutationFn: (body: Body) => ask<null>('/session/password', { method: 'POST', body }),
    onSuccess: () => {
      form.current?.reset()
      void client.invalidateQueries({ queryKey: [readKey, '/session/all'] })
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    if (changing.isPending) return
    const given = new FormData(event.currentTarget)
    const [current, next, again] = ['current', 'next', 'again'].map((name) => String(given.get(name)))
    setDiffers(next !== again)
    if (next === again) changing.mutate({ current: current ?? '', next: next ?? '' })
  }
  return (
    <form className="form command-form" ref={form} onSubmit={submit} aria-busy={changing.isPending}>
      <input type="text" name="username" autoComplete="username" value={account} readOnly hidden />
      {(['current', 'next', 'again'] as const).map((name) => (
        <div key={name} className="field">
          <label htmlFor={`${id}-${name}`}>{t(`settings.password.${name}`)}</label>
          <input
            id={`${id}-${name}`}
            className="input"
            name={name}
            type="password"
            autoComplete={name === 'current' ? 'current-password' : 'new-password'}
            minLength={name === 'current' ? 1 : 10}
            maxLength={200}
            required
            aria-describedby={name === 'again' && differs ? `${id}-differs` : name === 'next' ? `${id}-rule` : undefined}
            aria-invalid={(name === 'again' && differs) || undefined}
          />
          {name === 'next' && (
            <p id={`${id}-rule`} className="quiet help">
              {t('settings.password.rule')}
            </p>
          )}
          {name === 'again' && differs && (
            <p id={`${id}-differs`} className="fault" role="alert">
              {t('settings.password.differs')}
            </p>
          )}
        </div>
      ))}
      {changing.isError && <Failure error={changing.error} />}
      <div role="status">{changing.isSuccess && <p className="kept">{t('settings.password.done')}</p>}</div>
      <div className="buttons">
        <button type="submit" className="button primary" disabled={changing.isPending}>
          {changing.isPending ? t('form.busy') : t('settings.password.change')}
        </button>
      </div>
    </form>
  )
}
