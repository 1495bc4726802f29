import { useQuery } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { me, session } from '../api/session.ts'
import { PostAt } from '../parts/names.tsx'
import { useWide } from '../parts/wide.ts'
import { Navigation } from './navigation.tsx'
import { Preferences } from './preferences.tsx'
import { SessionLapse } from './session-lapse.tsx'
import { SignOut } from './sign-out.tsx'

/** What stands around every page of somebody who is signed in. */
export const Frame = () => {
  const { t } = useTranslation()
  return (
    <>
      <a className="skip" href="#content">
        {t('frame.skip')}
      </a>
      <header className="frame">
        <div className="frame-inner">
          <Link to="/" className="brand">
            <img src="/favicon.svg" alt="" width="28" height="28" />
            {t('name')}
          </Link>
          <Navigation />
          <Account />
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <SessionLapse />
    </>
  )
}

/** Who I am and what I chose; behind a button where there is little room. */
const Account = () => {
  const { t } = useTranslation()
  const inside = (
    <div className="frame-end">
      <WhoIAm />
      <Preferences />
      <SignOut />
    </div>
  )
  if (useWide()) return inside
  return (
    <details className="menu">
      <summary className="button" aria-label={t('frame.menu')}>
        ☰
      </summary>
      {inside}
    </details>
  )
}

const WhoIAm = () => {
  const { t } = useTranslation()
  const { data: signedIn } = useQuery(session)
  const { data: known } = useQuery(me)
  const post = signedIn?.posts[0]
  return (
    <p className="who">
      <strong>{known?.person?.name ?? signedIn?.account}</strong>
      <span className="quiet">{post ? <PostAt post={post} /> : t(signedIn?.operator ? 'frame.operator' : 'frame.student')}</span>
    </p>
  )
}
