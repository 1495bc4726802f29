import { useQueries, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { health, operated, stoppedSources } from '../../api/operations.ts'
import { useFormats } from '../../parts/format.ts'
import { PageTitle } from '../../parts/page.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import './operations.css'
import { Parked } from './parked.tsx'
import { Service } from './service.tsx'
import { Stopped } from './stopped.tsx'

/** What runs, what is slow, what is behind, parked or being built; seen anew every few seconds. */
export const OperationsPage = () => {
  const { t } = useTranslation()
  const { number } = useFormats()
  const services = useQuery(operated)
  const names = services.data ?? []
  const told = useQueries({ queries: names.map(health) })
  const down = names.filter((_, index) => told[index]?.isError)
  const slow = told.flatMap(({ data }) => (data ?? { slow: [] }).slow.map((part) => ({ service: data?.service ?? '', part })))
  const parked = told.reduce((sum, { data }) => sum + (data?.parkedStreams ?? 0), 0)
  const stopped = useQuery(stoppedSources).data ?? []
  const isKnown = names.length > 0 && told.every((each) => each.isSuccess || each.isError)
  return (
    <>
      <PageTitle title={t('operations.title')}>
        <p className="quiet">{t('operations.lead')}</p>
      </PageTitle>
      {services.isPending && <Loading />}
      {services.isError && <Failure error={services.error} onRetry={() => services.refetch()} />}
      {isKnown && (
        <ul className="plain verdicts" aria-label={t('operations.verdicts')}>
          {down.length === 0 && slow.length === 0 && parked === 0 && stopped.length === 0 && <li className="finding good">{t('operations.well')}</li>}
          {down.map((service) => (
            <li key={service} className="finding bad">
              {t('operations.isDown', { service: t(`services.${service}`) })}
            </li>
          ))}
          {slow.map(({ service, part }) => (
            <li key={`${service} ${part}`} className="finding wait">
              {t(`operations.slow.${part}`, { service: t(`services.${service}`) })}
            </li>
          ))}
          {stopped.length > 0 && <li className="finding bad">{t('operations.standStill', { count: stopped.length, number: number(stopped.length) })}</li>}
          {parked > 0 && <li className="finding bad">{t('operations.parkedStreams', { count: parked, number: number(parked) })}</li>}
        </ul>
      )}
      <Stopped sources={stopped} />
      <Parked services={names.filter((_, index) => (told[index]?.data?.parkedStreams ?? 0) > 0)} />
      {names.map((service) => (
        <Service key={service} name={service} />
      ))}
    </>
  )
}
