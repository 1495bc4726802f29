import { useQuery } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { me, session } from '../api/session.ts'
import { Dialog } from '../parts/dialog.tsx'
import { PostAt } from '../parts/names.tsx'
import { useWide } from '../parts/wide.ts'
import { LiveChanges } from './live-changes.tsx'
import { Navigation } from './navigation.tsx'
import { Palette } from './palette.tsx'
import { Preferences } from './preferences.tsx'
import { SessionLapse } from './session-lapse.tsx'
import { SignOut } from './sign-out.tsx'

/** What stands around every page of somebody who is signed in. */
export const Frame = () => {
  const { t } = useTranslation()
  const wide = useWide()
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {t('frame.skip')}
      </a>
      <header className="frame-head">
        <Link to="/" className="brand">
          <img src="/favicon.svg" alt="" width="28" height="28" />
          {t('name')}
        </Link>
        <Palette />
        {wide ? <Account /> : <Menu />}
      </header>
      <LiveChanges />
      {wide && (
        <div className="frame-side">
          <Navigation />
        </div>
      )}
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <SessionLapse />
    </div>
  )
}

/** On a phone everything else stands behind one button. */
const Menu = () => {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const close = (): void => setOpen(false)
  return (
    <>
      <button type="button" className="button" aria-label={t('frame.menu')} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        ☰
      </button>
      {isOpen && (
        <Dialog title={t('frame.menu')} className="menu" onClose={close}>
          <Navigation onGone={close} />
          <Account />
        </Dialog>
      )}
    </>
  )
}

/** Who I am and what I chose. */
const Account = () => (
  <div className="frame-end">
    <WhoIAm />
    <Preferences />
    <SignOut />
  </div>
)

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
