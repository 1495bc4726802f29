import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { session } from '../../api/session.ts'
import { Preferences } from '../../frame/preferences.tsx'
import { SignInForm } from '../../frame/sign-in-form.tsx'
import { PageTitle } from '../../parts/page.tsx'

const route = getRouteApi('/sign-in')

export const SignInPage = () => {
  const { t } = useTranslation()
  const { to = '/', unsent } = route.useSearch()
  const client = useQueryClient()
  const router = useRouter()
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
        {unsent !== undefined && <p role="status">{t('signIn.unsent', { count: unsent })}</p>}
        <SignInForm
          to={to}
          onEntered={(told) => {
            client.clear()
            client.setQueryData(session.queryKey, told)
            // A page with an entry of its own is none of this router's.
            if (/^\/[\w-]+\.html/.test(to)) location.assign(to)
            else router.history.push(to)
          }}
        />
      </main>
    </div>
  )
}
