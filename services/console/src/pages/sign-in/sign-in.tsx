import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { providerAddress, session, signIn, waysToSignIn } from '../../api/session.ts'
import { Preferences } from '../../frame/preferences.tsx'
import { PageTitle } from '../../parts/page.tsx'
import { Failure } from '../../parts/states.tsx'

const route = getRouteApi('/sign-in')

export const SignInPage = () => {
  const { t } = useTranslation()
  const { to = '/' } = route.useSearch()
  const ways = useQuery(waysToSignIn)
  return (
    <div className="door">
      <header className="door-head">
        <p className="brand">
          <img src="/favicon.svg" alt="" width="28" height="28" />
          {t('name')}
        </p>
        <Preferences />
      </header>
      <main className="door-card" id="content">
        <PageTitle title={t('signIn.title')} />
        <p className="quiet">{t(to === '/' ? 'signIn.lead' : 'signIn.comeBack')}</p>
        {ways.isError && <Failure error={ways.error} onRetry={() => ways.refetch()} />}
        {ways.data?.oidc && (
          <a className="button primary wide" href={providerAddress(to)}>
            {t('signIn.provider')}
          </a>
        )}
        {ways.data?.oidc && ways.data.password && <p className="or">{t('signIn.or')}</p>}
        {ways.data?.password && <PasswordForm to={to} />}
      </main>
    </div>
  )
}

const PasswordForm = ({ to }: { to: string }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const router = useRouter()
  const entering = useMutation({
    mutationFn: signIn,
    onSuccess: (told) => {
      client.clear()
      client.setQueryData(session.queryKey, told)
      router.history.push(to)
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    entering.mutate({ account: String(given.get('account')).trim(), password: String(given.get('password')) })
  }
  return (
    <form className="form" onSubmit={submit}>
      <label className="field">
        <span>{t('signIn.account')}</span>
        <input className="input" name="account" autoComplete="username" autoCapitalize="none" spellCheck={false} required maxLength={100} />
      </label>
      <label className="field">
        <span>{t('signIn.password')}</span>
        <input className="input" name="password" type="password" autoComplete="current-password" required maxLength={200} />
      </label>
      {entering.isError && <Failure error={entering.error} />}
      <button type="submit" className="button primary wide" disabled={entering.isPending}>
        {t(entering.isPending ? 'signIn.busy' : 'signIn.enter')}
      </button>
    </form>
  )
}
