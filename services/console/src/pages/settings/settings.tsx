import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { reading } from '../../api/read.ts'
import { session, waysToSignIn } from '../../api/session.ts'
import { Preferences } from '../../frame/preferences.tsx'
import { CommandButton } from '../../parts/act.tsx'
import { useHomeZone } from '../../parts/as-of.tsx'
import { useFormats } from '../../parts/format.ts'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { PasswordForm } from './password.tsx'
import './settings.css'

/** How I read these pages, how I sign in, and where else I am signed in. */
export const SettingsPage = () => {
  const { t } = useTranslation()
  const signedIn = useQuery(session).data
  const ways = useQuery(waysToSignIn).data
  return (
    <>
      <PageTitle title={t('settings.title')}>{signedIn && <p className="quiet">{t('settings.account', { account: signedIn.account })}</p>}</PageTitle>
      <Section title={t('settings.reading')}>
        <p className="quiet">{t('settings.readingWhy')}</p>
        <Preferences />
      </Section>
      {ways?.password && (
        <Section title={t('settings.password.title')}>
          <PasswordForm account={signedIn?.account ?? ''} />
        </Section>
      )}
      <Section title={t('settings.sessions.title')}>
        <p className="quiet">{t('settings.sessions.lead')}</p>
        <Sessions />
      </Section>
      <Section title={t('entries.tokens')}>
        <p className="quiet">{t('settings.tokens.lead')}</p>
        <Link to="/tokens" className="button">
          {t('entries.tokens')}
        </Link>
      </Section>
    </>
  )
}

const Sessions = () => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const zone = useHomeZone()
  const open = useQuery(reading('/session/all'))
  if (open.isPending) return <Loading />
  if (open.isError) return <Failure error={open.error} onRetry={() => open.refetch()} />
  return (
    <ul className="settings-rows" aria-label={t('settings.sessions.title')}>
      {open.data.items.map(({ id, openedAt, expiresAt, isThis }) => (
        <li key={id}>
          <div>
            <p>
              {t('settings.sessions.since', { moment: moment(openedAt, zone) })} {isThis && <span className="chip good">{t('settings.sessions.here')}</span>}
            </p>
            <p className="quiet">{t('settings.sessions.until', { moment: moment(expiresAt, zone) })}</p>
          </div>
          {!isThis && (
            <CommandButton command="endSession" given={{ path: { id }, body: undefined }} unit={null}>
              {t('settings.sessions.end')}
            </CommandButton>
          )}
        </li>
      ))}
      {open.data.items.length === 1 && <li className="quiet">{t('settings.sessions.only')}</li>}
    </ul>
  )
}
