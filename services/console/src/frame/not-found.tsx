import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../parts/page.tsx'

export const NotFoundPage = () => {
  const { t } = useTranslation()
  return (
    <main id="content">
      <PageTitle title={t('notFound.title')} />
      <p>{t('notFound.why', { path: location.pathname })}</p>
      <Link to="/" className="button start">
        {t('notFound.home')}
      </Link>
    </main>
  )
}
